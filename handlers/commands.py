"""What each word of `/deal` does, for the command, the mention and the buttons that repeat a command."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from handlers import answering, forms, refusals
from handlers.actions import Action
from handlers.amounts import UnreadableAmount, read_amount
from handlers.answer import Answer, told
from handlers.blocks import button
from handlers.dates import UnreadableDate
from handlers.grammar import Subject, Typed, command_of, parse, subject_of
from handlers.mentions import as_sent, named, spelled
from handlers.new_line import NewLine, UnreadableLine, read_new_line
from handlers.refusals import Misread
from handlers.request import Door, Request
from handlers.resolution import Named, deal_in, stage_for
from handlers.services import Services
from handlers.slack_text import (
    Decoded,
    TextProblem,
    UnfitText,
    clean,
    decode,
    isolate,
)
from handlers.views import answers
from handlers.views.deal_card import CardFacts
from pipeline.deal import Deal
from pipeline.letters import JSONDict
from pipeline.money import Money
from pipeline.orders import Appoint, Edit, Move, New, Order, Reopen, Undo
from pipeline.permissions import Role
from pipeline.ports import Work
from pipeline.stages import LIMITS, NOTE_LIMIT, Field

HISTORY_SHOWN = 20
Runner = Callable[[Services, Request, Decoded], JSONDict]


def run(services: Services, request: Request, escaped: str, *, again: bool = False) -> JSONDict:
    """Carry out what was typed; the body of the acknowledgement. Raises ArchiveDown."""
    typed = parse(named(services, request, decode(escaped)))
    if typed.subject is None:
        return answering.tell(services, request, _unknown_word(request, typed))
    asked = replace(request, subject=typed.subject.value, escaped=escaped)
    try:
        if typed.subject is Subject.NEW:
            return _new(services, asked, typed.rest, again=again)
        return _RUNNERS[typed.subject](services, asked, typed.rest)
    except Misread as misread:
        return answering.tell(services, asked, told(misread.sentence, *misread.buttons))


def _unknown_word(request: Request, typed: Typed) -> Answer:
    texts = request.texts
    rest, sent = typed.rest.spelled(typed.rest.text), as_sent(typed.rest)
    faces = [
        (texts.did_you_mean(f"/deal {isolate(f'{word} {rest}'.strip())}"), f"{word} {sent}".strip())
        for word in typed.nearest
    ]
    return told(texts.unknown_word(refusals.quoted(typed.word)), *answers.run_buttons(faces))


def _new(services: Services, request: Request, rest: Decoded, *, again: bool) -> JSONDict:
    texts = request.texts
    if not rest.text:
        if request.trigger_id and forms.open_new(services, request):
            return {}
        return answering.tell(
            services, request, told(texts.title_missing(), button(texts.new_deal, Action.NEW, "new"))
        )
    line = _read_line(services, request, rest)
    if line.owner_id is not None:
        _check_person(services, request, line.owner_id)
    said = {Field.TITLE: _clean(request, Field.TITLE, line.title)}
    optional = {
        Field.VALUE: line.value,
        Field.OWNER: line.owner_id,
        Field.COMPANY: _clean(request, Field.COMPANY, line.company) if line.company else None,
        Field.CLOSE_ON: line.close_on,
    }
    given = {field: value for field, value in optional.items() if value is not None}
    order = New({**said, **given}, channel_id=request.channel_id, again=again)
    return answering.write(services, replace(request, offered=line.offered_value), lambda _work: order)


def _read_line(services: Services, request: Request, rest: Decoded) -> NewLine:
    try:
        return read_new_line(rest, services.house.today(request.at), request.currency)
    except UnreadableLine as unreadable:
        raise Misread(refusals.line_sentence(unreadable, request.texts)) from unreadable
    except UnreadableAmount as unreadable:
        raise Misread(refusals.amount_sentence(unreadable, request.texts)) from unreadable
    except UnreadableDate as unreadable:
        raise Misread(refusals.date_sentence(unreadable, request.texts)) from unreadable


def _check_person(services: Services, request: Request, person_id: str) -> None:
    person = services.directory.person(request.workspace_id, person_id, request.until)
    if not person.known:
        raise Misread(request.texts.unknown_person(person_id))


def _clean(request: Request, field: Field, text: str) -> str:
    try:
        return clean(text, LIMITS[field])
    except UnfitText as unfit:
        raise Misread(_unfit_sentence(request, field, unfit)) from unfit


def _unfit_sentence(request: Request, field: Field, unfit: UnfitText) -> str:
    name = request.texts.field(field)
    if unfit.problem is TextProblem.TOO_LONG:
        return request.texts.too_long(name, unfit.limit)
    if unfit.problem is TextProblem.EMPTY:
        return request.texts.title_missing()
    return request.texts.forbidden_character(name)


def _note(request: Request, rest: Decoded, text: str) -> str:
    if not text.strip():
        return ""
    try:
        return clean(rest.spelled(text), NOTE_LIMIT, multiline=True)
    except UnfitText as unfit:
        if unfit.problem is TextProblem.EMPTY:
            return ""
        raise Misread(request.texts.too_long(request.texts.optional_note, NOTE_LIMIT)) from unfit


def _named(request: Request, work: Work, rest: Decoded) -> Named:
    """The deal that the words name; in a card's thread it may be left out."""
    fallback: Deal | None = None
    if request.door is Door.MENTION and request.channel_id and request.thread_ts:
        shown = work.cards.deal_shown(request.channel_id, request.thread_ts)
        fallback = work.deals.by_id(shown) if shown else None
    with spelled(rest):
        return deal_in(work, rest.text, fallback=fallback)


