"""Slash commands: what the bot hears, and what its ack does."""

import time

import pytest
from slack_sdk.signature import SignatureVerifier

from playground.control import Control, ControlError
from playground.server import LocalSlack
from tests.playground.blocks import section
from tests.playground.conftest import Heard, Puppet, Said


def test_a_command_arrives_as_a_signed_form(slack: LocalSlack, puppet: Puppet) -> None:
    slack.control.command("@ana", "/deal", "move D-42 @ben")
    (heard,) = puppet.heard
    assert SignatureVerifier(slack.identity.signing_secret).is_valid_request(heard.raw, heard.headers)
    told = heard.form
    assert told["command"] == "/deal"
    assert told["text"] == "move D-42 <@U0BEN>"
    assert (told["user_id"], told["channel_id"], told["channel_name"]) == ("U0ANA", "C0SALES", "sales")
    assert told["team_id"] == "T0SALES"


def test_without_should_escape_the_text_is_raw(control: Control, puppet: Puppet) -> None:
    control.settings(should_escape=False)
    control.command("@ana", "/deal", "@ben & co")
    assert puppet.heard[0].form["text"] == "@ben & co"


@pytest.mark.parametrize(
    ("channel", "name"), [("C0BOARD", "privategroup"), ("@mia", "directmessage"), ("#sales", "sales")]
)
def test_a_channel_that_is_not_public_has_no_name(
    control: Control, puppet: Puppet, channel: str, name: str
) -> None:
    control.command("@mia", "/deal", channel=channel)
    assert puppet.heard[0].form["channel_name"] == name


def test_a_text_ack_is_read_by_the_person_alone(control: Control, puppet: Puppet) -> None:
    puppet.answers("Moved.")
    done = control.command("@ana", "/deal")
    assert (done.ok, done.status, done.text) == (True, 200, "Moved.")
    assert done.ms > 0
    assert [m["text"] for m in control.messages(user="@ana")] == ["Moved."]
    assert control.messages(user="@ben") == []


def test_an_ack_in_the_channel_is_read_by_all(control: Control, puppet: Puppet) -> None:
    puppet.answers({"response_type": "in_channel", "text": "Moved.", "blocks": [section()]})
    control.command("@ana", "/deal")
    assert [m["text"] for m in control.messages(user="@ben")] == ["Moved."]


def test_an_empty_ack_says_nothing(control: Control, puppet: Puppet) -> None:
    assert control.command("@ana", "/deal").ok
    assert len(puppet.heard) == 1
    assert control.messages() == []


def test_an_ack_with_bad_blocks_is_not_shown(control: Control, puppet: Puppet) -> None:
    puppet.answers({"text": "x", "blocks": [section("x" * 3001)]})
    done = control.command("@ana", "/deal")
    assert not done.ok
    assert done.problems[0]["pointer"] == "/blocks/0/text/text"
    assert control.messages() == []


@pytest.mark.parametrize("status", [404, 500])
def test_a_failing_bot_shows_a_time_out(control: Control, puppet: Puppet, status: int) -> None:
    puppet.answers("broken", status)
    done = control.command("@ana", "/deal")
    assert (done.ok, done.status, done.shown) == (False, status, {"error": "operation_timeout"})
    assert len(puppet.heard) == 1


def test_an_answer_after_the_deadline_is_a_time_out(control: Control, puppet: Puppet) -> None:
    def slow(_: Heard) -> Said:
        time.sleep(0.5)
        return Said(body="too late")

    puppet.says = slow
    control.settings(ack_seconds=0.1)
    done = control.command("@ana", "/deal")
    assert (done.timed_out, done.ok, done.shown) == (True, False, {"error": "operation_timeout"})
    assert control.messages() == []


def test_the_deadline_is_three_seconds(control: Control) -> None:
    assert control.state()["identity"]["ack_seconds"] == 3.0


def test_nobody_listening_is_a_failed_connection(control: Control) -> None:
    assert control.command("@ana", "/deal").error == "no_bot_url"
    control.bot_at("http://127.0.0.1:9/slack/events")
    assert control.command("@ana", "/deal").error == "connection_failed"


def test_several_bots_take_turns(control: Control, puppet: Puppet) -> None:
    control.bot_at(f"{puppet.url}/one", f"{puppet.url}/two")
    urls = [control.command("@ana", "/deal").attempts[0]["url"] for _ in range(4)]
    assert sorted(urls) == sorted([f"{puppet.url}/one", f"{puppet.url}/two"] * 2)


@pytest.mark.parametrize(
    ("user", "channel"), [("@gus", "#leads"), ("@ana", "#old"), ("@nobody", "#sales"), ("@ana", "#no")]
)
def test_what_nobody_could_type_is_refused(control: Control, user: str, channel: str) -> None:
    with pytest.raises(ControlError):
        control.command(user, "/deal", channel=channel)


def test_a_deactivated_person_can_do_nothing(control: Control) -> None:
    control.person("@ben", deleted=True)
    with pytest.raises(ControlError):
        control.command("@ben", "/deal")


def test_a_prepared_request_is_signed_and_not_sent(slack: LocalSlack, puppet: Puppet) -> None:
    made = slack.control.prepare("command", user="@ana", command="/deal", text="x", channel="#sales")
    assert puppet.heard == []
    verifier = SignatureVerifier(slack.identity.signing_secret)
    assert verifier.is_valid_request(made.body, made.headers)
    assert made.url == puppet.url


def test_the_answer_to_a_prepared_request_can_take_effect(control: Control, puppet: Puppet) -> None:
    made = control.prepare("command", user="@ana", command="/deal", channel="#sales")
    done = control.apply(made.id, body={"response_type": "in_channel", "text": "Moved."})
    assert done.ok
    assert [m["text"] for m in control.messages()] == ["Moved."]
    assert puppet.heard == []
