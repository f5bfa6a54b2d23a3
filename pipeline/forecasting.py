"""How much will be won in the days ahead: what each of three methods expects, from what was known at a moment.

The plain run-rate, the open deals by their chances together with deals that do not exist yet, and the same days a
quarter of a year before. pipeline.blending makes one figure of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.chances import Within, within
from pipeline.due_dates import due_offset
from pipeline.hazards import Hazards, fit, recorded_since
from pipeline.history import History, Record, Standing, visits_of
from pipeline.tallying import Tally

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

# A quarter of a year in whole weeks, so that weekdays meet.
_SEASON = 91
_WINDOWS = 3
_LEAST_ARRIVAL_DAYS = 28
# What came on the first day comes once a week at most.
_LEAST_SEEN = 7.0
_SHARE_WINDOWS = 6
_PSEUDO_DEALS = 5


@dataclass(frozen=True, slots=True)
class Wins:
    """The deals that were won and stayed so, each at the moment it was won."""

    deal: Whole
    at: Numbers
    value: Numbers

    def between(self, since: float, until: float) -> float:
        """The value won in the half-open span."""
        return float(self.value[(since <= self.at) & (self.at < until)].sum())


@dataclass(frozen=True, slots=True)
class OpenDeals:
    """The deals that stand open at a moment, with the chance that each is won within the days asked for.

    `guessed` marks deals without an amount, which count with the median of the amounts won.
    """

    standing: Standing
    chance: Numbers
    value: Numbers
    guessed: NDArray[np.bool_]

    @property
    def expected(self) -> float:
        return float((self.value * self.chance).sum())

    @property
    def variance(self) -> float:
        return float((np.square(self.value) * self.chance * (1 - self.chance)).sum())


@dataclass(frozen=True, slots=True)
class NewDeals:
    """What deals that do not exist yet usually bring within the days asked for."""

    expected: float
    variance: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """What each method expects to be won within `days` from `at`; `seen` are the days known before.

    `typical` is what one win brings.
    """

    at: float
    days: int
    seen: float
    run_rate: float
    open_deals: float
    new_deals: float
    season: float | None
    variance: float
    typical: float = 0.0

    @property
    def by_deals(self) -> float:
        return self.open_deals + self.new_deals


class Hindsight:
    """A history that can be looked at from any moment in it, as if nothing had come after."""

    def __init__(
        self, history: History, chances: Sequence[float] | None = None, since: float | None = None
    ) -> None:
        """`since` is when recording began, where that is known; it is found out where closes are plainly missing."""
        self.history = history
        self.chances = chances
        self._entry = _recorded(history) if since is None else since
        self.since = max(self._entry, _beginning(history)) if since is None else since
        self._record = Record(history)
        self._tally = Tally(self._record, self._entry)
        self._hazards: dict[float, Hazards] = {}
        self._within: dict[tuple[float, int], Within] = {}
        self._known: tuple[float, History] | None = None

    def known(self, at: float) -> History:
        if self._known is None or self._known[0] != at:
            self._known = (at, self.history.before(at))
        return self._known[1]

    def hazards(self, at: float) -> Hazards:
        if at not in self._hazards:
            self._hazards[at] = fit(self._tally.at(at), self.chances)
        return self._hazards[at]

    def within(self, at: float, days: int) -> Within:
        if (at, days) not in self._within:
            self._within[at, days] = within(self.hazards(at), days)
        return self._within[at, days]

    def open_deals(self, at: float, days: int) -> OpenDeals:
        standing = self._record.standing_at(at)
        chances = self.within(at, days)
        chance = chances.at(standing.stage, standing.age)
        if len(self.history.due):
            offset = due_offset(self._record, at, days, chances)
            chance = offset.apply(chance, standing.stage, standing.due - at)
        value, guessed = valued(standing.value, typical_value(self.known(at)))
        return OpenDeals(standing, chance, value, guessed)

    def candidates(self, at: float, days: int) -> Candidates:
        known = self.known(at)
        wins = wins_of(known)
        open_deals = self.open_deals(at, days)
        new = self._new_deals(known, wins, at, days)
        return Candidates(
            at=at,
            days=days,
            seen=max(at - self.since, 0.0),
            run_rate=run_rate(wins, at, days, self.since),
            open_deals=open_deals.expected,
            new_deals=new.expected,
            season=season(wins, at, days, self.since),
            variance=open_deals.variance + new.variance,
            typical=typical_value(known),
        )

    def _new_deals(self, known: History, wins: Wins, at: float, days: int) -> NewDeals:
        chances = self.within(at, days).new
        arrivals = arrivals_of(known, at, days, self.since)
        usual = new_deals(arrivals, chances)
        if not len(known.due):
            return usual
        share = share_of_new(known, wins, at, days, self.since, float(chances.mean()))
        return replace(usual, expected=arrivals.per_day * days * arrivals.value * share)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Deals made lately: how many a day, their mean value and the mean of its square."""

    per_day: float
    value: float
    square: float


