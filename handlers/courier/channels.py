"""What Slack says of a channel, kept in the archive."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from handlers.courier.outcomes import CallFailed, calling
from pipeline.people import Channel
from pipeline.ports import Archive

INFO = "conversations.info"


def refresh_channel(
    client: WebClient, archive: Archive, workspace_id: str, channel_id: str, at: datetime
) -> Channel | None:
    """The channel as Slack describes it now; None where the bot can see none. Raises CallFailed."""
    try:
        with calling(INFO):
            described: Mapping[str, Any] = client.conversations_info(channel=channel_id)["channel"]
    except CallFailed as failed:
        if failed.failure.error != "channel_not_found":
            raise
        return _lost(archive, workspace_id, channel_id, at)
    channel = read_channel(workspace_id, described)
    with archive.begin(workspace_id) as work:
        work.channels.keep(channel, at)
        return work.channels.get(channel_id) or channel


def _lost(archive: Archive, workspace_id: str, channel_id: str, at: datetime) -> Channel | None:
    """A private channel that the bot has left looks like one that was never there."""
    with archive.begin(workspace_id) as work:
        known = work.channels.get(channel_id)
        if known is None:
            return None
        gone = replace(known, member=False)
        work.channels.keep(gone, at)
    return gone


def read_channel(workspace_id: str, described: Mapping[str, Any]) -> Channel:
    direct = bool(described.get("is_im") or described.get("is_mpim"))
    return Channel(
        workspace_id,
        str(described["id"]),
        name=str(described.get("name") or "")[:255],
        # Slack does not say of direct messages that the bot is in them.
        member=bool(described.get("is_member", direct)),
        private=bool(described.get("is_private") or described.get("is_group") or direct),
        shared=_is_shared(workspace_id, described),
        archived=bool(described.get("is_archived")),
        direct=direct,
        known=True,
    )


def _is_shared(workspace_id: str, described: Mapping[str, Any]) -> bool:
    """Whether people of another workspace can read along."""
    if described.get("is_ext_shared") or described.get("is_pending_ext_shared"):
        return True
    if not described.get("is_org_shared"):
        return False
    sharing: Iterable[str] = described.get("shared_team_ids") or described.get("internal_team_ids") or ()
    # A grid that does not say with whom a channel is shared shares it with somebody else.
    return not sharing or bool(set(sharing) - {workspace_id})
