"""What expected close dates add to a chance: how much more or less often such deals were won."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.chances import Within
from pipeline.history import Days, History, Record, Stages

SNAPSHOTS = 6
# Snapshots lie half a horizon apart.
STEP = 0.5
# Deals at the mean chance that a bucket is shrunk with.
WEIGHT = 10.0
LONG_OVERDUE = -30.0
# Of the horizon; before the first is overdue.
PARTS: Days = np.array([0, 0.5, 1, 1.5, 2, 3])
BUCKETS = len(PARTS) + 2


@dataclass(frozen=True, slots=True)
class DueOffset:
    """`shift` (S, BUCKETS) in logits, by stage and by how far off the expected close is, for one horizon in days."""

    days: int
    shift: Days

    def apply(self, chance: Days, stage: Stages, ahead: Days) -> Days:
        """Chances of deals whose expected close is so many days ahead; unchanged where that is nan."""
        dated = ~np.isnan(ahead)
        shift = np.where(dated, self.shift[stage, _bucket(np.where(dated, ahead, 0), self.days)], 0)
        return np.where(shift == 0, chance, _sigmoid(_logit(chance) + shift))


def due_offset(past: Record, t: float, days: int, chances: Within) -> DueOffset:
    """Step 6, from up to six past snapshots u = t - H, t - 1.5 H, ..., each with the dates that were known then.

    Per stage and bucket with n deals, y of them won in [u, u + H), and the mean chance p:
    shift = logit((y + 10 p) / (n + 10)) - logit(p). `chances` are those within H by what is known at t: the shift goes on
    top of them, and must not count once more what they have learnt since u.
    """
    stages = past.history.stages
    size = stages * BUCKETS
    deals, wins, expected = np.zeros(size), np.zeros(size), np.zeros(size)
    for u in _snapshots(past.history, t, days):
        standing = past.standing_at(u)
        dated = ~np.isnan(standing.due)
        if not dated.any():
            continue
        stage, ahead = standing.stage[dated], standing.due[dated] - u
        cell = stage.astype(np.intp) * BUCKETS + _bucket(ahead, days)
        chance = chances.at(stage, standing.age[dated])
        won = past.won_between(u, u + days)[standing.deal[dated]]
        deals += np.bincount(cell, minlength=size)
        wins += np.bincount(cell, weights=won, minlength=size)
        expected += np.bincount(cell, weights=chance, minlength=size)
    mean = np.divide(expected, deals, out=np.full(size, 0.5), where=deals > 0)
    shift = _logit((wins + WEIGHT * mean) / (deals + WEIGHT)) - _logit(mean)
    return DueOffset(days, shift.reshape(stages, BUCKETS))


def _snapshots(history: History, t: float, days: int) -> Iterator[float]:
    if not len(history.due) or not len(history.at):
        return
    first = float(history.at.min())
    for number in range(SNAPSHOTS):
        u = t - days * (1 + STEP * number)
        if u > first:
            yield u


def _bucket(ahead: Days, days: int) -> NDArray[np.intp]:
    """Long overdue, overdue, and then by the parts of the horizon."""
    return np.searchsorted(PARTS * days, ahead, side="right") + (ahead >= LONG_OVERDUE)


def _logit(chance: Days) -> Days:
    kept = np.clip(chance, 1e-9, 1 - 1e-9)
    return np.log(kept / (1 - kept))


def _sigmoid(logit: Days) -> Days:
    return 1 / (1 + np.exp(-logit))
