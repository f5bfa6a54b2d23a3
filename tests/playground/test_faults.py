"""Faults on request: each does its harm, and only that."""

import time
from http.client import IncompleteRead, RemoteDisconnected

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler

from playground.control import Control, ControlError
from playground.server import LocalSlack
from tests.playground.calls import refusal, refused
from tests.playground.conftest import Puppet


def post(client: WebClient, text: str = "hi") -> None:
    client.chat_postMessage(channel="C0SALES", text=text)


def texts(control: Control) -> list[str]:
    return [message["text"] for message in control.messages()]


def test_a_429_names_the_seconds(control: Control, client: WebClient) -> None:
    control.fault("rate_limited", "chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        post(client)
    response = caught.value.response
    assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert response["error"] == "ratelimited"
    assert texts(control) == []


@pytest.mark.parametrize("kind", ["http_500", "http_503", "fatal_error"])
@pytest.mark.parametrize("done", [True, False])
def test_an_error_may_hide_that_the_work_was_done(
    control: Control, client: WebClient, kind: str, *, done: bool
) -> None:
    control.fault(kind, "chat.postMessage", done=done)
    with pytest.raises(SlackApiError) as caught:
        post(client)
    assert caught.value.response.status_code == (int(kind[-3:]) if kind.startswith("http") else 200)
    assert texts(control) == (["hi"] if done else [])


def test_a_body_can_break_off(control: Control, client: WebClient) -> None:
    control.fault("truncated", "chat.postMessage")
    with pytest.raises(IncompleteRead):
        post(client)
    assert texts(control) == ["hi"]


@pytest.mark.parametrize(("kind", "posted"), [("cut", []), ("cut_after", ["hi"])])
def test_a_connection_can_be_cut_before_or_after_the_work(
    control: Control, client: WebClient, kind: str, posted: list[str]
) -> None:
    control.fault(kind, "chat.postMessage")
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        post(client)
    assert texts(control) == posted
    post(client, "again")
    assert texts(control) == [*posted, "again"]


def test_a_lost_reply_makes_the_sdks_default_client_post_twice(slack: LocalSlack, control: Control) -> None:
    default = WebClient(token=slack.identity.bot_token, base_url=slack.api_url)
    assert any(isinstance(handler, ConnectionErrorRetryHandler) for handler in default.retry_handlers)
    control.fault("cut_after", "chat.postMessage")
    post(default)
    assert texts(control) == ["hi", "hi"]


def test_a_hanging_call_is_cut_in_the_end_and_does_nothing(control: Control, client: WebClient) -> None:
    control.fault("hang", "chat.postMessage", seconds=0.2)
    started = time.monotonic()
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        post(client)
    assert time.monotonic() - started >= 0.2
    assert texts(control) == []


@pytest.mark.parametrize("done", [True, False])
def test_a_slow_call_answers_in_the_end(control: Control, client: WebClient, *, done: bool) -> None:
    control.fault("slow", "chat.postMessage", seconds=0.2, done=done)
    started = time.monotonic()
    post(client)
    assert time.monotonic() - started >= 0.2
    assert texts(control) == ["hi"]


def test_other_calls_go_on_while_one_hangs(control: Control, slack: LocalSlack, client: WebClient) -> None:
    control.fault("hang", "chat.postMessage", seconds=5)
    hasty = WebClient(token=slack.identity.bot_token, base_url=slack.api_url, timeout=1, retry_handlers=[])
    with pytest.raises(TimeoutError):
        post(hasty)
    assert client.auth_test()["ok"]


def test_any_error_can_be_answered_with_its_members(control: Control, client: WebClient) -> None:
    control.fault("error", "users.info", error="missing_scope", extra={"needed": "users:read"})
    assert refusal(client.users_info, user="U0ANA") == {
        "ok": False,
        "error": "missing_scope",
        "needed": "users:read",
    }
    assert client.users_info(user="U0ANA")["ok"]


def test_a_fault_hits_as_often_as_it_was_asked_and_after_so_many(control: Control, client: WebClient) -> None:
    control.fault("error", "auth.test", error="internal_error", skip=1, count=2)
    outcomes = [client.auth_test()["ok"]]
    outcomes += [refused(client.auth_test), refused(client.auth_test)]
    assert [*outcomes, client.auth_test()["ok"]] == [True, "internal_error", "internal_error", True]
    assert control.faults()["planned"][0]["hits"] == 2


def test_a_fault_can_stay_with_one_channel(control: Control, client: WebClient) -> None:
    control.fault("rate_limited", "chat.postMessage", channel="C0LEADS", count=None)
    post(client)
    assert refused(client.chat_postMessage, channel="C0LEADS", text="x") == "ratelimited"


def test_chance_can_be_repeated_from_its_seed(control: Control, client: WebClient) -> None:
    def run() -> list[bool]:
        control.lift_faults()
        control.fault("error", "auth.test", error="internal_error", probability=0.5, seed=7)
        return [succeeds(client) for _ in range(20)]

    first = run()
    assert run() == first
    assert 0 < sum(first) < 20


def succeeds(client: WebClient) -> bool:
    try:
        return bool(client.auth_test()["ok"])
    except SlackApiError:
        return False


def test_slack_can_be_down_until_it_is_lifted(control: Control, client: WebClient) -> None:
    control.down()
    for _ in range(3):
        with pytest.raises((RemoteDisconnected, ConnectionResetError)):
            client.auth_test()
    control.down(down=False)
    assert client.auth_test()["ok"]


def test_a_response_url_can_fail_too(control: Control, puppet: Puppet) -> None:
    control.command("@ana", "/deal")
    url = puppet.heard[0].form["response_url"]
    control.fault("http_500", "response_url")
    assert httpx.post(url, json={"text": "hi"}).status_code == 500
    assert httpx.post(url, json={"text": "hi"}).status_code == 200
    assert texts(control) == ["hi"]


def test_the_log_names_the_fault(control: Control, client: WebClient) -> None:
    control.fault("cut_after", "chat.postMessage")
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        post(client)
    (entry,) = control.log(fault="cut_after")
    assert (entry["method"], entry["channel"], entry["status"]) == ("chat.postMessage", "C0SALES", 0)


def test_an_unknown_fault_is_refused(control: Control) -> None:
    with pytest.raises(ControlError, match="a fault is one of"):
        control.fault("gremlins")
