"""What Slack tells: mentions, Home openings, people and channels that change."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from slack_bolt import BoltContext

from handlers.commands.running import run
from handlers.entrance import from_mention
from handlers.services import Services
from handlers.trace import OTHER, Trace
from pipeline.people import Channel

# Refreshed before any other.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

log = logging.getLogger(__name__)
Event = Mapping[str, Any]


def on_event(body: dict[str, Any], event: dict[str, Any], context: BoltContext) -> None:
    """Every event has an answer; what nobody listens for is none of the bot's business."""
    kind = str(event.get("type"))
    listener = _LISTENERS.get(kind)
    trace: Trace = context["trace"]
    trace.door, trace.request_id = "event", str(body.get("event_id"))
    trace.act = kind if listener else OTHER
    if listener is not None:
        listener(context["services"], context, body)


def _mention(services: Services, context: BoltContext, body: Mapping[str, Any]) -> None:
    """The channel sees the answer, so that the channel decides about language and money."""
    if not body["event"].get("user"):
        return  # an app or a workflow: nobody whose rights could be asked for
    request = from_mention(services, context, body)
    text = str(body["event"].get("text") or "")
    bot = f"<@{context.get('bot_user_id')}"
    if text.startswith(bot):
        text = text[text.find(">") + 1 :]
    channel = _present(services, context, str(request.channel_id))
    public = replace(request, texts=services.house.texts, money=channel.shows_money)
    run(services, public, text.strip() or "help")


def _home_opened(services: Services, context: BoltContext, body: Mapping[str, Any]) -> None:
    event = body["event"]
    if event.get("tab") != "home":
        return
    with services.archive.begin(context["team_id"], context["until"]) as work:
        work.homes.opened(str(event["user"]), context["at"])
    services.directory.person(context["team_id"], str(event["user"]), context["until"])
    services.wake()


def _person_changed(services: Services, context: BoltContext, body: Mapping[str, Any]) -> None:
    services.directory.learn(context["team_id"], body["event"]["user"], context["until"])
    services.wake()


def _channel_changed(**changes: object) -> Callable[[Services, BoltContext, Mapping[str, Any]], None]:
    def note(services: Services, context: BoltContext, body: Mapping[str, Any]) -> None:
        _note_channel(services, context, _channel_id(body["event"]), **changes)

    return note


def _channel_renamed(services: Services, context: BoltContext, body: Mapping[str, Any]) -> None:
    channel = body["event"]["channel"]
    _note_channel(services, context, str(channel["id"]), name=str(channel["name"]))


def _joined(services: Services, context: BoltContext, body: Mapping[str, Any]) -> None:
    event = body["event"]
    if event.get("user") == context.get("bot_user_id"):
        channel_id = _channel_id(event)
        _present(services, context, channel_id)
        _note_channel(services, context, channel_id, member=True, archived=False)
        services.channel_is_back(context["team_id"], channel_id)


def _token_gone(_services: Services, _context: BoltContext, body: Mapping[str, Any]) -> None:
    log.error("Slack says %s: install the app again, then restart the bot", body["event"]["type"])


def _present(services: Services, context: BoltContext, channel_id: str) -> Channel:
    """A channel that the bot is in, as it is written down now: what this copy remembers may be too old for money."""
    team = context["team_id"]
    with services.archive.read(team, context["until"]) as work:
        known = work.channels.get(channel_id)
    if known is not None:
        return known
    # Until Slack has described it, which the heartbeat asks for, it counts as read by others.
    met = Channel(team, channel_id, member=True, shared=True)
    with services.archive.begin(team, context["until"]) as work:
        if work.channels.get(channel_id) is None:
            work.channels.keep(met, LONG_AGO)
    return met


def _note_channel(services: Services, context: BoltContext, channel_id: str, **changes: Any) -> None:  # noqa: ANN401 - fields of Channel
    """A channel never seen is asked for when it is first needed."""
    with services.archive.begin(context["team_id"], context["until"]) as work:
        known = work.channels.get(channel_id)
        if known is not None:
            changed = replace(known, **changes)
            work.channels.keep(changed, context["at"])
            if changed.shows_money != known.shows_money:
                work.cards.repaint_in(channel_id)
    services.wake()


def _channel_id(event: Event) -> str:
    channel = event.get("channel")
    return str(channel.get("id") if isinstance(channel, Mapping) else channel)


_LISTENERS: Mapping[str, Callable[[Services, BoltContext, Mapping[str, Any]], None]] = {
    "app_mention": _mention,
    "app_home_opened": _home_opened,
    "user_change": _person_changed,
    "team_join": _person_changed,
    "channel_archive": _channel_changed(archived=True),
    "channel_unarchive": _channel_changed(archived=False),
    "channel_shared": _channel_changed(shared=True),
    "channel_unshared": _channel_changed(shared=False),
    "channel_left": _channel_changed(member=False),
    "group_left": _channel_changed(member=False),
    "channel_rename": _channel_renamed,
    "group_archive": _channel_changed(archived=True),
    "group_unarchive": _channel_changed(archived=False),
    "group_rename": _channel_renamed,
    "member_joined_channel": _joined,
    "app_uninstalled": _token_gone,
    "tokens_revoked": _token_gone,
}
EVENTS = tuple(_LISTENERS)
