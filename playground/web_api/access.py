"""Who may call: tokens, scopes, and what the bot can see of a channel."""

from typing import Final

from playground.channels import Channel
from playground.refusals import SlackError
from playground.web_api.arguments import Arguments
from playground.workspace import Workspace

APP_LEVEL: Final = frozenset({"apps.connections.open"})


def check_token(workspace: Workspace, method: str, token: str) -> None:
    identity = workspace.identity
    if not token:
        raise SlackError("not_authed")
    if token not in {identity.bot_token, identity.app_token}:
        raise SlackError("invalid_auth")
    if (token == identity.app_token) != (method in APP_LEVEL):
        raise SlackError("not_allowed_token_type")
    if identity.token_fault:
        raise SlackError(identity.token_fault)


def need(workspace: Workspace, scope: str) -> None:
    granted = workspace.identity.scopes
    if scope and scope not in granted:
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(granted)))


def channel_seen(workspace: Workspace, arguments: Arguments, name: str = "channel") -> Channel:
    """The channel of a call by its id; a private one exists only for its members."""
    if not arguments.text(name):
        raise SlackError("channel_not_found")
    channel = workspace.channels.get(arguments.text(name))
    if channel is None or not channel.visible_to(workspace.identity.bot_user_id):
        raise SlackError("channel_not_found")
    return channel


def check_member(workspace: Workspace, channel: Channel) -> None:
    if not channel.has(workspace.identity.bot_user_id):
        raise SlackError("not_in_channel")
