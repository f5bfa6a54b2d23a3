"""The parts of which Slack builds what it tells a bot of a person's act."""

from playground import saying, showing
from playground.channels import Channel
from playground.messages import Message
from playground.people import Person
from playground.views import View
from playground.words import Json
from playground.workspace import Workspace


def frame(workspace: Workspace, kind: str, person: Person) -> Json:
    """What every interaction carries."""
    identity = workspace.identity
    return {
        "type": kind,
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": person.team_id or identity.team_id,
        },
        "api_app_id": identity.app_id,
        "token": identity.verification_token,
        "team": {"id": identity.team_id, "domain": identity.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_part(channel: Channel) -> Json:
    return {"id": channel.id, "name": channel.name_in_command}


def response_url(
    workspace: Workspace, base: str, channel: str, person: str, source: Message | None = None
) -> str:
    ticket = workspace.tickets.response(channel, person, source_ts=source.ts if source else "")
    return f"{base}/response/{workspace.identity.team_id}/{ticket}"


def message_container(message: Message) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral,
    }
    return container | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def message_part(workspace: Workspace, message: Message) -> Json:
    """Of an ephemeral message Slack tells only where it stood, never what it said."""
    return {} if message.ephemeral else {"message": saying.told(workspace, message)}


def view_part(workspace: Workspace, view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": showing.told(workspace, view)}


def event_envelope(workspace: Workspace, event: Json, *, event_id: str = "") -> Json:
    identity = workspace.identity
    where = event.get("channel")
    channel = workspace.channels.get(where) if isinstance(where, str) else None
    return {
        "token": identity.verification_token,
        "team_id": identity.team_id,
        "api_app_id": identity.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id or workspace.new_id("Ev"),
        "event_time": int(workspace.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": identity.team_id,
                "user_id": identity.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.ext_shared),
        "event_context": workspace.new_id("4-"),
    }
