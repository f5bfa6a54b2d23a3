"""Slack's own rate limits, when switched on; and what a test can read of a bot's pacing."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.control import Control
from tests.playground.calls import refused


def post(client: WebClient, channel: str = "C0SALES") -> str:
    return str(client.chat_postMessage(channel=channel, text="hi")["ts"])


def test_limits_are_off_unless_asked_for(client: WebClient) -> None:
    for _ in range(5):
        post(client)


def test_a_channel_takes_one_post_a_second(control: Control, client: WebClient) -> None:
    control.enforce_limits()
    post(client)
    with pytest.raises(SlackApiError) as caught:
        post(client)
    assert caught.value.response.headers["Retry-After"] == "1"
    post(client, "C0LEADS")
    control.advance(1)
    post(client)


def test_a_workspace_takes_fifty_updates_a_minute(control: Control, client: WebClient) -> None:
    control.enforce_limits(per_minute={"chat.update": 3})
    ts = post(client)
    for _ in range(3):
        client.chat_update(channel="C0SALES", ts=ts, text="x")
    assert refused(client.chat_update, channel="C0SALES", ts=ts, text="x") == "ratelimited"
    control.advance(60)
    assert client.chat_update(channel="C0SALES", ts=ts, text="x")["ok"]


def test_the_figures_are_slacks_own(control: Control) -> None:
    figures = control.call("limits", on=False)
    assert figures["per_minute"]["chat.update"] == 50
    assert figures["per_minute"]["users.list"] == 20


def test_pacing_counts_calls_429s_and_moments(control: Control, client: WebClient) -> None:
    control.enforce_limits()
    post(client)
    refused(client.chat_postMessage, channel="C0SALES", text="x")
    post(client, "C0LEADS")
    told = control.pacing()
    row = told["methods"]["chat.postMessage"]
    assert (row["calls"], row["refused_429"], len(row["moments"])) == (3, 1, 3)
    assert {channel: len(m["chat.postMessage"]) for channel, m in told["channels"].items()} == {
        "C0SALES": 1,
        "C0LEADS": 1,
    }
