"""The app's manifest, and which scope each thing that the bot does in Slack needs."""

from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from handlers.grammar import COMMANDS

EVENTS_PATH = "/slack/events"

# Where several scopes stand, each opens the method for its kind of channel.
METHOD_SCOPES: Mapping[str, frozenset[str]] = {
    "auth.test": frozenset(),
    "blocks.validate": frozenset(),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history", "im:history"}),
    "conversations.info": frozenset({"channels:read", "groups:read", "im:read"}),
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": frozenset({"channels:history", "groups:history", "im:history"}),
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "views.open": frozenset(),
    "views.publish": frozenset(),
}

EVENT_SCOPES: Mapping[str, frozenset[str]] = {
    "app_home_opened": frozenset(),
    "app_mention": frozenset({"app_mentions:read"}),
    "app_uninstalled": frozenset(),
    "channel_archive": frozenset({"channels:read"}),
    "channel_left": frozenset({"channels:read"}),
    "channel_rename": frozenset({"channels:read"}),
    "channel_shared": frozenset({"channels:read", "groups:read"}),
    "channel_unarchive": frozenset({"channels:read"}),
    "channel_unshared": frozenset({"channels:read", "groups:read"}),
    "group_archive": frozenset({"groups:read"}),
    "group_left": frozenset({"groups:read"}),
    "group_rename": frozenset({"groups:read"}),
    "group_unarchive": frozenset({"groups:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read"}),
    "team_join": frozenset({"users:read"}),
    "tokens_revoked": frozenset(),
    "user_change": frozenset({"users:read"}),
}

# The slash command and the shortcut.
DOOR_SCOPES = frozenset({"commands"})


class BadAddress(ValueError):  # noqa: N818 - said as one sentence
    """No address that Slack could reach."""


def needed_scopes() -> frozenset[str]:
    return DOOR_SCOPES.union(*METHOD_SCOPES.values(), *EVENT_SCOPES.values())


def usage_hint() -> str:
    """What Slack shows beside the command while it is typed."""
    return " | ".join(command.english[0] for command in COMMANDS)


def socket_manifest() -> str:
    """As it lies in the wheel, or beside the packages of a checkout."""
    packed = resources.files("bot").joinpath("manifest.yml")
    if packed.is_file():
        return packed.read_text(encoding="utf-8")
    return Path(__file__).parent.with_name("manifest.yml").read_text(encoding="utf-8")


def http_manifest(url: str) -> str:
    """The same app with Slack's requests sent to a public address. Raises BadAddress."""
    address = _events_address(url)
    manifest: dict[str, Any] = yaml.safe_load(socket_manifest())
    for command in manifest["features"]["slash_commands"]:
        command["url"] = address
    settings = manifest["settings"]
    settings["event_subscriptions"] = {"request_url": address, **settings["event_subscriptions"]}
    settings["interactivity"]["request_url"] = address
    settings["socket_mode_enabled"] = False
    written: str = yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=120)
    return written


def lacking(granted: Iterable[str]) -> list[str]:
    return sorted(needed_scopes().difference(granted))


def _events_address(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme != "https" or parts.query or parts.fragment or len(url.split()) > 1:
        raise BadAddress("Slack needs a public address that begins with https://")
    path = parts.path.rstrip("/").removesuffix(EVENTS_PATH)
    return f"https://{parts.netloc}{path}{EVENTS_PATH}"
