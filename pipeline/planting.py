"""Pasts whose rates are planted, so that what is found in them can be held against what is true."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.history import STILL_THERE, Days, History, Visits

_WORTH = 1000.0
_NOTHING = np.empty(0)


@dataclass(frozen=True, slots=True)
class Slowdown:
    """From a day on a stage's deals move on, or leave in any way, at another pace."""

    stage: int
    since: float
    pace: float = 0.5
    onward_only: bool = True


def history_of(entries: Sequence[tuple[int, int, float]], stages: int, values: Sequence[float]) -> History:
    """Entries of deal, stage and day, in any order; a deal begins with its first."""
    ordered = sorted(entries, key=lambda each: (each[0], each[2]))
    deal, stage, at = np.array(ordered, np.float64).reshape(-1, 3).T
    created = np.full(len(values), np.inf)
    np.minimum.at(created, deal.astype(np.int64), at)
    return History(
        stages,
        deal.astype(np.int64),
        stage.astype(np.int16),
        at,
        created,
        np.array(values, np.float64),
        np.empty(0, np.int64),
        _NOTHING,
        _NOTHING,
    )


def drawn(
    seed: int,
    *,
    deals: int = 400,
    days: float = 260,
    stays: Sequence[float] = (10, 15, 15, 10),
    onward: Sequence[float] = (0.8, 0.75, 0.75, 0.7),
    slowdown: Slowdown | None = None,
) -> History:
    """Deals that come evenly, leave stages at given rates, and move on or are lost."""
    chance = np.random.default_rng(seed)
    begun = np.sort(chance.uniform(0, days, deals))
    at, here = begun, np.arange(deals)
    entries = [(int(deal), 0, float(day)) for deal, day in zip(here, at, strict=True)]
    for stage, (stay, share) in enumerate(zip(stays, onward, strict=True)):
        slow = slowdown if slowdown and slowdown.stage == stage else None
        moves = at + chance.exponential(stay / share, len(at))
        loses = at + chance.exponential(stay / (1 - share), len(at))
        if slow:
            moves = _slowed(at, moves, slow)
            loses = loses if slow.onward_only else _slowed(at, loses, slow)
        on = moves < loses
        entries += [
            (int(deal), len(stays) + 1, float(day)) for deal, day in zip(here[~on], loses[~on], strict=True)
        ]
        entries += [(int(deal), stage + 1, float(day)) for deal, day in zip(here[on], moves[on], strict=True)]
        at, here = moves[on], here[on]
    return history_of(entries, len(stays), [_WORTH] * deals)


def crowd(visits: int, stages: int, until: float, seed: int = 10) -> Visits:
    """So many stays, of which one in ten goes on: for finding out how long counting takes."""
    chance = np.random.default_rng(seed)
    entry = chance.uniform(0, until, visits)
    end = entry + chance.exponential(20, visits)
    end[chance.random(visits) < 0.1] = np.inf  # noqa: PLR2004 - one in ten
    to = chance.integers(0, stages + 2, visits).astype(np.int16)
    to[np.isinf(end)] = STILL_THERE
    stage = chance.integers(0, stages, visits).astype(np.int16)
    return Visits(stages, np.arange(visits), stage, entry, end, to)


def _slowed(entered: Days, left: Days, slow: Slowdown) -> Days:
    """What was still to come on the day, or at the entry after it, takes longer."""
    since = np.maximum(entered, slow.since)
    return np.where(left > since, since + (left - since) / slow.pace, left)
