"""chat.update and chat.delete."""

import pytest
from slack_sdk import WebClient

from playground.control import Control
from tests.playground.blocks import section
from tests.playground.calls import refused

METADATA = {"event_type": "digest", "event_payload": {"key": "one"}}


@pytest.fixture
def ts(client: WebClient) -> str:
    posted = client.chat_postMessage(
        channel="C0SALES", text="old", blocks=[section("old")], metadata=METADATA
    )
    return str(posted["ts"])


def test_an_update_with_blocks_repaints_without_a_mark(control: Control, client: WebClient, ts: str) -> None:
    client.chat_update(channel="C0SALES", ts=ts, text="new", blocks=[section("new")])
    (seen,) = control.messages()
    assert (seen["text"], seen["blocks"][0]["text"]["text"], seen["updates"]) == ("new", "new", 1)
    assert "edited" not in seen


def test_text_alone_takes_the_blocks_away_and_marks_the_edit(
    control: Control, client: WebClient, ts: str
) -> None:
    client.chat_update(channel="C0SALES", ts=ts, text="new")
    (seen,) = control.messages()
    assert "blocks" not in seen
    assert seen["edited"]["user"] == "U0BOT"


def test_omitted_metadata_stays_and_empty_metadata_clears(
    control: Control, client: WebClient, ts: str
) -> None:
    client.chat_update(channel="C0SALES", ts=ts, text="new")
    assert control.messages()[0]["metadata"] == METADATA
    client.chat_update(channel="C0SALES", ts=ts, text="new", metadata={})
    assert "metadata" not in control.messages()[0]


def test_an_update_without_content_is_no_text(client: WebClient, ts: str) -> None:
    arguments = {"channel": "C0SALES", "ts": ts}
    assert refused(client.api_call, api_method="chat.update", json=arguments) == "no_text"


def test_an_updated_text_is_limited_to_4000(client: WebClient, ts: str) -> None:
    assert refused(client.chat_update, channel="C0SALES", ts=ts, text="x" * 4001) == "msg_too_long"


def test_an_update_takes_a_channel_id_not_a_person(client: WebClient) -> None:
    posted = client.chat_postMessage(channel="U0ANA", text="hi")
    arguments = {"ts": posted["ts"], "text": "new"}
    assert refused(client.chat_update, channel="U0ANA", **arguments) == "channel_not_found"
    assert client.chat_update(channel=posted["channel"], **arguments)["ok"]


def test_a_message_of_a_person_cannot_be_updated_or_deleted(control: Control, client: WebClient) -> None:
    ts = control.say("@ana", "mine")["ts"]
    assert refused(client.chat_update, channel="C0SALES", ts=ts, text="x") == "cant_update_message"
    assert refused(client.chat_delete, channel="C0SALES", ts=ts) == "cant_delete_message"


def test_an_ephemeral_cannot_be_updated(client: WebClient) -> None:
    ts = client.chat_postEphemeral(channel="C0SALES", user="U0ANA", text="psst")["message_ts"]
    assert refused(client.chat_update, channel="C0SALES", ts=ts, text="x") == "message_not_found"


def test_an_archived_channel_is_inactive(control: Control, client: WebClient, ts: str) -> None:
    control.channel("#sales", archived=True)
    assert refused(client.chat_update, channel="C0SALES", ts=ts, text="x") == "is_inactive"


def test_bad_blocks_leave_the_message_as_it_was(control: Control, client: WebClient, ts: str) -> None:
    answer = refused(client.chat_update, channel="C0SALES", ts=ts, text="x", blocks=[{"type": "nonsense"}])
    assert answer == "invalid_blocks"
    assert control.messages()[0]["text"] == "old"


def test_a_deleted_message_is_gone(control: Control, client: WebClient, ts: str) -> None:
    client.chat_delete(channel="C0SALES", ts=ts)
    assert control.messages() == []
    assert refused(client.chat_delete, channel="C0SALES", ts=ts) == "message_not_found"
