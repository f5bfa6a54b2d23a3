"""Forms: what a person enters, what the bot hears, and what its answer does."""

from typing import Any

import pytest
from slack_sdk import WebClient

from playground.control import Control, ControlError
from tests.playground.blocks import actions, button, field, modal, option, section, select
from tests.playground.conftest import Heard, Puppet, Said


def opened(control: Control, client: WebClient, puppet: Puppet, view: dict[str, Any]) -> str:
    control.command("@ana", "/deal")
    answer = client.views_open(trigger_id=puppet.heard[-1].form["trigger_id"], view=view)
    puppet.heard.clear()
    return str(answer["view"]["id"])


FORM = modal(
    field("title"),
    field("stage", select("stage_pick", "won", "lost")),
    field("note", optional=True),
    field("close", {"type": "datepicker", "action_id": "day"}, optional=True),
    field(
        "value", {"type": "number_input", "action_id": "amount", "is_decimal_allowed": True}, optional=True
    ),
    field("flags", {"type": "checkboxes", "action_id": "f", "options": [option("hot")]}, optional=True),
    callback_id="new_deal",
    private_metadata="C0SALES",
)


def test_a_submission_carries_every_field_touched_or_not(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    opened(control, client, puppet, FORM)
    control.submit("@ana", {"title": "Acme", "stage": "won", "value": 12.5})
    told = puppet.heard[0].payload
    assert told["type"] == "view_submission"
    assert (told["view"]["callback_id"], told["view"]["private_metadata"]) == ("new_deal", "C0SALES")
    assert told["view"]["state"]["values"] == {
        "title": {"title_entry": {"type": "plain_text_input", "value": "Acme"}},
        "stage": {"stage_pick": {"type": "static_select", "selected_option": option("won")}},
        "note": {"note_entry": {"type": "plain_text_input", "value": None}},
        "close": {"day": {"type": "datepicker", "selected_date": None}},
        "value": {"amount": {"type": "number_input", "value": "12.5"}},
        "flags": {"f": {"type": "checkboxes", "selected_options": []}},
    }


def test_an_initial_value_is_submitted_untouched(control: Control, client: WebClient, puppet: Puppet) -> None:
    entry = {"type": "plain_text_input", "action_id": "a", "initial_value": "Acme"}
    opened(control, client, puppet, modal(field("title", entry)))
    control.submit("@ana")
    assert puppet.heard[0].payload["view"]["state"]["values"]["title"]["a"]["value"] == "Acme"


@pytest.mark.parametrize(
    ("values", "block"),
    [
        ({"stage": "won"}, "title"),
        ({"title": "x" * 3001, "stage": "won"}, "title"),
        ({"title": "A", "stage": "won", "value": "many"}, "value"),
    ],
)
def test_what_slacks_own_form_refuses_is_never_sent(
    control: Control, client: WebClient, puppet: Puppet, values: dict[str, Any], block: str
) -> None:
    opened(control, client, puppet, FORM)
    kept = control.submit("@ana", values)
    assert (kept.sent, kept.ok, list(kept.shown["complaints"])) == (False, False, [block])
    assert puppet.heard == []


def test_a_field_that_is_not_there_cannot_be_filled(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    opened(control, client, puppet, FORM)
    with pytest.raises(ControlError, match="no field 'owner'"):
        control.submit("@ana", {"owner": "U0BEN"})


def test_a_view_without_submit_cannot_be_submitted(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    view = modal(section())
    del view["submit"]
    opened(control, client, puppet, view)
    with pytest.raises(ControlError, match="no submit"):
        control.submit("@ana")


def test_an_empty_answer_closes_the_form(control: Control, client: WebClient, puppet: Puppet) -> None:
    view = opened(control, client, puppet, modal(section()))
    assert control.submit("@ana").shown == {"closed": view}
    assert control.modal("@ana") == {}


def test_errors_stand_at_their_fields_and_the_form_stays(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    opened(control, client, puppet, modal(field("title")))
    puppet.answers({"response_action": "errors", "errors": {"title": "Taken."}})
    done = control.submit("@ana", {"title": "Acme"})
    assert done.ok
    assert control.modal("@ana")["errors"] == {"title": "Taken."}
    assert control.modal("@ana")["state"]["values"]["title"]["title_entry"]["value"] == "Acme"


@pytest.mark.parametrize("errors", [{"nowhere": "x"}, {"text": "x"}, {}, "x", {"title": ""}])
def test_errors_need_existing_input_blocks_and_sentences(
    control: Control, client: WebClient, puppet: Puppet, errors: object
) -> None:
    opened(control, client, puppet, modal(field("title"), section(block_id="text")))
    puppet.answers({"response_action": "errors", "errors": errors})
    done = control.submit("@ana", {"title": "Acme"})
    assert not done.ok
    assert done.problems
    assert control.modal("@ana")["errors"] == {}


def test_an_update_replaces_the_form_in_place(control: Control, client: WebClient, puppet: Puppet) -> None:
    view = opened(control, client, puppet, modal(field("title")))
    before = control.modal("@ana")["hash"]
    puppet.answers({"response_action": "update", "view": modal(section("Saved."))})
    assert control.submit("@ana", {"title": "Acme"}).shown["updated"] == view
    now = control.modal("@ana")
    assert now["id"] == view
    assert now["hash"] != before
    assert now["blocks"][0]["text"]["text"] == "Saved."


def test_a_push_lays_a_view_on_top_and_clear_closes_all(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    below = opened(control, client, puppet, modal(section()))
    puppet.answers({"response_action": "push", "view": modal(section("Sure?"))})
    control.submit("@ana")
    assert control.modal("@ana")["previous_view_id"] == below
    puppet.answers({"response_action": "clear"})
    assert control.submit("@ana").shown == {"cleared": True}
    assert control.views("@ana")["stack"] == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "dance"},
        {"response_action": "update", "view": modal({"type": "nonsense"})},
        {"response_action": "update", "view": {"type": "home", "blocks": []}},
        {"response_action": "push"},
        "some text",
    ],
)
def test_a_wrong_answer_is_a_problem_and_changes_nothing(
    control: Control, client: WebClient, puppet: Puppet, answer: object
) -> None:
    view = opened(control, client, puppet, modal(section()))
    puppet.answers(answer)
    done = control.submit("@ana")
    assert not done.ok
    assert done.problems
    assert control.modal("@ana")["id"] == view


def test_a_failing_bot_leaves_the_form_open(control: Control, client: WebClient, puppet: Puppet) -> None:
    view = opened(control, client, puppet, modal(section()))
    puppet.answers("broken", 500)
    assert control.submit("@ana").shown["error"] == "operation_timeout"
    assert control.modal("@ana")["id"] == view


@pytest.mark.parametrize("told", [1, 0])
def test_closing_is_told_only_where_it_was_asked_for(
    control: Control, client: WebClient, puppet: Puppet, told: int
) -> None:
    opened(control, client, puppet, modal(section(), notify_on_close=bool(told)))
    control.close_view("@ana", cleared=True)
    assert [heard.payload["is_cleared"] for heard in puppet.heard] == [True] * told
    assert control.modal("@ana") == {}


def test_a_click_in_a_form_carries_what_was_typed_so_far(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    opened(control, client, puppet, modal(field("title"), actions(button("more"))))
    control.click("@ana", "more", values={"title": "Acme"})
    values = puppet.heard[0].payload["view"]["state"]["values"]
    assert values["title"]["title_entry"]["value"] == "Acme"


def test_the_bot_may_call_back_while_slack_waits_for_its_answer(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    def opens(heard: Heard) -> Said:
        client.views_open(trigger_id=heard.form["trigger_id"], view=modal(section()))
        return Said()

    puppet.says = opens
    assert control.command("@ana", "/deal").ok
    assert control.modal("@ana")["type"] == "modal"


def test_shortcuts_carry_a_trigger_and_their_message(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    ts = str(client.chat_postMessage(channel="C0SALES", text="lead")["ts"])
    control.shortcut("@ana", "new_deal")
    control.message_action("@ana", "make_deal", channel="#sales", ts=ts)
    first, second = (heard.payload for heard in puppet.heard)
    assert (first["type"], first["callback_id"]) == ("shortcut", "new_deal")
    assert "channel" not in first
    assert (second["type"], second["message"]["text"]) == ("message_action", "lead")
    assert first["trigger_id"] != second["trigger_id"]
