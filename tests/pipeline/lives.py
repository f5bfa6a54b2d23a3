"""Pasts as a person would write them down: for each deal the stages that it entered, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from pipeline.history import History

Entry = tuple[int, float]
Naming = tuple[float, float]


@dataclass(frozen=True)
class Life:
    """Entries of (stage, day), and expected closes of (day on which it became known, day named or nan)."""

    entries: Sequence[Entry]
    named: Sequence[Naming] = ()
    value: float = 1.0


def past_of(stages: int, lives: Sequence[Life]) -> History:
    rows = [(deal, stage, at) for deal, life in enumerate(lives) for stage, at in life.entries]
    named = [(deal, known, due) for deal, life in enumerate(lives) for known, due in life.named]
    deals, entered, at = _columns(rows)
    due_deals, known_at, due = _columns(named)
    return History(
        stages=stages,
        deal=deals.astype(np.int64),
        stage=entered.astype(np.int16),
        at=at,
        created=np.array([life.entries[0][1] for life in lives], np.float64),
        value=np.array([life.value for life in lives], np.float64),
        due_deal=due_deals.astype(np.int64),
        due_at=known_at,
        due=due,
    )


def _columns(rows: Sequence[tuple[float, float, float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    told = np.array(rows, np.float64).reshape(-1, 3).T
    return told[0], told[1], told[2]


def waits(longest: float = 200.0) -> st.SearchStrategy[float]:
    """Days until the next entry: none, a moment, a round number that is an edge of a bin, or any."""
    return st.one_of(
        st.sampled_from([0.0, 1e-5, 1.0, 2.0, 7.0, 30.0, 90.0]), st.floats(0, longest, allow_subnormal=False)
    )


@st.composite
def lives_in(draw: st.DrawFn, stages: int, *, dated: bool = False) -> Life:
    at = draw(st.floats(0, 300, allow_subnormal=False))
    entries: list[Entry] = []
    for stage, wait in draw(st.lists(st.tuples(st.integers(0, stages + 1), waits()), min_size=1, max_size=7)):
        entries.append((stage, at))
        at += wait
    named = draw(st.lists(st.tuples(st.floats(0, 500), _due_days), max_size=3)) if dated else []
    return Life(entries, sorted(named, key=lambda each: each[0]))


_due_days = st.one_of(st.just(float("nan")), st.floats(0, 700).map(round).map(float))


@st.composite
def pasts(draw: st.DrawFn, *, dated: bool = False) -> tuple[int, list[Life]]:
    """The number of open stages, and up to twelve lives in them."""
    stages = draw(st.integers(1, 5))
    return stages, draw(st.lists(lives_in(stages, dated=dated), max_size=12))
