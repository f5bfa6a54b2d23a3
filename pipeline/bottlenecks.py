"""Where deals get stuck: how long they stay, how many are won from there, and what a better stage would add."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.chances import within
from pipeline.drift import drifts
from pipeline.hazards import Hazards, count, fit, recorded_since
from pipeline.history import History, Visits, standing_at, visits_of
from pipeline.stage_reports import (
    AHEAD,
    LEAST_SEEN,
    MORE_CONVERSION,
    MORE_SPEED,
    Drift,
    Report,
    StageReport,
)
from pipeline.stays import curve_of_days
from pipeline.velocity import velocity

_DAY = 86_400
# So many of the last days tell how many deals usually begin; a first week's rush is not what is usual.
_LATELY = 90
_SHORTEST = 28

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Business:
    """What can be won: the open deals that are worth something, and those that usually begin, in value a day."""

    stage: NDArray[np.int16]
    age: Floats
    value: Floats
    new_a_day: float

    def expected(self, hazards: Hazards) -> float:
        """The value to be won in the next AHEAD days."""
        chances = within(hazards, AHEAD)
        present = float(self.value @ chances.at(self.stage, self.age)) if len(self.value) else 0.0
        return present + self.new_a_day * float(np.sum(chances.new))


def look(history: History, t: float, chances: Sequence[float] | None = None) -> Report:
    """What was known at `t`; deals without a value are in no sum. `chances` are the stages' own."""
    known = history.before(t)
    visits = visits_of(known)
    hazards = fit(count(visits, t, recorded_since(visits, t)), chances)
    business = _business(known, t)
    usual = business.expected(hazards)
    ends = _ends(known, visits)
    moving = drifts(visits, t)
    stages = [
        _told(visits, t, stage, ends[stage], _adds(business, hazards, stage, usual), moving[stage])
        for stage in range(known.stages)
    ]
    return Report(int((known.created < t).sum()), usual, stages, velocity(known, t))


def _business(known: History, t: float) -> Business:
    """New deals come as often, and are worth as much, as in the last days; a younger pipeline has fewer of them."""
    here = standing_at(known, t)
    worth = ~np.isnan(here.value)
    begun = (known.created < t) & ~np.isnan(known.value)
    if not begun.any():
        return Business(here.stage[worth], here.age[worth], here.value[worth], 0.0)
    days = min(max(t - float(known.created[begun].min()), _SHORTEST), _LATELY)
    lately = begun & (known.created >= t - days)
    new_a_day = float(known.value[lately].sum()) / days
    return Business(here.stage[worth], here.age[worth], here.value[worth], new_a_day)


def _ends(known: History, visits: Visits) -> Whole:
    """(S, S + 2): of the deals that were ever in a stage, how many stand in each, are won and are lost now.

    A deal counts once, however often it came back; a stage that it skipped does not count it.
    """
    last = known.is_last
    now = np.zeros(len(known.created), np.int64)
    now[known.deal[last]] = known.stage[last]
    once = np.unique(visits.deal * known.stages + visits.stage)
    deal, stage = np.divmod(once, max(known.stages, 1))
    ends = np.zeros((known.stages, known.stages + 2), np.int64)
    np.add.at(ends, (stage, now[deal]), 1)
    return ends


def _adds(business: Business, hazards: Hazards, stage: int, usual: float) -> tuple[float, float]:
    """What more speed, and better conversion, of a stage would add to what is won."""
    changed = (quicker(hazards, stage), better(hazards, stage))
    speed, conversion = (business.expected(each) - usual for each in changed)
    return speed, conversion


def quicker(hazards: Hazards, stage: int) -> Hazards:
    """Whatever becomes of its deals, it does so sooner."""
    rates = hazards.rates.copy()
    rates[stage] *= 1 + MORE_SPEED
    return replace(hazards, rates=rates)


def better(hazards: Hazards, stage: int) -> Hazards:
    """At the same pace more of its deals move on, as far as there are lost ones to be saved."""
    rates = hazards.rates.copy()
    onward, lost = rates[stage, :, stage + 1 : -1], rates[stage, :, -1]
    present = onward.sum(axis=1)
    saved = np.minimum(present * MORE_CONVERSION, lost)
    onward *= (1 + np.divide(saved, present, out=np.zeros_like(saved), where=present > 0))[:, None]
    lost -= saved
    return replace(hazards, rates=rates)


def _told(
    visits: Visits, t: float, stage: int, ends: Whole, adds: tuple[float, float], drift: Drift | None
) -> StageReport:
    here = visits.stage == stage
    exited = np.isfinite(visits.exit[here])
    exits = int(exited.sum())
    median, p90 = _stays(visits, t, here, exited) if exits >= LEAST_SEEN else (None, None)
    won, lost = int(ends[-2]), int(ends[-1])
    return StageReport(int(here.sum()), exits, median, p90, won + lost, won, *adds, drift)


def _stays(
    visits: Visits, t: float, here: NDArray[np.bool_], exited: NDArray[np.bool_]
) -> tuple[float | None, float | None]:
    """Days after which half of the deals, and nine in ten, have left; none where fewer than that ever do."""
    days = np.minimum(visits.exit[here], t) - visits.entry[here]
    left = curve_of_days(days, exited)
    median, p90 = (left.until_left(share) for share in (0.5, 0.1))
    return None if median is None else median / _DAY, None if p90 is None else p90 / _DAY
