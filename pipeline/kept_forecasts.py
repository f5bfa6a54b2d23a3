"""A forecast as it was reckoned, and kept until the next one: answers read it and reckon nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

# Under so many wins nothing is forecast, and under so many they are named; under so many checks a band is called rough.
LEAST_WINS = 5
MANY_WINS = 20
LEAST_CHECKS = 6
DAYS = 30
_MONTHS_OF_A_QUARTER = 3


class Period(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class PeriodForecast:
    """Amounts in minor units; `won` of them are won already, and are no part of `from_open` and `from_new`.

    `off_by` is what the checks were off by on average, as a share of what came.
    """

    period: Period
    first: date
    last: date
    won: int
    expected: int
    low: int
    high: int
    from_open: int
    from_new: int
    checks: int
    off_by: float | None

    @property
    def rough(self) -> bool:
        return self.checks < LEAST_CHECKS

    def days_left(self, today: date) -> int:
        """Of the period, today among them."""
        return (self.last - today).days + 1

    def is_over(self, today: date) -> bool:
        """So that a period of that name is another one by now."""
        return self.last < today


@dataclass(frozen=True, slots=True)
class KeptForecast:
    """Of a pipeline in one currency; without `periods` where there were under LEAST_WINS wins to go by.

    `unvalued` of the open deals have no amount; `weighted` is what value times the stage's chance adds up to;
    `outlived` open deals are older than any deal ever won was.
    """

    currency: str
    as_of: datetime
    wins: int
    open_deals: int
    unvalued: int
    weighted: int
    outlived: int
    periods: Sequence[PeriodForecast]

    @property
    def rests_on_few(self) -> bool:
        return self.wins < MANY_WINS


def span_of(period: Period, today: date) -> tuple[date, date]:
    """Its first and its last day."""
    if period is Period.DAYS:
        return today, today + timedelta(days=DAYS - 1)
    months = 1 if period is Period.MONTH else _MONTHS_OF_A_QUARTER
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    following = first.month - 1 + months
    after = date(first.year + following // 12, following % 12 + 1, 1)
    return first, after - timedelta(days=1)
