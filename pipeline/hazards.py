"""How fast deals leave a stage, and where to, by the days that they have been in it.

Competing risks with rates that are constant within a bin of ages, the occurrence-exposure rates of a life table
(Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, 2nd edition (2002), chapter 8). The steps
are numbered in docs/decisions.md, "Chances".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.history import Days, Visits

Places = NDArray[np.intp]

# Ages in a stage, in days; a bin is half open and the last has no end.
EDGES: Days = np.array([0, 1, 2, 4, 7, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365, np.inf])
BINS = len(EDGES) - 1
# Nobody passes the last.
_WIDTHS: Days = np.append(np.diff(EDGES[:-1]), 0)
# Exits that what is assumed beforehand weighs: of a stage, and of one bin within it.
STAGE_WEIGHT = 8.0
BIN_WEIGHT = 1.0
# However close two stages' chances lie, some deals are lost between them.
MOST_GO_ON = 0.99
# Chances where a pipeline has none of its own.
ONLY_STAGE = 0.30
FIRST_STAGE, LAST_STAGE = 0.10, 0.80
# So many exits that did not happen are no accident (one in a thousand), once so many others were seen.
MISSED, ENOUGH = 7.0, 20


@dataclass(frozen=True, slots=True)
class Counts:
    """What was seen: `exposure` (S, B) in days that deals spent, `exits` (S, B, S + 2) to each stage, won and lost."""

    exposure: Days
    exits: NDArray[np.int64]

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.exposure + other.exposure, self.exits + other.exits)


@dataclass(frozen=True, slots=True)
class Hazards:
    """`rates` (S, B, S + 2) of exits per deal and day; `events` (S,) are the exits seen of each stage."""

    rates: Days
    events: NDArray[np.int64]

    @property
    def stages(self) -> int:
        return len(self.events)


def bins_of(age: Days) -> Places:
    """Who has not arrived yet, by a date in the future, has just arrived."""
    return np.searchsorted(EDGES[1:-1], age, side="right")


def count(visits: Visits, until: float, since: float = -np.inf) -> Counts:
    """Step 2: exposure and exits from `since` to before `until`: an exit is seen if it happened in between.

    With `since` a stay that began earlier enters late, at the age that it had then (delayed entry): what is counted
    before a moment and what is counted since add up to the whole.
    """
    stages, ends = visits.stages, visits.stages + 2
    age = np.maximum(np.minimum(visits.exit, until) - visits.entry, 0)
    bins = bins_of(age)
    cell = visits.stage * np.intp(BINS) + bins
    exposure = _days_until(age, bins, cell, stages)
    left = visits.exit < until
    if since > -np.inf:
        early = np.minimum(np.maximum(since - visits.entry, 0), age)
        bins = bins_of(early)
        exposure -= _days_until(early, bins, visits.stage * np.intp(BINS) + bins, stages)
        left &= visits.exit >= since
    exits = np.bincount(cell[left] * ends + visits.to[left], minlength=stages * BINS * ends)
    return Counts(exposure, exits.reshape(stages, BINS, ends))


def recorded_since(visits: Visits, until: float) -> float:
    """The first exit, where a record plainly lacks what was closed before it; otherwise -inf. For `count`.

    A file may hold the open deals of years but no close before its first export. Had exits been written down
    then, deals of those stages and ages would have left as often as later ones did: where that makes 7 or more,
    and there are none, their days before the first exit say nothing.
    """
    left = visits.exit[visits.exit < until]
    if len(left) < ENOUGH:
        return -np.inf
    first = float(left.min())
    later = count(visits, until, first)
    exits = later.exits.sum(axis=2)
    # A bin with next to no days would tell of any rate.
    days = later.exposure + later.exposure.sum() / exits.sum()
    missing = np.divide(count(visits, first).exposure * exits, days, out=np.zeros_like(days), where=days > 0)
    return first if missing.sum() >= MISSED else -np.inf


def _days_until(age: Days, bins: Places, cell: Places, stages: int) -> Days:
    """Days (S, B) spent in each bin by who reached these ages: all of the bins before, and a part of the last."""
    shape, size = (stages, BINS), stages * BINS
    part = np.bincount(cell, weights=age - EDGES[bins], minlength=size).reshape(shape)
    reached = np.bincount(cell, minlength=size).reshape(shape)
    passed = reached[:, ::-1].cumsum(axis=1)[:, ::-1] - reached
    days: Days = part + passed * _WIDTHS
    return days


def fit(counts: Counts, chances: Sequence[float] | None = None, mean_stay: float = 30.0) -> Hazards:
    """Step 3: rates shrunk twice (Gamma-Poisson), bins towards their stage and stages towards what is assumed.

    `chances` (S,) are the shares ever won of each open stage and `mean_stay` the days in one, both before anything
    was seen; q0 are the shares of ends that reproduce the chances. A stage's rate is (exits + 8) / (days + 8 x mean
    stay) and its shares of ends (exits to j + 8 q0) / (exits + 8); a bin's rate to j is (exits to j + the stage's
    share) / (days + 1 / the stage's rate).
    """
    by_end = counts.exits.sum(axis=1)
    exits = by_end.sum(axis=1)
    rate = (exits + STAGE_WEIGHT) / (counts.exposure.sum(axis=1) + STAGE_WEIGHT * mean_stay)
    assumed = _assumed_ends(_assumed_chances(len(exits), chances))
    share = (by_end + STAGE_WEIGHT * assumed) / (exits + STAGE_WEIGHT)[:, None]
    days = counts.exposure + (BIN_WEIGHT / rate)[:, None]
    return Hazards((counts.exits + BIN_WEIGHT * share[:, None, :]) / days[:, :, None], exits)


def _assumed_chances(stages: int, chances: Sequence[float] | None) -> Days:
    if chances is None:
        return np.array([ONLY_STAGE]) if stages == 1 else np.linspace(FIRST_STAGE, LAST_STAGE, stages)
    if len(chances) != stages:
        raise ValueError(f"{len(chances)} chances for {stages} open stages")
    return np.maximum.accumulate(np.clip(np.array(chances, dtype=np.float64), 0, 1))


def _assumed_ends(chances: Days) -> Days:
    """Shares (S, S + 2) that reproduce the chances where a deal goes to the next stage or is lost."""
    stages = len(chances)
    following = np.append(chances[1:], 1.0)
    onward = np.divide(chances, following, out=np.zeros(stages), where=following > 0)
    onward = np.minimum(onward, MOST_GO_ON)
    ends = np.zeros((stages, stages + 2))
    ends[np.arange(stages), np.arange(stages) + 1] = onward
    ends[:, -1] = 1 - onward
    return ends
