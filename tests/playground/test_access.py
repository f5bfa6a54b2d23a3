"""Tokens and scopes: who may call the Web API."""

import httpx
import pytest
from slack_sdk import WebClient

from playground.control import Control
from playground.server import LocalSlack
from tests.playground.calls import refusal, refused


def test_the_bot_learns_who_it_is(client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0SALES", "U0BOT", "B0BOT")


def test_a_call_without_a_token_is_not_authed(slack: LocalSlack) -> None:
    assert httpx.post(f"{slack.api_url}auth.test").json() == {"ok": False, "error": "not_authed"}


def test_a_token_may_come_as_an_argument(slack: LocalSlack) -> None:
    answer = httpx.post(f"{slack.api_url}auth.test", data={"token": slack.identity.bot_token})
    assert answer.json()["ok"]


def test_an_unknown_token_is_invalid(slack: LocalSlack) -> None:
    assert refused(WebClient(token="xoxb-wrong", base_url=slack.api_url).auth_test) == "invalid_auth"


@pytest.mark.parametrize("fault", ["token_revoked", "account_inactive"])
def test_a_revoked_token_refuses_every_call_until_healed(
    control: Control, client: WebClient, fault: str
) -> None:
    control.token(fault)
    assert refused(client.auth_test) == fault
    assert refused(client.chat_postMessage, channel="C0SALES", text="hi") == fault
    control.token()
    assert client.auth_test()["ok"]


def test_a_missing_scope_is_named_with_those_granted(control: Control, client: WebClient) -> None:
    control.scopes("commands", "chat:write")
    answer = refusal(client.users_info, user="U0ANA")
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "users:read"
    assert answer["provided"] == "chat:write,commands"


@pytest.mark.parametrize(
    ("scope", "channel", "method"),
    [
        ("channels:read", "C0SALES", "conversations_info"),
        ("channels:history", "C0SALES", "conversations_history"),
        ("groups:read", "C0BOARD", "conversations_info"),
        ("groups:history", "C0BOARD", "conversations_history"),
    ],
)
def test_each_kind_of_channel_has_its_own_scope(
    control: Control, client: WebClient, scope: str, channel: str, method: str
) -> None:
    control.channel("C0BOARD", add="U0BOT")
    granted = set(control.state()["identity"]["scopes"])
    assert getattr(client, method)(channel=channel)["ok"]
    control.scopes(*(granted - {scope}))
    assert refusal(getattr(client, method), channel=channel)["needed"] == scope


def test_an_app_token_opens_sockets_and_nothing_else(slack: LocalSlack, client: WebClient) -> None:
    app_level = WebClient(token=slack.identity.app_token, base_url=slack.api_url)
    assert refused(app_level.auth_test) == "not_allowed_token_type"
    assert refused(client.apps_connections_open, app_token=slack.identity.bot_token) == (
        "not_allowed_token_type"
    )


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    assert refused(client.api_call, api_method="chat.shout") == "unknown_method"


def test_only_local_callers_are_let_in(slack: LocalSlack) -> None:
    answer = httpx.post(f"{slack.api_url}auth.test", headers={"Host": "slack.example.com"})
    assert answer.status_code == 403


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
def test_a_malformed_body_is_refused(slack: LocalSlack, body: bytes, error: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = httpx.post(f"{slack.api_url}auth.test", content=body, headers=headers)
    assert answer.json()["error"] == error
