"""The one way from an order to an answer: carried out, written down and delivered in one transaction."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from handlers import forms, refusals, said
from handlers.answer import Answer
from handlers.offering import offered
from handlers.reporting import EPHEMERAL, acknowledged, command_body, replied
from handlers.request import Door, Request
from handlers.services import Services
from handlers.trace import REPEATED
from handlers.views.forms import result_view
from pipeline.acts import carry_out
from pipeline.deal import Deal
from pipeline.errors import AlreadyAnswered, GateUnmet, NoRight, Overtaken, Refusal
from pipeline.letters import JSONDict, JSONValue, Letter, LetterKind
from pipeline.occasion import Outcome
from pipeline.orders import Move, Order
from pipeline.ports import Work

log = logging.getLogger(__name__)
Builder = Callable[[Work], Order]


def write(
    services: Services, request: Request, build: Builder, *, spoken: tuple[type[Refusal], ...] = ()
) -> JSONDict:
    """The body of the acknowledgement. Raises ArchiveDown; refusals are answers, but for those `spoken` elsewhere."""
    order: Order | None = None
    try:
        with services.archive.begin(request.workspace_id, request.until) as work:
            order = build(work)
            outcome = carry_out(work, request.occasion(services), order)
            answer = said.outcome(services, work, request, outcome)
            body = deliver(work, request, answer, outcome.deal if isinstance(outcome, Outcome) else None)
            work.receipts.keep(request.door, request.id, body, request.at)
    except AlreadyAnswered:
        request.trace.verdict = REPEATED
        body = _stored(services, request) or {}
    except Refusal as refusal:
        if isinstance(refusal, spoken) and _stored(services, request) is None:
            request.trace.refused(refusal)
            raise
        note = order.note if isinstance(order, Move) else ""
        return refuse(services, replace(request, note=note), refusal)
    services.wake()
    return body


def look(
    services: Services, request: Request, find: Callable[[Work], Answer], *, still: bool = False
) -> JSONDict:
    """A look-up: nothing is written but the reply of a click. `still` as `Archive.read` has it."""
    try:
        with services.archive.read(request.workspace_id, request.until, still=still) as work:
            answer = find(work)
    except Refusal as refusal:
        return refuse(services, request, refusal)
    return tell(services, request, answer)


def tell(services: Services, request: Request, answer: Answer) -> JSONDict:
    """An answer that changes nothing."""
    if request.door is Door.COMMAND:
        return acknowledged(services, request, offered(answer, request.may))
    with services.archive.begin(request.workspace_id, request.until) as work:
        body = deliver(work, request, answer)
    services.wake()
    return body


def deliver(work: Work, request: Request, answer: Answer, changed: Deal | None = None) -> JSONDict:
    """Put the answer where its door shows it; what is returned goes into the acknowledgement."""
    answer = offered(answer, request.may)
    match request.door:
        case Door.COMMAND:
            return command_body(answer)
        case Door.CLICK:
            _reply_to_click(work, request, answer)
        case Door.HOME:
            work.homes.notice(request.person.id, answer.message(), request.at)
        case Door.FORM:
            return _answer_form(work, request, answer)
        case Door.MENTION:
            work.outbox.put(_mention_letter(request, answer, changed))
    return {}


def _reply_to_click(work: Work, request: Request, answer: Answer) -> None:
    """A card in a channel stays; an ephemeral message gives way, so that no spent button is left."""
    if request.response_url is None:
        return
    addressed: JSONDict = {**EPHEMERAL, "replace_original": request.on_ephemeral}
    if request.thread_ts and not request.on_ephemeral:
        addressed["thread_ts"] = request.thread_ts
    work.outbox.reply(request.id, {"url": request.response_url, **replied(answer, addressed)})


def _answer_form(work: Work, request: Request, answer: Answer) -> JSONDict:
    """Close and say it in the channel where the bot may speak there, else show it in the form's place.

    A view that only tells has no listener for buttons: what can be pressed stands on Home, if it began there.
    """
    if request.channel_id:
        channel = work.channels.get(request.channel_id)
        if channel and channel.member and not channel.archived:
            said_there: JSONDict = {"channel": channel.id, "user": request.person.id, **answer.message()}
            if request.thread_ts:
                said_there["thread_ts"] = request.thread_ts
            work.outbox.reply(request.id, {"ephemeral": said_there})
            return {}
    if request.origin.get("h") is True:
        work.homes.notice(request.person.id, answer.message(), request.at)
    view = result_view(request.texts, [block for block in answer.shown if block["type"] != "actions"])
    return {"response_action": "update", "view": view}


def _mention_letter(request: Request, answer: Answer, changed: Deal | None) -> Letter:
    """The version that it tells of is kept with it: what it offers is spent once there is a newer one."""
    told: JSONDict = {"version": changed.version} if changed else {}
    return Letter(
        LetterKind.MENTION,
        key=f"mention:{request.id}",
        channel_id=request.channel_id,
        thread_ts=request.thread_ts,
        deal_id=changed.id if changed else None,
        payload={"by": request.person.id, **told, **answer.message(), "newer": list(answer.newer)},
    )


def refuse(services: Services, request: Request, refusal: Refusal) -> JSONDict:
    """Say why not; the repetition of a request that was carried out gets that answer instead."""
    request.trace.refused(refusal)
    stored = _stored(services, request)
    if stored is not None:
        request.trace.verdict = REPEATED
        return stored
    if isinstance(refusal, NoRight):
        log.info("%s may not %s (%s)", request.person.id, refusal.act, request.door)
    if isinstance(refusal, GateUnmet):
        opened = forms.ask(services, request, refusal)
        if opened is not None:
            return _kept(services, request, opened)
    if request.door is Door.FORM and isinstance(refusal, Overtaken):
        again = forms.ask_again(services, request, refusal)
        if again is not None:
            return again
    errors = refusals.field_errors(request, refusal)
    if errors:
        return {"response_action": "errors", "errors": cast("JSONValue", errors)}
    with services.archive.read(request.workspace_id, request.until) as work:
        answer = refusals.answer(services, work, request, refusal)
        if request.door is Door.COMMAND:
            return deliver(work, request, answer)
    return _delivered(services, request, answer)


def _delivered(services: Services, request: Request, answer: Answer) -> JSONDict:
    try:
        with services.archive.begin(request.workspace_id, request.until) as work:
            body = deliver(work, request, answer)
            work.receipts.keep(request.door, request.id, body, request.at)
    except AlreadyAnswered:
        body = _stored(services, request) or {}
    services.wake()
    return body


def _kept(services: Services, request: Request, body: JSONDict) -> JSONDict:
    """A second delivery must not open the form again."""
    try:
        with services.archive.begin(request.workspace_id, request.until) as work:
            work.receipts.keep(request.door, request.id, body, request.at)
    except AlreadyAnswered:
        return _stored(services, request) or {}
    return body


def _stored(services: Services, request: Request) -> JSONDict | None:
    with services.archive.read(request.workspace_id, request.until) as work:
        return work.receipts.find(request.door, request.id)
