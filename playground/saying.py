"""Putting messages into channels, and telling them in Slack's shape."""

from collections.abc import Sequence

from playground.escaping import leaves
from playground.messages import Message
from playground.painting import finished
from playground.words import Json
from playground.workspace import Workspace


def post(workspace: Workspace, channel: str, content: Json, *, reader: str = "", sent: Json) -> Message:
    """A message of the bot."""
    message = Message(
        ts=workspace.next_ts(),
        channel=channel,
        user=workspace.identity.bot_user_id,
        text=str(content.get("text") or ""),
        blocks=finished(content.get("blocks") or ()),
        attachments=list(content.get("attachments") or ()),
        thread_ts=str(content.get("thread_ts") or ""),
        metadata=dict(content.get("metadata") or {}),
        client_msg_id=str(content.get("client_msg_id") or ""),
        reader=reader,
        by_bot=True,
        sent=sent,
    )
    workspace.messages.add(message)
    return message


def say(workspace: Workspace, channel: str, person: str, text: str, thread_ts: str = "") -> Message:
    """A message of a person, as typed and already escaped."""
    message = Message(workspace.next_ts(), channel, person, text, thread_ts=thread_ts)
    message.blocks = finished([_typed_block(text)])
    message.client_msg_id = workspace.new_id("msg-").lower()
    workspace.messages.add(message)
    return message


def _typed_block(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": leaves(text)}
    return {"type": "rich_text", "elements": [section]}


def told(workspace: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """The message object of history, of a click's payload and of answers to posts."""
    shape: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    shape["team"] = workspace.identity.team_id
    if message.by_bot:
        shape |= {"bot_id": workspace.identity.bot_id, "app_id": workspace.identity.app_id}
    for name in ("subtype", "blocks", "attachments", "thread_ts", "client_msg_id"):
        if value := getattr(message, name):
            shape[name] = value
    if metadata and message.metadata:
        shape["metadata"] = message.metadata
    if message.edited:
        shape["edited"] = {"user": message.user, "ts": message.edited}
    return shape | _thread(workspace, message)


def _thread(workspace: Workspace, message: Message) -> Json:
    replies: Sequence[Message] = workspace.messages.replies(message.channel, message.ts)
    if not replies:
        return {}
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": sorted({reply.user for reply in replies}),
        "latest_reply": replies[-1].ts,
    }


def seen(workspace: Workspace, message: Message) -> Json:
    """The message for a test's eyes: Slack's shape and what Slack would not tell."""
    return {
        **told(workspace, message, metadata=True),
        "channel": message.channel,
        "reader": message.reader,
        "ephemeral": message.ephemeral,
        "updates": message.updates,
        "sent": message.sent,
    }
