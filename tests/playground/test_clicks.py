"""Clicks: the element that was painted is what the bot hears."""

from typing import Any

import pytest
from slack_sdk import WebClient

from playground import inputs
from playground.control import Control, ControlError
from playground.painting import Element, finished, pick
from playground.refusals import ImpossibleError
from tests.playground.blocks import actions, button, home, option, plain, section, select
from tests.playground.conftest import Puppet


def posted(client: WebClient, *blocks: dict[str, Any]) -> str:
    return str(client.chat_postMessage(channel="C0SALES", text="card", blocks=list(blocks))["ts"])


def test_a_click_carries_what_was_painted(control: Control, client: WebClient, puppet: Puppet) -> None:
    ts = posted(client, actions(button("move", "D-42:7"), block_id="b1"))
    assert control.click("@ana", "move", channel="#sales", ts=ts).ok
    told = puppet.heard[0].payload
    assert told["type"] == "block_actions"
    assert told["actions"][0] | {"value": "D-42:7", "block_id": "b1", "type": "button"} == told["actions"][0]
    assert told["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C0SALES",
        "is_ephemeral": False,
    }
    assert (told["message"]["ts"], told["user"]["id"], told["channel"]["name"]) == (ts, "U0ANA", "sales")
    assert told["trigger_id"]
    assert told["response_url"].startswith("http://127.0.0.1:")


