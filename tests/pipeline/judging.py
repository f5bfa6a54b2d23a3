"""How good chances were, once it is known what became of the deals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from pipeline.chances import within
from pipeline.hazards import count, fit
from pipeline.history import History, Standing, standing_at, visits_of

Chances = NDArray[np.float64]
# Deals at a stage's assumed chance that the plain share is shrunk with.
_WEIGHT = 8


@dataclass(frozen=True)
class Judged:
    """Chances of deals, and whether they were won."""

    chance: Chances
    won: NDArray[np.bool_]

    @property
    def brier(self) -> float:
        return float(np.mean((self.chance - self.won) ** 2))

    @property
    def auc(self) -> float:
        """How often a deal that was won had the higher chance than one that was not; equal ones are half."""
        _, places, many = np.unique(self.chance, return_inverse=True, return_counts=True)
        ranks = (np.cumsum(many) - (many - 1) / 2)[places]
        wins, others = self.won.sum(), (~self.won).sum()
        return float((ranks[self.won].sum() - wins * (wins + 1) / 2) / (wins * others))

    @property
    def ece(self) -> float:
        """How far the chances of ten equal bins lie from what came, on the average of the deals."""
        bins = np.minimum((self.chance * 10).astype(int), 9)
        off = np.bincount(bins, weights=self.chance - self.won, minlength=10)
        return float(np.abs(off).sum() / len(self.chance))

    @override
    def __str__(self) -> str:
        return f"Brier {self.brier:.4f}, AUC {self.auc:.3f}, ECE {self.ece:.3f} of {len(self.won)}"


@dataclass(frozen=True)
class Snapshot:
    """Open deals at a moment, and which of them were won before the days were over."""

    t: float
    standing: Standing
    won: NDArray[np.bool_]


def snapshots(history: History, moments: Iterable[float], days: int) -> list[Snapshot]:
    return [_snapshot(history, t, days) for t in moments]


def _snapshot(history: History, t: float, days: int) -> Snapshot:
    standing = standing_at(history, t)
    return Snapshot(t, standing, _won(history, t, days)[standing.deal])


def _won(history: History, t: float, days: int) -> NDArray[np.bool_]:
    won = np.zeros(len(history.created), np.bool_)
    won[history.deal[(history.stage == history.won) & (history.at >= t) & (history.at < t + days)]] = True
    return won


def judged(taken: Iterable[Snapshot], chances: Callable[[Snapshot], Chances]) -> Judged:
    told = [(chances(each), each.won) for each in taken]
    return Judged(np.concatenate([each for each, _ in told]), np.concatenate([won for _, won in told]))


def by_stage_and_age(
    learnt_from: History, days: int, assumed: tuple[float, ...]
) -> Callable[[Snapshot], Chances]:
    """Fitted anew at each snapshot, from what was known then."""

    def chances(snapshot: Snapshot) -> Chances:
        visits = visits_of(learnt_from.before(snapshot.t))
        soon = within(fit(count(visits, snapshot.t), assumed), days)
        return soon.at(snapshot.standing.stage, snapshot.standing.age)

    return chances


def by_stage_alone(history: History, days: int, assumed: tuple[float, ...]) -> Callable[[Snapshot], Chances]:
    """The share of the deals in a stage, on each earlier day that can be judged by now, that was won in as many days."""

    def chances(snapshot: Snapshot) -> Chances:
        many = np.full(history.stages, float(_WEIGHT))
        won = _WEIGHT * np.array(assumed)
        for past in snapshots(history, np.arange(snapshot.t - days, 0, -1), days):
            many += np.bincount(past.standing.stage, minlength=history.stages)
            won += np.bincount(past.standing.stage, weights=past.won, minlength=history.stages)
        share: Chances = (won / many)[snapshot.standing.stage]
        return share

    return chances
