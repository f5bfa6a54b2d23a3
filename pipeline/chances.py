"""What becomes of a deal: its chance to be won at all, and within so many days."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.hazards import BINS, EDGES, Hazards, bins_of
from pipeline.history import Days, Stages

# Whole days in a stage that are told apart; the rates after the last bin's beginning are all the same.
AGES = 400
_BIN_OF_AGE = bins_of(np.arange(AGES, dtype=np.float64))


@dataclass(frozen=True, slots=True)
class Ever:
    """`moves` (S, S + 2) are the shares of a stage's deals that go to each stage, won and lost.

    `entering` (S,) is the chance on entering a stage; `beginning` (S, B) at the beginning of each bin; `leaving` (S, B)
    that of a deal which leaves in the bin; `speed` (S, B) exits per day.
    """

    moves: Days
    entering: Days
    beginning: Days
    leaving: Days
    speed: Days

    def at(self, stage: Stages, age: Days) -> Days:
        """P(ever won) of deals in these stages for so many days."""
        bins = bins_of(age)
        stays = np.exp(-self.speed[stage, bins] * (EDGES[bins + 1] - np.maximum(age, 0)))
        later = self.beginning[stage, np.minimum(bins + 1, BINS - 1)]
        return (1 - stays) * self.leaving[stage, bins] + stays * later


@dataclass(frozen=True, slots=True)
class Within:
    """`table` (S, AGES) is the chance to be won within `days` of each stage and whole day in it.

    `new` (days,) is the chance of deals that enter the first stage on each of these days to be won before they end.
    """

    days: int
    table: Days
    new: Days

    def at(self, stage: Stages, age: Days) -> Days:
        """P(won within `days`) of deals in these stages for so many days; between whole days on a straight line."""
        kept = np.clip(age, 0, AGES - 1)
        day = np.minimum(kept.astype(np.intp), AGES - 2)
        young, old = self.table[stage, day], self.table[stage, day + 1]
        chance: Days = young + (kept - day) * (old - young)
        return chance


def ever(hazards: Hazards) -> Ever:
    """Step 4, absorption of the jump chain: p = (I - Q_open)^-1 Q_won, and inside a bin (1 - e) leaving + e next bin."""
    stages = hazards.stages
    speed = hazards.rates.sum(axis=2)
    ends = hazards.rates / speed[:, :, None]
    stays = np.exp(-speed * np.diff(EDGES))
    reaching = np.ones((stages, BINS))
    reaching[:, 1:] = np.cumprod(stays[:, :-1], axis=1)
    moves = np.einsum("sb,sbj->sj", reaching * (1 - stays), ends)
    entering = np.linalg.solve(np.eye(stages) - moves[:, :stages], moves[:, stages])
    leaving = ends[:, :, :stages] @ entering + ends[:, :, stages]
    beginning = leaving.copy()
    for place in range(BINS - 2, -1, -1):
        here = stays[:, place]
        beginning[:, place] = (1 - here) * leaving[:, place] + here * beginning[:, place + 1]
    return Ever(moves, entering, beginning, leaving, speed)


def within(hazards: Hazards, days: int) -> Within:
    """Step 5, backwards from the last day, one by one: a deal leaves, or is a day older.

    P_k(s, a) = x (sum_j q_j P_k+1(j, 0) + q_won) + (1 - x) P_k+1(s, a + 1) with x = 1 - exp(-rate(s, a)).
    """
    stages = hazards.stages
    speed = hazards.rates.sum(axis=2)
    ends: NDArray[np.float64] = hazards.rates / speed[:, :, None]
    leaves = -np.expm1(-speed)
    onward, won = leaves[:, :, None] * ends[:, :, :stages], leaves * ends[:, :, stages]
    stays = (1 - leaves)[:, _BIN_OF_AGE]
    table = np.zeros((stages, AGES))
    older = np.empty_like(table)
    new = np.zeros(days)
    for day in range(days - 1, -1, -1):
        gained = (onward @ table[:, 0] + won)[:, _BIN_OF_AGE]
        older[:, :-1], older[:, -1] = table[:, 1:], table[:, -1]
        table = gained + stays * older
        new[day] = table[0, 0]
    return Within(days, table, new)
