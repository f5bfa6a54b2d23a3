"""Whether a letter was posted already: its key travels in the message's metadata."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from handlers.courier.outcomes import CallFailed
from pipeline.letters import JSONDict
from pipeline.people import Workspace
from pipeline.postbox import ClaimedLetter

EVENT_TYPE = "pipeline_letter"
HISTORY = "conversations.history"
REPLIES = "conversations.replies"
PAGE = 200
# Slack's clock and the database's may differ.
MARGIN_SECONDS = 15 * 60

Ask = Callable[..., Mapping[str, Any]]


def metadata(key: str) -> JSONDict:
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def client_msg_id(workspace_id: str, key: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"pipeline-bot:{workspace_id}:{key}"))


def look_up_method(letter: ClaimedLetter) -> str:
    return REPLIES if letter.thread_ts else HISTORY


def find_posted(ask: Ask, workspace: Workspace, letter: ClaimedLetter, channel_id: str) -> str | None:
    """The `ts` of the letter's message. Raises CallFailed."""
    try:
        for message in _messages(ask, letter, channel_id):
            if _is_it(message, workspace, letter.key):
                return str(message["ts"])
    except CallFailed as failed:
        if failed.failure.error != "thread_not_found":
            raise
    return None


def _messages(ask: Ask, letter: ClaimedLetter, channel_id: str) -> Iterator[Mapping[str, Any]]:
    where: dict[str, str | int | bool] = {
        "channel": channel_id,
        "oldest": f"{letter.created / 1000 - MARGIN_SECONDS:.6f}",
        "include_all_metadata": True,
        "limit": PAGE,
    }
    if letter.thread_ts:
        where["ts"] = letter.thread_ts
    while True:
        page = ask(look_up_method(letter), **where)
        yield from page.get("messages", ())
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        where["cursor"] = cursor


def _is_it(message: Mapping[str, Any], workspace: Workspace, key: str) -> bool:
    """Another installation in the same channel may use the same keys."""
    if workspace.bot_user_id and message.get("user") != workspace.bot_user_id:
        return False
    described = message.get("metadata") or {}
    payload = described.get("event_payload") or {}
    return described.get("event_type") == EVENT_TYPE and payload.get("key") == key
