"""chat.postMessage, postEphemeral, update, delete, getPermalink."""

from typing import Final

from playground import saying
from playground.channels import Channel
from playground.messages import Message
from playground.painting import finished
from playground.refusals import SlackError
from playground.verdicts import check_message
from playground.web_api.access import channel_seen, check_member, need
from playground.web_api.arguments import Arguments
from playground.web_api.conversations import check_reachable
from playground.words import Json
from playground.workspace import Workspace

TEXT_LIMIT: Final = 40_000
UPDATE_TEXT_LIMIT: Final = 4_000
ATTACHMENT_LIMIT: Final = 100


def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    need(workspace, "chat:write")
    channel = _target(workspace, arguments)
    content = _content(workspace, arguments, TEXT_LIMIT)
    _check_thread(workspace, channel, arguments.text("thread_ts"))
    message = saying.post(workspace, channel.id, content, sent=arguments.given)
    told = saying.told(workspace, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": told}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    need(workspace, "chat:write")
    channel = _target(workspace, arguments)
    (user,) = arguments.required("user")
    if not channel.has(user):
        raise SlackError("user_not_in_channel")
    content = _content(workspace, arguments, TEXT_LIMIT)
    message = saying.post(workspace, channel.id, content, reader=user, sent=arguments.given)
    return {"message_ts": message.ts}


def _target(workspace: Workspace, arguments: Arguments) -> Channel:
    """A channel by id or name; a person's id means the direct message with them."""
    wanted = arguments.text("channel")
    if wanted.startswith("U"):
        if wanted not in workspace.people:
            raise SlackError("channel_not_found")
        check_reachable(workspace, wanted)
        return workspace.im_with(wanted)
    named = workspace.channel_named(wanted.removeprefix("#"))
    given = Arguments(arguments.token, {"channel": named.id}) if named else arguments
    channel = channel_seen(workspace, given)
    check_member(workspace, channel)
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _content(workspace: Workspace, arguments: Arguments, limit: int) -> Json:
    """What shall be said, checked; blocks, attachments and metadata read from JSON text."""
    content = dict(arguments.given)
    for name in ("blocks", "attachments", "metadata"):
        if arguments.has(name):
            content[name] = arguments.structure(name)
    if len(arguments.text("text")) > limit:
        raise SlackError("msg_too_long")
    _check_kinds(content)
    if not (arguments.text("text").strip() or content.get("blocks") or content.get("attachments")):
        raise SlackError("no_text")
    said = {name: value for name, value in content.items() if name not in _OUTSIDE}
    check_message(said, workspace.identity.refused_blocks)
    return content


# Not of the message itself; Bolt's clients add team_id to every call.
_OUTSIDE: Final = frozenset({"user", "team_id"})


def _check_kinds(content: Json) -> None:
    for name, kind, code in (
        ("blocks", list, "invalid_blocks_format"),
        ("attachments", list, "invalid_attachments"),
        ("metadata", dict, "invalid_metadata_format"),
    ):
        value = content.get(name)
        if value is not None and not isinstance(value, kind):
            raise SlackError(code)
    if len(content.get("attachments") or ()) > ATTACHMENT_LIMIT:
        raise SlackError("too_many_attachments")
    metadata = content.get("metadata")
    if metadata and set(metadata) != {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")


def _check_thread(workspace: Workspace, channel: Channel, thread_ts: str) -> None:
    if not thread_ts:
        return
    parent = workspace.messages.find(channel.id, thread_ts)
    if parent is None or parent.ephemeral:
        raise SlackError("thread_not_found")
    if parent.is_reply:
        raise SlackError("cannot_reply_to_message")


def update(workspace: Workspace, arguments: Arguments) -> Json:
    need(workspace, "chat:write")
    message = _existing(workspace, arguments, foreign="cant_update_message")
    if workspace.channels[message.channel].archived:
        raise SlackError("is_inactive")
    with_blocks = arguments.has("blocks")
    if arguments.has("text") or with_blocks or arguments.has("attachments"):
        _repaint(
            workspace, message, _content(workspace, arguments, UPDATE_TEXT_LIMIT), with_blocks=with_blocks
        )
    elif not arguments.has("metadata"):
        raise SlackError("no_text")
    if arguments.has("metadata"):
        message.metadata = dict(arguments.structure("metadata") or {})
    message.updates += 1
    message.sent = arguments.given
    workspace.messages.changed(message)
    told = saying.told(workspace, message, metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": told}


def _repaint(workspace: Workspace, message: Message, content: Json, *, with_blocks: bool) -> None:
    """New text without blocks takes the old blocks away; only such an edit is marked."""
    message.text = str(content.get("text") or "")
    if with_blocks:
        message.blocks = finished(content.get("blocks") or ())
    else:
        message.blocks = []
        message.edited = workspace.next_ts()
    if "attachments" in content:
        message.attachments = list(content["attachments"] or ())


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    need(workspace, "chat:write")
    message = _existing(workspace, arguments, foreign="cant_delete_message")
    workspace.messages.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(workspace: Workspace, arguments: Arguments) -> Json:
    channel = channel_seen(workspace, arguments)
    message = workspace.messages.find(channel.id, arguments.text("message_ts"))
    if message is None or message.ephemeral:
        raise SlackError("message_not_found")
    return {"channel": channel.id, "permalink": permalink(workspace, message)}


def permalink(workspace: Workspace, message: Message) -> str:
    place = f"{message.channel}/p{message.ts.replace('.', '')}"
    address = f"https://{workspace.identity.team_domain}.slack.com/archives/{place}"
    if message.is_reply:
        return f"{address}?thread_ts={message.thread_ts}&cid={message.channel}"
    return address


def _existing(workspace: Workspace, arguments: Arguments, *, foreign: str) -> Message:
    channel = channel_seen(workspace, arguments)
    message = workspace.messages.find(channel.id, arguments.text("ts"))
    if message is None or message.ephemeral:
        raise SlackError("message_not_found")
    if not message.by_bot:
        raise SlackError(foreign)
    return message
