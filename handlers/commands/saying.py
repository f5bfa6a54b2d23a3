"""Saying something of a deal without moving it."""

import re
from collections.abc import Mapping
from datetime import date

from handlers import answering, asking, misreading
from handlers.actions import NOTE
from handlers.amounts import UnreadableAmount, read_amount
from handlers.commands.reading import (
    Runner,
    check_person,
    clean_field,
    misread_date,
    named_deal,
    near_faces,
    read_note,
)
from handlers.dates import UnreadableDate, date_last, read_date
from handlers.mentions import spelled
from handlers.misreading import Misread
from handlers.request import Request
from handlers.resolution import Named, deal_in
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.views import answers
from handlers.vocabulary.command import Subject
from pipeline.deal import Deal
from pipeline.errors import SeveralDeals, UnknownDeal
from pipeline.letters import JSONDict
from pipeline.orders import Claim, Edit, Merge, Note, Order, Said, Void
from pipeline.ports import Work
from pipeline.stages import Field

_NOBODY = frozenset({"nobody", "none", "niemand", "niemandem"})
_ME = frozenset({"me", "myself", "mir", "mich"})
_NEVER = frozenset({"none", "clear", "off", "now", "aus", "jetzt", "keins", "keines", "-"})
_DONE = frozenset({"done", "erledigt", *_NEVER})
_LEAD = re.compile(r"\s*(?:(?:to|on|by|until|till|with|and|auf|am|an|bis|mit|und)(?:\s+|$))?", re.IGNORECASE)
# "By 13k" would be a step, and a value is said whole.
_LEAD_TO_VALUE = re.compile(r"\s*(?:(?:to|at|is|auf|ist)(?:\s+|$)|=\s*)?", re.IGNORECASE)
# "Merge A into B" would leave B, and "merge A B" leaves A.
_INTO = re.compile(r"(?:into|in)(?:\s+(.*)|$)", re.IGNORECASE | re.DOTALL)
_TRAIL = re.compile(r"[\s,;]+(?:on|by|until|am|bis)?\s*$", re.IGNORECASE)


def _edit(services: Services, request: Request, rest: Decoded) -> JSONDict:
    return asking.ask(services, request, "edit", lambda work: named_deal(request, work, rest).deal)