def test_buttons_of_one_name_are_told_apart_by_value_or_block(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    rows = [section(block_id=f"row{n}", accessory=button("open", f"D-{n}")) for n in (1, 2)]
    ts = posted(client, *rows)
    place = {"channel": "C0SALES", "ts": ts}
    with pytest.raises(ControlError, match="painted 2 times"):
        control.click("@ana", "open", on=place)
    control.click("@ana", "open", value="D-2", on=place)
    control.click("@ana", "open", block_id="row1", on=place)
    assert [heard.payload["actions"][0]["value"] for heard in puppet.heard] == ["D-2", "D-1"]


def test_what_was_not_painted_cannot_be_pressed(control: Control, client: WebClient) -> None:
    ts = posted(client, actions(button("move")))
    with pytest.raises(ControlError, match="there are \\['move'\\]"):
        control.click("@ana", "lose", channel="#sales", ts=ts)
    with pytest.raises(ControlError, match="no message"):
        control.click("@ana", "move", channel="#sales", ts="1.1")


def test_an_ephemeral_is_pressed_by_its_reader_and_tells_no_message(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    answer = client.chat_postEphemeral(
        channel="C0SALES", user="U0ANA", text="psst", blocks=[actions(button("yes"))]
    )
    place = {"channel": "C0SALES", "ts": answer["message_ts"]}
    with pytest.raises(ControlError, match="ephemeral for somebody else"):
        control.click("@ben", "yes", on=place)
    control.click("@ana", "yes", on=place)
    told = puppet.heard[0].payload
    assert told["container"]["is_ephemeral"]
    assert "message" not in told


CASES: dict[str, tuple[dict[str, Any], object, object]] = {
    "static_select": ({"options": [option("won"), option("lost")]}, "won", option("won")),
    "overflow": ({"options": [option("edit")]}, "Edit", option("edit")),
    "radio_buttons": ({"options": [option("a"), option("b")]}, "b", option("b")),
    "checkboxes": ({"options": [option("a"), option("b")]}, ["b"], [option("b")]),
    "multi_static_select": ({"options": [option("a")]}, ["a"], [option("a")]),
    "datepicker": ({}, "2026-12-01", "2026-12-01"),
    "timepicker": ({}, "08:30", "08:30"),
    "datetimepicker": ({}, 1_800_000_000, 1_800_000_000),
    "users_select": ({}, "U0BEN", "U0BEN"),
    "multi_users_select": ({}, ["U0BEN"], ["U0BEN"]),
    "conversations_select": ({}, "C0SALES", "C0SALES"),
    "channels_select": ({}, "C0SALES", "C0SALES"),
    "number_input": ({}, 12, "12"),
}


@pytest.mark.parametrize("kind", CASES)
def test_each_kind_of_element_says_what_was_chosen_in_its_own_field(kind: str) -> None:
    extra, chosen, told = CASES[kind]
    content = {"type": kind, "action_id": "pick", **extra}
    element = Element("b", actions(content, block_id="b"), content)
    field = {**inputs.PLAIN, **inputs.OPTION}[kind][0]
    assert inputs.entered(element, chosen, []) == {"type": kind, field: told}


@pytest.mark.parametrize(
    ("kind", "wrong"), [("datepicker", "tomorrow"), ("timepicker", "noon"), ("plain_text_input", 5)]
)
def test_a_picker_cannot_hold_anything_else(kind: str, wrong: object) -> None:
    content = {"type": kind, "action_id": "pick"}
    with pytest.raises(ImpossibleError):
        inputs.entered(Element("b", actions(content), content), wrong, [])


def test_the_choices_of_a_message_are_its_state(control: Control, client: WebClient, puppet: Puppet) -> None:
    picked = select("stage", "won", "lost", initial_option=option("lost"))
    ts = posted(client, actions(picked, button("go"), block_id="b"))
    place = {"channel": "C0SALES", "ts": ts}
    control.click("@ana", "go", on=place)
    control.click("@ana", "stage", select="won", on=place)
    control.click("@ana", "go", on=place)
    states = [heard.payload["state"]["values"]["b"]["stage"] for heard in puppet.heard]
    assert [state["selected_option"]["value"] for state in states] == ["lost", "won", "won"]


def test_only_what_is_offered_can_be_chosen(control: Control, client: WebClient) -> None:
    ts = posted(client, actions(select("stage", "won")))
    with pytest.raises(ControlError, match="offers no 'secret'"):
        control.click("@ana", "stage", channel="#sales", ts=ts, select="secret")


def test_a_click_on_the_home_tab_carries_its_view(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    view = client.views_publish(user_id="U0ANA", view=home(actions(button("open", "D-1"))))["view"]
    control.click("@ana", "open")
    told = puppet.heard[0].payload
    assert (told["view"]["id"], told["view"]["hash"]) == (view["id"], view["hash"])
    assert told["container"] == {"type": "view", "view_id": view["id"]}
    assert "response_url" not in told


def test_an_external_select_offers_what_the_bot_suggests(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    element = {"type": "external_select", "action_id": "deal", "placeholder": plain("Deal")}
    client.views_publish(user_id="U0ANA", view=home(actions(element)))
    puppet.answers({"options": [option("d-42")]})
    assert control.suggest("@ana", "deal", "acme").shown["options"] == [option("d-42")]
    assert puppet.heard[0].payload["value"] == "acme"
    puppet.answers()
    control.click("@ana", "deal", select="d-42")
    assert puppet.heard[1].payload["actions"][0]["selected_option"] == option("d-42")


def test_a_clicks_ack_body_is_shown_to_nobody(control: Control, client: WebClient, puppet: Puppet) -> None:
    ts = posted(client, actions(button("move")))
    puppet.answers({"text": "Moved."})
    done = control.click("@ana", "move", channel="#sales", ts=ts)
    assert (done.ok, done.problems[0]["code"]) == (False, "ignored_body")
    assert len(control.messages()) == 1


def test_a_button_in_a_card_or_container_can_be_pressed() -> None:
    card = {"type": "card", "block_id": "card", "actions": [button("advance", "1")]}
    carousel = {"type": "carousel", "elements": [card]}
    box = {"type": "container", "child_blocks": [actions(button("snooze"), block_id="inner")]}
    painted = finished([carousel, box])
    assert pick(painted, action_id="advance").block_id == "card"
    assert pick(painted, action_id="snooze").block_id == "inner"
