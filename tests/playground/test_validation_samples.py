"""Payloads that Slack takes: each is accepted whole, and slack_sdk reads it without loss."""

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from playground.validation import Problem, message_problems, view_problems

Json = dict[str, object]


def plain(text: str = "Deal") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Deal*") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "won", label: str = "Won") -> Json:
    return {"text": plain(label), "value": value}


def button(**fields: object) -> Json:
    return {"type": "button", "action_id": "deal_move", "text": plain("Move"), **fields}


def section(accessory: Json) -> Json:
    return {"type": "section", "text": mrkdwn(), "accessory": accessory}


def entry(element: Json, **fields: object) -> Json:
    return {"type": "input", "label": plain("Value"), "element": element, **fields}


def rich_text(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def run(*leaves: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(leaves)}


def message(*blocks: Json) -> Json:
    return {"text": "A deal", "blocks": list(blocks)}


def modal(*blocks: Json, **fields: object) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain("Save"), "blocks": list(blocks), **fields}


def home(*blocks: Json, **fields: object) -> Json:
    return {"type": "home", "blocks": list(blocks), **fields}


def found(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in problems]


def in_block(block: Json) -> list[tuple[str, str]]:
    return found(message_problems(message(block)))


def in_accessory(element: Json) -> list[tuple[str, str]]:
    return in_block(section(element))


def in_input(element: Json) -> list[tuple[str, str]]:
    return found(view_problems(modal(entry(element))))


CONFIRM: Json = {
    "title": plain("Sure?"),
    "text": mrkdwn("The deal is *lost*."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
    "style": "danger",
}
IMAGE: Json = {"type": "image", "image_url": "https://example.com/pipeline.png", "alt_text": "The pipeline"}
GROUPS: list[Json] = [{"label": plain("Open"), "options": [option("offer", "Offer")]}]
LEAVES: list[Json] = [
    {"type": "text", "text": "Acme", "style": {"bold": True}},
    {"type": "link", "url": "https://example.com", "text": "the offer"},
    {"type": "user", "user_id": "U0ALICE"},
    {"type": "usergroup", "usergroup_id": "S0SALES"},
    {"type": "channel", "channel_id": "C0SALES"},
    {"type": "team", "team_id": "T0ACME"},
    {"type": "emoji", "name": "tada"},
    {"type": "broadcast", "range": "here"},
    {"type": "color", "value": "#36C5F0"},
    {"type": "date", "timestamp": 1_790_000_000, "format": "{date_short}", "fallback": "soon"},
]

PRESSED: list[Json] = [
    button(value="D-42:negotiation:7", style="primary", confirm=CONFIRM),
    button(url="https://example.com/deal", accessibility_label="Open the deal"),
    {"type": "overflow", "action_id": "more", "options": [{**option(), "url": "https://example.com"}]},
]
PICKED: list[Json] = [
    {"type": "static_select", "options": [option()], "initial_option": option(), "placeholder": plain()},
    {
        "type": "static_select",
        "option_groups": GROUPS,
        "initial_option": option("offer", "Offer"),
        "focus_on_load": True,
    },
    {"type": "external_select", "action_id": "deal", "min_query_length": 0, "initial_option": option()},
    {"type": "users_select", "action_id": "owner", "initial_user": "U0ALICE"},
    {"type": "multi_static_select", "options": [option()], "max_selected_items": 1},
    {"type": "multi_users_select", "initial_users": ["U0ALICE"]},
    {"type": "datepicker", "action_id": "close_on", "initial_date": "2026-12-24"},
    {"type": "radio_buttons", "options": [{"text": mrkdwn(), "value": "a", "description": mrkdwn()}]},
    {"type": "checkboxes", "options": [option()], "initial_options": [option()]},
]
TYPED: list[Json] = [
    {
        "type": "plain_text_input",
        "action_id": "title",
        "initial_value": "Acme",
        "multiline": True,
        "min_length": 0,
        "max_length": 3000,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    },
    {
        "type": "number_input",
        "is_decimal_allowed": True,
        "initial_value": "12.5",
        "min_value": "-1",
        "max_value": "100",
    },
]

BLOCKS: list[Json] = [
    {"type": "divider", "block_id": "line"},
    {"type": "header", "text": {**plain("Pipeline"), "emoji": False}},
    {"type": "section", "text": mrkdwn(), "fields": [plain(), mrkdwn()]},
    {"type": "section", "fields": [mrkdwn()], "accessory": IMAGE},
    {"type": "context", "elements": [plain(), mrkdwn(), IMAGE]},
    {"type": "actions", "elements": [{**element, "action_id": str(n)} for n, element in enumerate(PRESSED)]},
    {**IMAGE, "title": plain("By stage")},
    {"type": "image", "slack_file": {"id": "F0123456789"}, "alt_text": "The pipeline"},
    rich_text(
        run(*LEAVES),
        {"type": "rich_text_list", "style": "ordered", "indent": 8, "border": 1, "elements": [run(*LEAVES)]},
        {"type": "rich_text_preformatted", "elements": LEAVES[:2]},
        {"type": "rich_text_quote", "elements": LEAVES},
    ),
    {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": "Deal"}, {"type": "raw_text", "text": "Value"}],
            [rich_text(run(LEAVES[1])), {"type": "raw_number", "value": 42_000, "text": "EUR 42,000"}],
        ],
        "column_settings": [None, {"align": "right", "is_wrapped": True}],
    },
    *map(section, [*PRESSED, *PICKED]),
    *map(entry, [*PICKED, *TYPED]),
    entry(TYPED[0], hint=plain(), optional=True, dispatch_action=False),
]
# slack_sdk's header forgets its level.
NEWER_THAN_THE_MODELS: list[Json] = [{"type": "header", "text": plain(), "level": 4, "block_id": "newer"}]

