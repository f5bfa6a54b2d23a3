"""The manifest holds what the bot uses, nothing more, and is one that Slack takes."""

import inspect
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
import yaml
from slack_sdk import WebClient

from bot.manifest import (
    EVENT_SCOPES,
    METHOD_SCOPES,
    BadAddress,
    http_manifest,
    lacking,
    needed_scopes,
    socket_manifest,
    usage_hint,
)
from handlers.actions import Form
from handlers.news import EVENTS
from playground.identity import SCOPES
from tests.bot.program import ROOT

SCHEMA = ROOT.parent / "shared" / "facts" / "manifest.schema.2.0.0.json"
URL = "https://bot.example.com"
ADDRESS = f"{URL}/slack/events"
# For the app-level token, which has a scope of its own.
APP_METHODS = {"apps.connections.open"}

FORMS: dict[str, Callable[[], str]] = {"socket": socket_manifest, "http": lambda: http_manifest(URL)}


@pytest.fixture(params=FORMS)
def manifest(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FORMS[request.param]())
    return found


@pytest.fixture
def socket() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(socket_manifest())
    return found


def test_it_fits_slacks_schema(manifest: dict[str, Any]) -> None:
    if not SCHEMA.exists():
        pytest.skip("Slack's schema is not in ../shared/facts")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(manifest)


def test_every_text_keeps_its_length(manifest: dict[str, Any]) -> None:
    shown, features = manifest["display_information"], manifest["features"]
    (command,) = features["slash_commands"]
    limits = [
        (shown["name"], 35),
        (shown["description"], 140),
        (features["bot_user"]["display_name"], 80),
        (command["command"], 32),
        (command["description"], 2000),
        (command["usage_hint"], 1000),
        *((shortcut["name"], 24) for shortcut in features["shortcuts"]),
        *((shortcut["description"], 150) for shortcut in features["shortcuts"]),
        *((shortcut["callback_id"], 255) for shortcut in features["shortcuts"]),
    ]
    assert not [text for text, most in limits if not 1 <= len(text) <= most]
    assert re.fullmatch("#[0-9a-f]{6}", shown["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]+", features["bot_user"]["display_name"])


def test_the_app_is_reached_where_the_bot_listens(socket: dict[str, Any]) -> None:
    home, settings = socket["features"]["app_home"], socket["settings"]
    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert settings["interactivity"] == {"is_enabled": True}
    assert settings["socket_mode_enabled"]
    assert ADDRESS not in str(socket)


def test_over_http_everything_goes_to_one_address(socket: dict[str, Any]) -> None:
    http = yaml.safe_load(http_manifest(URL))
    assert http["features"]["slash_commands"][0].pop("url") == ADDRESS
    assert http["settings"]["event_subscriptions"].pop("request_url") == ADDRESS
    assert http["settings"]["interactivity"].pop("request_url") == ADDRESS
    assert http["settings"].pop("socket_mode_enabled") is False
    assert socket["settings"].pop("socket_mode_enabled") is True
    assert http == socket


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://bot.example.com/", ADDRESS),
        (" https://bot.example.com/slack/events ", ADDRESS),
        ("https://example.com/bot", "https://example.com/bot/slack/events"),
        ("https://example.com:8443", "https://example.com:8443/slack/events"),
    ],
)
def test_an_address_may_be_given_in_any_form(given: str, address: str) -> None:
    assert f"url: {address}\n" in http_manifest(given)


@pytest.mark.parametrize(
    "given", ["", "bot.example.com", "http://bot.example.com", "https://", "https://[", "https://a b"]
)
def test_an_address_that_slack_cannot_reach_is_refused(given: str) -> None:
    with pytest.raises(BadAddress):
        http_manifest(given)


def test_the_command_is_the_one_that_is_listened_to_and_comes_escaped(socket: dict[str, Any]) -> None:
    (command,) = socket["features"]["slash_commands"]
    source = (ROOT / "handlers" / "__init__.py").read_text(encoding="utf-8")
    assert re.findall(r'app\.command\("([^"]+)"\)', source) == [command["command"]]
    assert command["should_escape"] is True


def test_the_usage_hint_is_the_grammars(socket: dict[str, Any]) -> None:
    """Paste this into manifest.yml when a word was added."""
    assert socket["features"]["slash_commands"][0]["usage_hint"] == usage_hint()


def test_the_shortcuts_are_the_ones_that_are_listened_to(socket: dict[str, Any]) -> None:
    named = [(each["type"], each["callback_id"]) for each in socket["features"]["shortcuts"]]
    assert named == [("global", Form.NEW), ("message", Form.NOTE)]


def test_it_subscribes_to_what_has_a_listener(socket: dict[str, Any]) -> None:
    subscribed = socket["settings"]["event_subscriptions"]["bot_events"]
    assert subscribed == sorted(EVENTS)
    assert set(EVENT_SCOPES) == set(EVENTS)


def test_every_method_that_is_called_has_its_scopes_and_no_other_does() -> None:
    assert called_methods() == {*METHOD_SCOPES, *APP_METHODS}


def test_s05_it_asks_for_no_scope_but_those_of_what_is_used(socket: dict[str, Any]) -> None:
    asked = socket["oauth_config"]["scopes"]
    assert asked == {"bot": sorted(needed_scopes())}
    assert set(SCOPES) == needed_scopes()
    assert lacking(SCOPES) == []
    assert lacking(set(SCOPES) - {"im:write"}) == ["im:write"]


def called_methods() -> set[str]:
    """From the source: as a method of the client, or by Slack's name."""
    by_function = dict(slack_methods())
    called: set[str] = set()
    for file in [*(ROOT / "handlers").rglob("*.py"), *(ROOT / "bot").glob("*.py")]:
        if file.name == "manifest.py":
            continue
        source = file.read_text(encoding="utf-8")
        called |= {by_function[name] for name in re.findall(r"\.(\w+)\(", source) if name in by_function}
        called |= set(re.findall(r'"([a-z]+(?:\.[a-zA-Z]+)+)"', source)) & set(by_function.values())
    return called


def slack_methods() -> Iterator[tuple[str, str]]:
    for name, function in inspect.getmembers(WebClient, inspect.isfunction):
        found = re.search(r'self\.api_call\(\s*"([\w.]+)"', inspect.getsource(function))
        if found and "_" in name:
            yield name, found[1]
