"""Events: their envelope, and how often Slack tries."""

import time

import pytest
from slack_sdk import WebClient

from playground.control import Control, ControlError
from tests.playground.blocks import home, section
from tests.playground.conftest import Heard, Puppet, Said


def eventually(control: Control, delivery_id: str, attempts: int) -> list[dict[str, object]]:
    patience = time.monotonic() + 5
    while len(made := control.delivery(delivery_id).attempts) < attempts:
        assert time.monotonic() < patience, made
        time.sleep(0.01)
    return made


def test_a_mention_is_a_message_and_an_event(control: Control, puppet: Puppet) -> None:
    done = control.mention("@ana", "move D-42 & co", thread_ts="1.1")
    assert done.ok
    told = puppet.heard[0].payload
    event = told["event"]
    assert (told["type"], told["team_id"], told["event_id"][:2]) == ("event_callback", "T0SALES", "Ev")
    assert told["authorizations"][0]["user_id"] == "U0BOT"
    assert (event["type"], event["user"], event["channel"]) == ("app_mention", "U0ANA", "C0SALES")
    assert (event["text"], event["thread_ts"]) == ("<@U0BOT> move D-42 &amp; co", "1.1")
    assert control.messages()[0]["ts"] == event["ts"]


def test_the_bot_hears_no_mention_where_it_is_not_a_member(control: Control) -> None:
    with pytest.raises(ControlError, match="hears no mention"):
        control.mention("@ana", "hello", channel="#random")


def test_an_event_tells_whether_its_channel_is_shared(control: Control, puppet: Puppet) -> None:
    control.mention("@pat", "hello", channel="#partners")
    assert puppet.heard[0].payload["is_ext_shared_channel"]


