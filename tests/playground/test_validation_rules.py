"""What may stand together: fields, types, surfaces, ids; each refusal names its place and its kind."""

import pytest

from playground.validation import message_problems, view_problems
from tests.playground.test_validation_samples import (
    CONFIRM,
    IMAGE,
    Json,
    button,
    entry,
    found,
    home,
    in_accessory,
    in_block,
    in_input,
    message,
    modal,
    mrkdwn,
    plain,
    rich_text,
    run,
    section,
)

UNKNOWN_SO_FAR = (
    "alert",
    "card",
    "carousel",
    "container",
    "context_actions",
    "file",
    "markdown",
    "plan",
    "video",
    "call",
    "",
)


@pytest.mark.parametrize("name", UNKNOWN_SO_FAR)
def test_a_block_type_without_an_entry_is_refused(name: str) -> None:
    assert in_block({"type": name}) == [("/blocks/0/type", "unsupported_type")]


def test_a_block_needs_its_type() -> None:
    assert in_block({"text": plain()}) == [("/blocks/0", "missing_required_field")]


def test_a_field_that_slack_does_not_know_is_refused() -> None:
    assert in_block({"type": "divider", "colour": "red"}) == [("/blocks/0/colour", "unknown_field")]
    assert found(message_problems({"block": []})) == [("/block", "unknown_field")]


def test_a_pointer_escapes_slash_and_tilde() -> None:
    assert in_block({"type": "divider", "a/b~c": 1}) == [("/blocks/0/a~1b~0c", "unknown_field")]


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header"},
        {"type": "actions"},
        {"type": "context"},
        {"type": "rich_text"},
        {"type": "table"},
        {"type": "section"},
        {"type": "input", "label": plain()},
        {"type": "input", "element": {"type": "users_select"}},
        {"type": "image", "image_url": "https://example.com/a.png"},
        {"type": "image", "alt_text": "A picture"},
    ],
    ids=str,
)
def test_a_required_field_is_missed_at_its_object(block: Json) -> None:
    assert in_block(block) == [("/blocks/0", "missing_required_field")]


@pytest.mark.parametrize("name", ["title", "text", "confirm", "deny"])
def test_a_confirmation_needs_all_its_texts(name: str) -> None:
    confirm = {field: part for field, part in CONFIRM.items() if field != name}
    assert in_accessory(button(confirm=confirm)) == [
        ("/blocks/0/accessory/confirm", "missing_required_field")
    ]


def test_mrkdwn_is_refused_in_a_header_and_a_button() -> None:
    refused = [("/blocks/0/text/type", "unsupported_type")]
    assert in_block({"type": "header", "text": mrkdwn()}) == refused
    assert in_accessory(button(text=mrkdwn())) == [("/blocks/0/accessory/text/type", "unsupported_type")]


def test_emoji_belongs_to_plain_text_and_verbatim_to_mrkdwn() -> None:
    assert in_block({"type": "section", "text": {**mrkdwn(), "verbatim": True}}) == []
    assert in_block({"type": "section", "text": {**mrkdwn(), "emoji": True}}) == [
        ("/blocks/0/text/emoji", "unknown_field")
    ]
    assert in_block({"type": "section", "text": {**plain(), "verbatim": True}}) == [
        ("/blocks/0/text/verbatim", "unknown_field")
    ]


def test_each_place_takes_only_its_own_elements() -> None:
    typed: Json = {"type": "plain_text_input"}
    assert in_accessory(typed) == [("/blocks/0/accessory/type", "unsupported_type")]
    assert in_input(button()) == [("/blocks/0/element/type", "unsupported_type")]
    refused = [("/blocks/0/elements/0/type", "unsupported_type")]
    assert in_block({"type": "actions", "elements": [IMAGE]}) == refused
    assert in_block({"type": "context", "elements": [button()]}) == refused


def test_a_modal_shows_no_table() -> None:
    table: Json = {"type": "table", "rows": [[{"type": "raw_text", "text": "Deal"}]]}
    (problem,) = view_problems(modal(table))
    assert (problem.pointer, problem.code) == ("/blocks/0/type", "unsupported_type")
    assert problem.message == "A modal does not show the block table."


@pytest.mark.parametrize(
    ("leaf", "under", "code"),
    [
        ({"type": "text", "text": ""}, "/text", "failed_constraint"),
        ({"type": "text", "text": "a", "style": {"blink": True}}, "/style/blink", "unknown_field"),
        ({"type": "link", "text": "a"}, "", "missing_required_field"),
        ({"type": "broadcast", "range": "all"}, "/range", "failed_constraint"),
        ({"type": "color", "value": "red"}, "/value", "failed_constraint"),
        ({"type": "date", "timestamp": 1.5, "format": "{date}"}, "/timestamp", "invalid_type"),
        ({"type": "mrkdwn", "text": "a"}, "/type", "unsupported_type"),
    ],
    ids=str,
)
def test_a_rich_text_leaf_is_judged_in_its_place(leaf: Json, under: str, code: str) -> None:
    assert in_block(rich_text(run(leaf))) == [(f"/blocks/0/elements/0/elements/0{under}", code)]


def test_a_rich_text_list_holds_sections_only() -> None:
    nested = rich_text(
        {"type": "rich_text_list", "style": "bullet", "elements": [{"type": "text", "text": "a"}]}
    )
    assert in_block(nested) == [("/blocks/0/elements/0/elements/0/type", "unsupported_type")]