def _move(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = _named(request, work, rest)
        pipeline = work.stages.pipeline(named.deal.pipeline_id)
        with spelled(rest):
            stage, note = stage_for(named.deal, pipeline, named.rest)
        written = _note(request, rest, note)
        return Move(named.deal.number, stage.id, note=written, channel_id=request.channel_id)

    return answering.write(services, request, build)


def _won(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = _named(request, work, rest)
        won = work.stages.pipeline(named.deal.pipeline_id).won
        return Move(named.deal.number, won.id, note=_note(request, rest, named.rest))

    return answering.write(services, request, build)


def _lost(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = _named(request, work, rest)
        lost = work.stages.pipeline(named.deal.pipeline_id).lost
        reason = _clean(request, Field.REASON, rest.spelled(named.rest)) if named.rest.strip() else ""
        said: dict[Field, Money | str | None] = {Field.REASON: reason} if reason else {}
        return Move(named.deal.number, lost.id, fields=said)

    return answering.write(services, request, build)


def _reopen(services: Services, request: Request, rest: Decoded) -> JSONDict:
    return answering.write(services, request, lambda work: Reopen(_named(request, work, rest).deal.number))


def _undo(services: Services, request: Request, rest: Decoded) -> JSONDict:
    return answering.write(services, request, lambda work: Undo(_named(request, work, rest).deal.number))


def _value(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = _named(request, work, rest)
        try:
            with spelled(rest):
                amount = read_amount(named.rest, request.currency)
        except UnreadableAmount as unreadable:
            raise Misread(refusals.amount_sentence(unreadable, request.texts)) from unreadable
        return Edit(named.deal.number, {Field.VALUE: amount})

    return answering.write(services, request, build)


def _show(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def find(work: Work) -> Answer:
        deal = _named(request, work, rest).deal
        pipeline = work.stages.pipeline(deal.pipeline_id)
        owner = services.directory.name(request.workspace_id, deal.owner_id, work)
        living = work.cards.living(deal.id)
        link = services.permalink(*living) if living else None
        return answers.shown(CardFacts(deal, pipeline, owner, request.money), request.texts, link)

    return answering.look(services, request, find)


def _history(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def find(work: Work) -> Answer:
        deal = _named(request, work, rest).deal
        pipeline = work.stages.pipeline(deal.pipeline_id)
        changes = work.deals.history(deal, HISTORY_SHOWN)
        names = partial(services.directory.name, request.workspace_id, work=work)
        return answers.history(deal, changes, pipeline, request.texts, names, money=request.money)

    return answering.look(services, request, find)


def _people(services: Services, request: Request, rest: Decoded) -> JSONDict:
    if not rest.text:
        return answering.look(
            services, request, lambda work: answers.roles(work.people.roles(), request.texts)
        )
    person, _, word = rest.text.partition(" ")
    person_id = rest.person(person)
    if person_id is None:
        raise Misread(request.texts.unknown_person(refusals.quoted(rest.spelled(person))))
    role = _read_role(request, word.strip())
    _check_person(services, request, person_id)
    body = answering.write(services, request, lambda _work: Appoint(person_id, role))
    services.directory.forget_person(request.workspace_id, person_id)
    return body


def _read_role(request: Request, word: str) -> Role | None:
    """None for `auto`: by Slack's own standing again."""
    named = word.casefold()
    if named in ("auto", "automatisch"):
        return None
    for role in Role:
        if named in (role.value, request.texts.role(role).casefold()):
            return role
    raise Misread(request.texts.unknown_role(refusals.quoted(word)))


def _help(services: Services, request: Request, rest: Decoded) -> JSONDict:
    subject = subject_of(rest.text) if rest.text else None
    if subject:
        return answering.tell(services, request, answers.help_one(command_of(subject), request.texts))
    return answering.look(
        services, request, lambda work: answers.help_all(work.stages.pipeline(), request.texts)
    )


_RUNNERS: Mapping[Subject, Runner] = {
    Subject.SHOW: _show,
    Subject.MOVE: _move,
    Subject.WON: _won,
    Subject.LOST: _lost,
    Subject.REOPEN: _reopen,
    Subject.UNDO: _undo,
    Subject.VALUE: _value,
    Subject.HISTORY: _history,
    Subject.PEOPLE: _people,
    Subject.HELP: _help,
}
