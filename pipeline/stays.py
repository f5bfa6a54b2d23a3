"""How long deals stay in a stage, and after how long one has stayed too long."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pipeline.stages import Stay

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Under so many exits nothing is said.
LEAST_EXITS = 20
STILL_THERE = -1
_SECOND = 1_000_000
_DAY = 86_400
_LONGEST = np.iinfo(np.int32).max
# What is left is a product of up to millions of factors: half is half for all their rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Stretches:
    """Time in stages as columns of one length, each deal's together and in order; moments in microseconds.

    `nexts` is the stage that was entered at `until`: the same one, where a file tells of it twice, or STILL_THERE.
    """

    deals: Whole
    stages: Whole
    nexts: Whole
    since: Whole
    until: Whole


@dataclass(frozen=True, slots=True)
class Visits:
    """Columns of one length. A visit that has not `exited` is known to last so many `seconds` at least."""

    stages: NDArray[np.int32]
    seconds: NDArray[np.int32]
    exited: Flags

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        return cls(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(cls)))


@dataclass(frozen=True, slots=True)
class Curve:
    """After each of these stays a smaller share of the deals is still there."""

    seconds: NDArray[np.int32]
    left: NDArray[np.float64]

    def until_left(self, share: float) -> int | None:
        """The shortest stay after which at most this share is left; none where more than that never leave."""
        reached = np.flatnonzero(self.left <= share * (1 + _ROUNDING))
        return int(self.seconds[reached[0]]) if len(reached) else None


def visits_of(stretches: Stretches) -> Visits:
    """Stretches in the same stage, one after another, are one visit."""
    ends = stretches.stages != stretches.nexts
    begins = np.ones(len(ends), dtype=np.bool_)
    same_deal = stretches.deals[1:] == stretches.deals[:-1]
    goes_on = same_deal & ~ends[:-1] & (stretches.stages[1:] == stretches.stages[:-1])
    begins[1:] = ~goes_on
    beginning = np.maximum.accumulate(np.where(begins, np.arange(len(ends)), 0))
    lasted = (stretches.until - stretches.since[beginning])[ends] // _SECOND
    return Visits(
        stretches.stages[ends].astype(np.int32),
        np.clip(lasted, 0, np.iinfo(np.int32).max).astype(np.int32),
        stretches.nexts[ends] != STILL_THERE,
    )


def curve_of_days(days: NDArray[np.float64], exited: Flags) -> Curve:
    """As `curve`, of stays in days and parts of them."""
    return curve(np.clip(np.rint(days * _DAY), 0, _LONGEST).astype(np.int32), exited)


def curve(seconds: NDArray[np.int32], exited: Flags) -> Curve:
    """The product-limit estimate: at each stay that ended, of those that lasted as long the share that went on.

    Kaplan and Meier, Nonparametric Estimation from Incomplete Observations, JASA 53 (1958), 457-481. Who is
    still there counts among those that lasted as long as theirs has by now, and then leaves the sum: dropping
    the open visits would make slow stages look quick. The median is the smallest t with S(t) <= 1/2, as in Klein
    and Moeschberger, Survival Analysis, 2nd edition (2003), section 4.5.
    """
    times, leaving = np.unique(seconds[exited], return_counts=True)
    lasting = len(seconds) - np.searchsorted(np.sort(seconds), times)
    return Curve(times, np.cumprod(1 - leaving / lasting, dtype=np.float64))


def fitted(visits: Visits, stage_ids: Iterable[int], on: date) -> Mapping[int, Stay | None]:
    """None where the data are too thin, or so few have left that nobody knows yet when half of them will have."""
    return {stage_id: _fitted(visits, visits.stages == stage_id, on) for stage_id in stage_ids}


def _fitted(visits: Visits, here: Flags, on: date) -> Stay | None:
    seconds, exited = visits.seconds[here], visits.exited[here]
    if int(exited.sum()) < LEAST_EXITS:
        return None
    median = curve(seconds, exited).until_left(0.5)
    if median is None:
        return None
    return Stay(limit_after(median), timedelta(seconds=median), len(seconds), on)


def limit_after(median: int) -> int:
    """One and a half times the median of so many seconds, in whole days; never under one."""
    return max(-(-3 * median // (2 * _DAY)), 1)
