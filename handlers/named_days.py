"""Days and weeks that go by a name or a number: Christmas, New Year's Eve, KW 51.

A week stands for its Friday, by which the work of it is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from handlers.calendar_days import EARLIEST, LATEST, DateProblem, RefusedDateError, day_of, shifted
from handlers.date_words import NEXT, NUMBER, YEAR

Form = tuple[str, Callable[[re.Match[str], date], date]]

DAYS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "(?:christmas|xmas|x-mas)(?: eve)?|weihnachten|heilig(?:er )?abend": (12, 24),
        "new year'?s'? eve|nye|s[iy]lvester": (12, 31),
        "new year(?:'?s'?)?(?: day)?|neujahr": (1, 1),
    }
)
_NUMBERED_WEEK: Final = (
    rf"(?:(?:in|end of|ende)(?: der)? )?(?:kw|kalenderwoche|woche|cw|wk|(?:calendar )?week)\.? ?{NUMBER}"
    r"(?:(?:,? (?:of )?|/)([0-9]{4})|/([0-9]{2}))?"
)
_NTH_WEEK: Final = rf"{NUMBER}(?:\. ?(?:kw|kalenderwoche)|(?:st|nd|rd|th) (?:calendar )?week){YEAR}()"
WEEKS: Final = (_NUMBERED_WEEK, _NTH_WEEK)
_ISO_WEEK: Final = r"([0-9]{4})-?w([0-9]{2})"
_END_OF_WEEK: Final = rf"(?:end of|ende) (?:(?:the|this|der|dieser) )?(?:({NEXT}) )?(?:week|woche)|eow"
_FRIDAY: Final = 5
_WEEKEND: Final = timedelta(days=2)
_LONGEST_GAP: Final = 8  # years in a row without a week 53


def _named(month: int, day: int) -> Callable[[re.Match[str], date], date]:
    return lambda match, today: day_of(day, month, match[1], today)


def _week(match: re.Match[str], today: date) -> date:
    """Of the next such week that is not over; on its weekend that is today."""
    if match[2] or match[3]:
        return _friday_of_year(match)
    years = range(today.isocalendar().year, today.year + _LONGEST_GAP)
    ahead = (friday for friday in _fridays(int(match[1]), years) if today - friday <= _WEEKEND)
    return shifted(today, max((_within_bounds(next(ahead, None)) - today).days, 0))


def week_gone_by(match: re.Match[str], today: date) -> date:
    """The Monday of the last such week that has begun."""
    if match[2] or match[3]:
        return _monday(_friday_of_year(match))
    years = range(today.year + 1, max(today.year - _LONGEST_GAP, 0), -1)
    begun = (friday for friday in _fridays(int(match[1]), years) if _monday(friday) <= today)
    return _monday(_within_bounds(next(begun, None)))


def _friday_of_year(match: re.Match[str]) -> date:
    year = int(match[2]) if match[2] else 2000 + int(match[3])
    return _within_bounds(next(_fridays(int(match[1]), [year]), None))


def _iso_week(match: re.Match[str], _today: date) -> date:
    return _within_bounds(next(_fridays(int(match[2]), [int(match[1])]), None))


def _end_of_week(match: re.Match[str], today: date) -> date:
    """On a weekend its week ends that day."""
    return shifted(today, max(_FRIDAY - today.isoweekday() + 7 * bool(match[1]), 0))


def _fridays(week: int, years: Iterable[int]) -> Iterator[date]:
    for year in years:
        try:
            yield date.fromisocalendar(year, week, _FRIDAY)
        except ValueError:
            continue


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _within_bounds(day: date | None) -> date:
    if day is None:
        raise RefusedDateError(DateProblem.IMPOSSIBLE)
    if not EARLIEST <= day <= LATEST:
        raise RefusedDateError(DateProblem.OUT_OF_RANGE)
    return day


FORMS: Final[Sequence[Form]] = (
    *((f"(?:{names}){YEAR}", _named(*day)) for names, day in DAYS.items()),
    *((pattern, _week) for pattern in WEEKS),
    (_ISO_WEEK, _iso_week),
    (_END_OF_WEEK, _end_of_week),
)
