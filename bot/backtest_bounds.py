"""Which moments a backtest looks from, and what is to be reached on the files that the method was found on."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from typing_extensions import override

_WEEK = 7.0
_MONTH = 30.0
_YEAR = 365.0
# A wait of a minute for a year of history: more moments say little more.
_MOST_MOMENTS = 40


class Bound(NamedTuple):
    least: float = -math.inf
    most: float = math.inf

    def holds(self, value: float | None) -> bool:
        return value is not None and self.least <= value <= self.most

    @override
    def __str__(self) -> str:
        parts = (
            f">= {self.least:g}" if self.least > -math.inf else "",
            f"<= {self.most:g}" if self.most < math.inf else "",
        )
        return ", ".join(part for part in parts if part)


class Key(NamedTuple):
    test: str
    days: int
    figure: str


GAINED = "Brier gained over the stage alone"
CHANCE, FORECAST, LIST, COLD, STAY = "chance to win", "forecast", "top 10", "five deals known", "median stay"
NOTHING = Key("no history", 0, "chances as assumed, band rough")
SLOWDOWN, CROWD = "planted slowdown", "a million visits"
CAUGHT, FALSE_ALARM = Key(SLOWDOWN, 0, "caught"), Key(SLOWDOWN, 0, "false alarm per check")
SECONDS = Key(CROWD, 90, "seconds to count, fit and reckon")
# Of the method itself, which are not about any file.
OF_THE_METHOD = {CAUGHT: Bound(least=0.8), FALSE_ALARM: Bound(most=0.2), SECONDS: Bound(most=1.0)}


@dataclass(frozen=True, slots=True)
class Conventions:
    """Moments in days; a window ends by `until`, and before it where it is `cut`."""

    chances_from: float
    forecasts_from: float
    lists_from: float
    step: float
    look_back_step: int
    until: float
    cut: bool
    chance_days: Sequence[int]
    forecast_days: Sequence[int]
    list_days: Sequence[int]

    def moments(self, start: float, days: int) -> list[float]:
        return list(self._moments(start, days))

    def _moments(self, start: float, days: int) -> Iterator[float]:
        at = start
        while at + days < self.until or (at + days == self.until and not self.cut):
            yield at
            at += self.step


@dataclass(frozen=True, slots=True)
class KnownFile:
    """`stay` is a stage of which the median is known, and the day to look at it from."""

    begins: str
    origin: datetime
    chances: Sequence[float]
    conventions: Conventions
    bounds: Mapping[Key, Bound]
    stay: tuple[str, float] | None = None


LOANS = KnownFile(
    begins="bpi2012_stage_history",
    origin=datetime(2011, 10, 1, tzinfo=UTC),
    chances=(0.15, 0.3, 0.45, 0.5, 0.7),
    conventions=Conventions(
        chances_from=52.5,
        forecasts_from=38.0,
        lists_from=38.5,
        step=_WEEK,
        look_back_step=7,
        until=106.0,
        cut=False,
        chance_days=(30, 14),
        forecast_days=(7, 14, 30),
        list_days=(14,),
    ),
    bounds={
        Key(CHANCE, 30, "Brier"): Bound(most=0.178),
        Key(CHANCE, 30, "AUC"): Bound(least=0.76),
        Key(CHANCE, 30, "ECE"): Bound(most=0.05),
        Key(CHANCE, 30, GAINED): Bound(least=0.006),
        Key(CHANCE, 14, "Brier"): Bound(most=0.146),
        Key(CHANCE, 14, "AUC"): Bound(least=0.77),
        Key(FORECAST, 7, "WAPE"): Bound(most=0.17),
        Key(FORECAST, 14, "WAPE"): Bound(most=0.13),
        Key(FORECAST, 30, "WAPE"): Bound(most=0.14),
        Key(LIST, 14, "share held"): Bound(least=0.38),
        Key(LIST, 14, "times the share by amount"): Bound(least=1.5),
        Key(COLD, 30, "Brier, mean"): Bound(most=0.205),
        Key(COLD, 30, "Brier, worst"): Bound(most=0.24),
        Key(STAY, 0, "Offer sent on day 20"): Bound(9.3, 10.3),
        NOTHING: Bound(least=1),
    },
    stay=("Offer sent", 20.0),
)
HOTEL = KnownFile(
    begins="hotel_city",
    origin=datetime(2015, 7, 1, tzinfo=UTC),
    chances=(0.6,),
    conventions=Conventions(
        chances_from=120.0,
        forecasts_from=120.0,
        lists_from=120.0,
        step=_MONTH,
        look_back_step=15,
        until=792.0,
        cut=True,
        chance_days=(30,),
        forecast_days=(30, 90),
        list_days=(30,),
    ),
    bounds={
        Key(FORECAST, 30, "WAPE"): Bound(most=0.10),
        Key(FORECAST, 90, "WAPE"): Bound(most=0.16),
        Key(FORECAST, 30, "coverage of the 80% band"): Bound(0.68, 1.0),
        Key(FORECAST, 30, "width of the band / won"): Bound(most=0.60),
        Key(LIST, 30, "share held"): Bound(least=0.60),
        NOTHING: Bound(least=1),
    },
)


def known_file(name: str) -> KnownFile | None:
    return next((known for known in (LOANS, HOTEL) if name.startswith(known.begins)), None)


def usual(since: float, until: float) -> Conventions:
    """From the first month on, each week at most; long horizons where there are years."""
    span = until - since
    start = since + min(_MONTH, span / 3)
    step = max(math.ceil((until - start) / _MOST_MOMENTS / _WEEK), 1) * _WEEK
    long = span >= _YEAR
    return Conventions(
        chances_from=start,
        forecasts_from=start,
        lists_from=start,
        step=step,
        look_back_step=15 if long else 7,
        until=until,
        cut=False,
        chance_days=(30, 14),
        forecast_days=(30, 90) if long else (7, 14, 30),
        list_days=(30,) if long else (14,),
    )
