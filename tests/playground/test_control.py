"""The control API itself: clock, log, reset, refusals."""

import json
import time

import httpx
import pytest
from slack_sdk import WebClient

from playground.control import Control, ControlError
from playground.server import LocalSlack
from tests.playground.conftest import Puppet


def test_the_clock_moves_timestamps_and_signatures(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    control.set_clock(offset=-600)
    control.command("@ana", "/deal")
    assert abs(int(puppet.heard[0].headers["x-slack-request-timestamp"]) - time.time() + 600) < 5
    control.set_clock(now=2_000_000_000)
    assert client.chat_postMessage(channel="C0SALES", text="hi")["ts"].startswith("20000000")


def test_timestamps_grow_even_when_the_clock_goes_back(control: Control, client: WebClient) -> None:
    first = client.chat_postMessage(channel="C0SALES", text="hi")["ts"]
    control.advance(-3600)
    assert client.chat_postMessage(channel="C0SALES", text="hi")["ts"] > first


def test_the_log_holds_both_directions_without_tokens(
    slack: LocalSlack, control: Control, client: WebClient, puppet: Puppet
) -> None:
    control.command("@ana", "/deal", "list")
    client.chat_postMessage(channel="C0SALES", text="hi")
    (out,) = control.log(direction="out")
    (into,) = control.log(direction="in")
    assert (out["kind"], out["method"], out["request"]["text"]) == ("slash_commands", "command", "list")
    assert (into["method"], into["status"], into["answer"]["ok"]) == ("chat.postMessage", 200, True)
    assert out["ms"] > 0
    assert slack.identity.bot_token not in str(into)
    assert len(puppet.heard) == 1


def test_the_log_can_be_read_from_a_place_on_and_cleared(control: Control, client: WebClient) -> None:
    client.auth_test()
    (first,) = control.log()
    client.users_info(user="U0ANA")
    assert [e["method"] for e in control.log(since=first["n"])] == ["users.info"]
    assert [e["method"] for e in control.log(method="auth.test")] == ["auth.test"]
    control.clear_log()
    assert control.log() == []


def test_a_reset_brings_the_first_day_back(control: Control, client: WebClient, puppet: Puppet) -> None:
    client.chat_postMessage(channel="C0SALES", text="hi")
    control.person("@ana", deleted=True)
    control.scopes("commands")
    control.advance(1000)
    control.fault("cut")
    control.reset()
    assert control.messages() == []
    assert control.log() == []
    assert client.users_info(user="U0ANA")["user"]["deleted"] is False
    assert abs(control.now() - time.time()) < 5
    assert control.state()["identity"]["bot_urls"] == [puppet.url]


def test_a_wrong_call_is_answered_with_a_sentence(control: Control) -> None:
    with pytest.raises(ControlError, match="no setting 'colour'"):
        control.settings(colour="red")
    with pytest.raises(ControlError, match="KeyError"):
        control.call("command", user="@ana", channel="#sales")
    with pytest.raises(ControlError, match="no delivery"):
        control.delivery("dlv1")


def test_people_and_channels_can_be_listed(control: Control) -> None:
    assert {"ana", "ben", "mia", "olga", "gus", "jonas"} <= {p["name"] for p in control.people()}
    named = {c["name"]: c for c in control.channels()}
    assert named["old"]["archived"]
    assert named["board-room"]["private"]


def test_a_private_channel_is_read_by_its_members(control: Control) -> None:
    control.say("@mia", "secret", channel="C0BOARD")
    assert control.messages("C0BOARD", user="@ana") == []
    assert [m["text"] for m in control.messages("C0BOARD", user="@mia")] == ["secret"]


def test_reading_works_with_plain_get(slack: LocalSlack, control: Control) -> None:
    control.say("@ana", "hi")
    answer = httpx.get(f"{slack.url}/_control/messages", params={"channel": "#sales"})
    assert [m["text"] for m in answer.json()] == ["hi"]


def test_half_a_character_is_told_as_json_escapes_it(slack: LocalSlack) -> None:
    said = json.dumps({"user": "@ana", "channel": "#sales", "text": "→ \ud83d"})
    assert httpx.post(f"{slack.url}/_control/say", content=said).status_code == httpx.codes.OK
    told = httpx.get(f"{slack.url}/_control/messages", params={"channel": "#sales"})
    assert '"text":"→ \\ud83d"' in told.text
    assert told.json()[0]["text"] == "→ \ud83d"