MODAL = modal(
    entry(TYPED[0], block_id="title"),
    private_metadata="{}",
    callback_id="deal_new",
    external_id="deal-new-1",
    close=plain("Cancel"),
    clear_on_close=True,
    notify_on_close=True,
)
HOME = home({"type": "divider"}, private_metadata="", callback_id="home", external_id="home-U0ALICE")


@pytest.mark.parametrize("block", [*BLOCKS, *NEWER_THAN_THE_MODELS], ids=lambda block: str(block["type"]))
def test_what_slack_takes_is_accepted_in_a_message_and_on_home(block: Json) -> None:
    assert message_problems(message(block)) == []
    assert view_problems(home(block)) == []


@pytest.mark.parametrize("block", [b for b in BLOCKS if b["type"] != "table"], ids=lambda b: str(b["type"]))
def test_what_slack_takes_is_accepted_in_a_modal(block: Json) -> None:
    assert view_problems(modal(block)) == []


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: str(block["type"]))
def test_an_accepted_block_passes_through_the_models_unchanged(block: Json) -> None:
    parsed = Block.parse(dict(block))
    assert parsed is not None
    assert parsed.to_dict() == block


@pytest.mark.parametrize("view", [MODAL, HOME], ids=["modal", "home"])
def test_a_view_with_all_its_fields_is_accepted_and_known_to_the_models(view: Json) -> None:
    assert view_problems(view) == []
    assert View(**view).to_dict() == {name: part for name, part in view.items() if part != ""}  # type: ignore[arg-type]


def test_a_message_with_all_that_travels_beside_its_blocks_is_accepted() -> None:
    whole = message(*NEWER_THAN_THE_MODELS) | {
        "attachments": [{"color": "#36C5F0", "fallback": "A deal", "blocks": [{"type": "divider"}]}],
        "metadata": {"event_type": "letter", "event_payload": {"key": "k", "n": 1, "parts": [{"id": 2}]}},
        "channel": "C0SALES",
        "thread_ts": "1790000000.000100",
        "response_type": "in_channel",
        "replace_original": True,
    }
    assert message_problems(whole) == []


@pytest.mark.parametrize("bare", [{}, {"text": ""}, {"blocks": []}, {"metadata": {}}], ids=str)
def test_a_message_may_leave_nearly_everything_out(bare: Json) -> None:
    assert message_problems(bare) == []