@pytest.mark.parametrize(
    ("block", "pointer"),
    [
        ({"type": "header", "text": plain(), "level": 0}, "/level"),
        (section({"type": "external_select", "min_query_length": -1}), "/accessory/min_query_length"),
        (section({"type": "multi_users_select", "max_selected_items": 0}), "/accessory/max_selected_items"),
        ({"type": "table", "rows": []}, "/rows"),
        ({"type": "table", "rows": [[]]}, "/rows/0"),
        ({"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}, "/rows/0/0/text"),
        (rich_text(), "/elements"),
    ],
    ids=str,
)
def test_less_than_the_least_is_refused(block: Json, pointer: str) -> None:
    assert in_block(block) == [(f"/blocks/0{pointer}", "failed_constraint")]


@pytest.mark.parametrize("wrong", [None, 1, 1.5, True, [], {}], ids=str)
def test_a_text_is_a_string(wrong: object) -> None:
    assert found(message_problems({"text": wrong})) == [("/text", "invalid_type")]


def test_a_flag_is_no_number_and_a_number_no_flag() -> None:
    assert in_block({**entry({"type": "users_select"}), "optional": 1}) == [
        ("/blocks/0/optional", "invalid_type")
    ]
    assert in_block({"type": "header", "text": plain(), "level": True}) == [
        ("/blocks/0/level", "invalid_type")
    ]


def test_a_table_cell_is_text_number_or_rich_text() -> None:
    row: list[Json] = [mrkdwn(), {"type": "raw_number", "value": "42"}]
    assert in_block({"type": "table", "rows": [row]}) == [
        ("/blocks/0/rows/0/0/type", "unsupported_type"),
        ("/blocks/0/rows/0/1/value", "invalid_type"),
    ]


def test_a_number_in_a_table_is_finite() -> None:
    endless: Json = {"type": "raw_number", "value": float("inf")}
    assert in_block({"type": "table", "rows": [[endless]]}) == [
        ("/blocks/0/rows/0/0/value", "failed_constraint")
    ]


def test_a_block_id_is_used_once_in_a_payload_attachments_included() -> None:
    line: Json = {"type": "divider", "block_id": "line"}
    assert in_block(line) == []
    twice = message(line, line) | {"attachments": [{"blocks": [line]}]}
    assert found(message_problems(twice)) == [
        ("/blocks/1/block_id", "duplicate_id"),
        ("/attachments/0/blocks/0/block_id", "duplicate_id"),
    ]
    assert found(view_problems(home(line, line))) == [("/blocks/1/block_id", "duplicate_id")]


def test_an_action_id_is_used_once_in_a_block_but_again_in_the_next() -> None:
    row: Json = {"type": "actions", "elements": [button()]}
    assert message_problems(message(row, row)) == []
    assert in_block({"type": "actions", "elements": [button(), button()]}) == [
        ("/blocks/0/elements/1/action_id", "duplicate_id")
    ]


def test_a_modal_with_an_input_needs_a_submit_label() -> None:
    ask = entry({"type": "users_select"})
    without: Json = {"type": "modal", "title": plain(), "blocks": [ask]}
    assert found(view_problems(without)) == [("", "missing_required_field")]
    assert view_problems({**without, "blocks": [{"type": "divider"}]}) == []


def test_a_modal_needs_a_title_in_plain_text() -> None:
    assert found(view_problems({"type": "modal", "blocks": []})) == [("", "missing_required_field")]
    assert found(view_problems({**modal(), "title": mrkdwn()})) == [("/title/type", "unsupported_type")]


@pytest.mark.parametrize("name", ["title", "submit", "close"])
def test_home_has_no_frame_of_a_modal(name: str) -> None:
    assert found(view_problems(home(**{name: plain()}))) == [(f"/{name}", "unknown_field")]


def test_a_view_is_a_modal_or_home() -> None:
    assert found(view_problems({"type": "workflow_step", "blocks": []})) == [("/type", "unsupported_type")]


def test_one_element_of_a_view_takes_the_focus() -> None:
    first: Json = {"type": "users_select", "focus_on_load": True}
    assert view_problems(modal(entry(first))) == []
    both = modal(entry(first), section(first), {"type": "actions", "elements": [first]})
    assert found(view_problems(both)) == [
        ("/blocks/1/accessory/focus_on_load", "failed_constraint"),
        ("/blocks/2/elements/0/focus_on_load", "failed_constraint"),
    ]


@pytest.mark.parametrize(
    ("metadata", "pointer", "code"),
    [
        ({"event_type": "letter"}, "/metadata", "missing_required_field"),
        ({"event_payload": {}}, "/metadata", "missing_required_field"),
        ({"event_type": "letter", "event_payload": []}, "/metadata/event_payload", "invalid_type"),
        ({"event_type": "l", "event_payload": {"a": {}}}, "/metadata/event_payload/a", "failed_constraint"),
        ({"event_type": "l", "event_payload": {"a": [1]}}, "/metadata/event_payload/a", "failed_constraint"),
        (
            {"event_type": "l", "event_payload": {"a": [{"b": []}]}},
            "/metadata/event_payload/a",
            "failed_constraint",
        ),
    ],
    ids=str,
)
def test_metadata_is_flat_or_arrays_of_flat_objects(metadata: Json, pointer: str, code: str) -> None:
    assert found(message_problems({"metadata": metadata})) == [(pointer, code)]


def test_a_response_type_is_ephemeral_or_in_channel() -> None:
    assert found(message_problems({"response_type": "inchannel"})) == [
        ("/response_type", "failed_constraint")
    ]
