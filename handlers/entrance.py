"""From Slack's payloads to a request."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from handlers.forms import read_origin
from handlers.request import Door, Request, Sender, by_person
from handlers.services import Services
from handlers.trace import Trace

Body = Mapping[str, Any]


def from_command(services: Services, context: BoltContext, body: Body) -> Request:
    return _request(
        services,
        context,
        Door.COMMAND,
        request_id=str(body.get("trigger_id")),
        person_id=str(body.get("user_id")),
        channel_id=body.get("channel_id"),
        trigger_id=body.get("trigger_id"),
        response_url=body.get("response_url"),
    )


def from_click(services: Services, context: BoltContext, body: Body) -> Request:
    container = body.get("container") or {}
    on_view = container.get("type") == "view" or "view" in body
    channel = body.get("channel") or {}
    message = body.get("message") or {}
    return _request(
        services,
        context,
        Door.HOME if on_view else Door.CLICK,
        request_id=str(body.get("trigger_id")),
        person_id=str((body.get("user") or {}).get("id")),
        channel_id=channel.get("id") or container.get("channel_id"),
        thread_ts=_thread(message, container),
        trigger_id=body.get("trigger_id"),
        response_url=body.get("response_url"),
        on_ephemeral=bool(container.get("is_ephemeral")),
    )


def _thread(message: Body, container: Body) -> str | None:
    """None on a message that heads a thread: whoever presses there reads the channel."""
    thread = message.get("thread_ts") or container.get("thread_ts")
    return None if thread in (None, message.get("ts") or container.get("message_ts")) else str(thread)


def from_form(services: Services, context: BoltContext, body: Body) -> Request:
    """Where it was opened comes from `private_metadata`: a hint that is checked, never trusted."""
    view = body.get("view") or {}
    origin = read_origin(view)
    channel, thread = origin.get("c"), origin.get("t")
    return _request(
        services,
        context,
        Door.FORM,
        request_id=f"{view.get('id')}:{view.get('hash')}",
        person_id=str((body.get("user") or {}).get("id")),
        channel_id=_plain(channel),
        thread_ts=_plain(thread),
        trigger_id=body.get("trigger_id"),
        origin=origin,
        values=dict((view.get("state") or {}).get("values") or {}),
    )


def _plain(name: object) -> str | None:
    return name if isinstance(name, str) and name.isascii() and "\0" not in name else None


def from_shortcut(services: Services, context: BoltContext, body: Body) -> Request:
    person_id = str((body.get("user") or {}).get("id"))
    trigger_id = body.get("trigger_id")
    message = body.get("message") or {}
    return _request(
        services,
        context,
        Door.CLICK,
        request_id=str(trigger_id),
        person_id=person_id,
        channel_id=(body.get("channel") or {}).get("id"),
        thread_ts=message.get("thread_ts"),
        trigger_id=trigger_id,
        response_url=body.get("response_url"),
    )


def from_mention(services: Services, context: BoltContext, body: Body) -> Request:
    event = body.get("event") or {}
    return _request(
        services,
        context,
        Door.MENTION,
        request_id=str(body.get("event_id")),
        person_id=str(event.get("user")),
        channel_id=event.get("channel"),
        thread_ts=event.get("thread_ts") or event.get("ts"),
    )


def _request(
    services: Services,
    context: BoltContext,
    door: Door,
    *,
    person_id: str,
    **given: Any,  # noqa: ANN401 - fields of Request
) -> Request:
    sender = Sender(str(context["team_id"]), person_id, context["until"])
    trace: Trace = context["trace"]
    trace.door, trace.request_id, trace.person_id = door, given["request_id"], person_id
    person, texts = by_person(services, sender)
    values = _by_field(given.pop("values", {}))
    return Request(
        door=door,
        id=given.pop("request_id"),
        workspace_id=sender.workspace_id,
        person=person,
        at=context["at"],
        until=sender.until,
        texts=texts,
        money=person.sees_money,
        currency=services.house.currency,
        values=values,
        trace=trace,
        **given,
    )


def _by_field(values: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    """By action id: a form that takes another's place has new block ids."""
    blocks = [elements for elements in values.values() if isinstance(elements, Mapping)]
    found = {name: each for elements in blocks for name, each in elements.items()}
    return {name: each if isinstance(each, Mapping) else {} for name, each in found.items()}