def test_opening_home_tells_the_view_that_is_there(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    control.open_home("@ana")
    view = client.views_publish(user_id="U0ANA", view=home(section()))["view"]
    control.open_home("@ana")
    control.open_home("@ana", tab="messages")
    first, second, third = (heard.payload["event"] for heard in puppet.heard)
    assert "view" not in first
    assert second["view"]["hash"] == view["hash"]
    assert (third["tab"], "view" in third) == ("messages", False)
    assert first["channel"].startswith("D")


def test_any_event_can_be_sent(control: Control, puppet: Puppet) -> None:
    control.event({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}, event_id="Ev1")
    told = puppet.heard[0].payload
    assert (told["event_id"], told["event"]["type"]) == ("Ev1", "tokens_revoked")


def test_a_failing_event_comes_again_at_once_and_twice_later(control: Control, puppet: Puppet) -> None:
    puppet.answers("broken", 500)
    first = control.mention("@ana", "hello")
    assert [a["retry_num"] for a in first.attempts] == [0, 1]
    control.advance(61)
    eventually(control, first.id, 3)
    control.advance(299)
    time.sleep(0.05)
    assert len(control.delivery(first.id).attempts) == 3
    control.advance(2)
    assert len(eventually(control, first.id, 4)) == 4
    assert [h.headers.get("x-slack-retry-num") for h in puppet.heard] == [None, "1", "2", "3"]
    assert puppet.heard[1].headers["x-slack-retry-reason"] == "http_error"
    assert len({h.payload["event_id"] for h in puppet.heard}) == 1


def test_a_retry_is_signed_anew(control: Control, puppet: Puppet) -> None:
    puppet.answers("broken", 500)
    made = control.mention("@ana", "hello")
    control.advance(61)
    eventually(control, made.id, 3)
    stamps = [int(h.headers["x-slack-request-timestamp"]) for h in puppet.heard]
    assert stamps[2] - stamps[0] >= 60


def test_an_event_that_succeeds_later_is_not_sent_again(control: Control, puppet: Puppet) -> None:
    control.settings(retry_delays=[0, 0, 0])
    puppet.says = lambda heard: Said(200 if "x-slack-retry-num" in heard.headers else 503)
    done = control.mention("@ana", "hello")
    assert (done.ok, len(done.attempts)) == (True, 2)


def test_no_retry_where_the_bot_forbids_it(control: Control, puppet: Puppet) -> None:
    puppet.answers("broken", 500, x_slack_no_retry="1")
    assert len(control.mention("@ana", "hello").attempts) == 1


def test_a_late_answer_to_an_event_is_a_time_out(control: Control, puppet: Puppet) -> None:
    def slow(_: Heard) -> Said:
        time.sleep(0.3)
        return Said()

    puppet.says = slow
    control.settings(ack_seconds=0.1, retry_delays=[0])
    control.mention("@ana", "hello")
    assert puppet.heard[1].headers["x-slack-retry-reason"] == "http_timeout"


def test_a_retry_can_be_called_for_by_hand(control: Control, puppet: Puppet) -> None:
    control.settings(retry_delays=[])
    done = control.mention("@ana", "hello")
    again = control.retry(done.id)
    assert [a["retry_num"] for a in again.attempts] == [0, 1]
    assert puppet.heard[1].headers["x-slack-retry-num"] == "1"


def test_a_command_is_never_repeated(control: Control, puppet: Puppet) -> None:
    puppet.answers("broken", 500)
    control.settings(retry_delays=[0, 0, 0])
    control.command("@ana", "/deal")
    assert len(puppet.heard) == 1


CHANGES: list[tuple[dict[str, object], str]] = [
    ({"archived": True}, "channel_archive"),
    ({"rename": "verkauf"}, "channel_rename"),
    ({"ext_shared": True}, "channel_shared"),
    ({"ext_shared": False}, "channel_unshared"),
    ({"add": "@gus"}, "member_joined_channel"),
    ({"remove": "@ben"}, "member_left_channel"),
    ({"remove": "@pipeline"}, "channel_left"),
]


@pytest.mark.parametrize(("change", "event"), CHANGES, ids=[event for _, event in CHANGES])
def test_a_change_of_a_channel_tells_the_bot_only_when_fired(
    control: Control, puppet: Puppet, change: dict[str, object], event: str
) -> None:
    control.call("channel", which="#leads", **change)
    assert puppet.heard == []
    control.call("channel", which="C0LEADS", fire=True, **change)
    (heard,) = puppet.heard
    told = heard.payload["event"]
    assert told["type"] == event
    assert "C0LEADS" in (told["channel"], told["channel"]["id"] if event == "channel_rename" else "")


def test_leaving_a_private_channel_is_group_left(control: Control, puppet: Puppet) -> None:
    control.channel("C0BOARD", add="@pipeline")
    control.channel("C0BOARD", remove="@pipeline", fire=True)
    assert puppet.heard[0].payload["event"]["type"] == "group_left"


def test_people_come_and_change(control: Control, puppet: Puppet) -> None:
    control.person("@nina", real_name="Nina Neu", locale="de-DE", fire=True)
    control.person("@nina", deleted=True, fire=True)
    joined, changed = (heard.payload["event"] for heard in puppet.heard)
    assert (joined["type"], joined["user"]["locale"]) == ("team_join", "de-DE")
    assert (changed["type"], changed["user"]["deleted"]) == ("user_change", True)


def test_only_subscribed_events_are_fired(control: Control, puppet: Puppet) -> None:
    control.settings(events=["app_mention"])
    control.channel("#leads", archived=True, fire=True)
    assert puppet.heard == []


def test_a_new_channel_can_be_made(control: Control, client: WebClient) -> None:
    made = control.channel("#fresh", add=["@pipeline", "@ana"], private=True)
    assert client.conversations_info(channel=made["id"])["channel"]["is_private"]


def test_what_a_channel_or_person_does_not_have_cannot_be_changed(control: Control) -> None:
    with pytest.raises(ControlError):
        control.channel("#sales", colour="red")
    with pytest.raises(ControlError):
        control.person("@ana", colour="red")
