"""conversations.info, open, history, replies."""

from playground import channels, saying
from playground.channels import Channel
from playground.messages import Message
from playground.refusals import SlackError
from playground.web_api.access import channel_seen, check_member, need
from playground.web_api.arguments import Arguments
from playground.words import Json
from playground.workspace import Workspace


def info(workspace: Workspace, arguments: Arguments) -> Json:
    channel = channel_seen(workspace, arguments)
    need(workspace, f"{channel.kind}:read")
    return {"channel": _told(workspace, channel)}


def _told(workspace: Workspace, channel: Channel) -> Json:
    identity = workspace.identity
    return channels.told(channel, reader=identity.bot_user_id, team_id=identity.team_id)


def open_im(workspace: Workspace, arguments: Arguments) -> Json:
    need(workspace, "im:write")
    users = [user.strip() for user in arguments.text("users").split(",") if user.strip()]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError("missing_scope", needed="mpim:write", provided="")
    check_reachable(workspace, users[0])
    known = workspace.im_of(users[0])
    channel = known or workspace.im_with(users[0])
    told = _told(workspace, channel) if arguments.flag("return_im") else {"id": channel.id}
    return ({"no_op": True, "already_open": True} if known else {}) | {"channel": told}


def check_reachable(workspace: Workspace, user: str) -> None:
    person = workspace.people.get(user)
    if person is None or person.is_bot:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")


def history(workspace: Workspace, arguments: Arguments) -> Json:
    channel = _readable(workspace, arguments)
    told = [m for m in workspace.messages.of(channel.id) if not m.ephemeral and not m.is_reply]
    return _page(workspace, arguments, _within(arguments, told)[::-1])


def replies(workspace: Workspace, arguments: Arguments) -> Json:
    channel = _readable(workspace, arguments)
    (ts,) = arguments.required("ts")
    parent = workspace.messages.find(channel.id, ts)
    if parent is None or parent.ephemeral:
        raise SlackError("thread_not_found")
    thread = workspace.messages.replies(channel.id, parent.thread_ts or parent.ts)
    return _page(workspace, arguments, [parent, *_within(arguments, thread)])


def _readable(workspace: Workspace, arguments: Arguments) -> Channel:
    channel = channel_seen(workspace, arguments)
    need(workspace, f"{channel.kind}:history")
    check_member(workspace, channel)
    return channel


def _within(arguments: Arguments, found: list[Message]) -> list[Message]:
    oldest, latest = arguments.text("oldest") or "0", arguments.text("latest") or "inf"
    inclusive = arguments.flag("inclusive")
    try:
        low, high = float(oldest), float(latest)
    except ValueError:
        raise SlackError("invalid_ts_oldest") from None
    return [m for m in found if low < float(m.ts) < high or (inclusive and m.ts in (oldest, latest))]


def _page(workspace: Workspace, arguments: Arguments, found: list[Message]) -> Json:
    size = arguments.number("limit", 100)
    if not 1 <= size <= 999:  # noqa: PLR2004 -- Slack's own bounds of limit
        raise SlackError("invalid_limit")
    start = _start(arguments)
    more = start + size < len(found)
    with_metadata = arguments.flag("include_all_metadata")
    page = [saying.told(workspace, m, metadata=with_metadata) for m in found[start : start + size]]
    answer: Json = {"messages": page, "has_more": more, "pin_count": 0}
    if more:
        answer["response_metadata"] = {"next_cursor": f"next:{start + size}"}
    return answer


def _start(arguments: Arguments) -> int:
    cursor = arguments.text("cursor")
    if not cursor:
        return 0
    word, _, place = cursor.partition(":")
    if word != "next" or not place.isdecimal():
        raise SlackError("invalid_cursor")
    return int(place)
