"""The rule of thumb: open deals x win rate x mean won value / median days to a win."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stage_reports import LEAST_SEEN, Velocity
from pipeline.velocity import LATELY, velocity
from tests.pipeline.lives import Life, past_of, pasts

WON, LOST = 2, 3
NOW = 200.0
OPEN = Life([(0, 150.0)], value=10.0)


def closed(end: int, at: float, *, days: float = 40.0, value: float = 10.0) -> Life:
    return Life([(0, at - days), (end, at)], value=value)


def of(*lives: Life) -> Velocity | None:
    return velocity(past_of(2, lives), NOW)


def test_it_is_the_product_that_sales_people_know() -> None:
    wins = [
        closed(WON, 180, days=20, value=30),
        closed(WON, 190, days=40, value=50),
        closed(WON, 195, days=90),
    ]
    found = of(OPEN, OPEN, *wins, closed(LOST, 170), closed(LOST, 199))
    assert found == Velocity(LATELY, 2, 3, 5, 30.0, 40.0)
    assert found.a_day == pytest.approx(2 * 3 / 5 * 30 / 40)


def test_too_few_closed_deals_and_no_win_have_none() -> None:
    assert of(*[closed(WON, 190)] * (LEAST_SEEN - 1)) is None
    assert of(*[closed(LOST, 190)] * LEAST_SEEN) is None
    assert of(*[closed(WON, 190)] * LEAST_SEEN) is not None


def test_what_was_closed_long_ago_does_not_count() -> None:
    assert of(*[closed(WON, NOW - LATELY - 1)] * 9, *[closed(LOST, NOW - LATELY - 1)] * 9) is None


def test_a_deal_that_was_opened_again_is_no_win() -> None:
    found = of(*[closed(WON, 190)] * LEAST_SEEN, Life([(0, 100), (WON, 150), (1, 160), (LOST, 170)]))
    assert found is not None
    assert (found.won, found.resolved) == (LEAST_SEEN, LEAST_SEEN + 1)


def test_deals_that_rest_or_have_no_value_are_not_among_the_open_ones() -> None:
    lives = [OPEN, OPEN, replace(OPEN, value=float("nan")), *[closed(WON, 190)] * LEAST_SEEN]
    rests = np.full(len(lives), np.inf)
    rests[0] = NOW - 1
    found = velocity(replace(past_of(2, lives), rests=rests), NOW)
    assert found is not None
    assert found.open_deals == 1


def test_deals_that_are_won_in_no_time_have_no_pace() -> None:
    found = of(OPEN, *[closed(WON, 190, days=0)] * LEAST_SEEN)
    assert found is not None
    assert found.a_day is None


@given(pasts(), st.floats(0, 500))
def test_it_is_what_a_pencil_makes_of_the_same_lives(past: tuple[int, list[Life]], t: float) -> None:
    stages, lives = past
    found = velocity(past_of(stages, lives), t)
    ends = [(life, *_end(life, t)) for life in lives if life.entries[0][1] < t]
    wins = [
        (at - life.entries[0][1], life) for life, stage, at in ends if stage == stages and at >= t - LATELY
    ]
    lost = sum(stage == stages + 1 and at >= t - LATELY for _, stage, at in ends)
    if not wins or len(wins) + lost < LEAST_SEEN:
        assert found is None
        return
    open_deals = sum(stage < stages for _, stage, _ in ends)
    mean = sum(life.value for _, life in wins) / len(wins)
    days = median(lasted for lasted, _ in wins)
    assert found is not None
    assert (found.open_deals, found.won, found.resolved) == (open_deals, len(wins), len(wins) + lost)
    assert [found.mean, found.cycle] == pytest.approx([mean, days])


def _end(life: Life, t: float) -> tuple[int, float]:
    """Where it stands, and since when; a deal that is told twice to be won is won once."""
    known: Sequence[tuple[int, float]] = [entry for entry in life.entries if entry[1] < t]
    first = len(known) - 1
    while first and known[first - 1][0] == known[-1][0]:
        first -= 1
    return known[-1][0], known[first][1]
