"""Answers, channels and addresses as the courier reads them."""

import socket
import ssl
from http.client import IncompleteRead
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from handlers.courier.calls import is_reply_address
from handlers.courier.channels import read_channel
from handlers.courier.outcomes import CallFailed, Failure, Fate, calling
from handlers.courier.satchel import Limits, Pace


def sorted_out(error: Exception) -> Failure:
    with pytest.raises(CallFailed) as caught, calling("chat.postMessage"):
        raise error
    return caught.value.failure


def refused(data: dict[str, Any], status: int = 200, **headers: str) -> SlackApiError:
    response = SlackResponse(
        client=WebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data=data,
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (refused({"ok": False, "error": "channel_not_found"}), Fate.REFUSED),
        (refused({"ok": False, "error": "an_error_of_next_year"}), Fate.REFUSED),
        (refused({"ok": False, "error": "token_revoked"}), Fate.TOKEN),
        (refused({"ok": False, "error": "fatal_error"}), Fate.UNKNOWN),
        (refused({"ok": False, "error": "Received a response in a non-JSON format: <html>"}), Fate.UNKNOWN),
        (refused({}), Fate.UNKNOWN),
        (refused({"ok": False, "error": "not_authed"}, 503), Fate.UNKNOWN),
        (refused({"ok": False, "error": "ratelimited"}, 429), Fate.LATER),
        (refused({"ok": False, "error": "ratelimited"}), Fate.LATER),
        (URLError(ConnectionRefusedError()), Fate.UNSENT),
        (URLError(socket.gaierror()), Fate.UNSENT),
        (URLError(ssl.SSLCertVerificationError()), Fate.UNSENT),
        (URLError(TimeoutError()), Fate.UNKNOWN),
        (ConnectionResetError(), Fate.UNKNOWN),
        (TimeoutError(), Fate.UNKNOWN),
        (IncompleteRead(b""), Fate.UNKNOWN),
        (UnicodeDecodeError("utf-8", b"", 0, 1, "broken"), Fate.UNKNOWN),
    ],
)
def test_only_what_surely_never_arrived_is_safe_to_repeat(error: Exception, fate: Fate) -> None:
    assert sorted_out(error).fate is fate


@pytest.mark.parametrize(
    ("headers", "seconds"), [({"Retry-After": "7"}, 7), ({"Retry-After": "soon"}, 30), ({}, 30)]
)
def test_slack_says_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert sorted_out(refused({"ok": False}, 429, **headers)).seconds == seconds


def test_the_scope_that_is_missing_is_named() -> None:
    error = refused({"ok": False, "error": "missing_scope", "needed": "im:write"})
    assert sorted_out(error).needed == "im:write"


def test_waits_double_up_to_a_minute() -> None:
    assert [Pace().wait(attempts) for attempts in range(7)] == [2, 4, 8, 16, 32, 60, 60]
    assert Pace().wait(10_000) == 60


def test_a_second_busy_channel_is_noticed() -> None:
    limits = Limits()
    assert not limits.add("C1", 60)
    assert not limits.add("C1", 60)
    assert limits.add("C2", 0)
    assert limits.add("C3", 60)


@pytest.mark.parametrize(
    ("told", "shared"),
    [
        ({}, False),
        ({"is_ext_shared": True}, True),
        ({"is_pending_ext_shared": True}, True),
        ({"is_org_shared": True}, True),
        ({"is_org_shared": True, "shared_team_ids": ["T1"]}, False),
        ({"is_org_shared": True, "shared_team_ids": ["T1", "T2"]}, True),
        ({"is_org_shared": False, "shared_team_ids": ["T1", "T2"]}, False),
    ],
)
def test_who_else_can_read_a_channel(told: dict[str, Any], shared: bool) -> None:  # noqa: FBT001
    channel = read_channel("T1", {"id": "C1", "name": "sales", "is_member": True, **told})
    assert channel.shared is shared
    assert channel.shows_money is not shared


@pytest.mark.parametrize("kind", ["is_im", "is_mpim"])
def test_the_bot_is_in_its_direct_messages(kind: str) -> None:
    channel = read_channel("T1", {"id": "D1", kind: True})
    assert (channel.direct, channel.member, channel.private) == (True, True, True)


@pytest.mark.parametrize(
    ("url", "base", "fit"),
    [
        ("https://hooks.slack.com/actions/T/1/x", "https://slack.com/api/", True),
        ("https://hooks.slack.com:443/actions/T/1/x", "https://slack.com/api/", True),
        ("http://hooks.slack.com/actions/T/1/x", "https://slack.com/api/", False),
        ("https://hooks.slack.com.evil.example/x", "https://slack.com/api/", False),
        ("https://hooks.slack.com@evil.example/x", "https://slack.com/api/", False),
        ("https://me@hooks.slack.com/x", "https://slack.com/api/", False),
        ("https://hooks.slack.com:8443/x", "https://slack.com/api/", False),
        ("https://hooks.slack.com:many/x", "https://slack.com/api/", False),
        ("http://127.0.0.1:8080/response/1", "https://slack.com/api/", False),
        ("http://127.0.0.1:8080/response/1", "http://127.0.0.1:8080/api/", True),
        ("http://localhost:8080/response/1", "http://127.0.0.1:8080/api/", True),
        ("http://127.0.0.1:5432/response/1", "http://127.0.0.1:8080/api/", False),
        ("http://10.0.0.1:8080/response/1", "http://127.0.0.1:8080/api/", False),
        ("file:///etc/passwd", "http://127.0.0.1:8080/api/", False),
    ],
)
def test_replies_go_to_slack_only(url: str, base: str, fit: bool) -> None:  # noqa: FBT001
    assert is_reply_address(url, base) is fit
