"""The days that a date may be: those of the calendar, and of this century."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Final


class DateProblem(StrEnum):
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    IMPOSSIBLE = "impossible"
    OUT_OF_RANGE = "out_of_range"


class RefusedDateError(Exception):
    def __init__(self, problem: DateProblem, *candidates: date) -> None:
        super().__init__(problem, candidates)
        self.problem = problem
        self.candidates = candidates


EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 12, 31)
_A_LEAP_YEAR: Final = 2000
_LONGEST_LEAP_GAP: Final = 8


def day_of(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return built(int(year) + (2000 if len(year) == len("26") else 0), month, day)
    built(_A_LEAP_YEAR, month, day)
    near = range(today.year, today.year + _LONGEST_LEAP_GAP + 1)
    reached = (today.year, today.month, today.day)
    year_of_it = next(y for y in near if day <= last_day(y, month) and (y, month, day) >= reached)
    return built(year_of_it, month, day)


def built(year: int, month: int, day: int) -> date:
    if not EARLIEST.year <= year <= LATEST.year:
        raise RefusedDateError(DateProblem.OUT_OF_RANGE)
    try:
        return date(year, month, day)
    except ValueError:
        raise RefusedDateError(DateProblem.IMPOSSIBLE) from None


def shifted(today: date, days: int) -> date:
    ordinal = today.toordinal() + days
    if not EARLIEST.toordinal() <= ordinal <= LATEST.toordinal():
        raise RefusedDateError(DateProblem.OUT_OF_RANGE)
    return date.fromordinal(ordinal)


def month_after(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(12 * today.year + today.month - 1 + months, 12)
    return year, month + 1


def last_day(year: int, month: int) -> int:
    return monthrange(min(year, date.max.year), month)[1]


def end_of(year: int, month: int) -> date:
    return built(year, month, last_day(year, month))
