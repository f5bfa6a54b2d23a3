"""Dates as people type them, in English and in German. What could mean two days is asked.

A date without a year is the next such date, and today counts. `today` is always handed in.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from types import MappingProxyType
from typing import Final


class DateProblem(StrEnum):
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    IMPOSSIBLE = "impossible"
    OUT_OF_RANGE = "out_of_range"


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


EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 12, 31)
_A_LEAP_YEAR: Final = 2000
_LONGEST_LEAP_GAP: Final = 8


def _numbered(names: Iterable[str], first: int) -> MappingProxyType[str, int]:
    return MappingProxyType({name: n for n, group in enumerate(names, start=first) for name in group.split()})


_MONTHS: Final = _numbered(
    (
        "january januar jaenner jan",
        "february februar feb",
        "march maerz mar maer mrz",
        "april apr",
        "may mai",
        "june juni jun",
        "july juli jul",
        "august aug",
        "september sept sep",
        "october oktober oct okt",
        "november nov",
        "december dezember dec dez",
    ),
    first=1,
)
_WEEKDAYS: Final = _numbered(
    (
        "monday montag mon mo",
        "tuesday dienstag tues tue di",
        "wednesday mittwoch wed mi",
        "thursday donnerstag thurs thur thu do",
        "friday freitag fri fr",
        "saturday samstag sonnabend sat sa",
        "sunday sonntag sun so",
    ),
    first=0,
)
_IN_DAYS: Final = MappingProxyType(
    {
        **dict.fromkeys(("today", "heute"), 0),
        **dict.fromkeys(("tomorrow", "morgen"), 1),
        **dict.fromkeys(("uebermorgen", "day after tomorrow"), 2),
    }
)
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_FILLER: Final = re.compile("(?:(?:on|the|am|den|dem|zum|zur) )+")

_THIS: Final = "this|coming|diese[rnms]?|kommende[rnms]?"
_NEXT: Final = "next|naechste[rnms]?"
_NEXT_WEEK: Final = f"(?:{_NEXT}|coming|kommende[rn]?) (?:week|woche)"
_NUMBER: Final = "([0-9]{1,2})"
_ORDINAL: Final = rf"{_NUMBER}(?:\.|st|nd|rd|th)?"
_YEAR: Final = r"(?:,? ([0-9]{4}))?"
_MONTH: Final = rf"({'|'.join(_MONTHS)})\.?"
_WEEKDAY: Final = rf"({'|'.join(_WEEKDAYS)})\.?"
_COUNTS: Final = _numbered(
    (
        "a an one ein eine einem einen einer",
        "two zwei",
        "three drei",
        "four vier",
        "five fuenf",
        "six sechs",
        "seven sieben",
        "eight acht",
        "nine neun",
        "ten zehn",
        "eleven elf",
        "twelve zwoelf",
    ),
    first=1,
)
_COUNT: Final = rf"([0-9]{{1,9}}|{'|'.join(_COUNTS)})"
_SPAN: Final = r"(month|monats?|quarter|quartals?|year|jahr(?:es)?)"


class _RefusedError(Exception):
    def __init__(self, problem: DateProblem, *candidates: date) -> None:
        super().__init__(problem, candidates)
        self.problem = problem
        self.candidates = candidates


def read_date(text: str, today: date) -> date:
    """The day that a whole text is: a form field, an argument."""
    try:
        return _read(_key(text), today)
    except _RefusedError as refused:
        raise UnreadableDate(refused.problem, text.strip(), refused.candidates) from None


def _key(text: str) -> str:
    lower = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return _FILLER.sub("", " ".join(lower.split()), count=1)


def _read(key: str, today: date) -> date:
    if key in _IN_DAYS:
        return _shifted(today, _IN_DAYS[key])
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(key):
            return read(match, today)
    raise _RefusedError(DateProblem.UNREADABLE)


def _iso(match: re.Match[str], _today: date) -> date:
    return _built(int(match[1]), int(match[3]), int(match[4]))


def _dotted(match: re.Match[str], today: date) -> date:
    return _day_of(int(match[1]), int(match[2]), match[3] or match[4], today)


def _slashed(match: re.Match[str], today: date) -> date:
    """12/1 is the first of December or the twelfth of January, unless only one of them exists."""
    one, other, year = int(match[1]), int(match[3]), match[4]
    days: set[date] = set()
    for day, month in ((one, other), (other, one)):
        try:
            days.add(_day_of(day, month, year, today))
        except _RefusedError as refused:
            problem = refused.problem
    if len(days) > 1:
        raise _RefusedError(DateProblem.AMBIGUOUS, *sorted(days))
    if not days:
        raise _RefusedError(problem)
    return days.pop()


def _day_month(match: re.Match[str], today: date) -> date:
    return _day_of(int(match[1]), _MONTHS[match[2]], match[3], today)


def _month_day(match: re.Match[str], today: date) -> date:
    return _day_of(int(match[2]), _MONTHS[match[1]], match[3], today)


def _weekday(match: re.Match[str], today: date) -> date:
    """`friday` may be today; `next friday` is the first one after today."""
    ahead = (_WEEKDAYS[match[2]] - today.weekday()) % 7
    strictly = match[1] and re.fullmatch(_NEXT, match[1])
    return _shifted(today, 7 if strictly and not ahead else ahead)


def _next_week(match: re.Match[str], today: date) -> date:
    """Its Monday, unless a weekday is named."""
    return _shifted(today, 7 - today.weekday() + (_WEEKDAYS[match[1]] if match[1] else 0))


def _weekday_and_date(match: re.Match[str], today: date) -> date:
    """`Friday, 15 Dec` names one day twice, and both names must agree."""
    day = _read(match[2], today)
    if day.weekday() != _WEEKDAYS[match[1]]:
        raise _RefusedError(DateProblem.IMPOSSIBLE)
    return day


def _in_spans(match: re.Match[str], today: date) -> date:
    count = _COUNTS.get(match[1]) or int(match[1])
    if match[2] in {"day", "tag"}:
        return _shifted(today, count)
    if match[2] in {"week", "woche"}:
        return _shifted(today, 7 * count)
    year, month = _month_after(today, count * (12 if match[2] in {"year", "jahr"} else 1))
    return _built(year, month, min(today.day, _last_day(year, month)))


def _end_of_span(match: re.Match[str], today: date) -> date:
    later = bool(match[1])
    if match[2].startswith("mo"):
        year, month = _month_after(today, int(later))
    elif match[2].startswith("q"):
        year, month = _month_after(today, (3 - today.month) % 3 + 3 * later)
    else:
        year, month = today.year + later, 12
    return _end_of(year, month)


def _end_of_named(match: re.Match[str], today: date) -> date:
    month = 3 * int(match[2]) if match[2] else _MONTHS[match[1]]
    if match[3]:
        return _end_of(int(match[3]), month)
    return _end_of(today.year + (month < today.month), month)


def _day_of(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return _built(int(year) + (2000 if len(year) == len("26") else 0), month, day)
    _built(_A_LEAP_YEAR, month, day)
    near = range(today.year, today.year + _LONGEST_LEAP_GAP + 1)
    reached = (today.year, today.month, today.day)
    year_of_it = next(y for y in near if day <= _last_day(y, month) and (y, month, day) >= reached)
    return _built(year_of_it, month, day)


def _built(year: int, month: int, day: int) -> date:
    if not EARLIEST.year <= year <= LATEST.year:
        raise _RefusedError(DateProblem.OUT_OF_RANGE)
    try:
        return date(year, month, day)
    except ValueError:
        raise _RefusedError(DateProblem.IMPOSSIBLE) from None


def _shifted(today: date, days: int) -> date:
    ordinal = today.toordinal() + days
    if not EARLIEST.toordinal() <= ordinal <= LATEST.toordinal():
        raise _RefusedError(DateProblem.OUT_OF_RANGE)
    return date.fromordinal(ordinal)


def _month_after(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(12 * today.year + today.month - 1 + months, 12)
    return year, month + 1


def _last_day(year: int, month: int) -> int:
    return monthrange(min(year, date.max.year), month)[1]


def _end_of(year: int, month: int) -> date:
    return _built(year, month, _last_day(year, month))


_FORMS: Final[Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]]]] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"([0-9]{{4}})([-/]){_NUMBER}\2{_NUMBER}", _iso),
        (rf"{_NUMBER}\. ?{_NUMBER}(?:\.(?:([0-9]{{2}})| ?([0-9]{{4}}))?)?", _dotted),
        (rf"{_NUMBER}(/){_NUMBER}(?:/([0-9]{{4}}|[0-9]{{2}}))?", _slashed),
        (rf"{_NUMBER}(-){_NUMBER}-([0-9]{{4}}|[0-9]{{2}})", _slashed),
        (rf"{_ORDINAL}(?: of)? ?{_MONTH}{_YEAR}", _day_month),
        (rf"{_MONTH} {_ORDINAL}{_YEAR}", _month_day),
        (rf"(?:({_THIS}|{_NEXT}) )?{_WEEKDAY}", _weekday),
        (rf"(?:{_WEEKDAY},? )?{_NEXT_WEEK}", _next_week),
        (rf"{_NEXT_WEEK},? {_WEEKDAY}", _next_week),
        (rf"{_WEEKDAY},? (?:the |den |dem )?([0-9].*|{_MONTH}.*)", _weekday_and_date),
        (
            rf"in {_COUNT} (day|tag|week|woche|month|monat|year|jahr)(?:e?[sn])?",
            _in_spans,
        ),
        (rf"(?:end of|ende) (?:(?:the|this|des|dieses) )?(?:({_NEXT}) )?{_SPAN}", _end_of_span),
        (r"()(month|monats|quarter|quartals|year|jahres)[ -]?ende?", _end_of_span),
        (r"()eo([mqy])", _end_of_span),
        (rf"(?:end of|ende) (?:{_MONTH}|q([1-4])){_YEAR}", _end_of_named),
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
    """The date that a text ends with: `Send the offer next friday`."""
    words = list(_WORD.finditer(text))[-_MOST_WORDS:]
    return _longest([(word.start(), words[-1].end()) for word in words], text, today)


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
