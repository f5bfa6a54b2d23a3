"""chat.postMessage, chat.postEphemeral, chat.getPermalink."""

import json

import httpx
import pytest
from slack_sdk import WebClient

from playground.control import Control
from playground.server import LocalSlack
from tests.playground.blocks import section
from tests.playground.calls import refusal, refused
from tests.playground.conftest import Puppet


def test_a_post_is_read_by_everybody_in_the_channel(control: Control, client: WebClient) -> None:
    posted = client.chat_postMessage(channel="C0SALES", text="hi", blocks=[section()])
    (seen,) = control.messages(user="@ana")
    assert (seen["ts"], seen["text"], seen["bot_id"]) == (posted["ts"], "hi", "B0BOT")


def test_blocks_without_an_id_get_one(client: WebClient) -> None:
    posted = client.chat_postMessage(channel="C0SALES", text="hi", blocks=[section()])
    assert posted["message"]["blocks"][0]["block_id"]


def test_a_form_carries_blocks_as_json_text(slack: LocalSlack) -> None:
    fields = {"token": slack.identity.bot_token, "channel": "C0SALES", "text": "hi"}
    fields["blocks"] = json.dumps([section()])
    assert httpx.post(f"{slack.api_url}chat.postMessage", data=fields).json()["message"]["blocks"]


def test_a_channel_may_be_named(client: WebClient) -> None:
    assert client.chat_postMessage(channel="#sales", text="hi")["channel"] == "C0SALES"


def test_a_post_to_a_person_opens_the_direct_message(client: WebClient) -> None:
    direct = client.conversations_open(users="U0ANA")["channel"]["id"]
    assert client.chat_postMessage(channel="U0ANA", text="hi")["channel"] == direct


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOWHERE", "channel_not_found"),
        ("C0BOARD", "channel_not_found"),
        ("C0RANDOM", "not_in_channel"),
        ("C0OLD", "is_archived"),
        ("U0NOBODY", "channel_not_found"),
    ],
)
def test_a_closed_door_is_named(client: WebClient, channel: str, error: str) -> None:
    assert refused(client.chat_postMessage, channel=channel, text="hi") == error


def test_nothing_to_say_is_no_text(client: WebClient) -> None:
    assert refused(client.api_call, api_method="chat.postMessage", json={"channel": "C0SALES"}) == "no_text"


def test_a_very_long_text_is_too_long(client: WebClient) -> None:
    assert refused(client.chat_postMessage, channel="C0SALES", text="x" * 40_001) == "msg_too_long"


def test_bad_blocks_are_refused_with_their_place(control: Control, client: WebClient) -> None:
    answer = refusal(client.chat_postMessage, channel="C0SALES", text="hi", blocks=[section("x" * 3001)])
    assert answer["error"] == "invalid_blocks"
    assert "json-pointer:/blocks/0/text/text" in answer["response_metadata"]["messages"][0]
    assert control.messages() == []
    (entry,) = control.log(error="invalid_blocks")
    assert entry["problems"][0]["pointer"] == "/blocks/0/text/text"


def test_blocks_must_be_a_list(client: WebClient) -> None:
    arguments = {"channel": "C0SALES", "text": "hi", "blocks": {"type": "divider"}}
    assert refused(client.api_call, api_method="chat.postMessage", json=arguments) == "invalid_blocks_format"


def test_metadata_needs_its_two_members(client: WebClient) -> None:
    metadata = {"event_type": "digest"}
    answer = refused(client.chat_postMessage, channel="C0SALES", text="hi", metadata=metadata)
    assert answer == "invalid_metadata_format"


def test_one_client_msg_id_twice_makes_two_messages(control: Control, client: WebClient) -> None:
    for _ in range(2):
        client.chat_postMessage(channel="C0SALES", text="hi", client_msg_id="same")
    assert [m["client_msg_id"] for m in control.messages()] == ["same", "same"]


def test_timestamps_are_unique_and_grow(control: Control, client: WebClient) -> None:
    for _ in range(20):
        client.chat_postMessage(channel="C0SALES", text="hi")
    stamps = [m["ts"] for m in control.messages()]
    assert stamps == sorted(set(stamps))


def test_a_reply_belongs_to_its_thread(control: Control, client: WebClient) -> None:
    parent = client.chat_postMessage(channel="C0SALES", text="parent")["ts"]
    client.chat_postMessage(channel="C0SALES", text="reply", thread_ts=parent)
    assert [m["text"] for m in client.conversations_replies(channel="C0SALES", ts=parent)["messages"]] == [
        "parent",
        "reply",
    ]
    assert control.messages(thread_ts=parent)[0]["reply_count"] == 1


def test_a_reply_needs_a_parent_that_is_no_reply(client: WebClient) -> None:
    assert (
        refused(client.chat_postMessage, channel="C0SALES", text="r", thread_ts="1.1") == "thread_not_found"
    )
    parent = client.chat_postMessage(channel="C0SALES", text="parent")["ts"]
    reply = client.chat_postMessage(channel="C0SALES", text="reply", thread_ts=parent)["ts"]
    answer = refused(client.chat_postMessage, channel="C0SALES", text="r", thread_ts=reply)
    assert answer == "cannot_reply_to_message"


def test_only_its_reader_sees_an_ephemeral(control: Control, client: WebClient) -> None:
    client.chat_postEphemeral(channel="C0SALES", user="U0ANA", text="psst")
    assert [m["text"] for m in control.messages(user="@ana")] == ["psst"]
    assert control.messages(user="@ben") == []
    assert client.conversations_history(channel="C0SALES")["messages"] == []


def test_an_ephemeral_needs_its_reader_in_the_channel(client: WebClient) -> None:
    answer = refused(client.chat_postEphemeral, channel="C0LEADS", user="U0GUS", text="psst")
    assert answer == "user_not_in_channel"


def test_a_permalink_leads_into_the_thread(client: WebClient) -> None:
    parent = client.chat_postMessage(channel="C0SALES", text="parent")["ts"]
    reply = client.chat_postMessage(channel="C0SALES", text="reply", thread_ts=parent)["ts"]
    link = client.chat_getPermalink(channel="C0SALES", message_ts=reply)["permalink"]
    place = f"C0SALES/p{reply.replace('.', '')}?thread_ts={parent}&cid=C0SALES"
    assert link == f"https://sales.slack.com/archives/{place}"


def test_there_is_no_permalink_to_nothing(client: WebClient) -> None:
    assert refused(client.chat_getPermalink, channel="C0SALES", message_ts="1.1") == "message_not_found"


CHART = {
    "type": "data_visualization",
    "title": "Deals",
    "chart": {"type": "pie", "segments": [{"label": "Lead", "value": 1}]},
}


def test_a_slack_that_is_older_than_a_block_refuses_it_at_every_door(
    control: Control, client: WebClient, puppet: Puppet
) -> None:
    control.settings(refused_blocks=["data_visualization"])
    control.command("@ana", "/deal")
    url = puppet.heard[-1].form["response_url"]
    said = {"text": "hi", "blocks": [CHART]}
    assert refused(client.chat_postMessage, channel="C0SALES", **said) == "invalid_blocks"
    assert httpx.post(url, json=said).status_code == 400
    assert not [entry for entry in control.log() if entry["problems"]]
    control.settings(refused_blocks=[])
    assert httpx.post(url, json=said).text == "ok"
