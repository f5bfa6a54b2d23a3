"""A pipeline's past as columns: who entered which stage when, what is in which stage, and for how long."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Stages = NDArray[np.int16]
Days = NDArray[np.float64]

STILL_THERE = -1


@dataclass(frozen=True, slots=True)
class History:
    """Rows are one entry into a stage each, a deal's together and in order of time.

    Moments are days since one origin, in UTC. Of S open stages the first is 0; S is won, S + 1 lost. `deal` and
    `due_deal` are rows of the columns per deal, 0 to D - 1. A change of the expected close says whose it is, when
    it became known and the day that it named (nan: taken away); the three are empty where nothing is expected.
    From the moment `rests` on, inf for most, an open deal is worth nothing to whoever looks ahead; None: no deal rests.
    """

    stages: int
    deal: Rows
    stage: Stages
    at: Days
    created: Days
    value: Days
    due_deal: Rows
    due_at: Days
    due: Days
    rests: Days | None = None

    @classmethod
    def nothing(cls, stages: int) -> "History":
        """The past of a pipeline that has none."""
        rows, days = np.empty(0, np.int64), np.empty(0)
        return cls(stages, rows, np.empty(0, np.int16), days, days, days, rows, days, days)

    @property
    def won(self) -> int:
        return self.stages

    @property
    def lost(self) -> int:
        return self.stages + 1

    @property
    def is_last(self) -> NDArray[np.bool_]:
        """Per row whether it is its deal's newest entry."""
        last = np.ones(len(self.deal), dtype=np.bool_)
        last[:-1] = self.deal[1:] != self.deal[:-1]
        return last

    def worth_at(self, t: float, deal: Rows) -> Days:
        """The values of deals that are open then; nan is unknown."""
        value = self.value[deal]
        return value if self.rests is None else np.where(self.rests[deal] < t, 0.0, value)

    def before(self, t: float) -> "History":
        """What was known at `t`, the moment itself excluded; the columns per deal keep all their rows."""
        known = (self.at < t) & (self.created < t)[self.deal]
        told = (self.due_at < t) & (self.created < t)[self.due_deal]
        return replace(
            self,
            deal=self.deal[known],
            stage=self.stage[known],
            at=self.at[known],
            due_deal=self.due_deal[told],
            due_at=self.due_at[told],
            due=self.due[told],
        )


@dataclass(frozen=True, slots=True)
class Visits:
    """Unbroken stays in open stages, columns of one length.

    `exit` is inf and `to` STILL_THERE while the stay goes on; `to` is otherwise the stage entered then.
    """

    stages: int
    deal: Rows
    stage: Stages
    entry: Days
    exit: Days
    to: Stages


@dataclass(frozen=True, slots=True)
class Standing:
    """Open deals at a moment, columns of one length: `age` in days in the stage, `due` nan where no day is expected."""

    deal: Rows
    stage: Stages
    age: Days
    due: Days
    value: Days


def visits_of(history: History) -> Visits:
    """Step 1: each stay goes from its entry to the next other stage; equal stages one after another are one stay."""
    begins = np.ones(len(history.deal), dtype=np.bool_)
    begins[1:] = (history.deal[1:] != history.deal[:-1]) | (history.stage[1:] != history.stage[:-1])
    deal, stage, entry = history.deal[begins], history.stage[begins], history.at[begins]
    end = np.full(len(deal), np.inf)
    to = np.full(len(deal), STILL_THERE, dtype=np.int16)
    goes_on = deal[1:] == deal[:-1]
    end[:-1][goes_on] = entry[1:][goes_on]
    to[:-1][goes_on] = stage[1:][goes_on]
    is_open = stage < history.stages
    return Visits(history.stages, deal[is_open], stage[is_open], entry[is_open], end[is_open], to[is_open])


def standing_at(history: History, t: float) -> Standing:
    """The deals that were open at `t`, by what was known then."""
    known = history.before(t)
    visits = visits_of(known)
    here = visits.to == STILL_THERE
    deal = visits.deal[here]
    age = t - visits.entry[here]
    return Standing(deal, visits.stage[here], age, _expected(known)[deal], history.worth_at(t, deal))


def _expected(history: History) -> Days:
    """Per deal the day that its last change of the expected close named."""
    order = np.lexsort((history.due_at, history.due_deal))
    return _last_named(history.due_deal[order], history.due[order], len(history.created))


def _last_named(deal: Rows, day: Days, deals: int) -> Days:
    due = np.full(deals, np.nan)
    last = np.ones(len(deal), dtype=np.bool_)
    last[:-1] = deal[1:] != deal[:-1]
    due[deal[last]] = day[last]
    return due


class Record:
    """A history whose stays are cut out once, to be looked at from many moments; each sees what `before` would."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.visits = visits_of(history)
        self.known_from = np.maximum(self.visits.entry, history.created[self.visits.deal])
        order = np.lexsort((history.due_at, history.due_deal))
        self._due_deal, self._due = history.due_deal[order], history.due[order]
        self._told_from = np.maximum(history.due_at, history.created[history.due_deal])[order]
        wins = history.stage == history.won
        self._won, self._won_at = history.deal[wins], history.at[wins]

    def standing_at(self, t: float) -> Standing:
        visits, here = self.visits, self.rows_at(t)
        deal = visits.deal[here]
        age = t - visits.entry[here]
        worth = self.history.worth_at(t, deal)
        return Standing(deal, visits.stage[here], age, self._expected(t)[deal], worth)

    def visits_before(self, t: float) -> Visits:
        """What was known at `t`, but that a stay which went on then may bear its later end."""
        return self.rows(np.flatnonzero(self.known_from < t))

    def rows(self, rows: Rows) -> Visits:
        seen = self.visits
        return Visits(
            seen.stages, seen.deal[rows], seen.stage[rows], seen.entry[rows], seen.exit[rows], seen.to[rows]
        )

    def rows_at(self, t: float) -> Rows:
        """Of the stays that went on then."""
        return np.flatnonzero((self.known_from < t) & (self.visits.exit >= t))

    def won_between(self, begin: float, end: float) -> NDArray[np.bool_]:
        """Per deal whether it was won in the half-open span."""
        won = np.zeros(len(self.history.created), dtype=np.bool_)
        won[self._won[(self._won_at >= begin) & (self._won_at < end)]] = True
        return won

    def _expected(self, t: float) -> Days:
        told = np.flatnonzero(self._told_from < t)
        return _last_named(self._due_deal[told], self._due[told], len(self.history.created))