def _value(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        words = _LEAD_TO_VALUE.sub("", named.rest, count=1).strip()
        if not words:
            raise Misread(request.texts.value_what(named.deal.code))
        try:
            with spelled(rest):
                amount = read_amount(words, request.currency)
        except UnreadableAmount as unreadable:
            raise Misread(misreading.amount_sentence(unreadable, request.texts)) from unreadable
        return Edit(named.deal.number, {Field.VALUE: amount})

    return answering.write(services, request, build)


def _assign(services: Services, request: Request, rest: Decoded) -> JSONDict:
    first, _, others = rest.text.partition(" ")
    if rest.person(first) and others.strip():
        rest = Decoded(f"{others.strip()} {first}", rest.mentions)
    for person_id in rest.people:
        check_person(services, request, person_id)

    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        word = named.rest.split()[-1] if named.rest else ""
        owner = request.person.id if word.casefold() in _ME else rest.person(word)
        if (owner is None and word.casefold() not in _NOBODY) or len(rest.people) > 1:
            near = near_faces(work, request, "" if owner else word)
            raise Misread(request.texts.assign_whom(named.deal.code), *answers.run_buttons(near))
        return Edit(named.deal.number, {Field.OWNER: owner})

    return answering.write(services, request, build)


def _claim(services: Services, request: Request, rest: Decoded) -> JSONDict:
    return answering.write(services, request, lambda work: Claim(named_deal(request, work, rest).deal.number))


def _close_date(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        day = _day(services, request, rest, named)
        return Edit(named.deal.number, {Field.CLOSE_ON: day})

    return answering.write(services, request, build)


def _nurture(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        day = _day(services, request, rest, named)
        if day is not None and day <= services.house.today(request.at):
            raise Misread(request.texts.not_ahead(named.deal.code, request.texts.day(day)))
        return Edit(named.deal.number, {Field.NURTURE_UNTIL: day})

    return answering.write(services, request, build)


def _next(services: Services, request: Request, rest: Decoded) -> JSONDict:
    """Without a step or a date the form asks for it, with what was said filled in."""

    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        return Edit(named.deal.number, _step(services, request, rest, named))

    return _written_or_asked(services, request, rest, "next", build)


def _note(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        text = read_note(request, rest, named.rest)
        if not text:
            raise _Unsaid
        return Note(named.deal.number, text)

    return _written_or_asked(services, request, rest, NOTE, build)


class _Unsaid(Exception):  # noqa: N818 - asked for, no defect
    """What is missing is asked for by a form, in which what was said stands already."""

    def __init__(self, said: Said | None = None) -> None:
        super().__init__()
        self.said = said


def _written_or_asked(
    services: Services, request: Request, rest: Decoded, asked: str, build: answering.Builder
) -> JSONDict:
    try:
        return answering.write(services, request, build)
    except _Unsaid as unsaid:
        return asking.ask(
            services, request, asked, lambda work: named_deal(request, work, rest).deal, unsaid.said
        )


def _step(services: Services, request: Request, rest: Decoded, named: Named) -> Said:
    text = named.rest
    if text.strip().casefold() in _DONE:
        return {Field.NEXT_STEP: "", Field.NEXT_STEP_ON: None}
    try:
        found = date_last(text, services.house.today(request.at))
    except UnreadableDate as unreadable:
        raise _misread_date(request, unreadable, rest, named) from unreadable
    step = rest.spelled(_TRAIL.sub("", text[: found.start]) if found else text)
    said: Said = {
        Field.NEXT_STEP: clean_field(request, Field.NEXT_STEP, step) if step.strip() else "",
        Field.NEXT_STEP_ON: found.day if found else None,
    }
    if not all(said.values()):
        raise _Unsaid({field: value for field, value in said.items() if value})
    return said


def _void(services: Services, request: Request, rest: Decoded) -> JSONDict:
    return answering.write(services, request, lambda work: Void(named_deal(request, work, rest).deal.number))


def _merge(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        second = _behind_lead(named.rest)
        into = _INTO.fullmatch(second)
        if not second or (into and not into[1]):
            raise Misread(request.texts.merge_what(named.deal.code))
        before = f"{named.deal.code} into" if into else named.deal.code
        other = _other(work, rest, into[1] if into else second, before)
        if into:
            raise _which_survives(request, named.deal, other)
        return Merge(named.deal.number, other.number)

    return answering.write(services, request, build)


def _other(work: Work, rest: Decoded, name: str, before: str) -> Deal:
    try:
        with spelled(rest):
            return deal_in(work, name).deal
    except (UnknownDeal, SeveralDeals) as refusal:
        refusal.before = before
        raise


def _which_survives(request: Request, first: Deal, other: Deal) -> Misread:
    texts = request.texts
    faces = [
        (texts.survives(one.code), f"merge {one.code} {two.code}")
        for one, two in ((other, first), (first, other))
    ]
    return Misread(texts.which_survives(first.code, other.code), *answers.run_buttons(faces))


def _behind_lead(text: str) -> str:
    """What follows the little word that may lead to it."""
    return _LEAD.sub("", text, count=1).strip()


def _day(services: Services, request: Request, rest: Decoded, named: Named) -> date | None:
    """None for a word that takes the day away."""
    word, code = _behind_lead(named.rest), named.deal.code
    if word.casefold() in _NEVER:
        return None
    if not word:
        parked = request.subject == Subject.NURTURE
        raise Misread(request.texts.until_when(code) if parked else request.texts.close_when(code))
    try:
        return read_date(rest.spelled(word), services.house.today(request.at))
    except UnreadableDate as unreadable:
        raise _misread_date(request, unreadable, rest, named) from unreadable


def _misread_date(request: Request, unreadable: UnreadableDate, rest: Decoded, named: Named) -> Misread:
    command = f"{request.subject} {named.deal.code}"
    return misread_date(unreadable, request.texts, command, Decoded(named.rest, rest.mentions))


RUNNERS: Mapping[Subject, Runner] = {
    Subject.VALUE: _value,
    Subject.EDIT: _edit,
    Subject.ASSIGN: _assign,
    Subject.CLAIM: _claim,
    Subject.CLOSE_DATE: _close_date,
    Subject.NEXT: _next,
    Subject.NOTE: _note,
    Subject.NURTURE: _nurture,
    Subject.MERGE: _merge,
    Subject.VOID: _void,
}