def wins_of(history: History) -> Wins:
    """A deal that was won, opened again and lost is no win; one that is told twice to be won is one."""
    won = history.stage == history.stages
    again = np.zeros(len(won), np.bool_)
    again[1:] = won[1:] & won[:-1] & (history.deal[1:] == history.deal[:-1])
    first = np.maximum.accumulate(np.where(again, 0, np.arange(len(won))))
    rows = np.flatnonzero(won & history.is_last)
    deals = history.deal[rows]
    value, _ = valued(history.value[deals], typical_value(history))
    return Wins(deals, history.at[first[rows]], value)


def typical_value(history: History) -> float:
    """The median of the amounts won; of all, where none was; 0 where no deal has one."""
    for rows in (history.stage == history.stages, slice(None)):
        deals = np.zeros(len(history.created), np.bool_)
        deals[history.deal[rows]] = True
        told = history.value[deals & ~np.isnan(history.value)]
        if len(told):
            return float(np.median(told))
    return 0.0


def valued(value: Numbers, typical: float) -> tuple[Numbers, NDArray[np.bool_]]:
    guessed = np.isnan(value)
    return np.where(guessed, typical, value), guessed


def run_rate(wins: Wins, at: float, days: int, since: float) -> float:
    """As much as in the last three windows on average; in those that recording has seen whole, or in a part of one."""
    seen = max(at - since, _LEAST_SEEN)
    windows = min(_WINDOWS, seen // days) or seen / days
    return wins.between(at - windows * days, at) / windows


def season(wins: Wins, at: float, days: int, since: float) -> float | None:
    start = at - _SEASON
    return wins.between(start, start + days) if start >= since and days <= _SEASON else None


def arrivals_of(known: History, at: float, days: int, since: float) -> Arrivals:
    span = min(float(max(_LEAST_ARRIVAL_DAYS, days)), max(at - since, _LEAST_SEEN))
    lately = np.flatnonzero((known.created >= at - span) & (known.created < at))
    if not len(lately):
        return Arrivals(0.0, 0.0, 0.0)
    value, _ = valued(known.value[lately], typical_value(known))
    return Arrivals(len(lately) / span, float(value.mean()), float(np.square(value).mean()))


def new_deals(arrivals: Arrivals, chances: Numbers) -> NewDeals:
    """`chances` of deals that are made on the first day of the window, the second and so on."""
    wins = arrivals.per_day * float(chances.sum())
    return NewDeals(wins * arrivals.value, wins * arrivals.square)


def share_of_new(known: History, wins: Wins, at: float, days: int, since: float, usual: float) -> float:
    """Of the value of deals made in past windows, the share that was won before their window ended.

    A few deals are added that were won as often as the hazards say: one deal alone is no share.
    """
    value, _ = valued(known.value, typical_value(known))
    won_at = np.full(len(value), np.inf)
    won_at[wins.deal] = wins.at
    made = won = 0.0
    deals = 0
    for back in range(_SHARE_WINDOWS):
        start = at - days * (1 + back / 2)
        if start < since:
            break
        inside = (known.created >= start) & (known.created < start + days)
        made += float(value[inside].sum())
        won += float(value[inside & (won_at < start + days)].sum())
        deals += int(inside.sum())
    pseudo = _PSEUDO_DEALS * made / deals if deals else 1.0
    return (won + usual * pseudo) / (made + pseudo) if made + pseudo else usual


def _recorded(history: History) -> float:
    return recorded_since(visits_of(history), float(history.at.max())) if len(history.at) else -np.inf


def _beginning(history: History) -> float:
    moments = [float(column.min()) for column in (history.created, history.at) if len(column)]
    return min(moments, default=0.0)
