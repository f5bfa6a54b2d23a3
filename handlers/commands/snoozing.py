"""Keeping a deal out of the top list for some days."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from handlers import answering
from handlers.calendar_days import LATEST
from handlers.commands.reading import Runner, misread_date, named_deal
from handlers.dates import UnreadableDate, read_date
from handlers.misreading import Misread
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.vocabulary.command import Subject
from pipeline.letters import JSONDict
from pipeline.orders import Order, Snooze
from pipeline.ports import Work

_AWAKE = frozenset({"off", "none", "now", "clear", "aus", "jetzt", "keins", "-"})
_SPAN = re.compile(
    r"(?:in\s+|für\s+|for\s+)?([0-9]{1,4})\s*(?:(d|t|days?|tage?n?)|(?:w|weeks?|wochen?))", re.IGNORECASE
)
_LEAD = re.compile(r"(?:until|till|bis|for|für)\s+(?:zum\s+)?", re.IGNORECASE)


def _snooze(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        words = rest.spelled(named.rest).strip()
        if not words:
            raise Misread(request.texts.snooze_until_when(named.deal.code))
        if words.casefold() in _AWAKE:
            return Snooze(named.deal.number, None)
        today = services.house.today(request.at)
        until = _until(request, named.deal.code, words, today)
        if until <= today:
            raise Misread(request.texts.snooze_not_ahead(named.deal.code, request.texts.day(until)))
        return Snooze(named.deal.number, until)

    return answering.write(services, request, build)


def _until(request: Request, code: str, words: str, today: date) -> date:
    """`3d`, `2 weeks`, or a date as anywhere else."""
    span = _SPAN.fullmatch(words)
    if span:
        return min(today + timedelta(days=int(span[1]) * (1 if span[2] else 7)), LATEST)
    try:
        return read_date(_LEAD.sub("", words, count=1), today)
    except UnreadableDate as unreadable:
        command = f"{request.subject} {code}"
        raise misread_date(unreadable, request.texts, command, Decoded(words, {})) from unreadable


RUNNERS: Mapping[Subject, Runner] = {Subject.SNOOZE: _snooze}
