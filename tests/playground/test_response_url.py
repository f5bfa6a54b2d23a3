"""response_url: five uses, thirty minutes, and nothing but clean JSON."""

from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from playground.control import Control
from tests.playground.blocks import actions, button, section
from tests.playground.conftest import Puppet


@pytest.fixture
def url(control: Control, puppet: Puppet) -> str:
    control.command("@ana", "/deal")
    return puppet.heard[-1].form["response_url"]


def pressed(control: Control, client: WebClient, puppet: Puppet, *, reader: str = "") -> str:
    """The response_url of a click on a fresh message."""
    blocks = [actions(button("go"))]
    if reader:
        client.chat_postEphemeral(channel="C0SALES", user=reader, text="card", blocks=blocks)
    else:
        client.chat_postMessage(channel="C0SALES", text="card", blocks=blocks)
    control.click("@ana", "go", on=control.messages()[-1])
    return str(puppet.heard[-1].payload["response_url"])


def send(url: str, **content: object) -> httpx.Response:
    return httpx.post(url, json=content)


def test_an_answer_is_ephemeral_unless_it_says_otherwise(control: Control, url: str) -> None:
    assert send(url, text="psst").text == "ok"
    assert send(url, text="all", response_type="in_channel").text == "ok"
    assert [m["text"] for m in control.messages(user="@ben")] == ["all"]
    assert [m["text"] for m in control.messages(user="@ana")] == ["psst", "all"]


def test_the_sdks_own_client_is_understood(control: Control, url: str) -> None:
    answer = WebhookClient(url).send(text="hi", blocks=[section()])
    assert answer.status_code == 200
    assert control.messages()[0]["blocks"]


def test_it_works_where_the_bot_is_no_member(control: Control, puppet: Puppet) -> None:
    control.command("@mia", "/deal", channel="C0BOARD")
    assert send(puppet.heard[-1].form["response_url"], text="psst").status_code == 200


def test_the_sixth_use_is_refused(url: str) -> None:
    answers = [send(url, text=str(n)) for n in range(6)]
    assert [a.status_code for a in answers] == [200] * 5 + [404]
    assert answers[-1].json()["error"] == "used_url"


def test_it_expires_after_thirty_minutes(control: Control, url: str) -> None:
    control.advance(30 * 60 + 1)
    assert send(url, text="late").json() == {"ok": False, "error": "expired_url"}
    assert control.messages() == []


def test_an_invented_address_leads_nowhere(url: str) -> None:
    assert send(url + "x", text="hi").status_code == 404


@pytest.mark.parametrize("reader", ["", "U0ANA"])
def test_the_pressed_message_can_be_replaced(
    control: Control, client: WebClient, puppet: Puppet, reader: str
) -> None:
    url = pressed(control, client, puppet, reader=reader)
    send(url, replace_original=True, text="done", blocks=[section("done")])
    (seen,) = control.messages()
    assert (seen["text"], seen["reader"], seen["updates"]) == ("done", reader, 1)


def test_the_pressed_message_can_be_deleted(control: Control, client: WebClient, puppet: Puppet) -> None:
    send(pressed(control, client, puppet), delete_original=True)
    assert control.messages() == []


def test_without_replace_original_the_answer_is_a_new_message(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    send(pressed(control, client, puppet), text="reply")
    assert [(m["text"], m["reader"]) for m in control.messages()] == [("card", ""), ("reply", "U0ANA")]


def test_an_answer_can_go_into_a_thread(control: Control, client: WebClient, puppet: Puppet) -> None:
    url = pressed(control, client, puppet)
    (card,) = control.messages()
    send(url, text="reply", response_type="in_channel", thread_ts=card["ts"])
    assert control.messages(thread_ts=card["ts"])[-1]["text"] == "reply"


def test_a_typed_command_cannot_be_deleted(url: str) -> None:
    assert send(url, delete_original=True).json()["error"] == "message_not_found"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, "no_text"),
        ({"text": "x", "replace_original": "true"}, "invalid_payload"),
        ({"text": "x", "response_type": "loud"}, "invalid_response_type"),
        ({"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
    ],
)
def test_an_unclean_answer_is_refused(url: str, content: dict[str, Any], error: str) -> None:
    answer = send(url, **content)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


@pytest.mark.parametrize("raw", [b"{", b"[]", b"text=hi"])
def test_only_a_json_object_is_read(url: str, raw: bytes) -> None:
    answer = httpx.post(url, content=raw, headers={"Content-Type": "application/json"})
    assert answer.json()["error"] == "invalid_payload"


def test_a_form_is_not_read(url: str) -> None:
    assert httpx.post(url, data={"text": "hi"}).status_code == 400


def test_a_refused_answer_costs_no_use(url: str) -> None:
    for _ in range(7):
        send(url)
    assert send(url, text="hi").status_code == 200


def test_it_is_in_the_log(control: Control, url: str) -> None:
    send(url, text="hi")
    (entry,) = control.log(kind="response_url")
    assert (entry["request"], entry["status"], entry["channel"]) == ({"text": "hi"}, 200, "C0SALES")
