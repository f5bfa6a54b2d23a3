"""Dates as people type them, in English and in German. What could mean two days is asked.

A date without a year is the next such date, and today counts. `today` is always handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from handlers import named_days
from handlers.calendar_days import (
    DateProblem,
    RefusedDateError,
    built,
    day_of,
    end_of,
    last_day,
    month_after,
    shifted,
)
from handlers.date_words import (
    COUNT,
    COUNTS,
    GONE_BY,
    IN_DAYS,
    MONTH,
    MONTHS,
    NEXT,
    NEXT_WEEK,
    NUMBER,
    ORDINAL,
    SPAN,
    THIS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    plainly,
)


class UnreadableDate(ValueError):  # noqa: N818 - a refusal to guess, not a defect
    """Why `word` is no date; `candidates` are the days that an ambiguous one may mean."""

    def __init__(self, problem: DateProblem, word: str, candidates: Sequence[date] = ()) -> None:
        super().__init__(problem, word, candidates)
        self.problem = problem
        self.word = word
        self.candidates = tuple(candidates)


@dataclass(frozen=True, slots=True)
class FoundDate:
    day: date
    start: int
    end: int


_FILLER: Final = re.compile("(?:(?:on|the|am|den|dem|zum|zur) )+")


def read_date(text: str, today: date) -> date:
    """The day that a whole text is: a form field, an argument."""
    try:
        return _read(_key(text), today)
    except RefusedDateError as refused:
        raise UnreadableDate(refused.problem, text.strip(), refused.candidates) from None


def _key(text: str) -> str:
    return _FILLER.sub("", " ".join(plainly(text).split()), count=1)


def _read(key: str, today: date) -> date:
    if key in IN_DAYS:
        return shifted(today, IN_DAYS[key])
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(key):
            return read(match, today)
    raise RefusedDateError(DateProblem.UNREADABLE)


def _iso(match: re.Match[str], _today: date) -> date:
    return built(int(match[1]), int(match[3]), int(match[4]))


def _dotted(match: re.Match[str], today: date) -> date:
    return day_of(int(match[1]), int(match[2]), match[3] or match[4], today)


def _slashed(match: re.Match[str], today: date) -> date:
    """12/1 is the first of December or the twelfth of January, unless only one of them exists."""
    one, other, year = int(match[1]), int(match[3]), match[4]
    days: set[date] = set()
    for day, month in ((one, other), (other, one)):
        try:
            days.add(day_of(day, month, year, today))
        except RefusedDateError as refused:
            problem = refused.problem
    if len(days) > 1:
        raise RefusedDateError(DateProblem.AMBIGUOUS, *sorted(days))
    if not days:
        raise RefusedDateError(problem)
    return days.pop()


def _day_month(match: re.Match[str], today: date) -> date:
    return day_of(int(match[1]), MONTHS[match[2]], match[3], today)


def _month_day(match: re.Match[str], today: date) -> date:
    return day_of(int(match[2]), MONTHS[match[1]], match[3], today)


def _weekday(match: re.Match[str], today: date) -> date:
    """`friday` may be today; `next friday` is the first one after today."""
    ahead = (WEEKDAYS[match[2]] - today.weekday()) % 7
    strictly = match[1] and re.fullmatch(NEXT, match[1])
    return shifted(today, 7 if strictly and not ahead else ahead)


def _next_week(match: re.Match[str], today: date) -> date:
    """Its Monday, unless a weekday is named."""
    return shifted(today, 7 - today.weekday() + (WEEKDAYS[match[1]] if match[1] else 0))


def _weekday_and_date(match: re.Match[str], today: date) -> date:
    """`Friday, 15 Dec` names one day twice, and both names must agree."""
    day = _read(match[2], today)
    if day.weekday() != WEEKDAYS[match[1]]:
        raise RefusedDateError(DateProblem.IMPOSSIBLE)
    return day


def _in_spans(match: re.Match[str], today: date) -> date:
    count = COUNTS.get(match[1]) or int(match[1])
    if match[2] in {"day", "tag"}:
        return shifted(today, count)
    if match[2] in {"week", "woche"}:
        return shifted(today, 7 * count)
    year, month = month_after(today, count * (12 if match[2] in {"year", "jahr"} else 1))
    return built(year, month, min(today.day, last_day(year, month)))


def _end_of_span(match: re.Match[str], today: date) -> date:
    later = bool(match[1])
    if match[2].startswith("mo"):
        year, month = month_after(today, int(later))
    elif match[2].startswith("q"):
        year, month = month_after(today, (3 - today.month) % 3 + 3 * later)
    else:
        year, month = today.year + later, 12
    return end_of(year, month)


def _end_of_named(match: re.Match[str], today: date) -> date:
    month = 3 * int(match[2]) if match[2] else MONTHS[match[1]]
    if match[3]:
        return end_of(int(match[3]), month)
    return end_of(today.year + (month < today.month), month)


_FORMS: Final[Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]]]] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"([0-9]{{4}})([-/]){NUMBER}\2{NUMBER}", _iso),
        (rf"{NUMBER}\. ?{NUMBER}(?:\.(?:([0-9]{{2}})| ?([0-9]{{4}}))?)?", _dotted),
        (rf"{NUMBER}(/){NUMBER}(?:/([0-9]{{4}}|[0-9]{{2}}))?", _slashed),
        (rf"{NUMBER}(-){NUMBER}-([0-9]{{4}}|[0-9]{{2}})", _slashed),
        (rf"{ORDINAL}(?: of)? ?{MONTH}{YEAR}", _day_month),
        (rf"{MONTH} {ORDINAL}{YEAR}", _month_day),
        (rf"(?:({THIS}|{NEXT}) )?{WEEKDAY}", _weekday),
        (rf"(?:{WEEKDAY},? )?{NEXT_WEEK}", _next_week),
        (rf"{NEXT_WEEK},? {WEEKDAY}", _next_week),
        (rf"{WEEKDAY},? (?:the |den |dem )?([0-9].*|{MONTH}.*)", _weekday_and_date),
        (
            rf"in {COUNT} (day|tag|week|woche|month|monat|year|jahr)(?:e?[sn])?",
            _in_spans,
        ),
        (rf"(?:end of|ende) (?:(?:the|this|des|dieses) )?(?:({NEXT}) )?{SPAN}", _end_of_span),
        (r"()(month|monats|quarter|quartals|year|jahres)[ -]?ende?", _end_of_span),
        (r"()eo([mqy])", _end_of_span),
        (rf"(?:end of|ende) (?:{MONTH}|q([1-4])){YEAR}", _end_of_named),
        *named_days.FORMS,
    )
)

_MOST_WORDS: Final = 6
_WORD: Final = re.compile(r"\S+")
_NO_DATE_IN_A_LINE: Final = frozenset({"so", "do"})  # Sunday and Thursday in German, plain words in English


def date_first(text: str, today: date) -> FoundDate | None:
    """The date that a text begins with, read as far as it goes; None where it begins with something else."""
    words = list(islice(_WORD.finditer(text), _MOST_WORDS))
    return _longest([(words[0].start(), word.end()) for word in reversed(words)], text, today)


def date_last(text: str, today: date) -> FoundDate | None:
    """The date that a text ends with: `Send the offer next friday`. `Ask who called yesterday` plans nothing."""
    words = list(_WORD.finditer(text))[-_MOST_WORDS:]
    spans = [(word.start(), words[-1].end()) for word in words]
    return _longest([span for span in spans if _key(text[slice(*span)]) not in GONE_BY], text, today)


def _longest(spans: Iterable[tuple[int, int]], text: str, today: date) -> FoundDate | None:
    for start, end in spans:
        word = text[start:end].rstrip(",;!?")
        if word in _NO_DATE_IN_A_LINE:
            continue
        try:
            return FoundDate(read_date(word, today), start, end)
        except UnreadableDate as unreadable:
            if unreadable.problem is not DateProblem.UNREADABLE:
                raise
    return None
