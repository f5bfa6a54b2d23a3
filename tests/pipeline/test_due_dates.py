"""What an expected close says about a chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.chances import within
from pipeline.due_dates import BUCKETS, DueOffset, due_offset
from pipeline.hazards import count, fit
from pipeline.history import History, Record, visits_of
from tests.pipeline.lives import Life, past_of, pasts

NAN = float("nan")
WON, LOST = 1, 2
HORIZON = 30


def learnt(history: History, t: float, days: int = HORIZON) -> DueOffset:
    return due_offset(Record(history), t, days, within(fit(count(visits_of(history.before(t)), t)), days))


def applied(offset: DueOffset, chance: float, ahead: float) -> float:
    return float(offset.apply(np.array([chance]), np.array([0], np.int16), np.array([ahead]))[0])


def punctual(deals: int = 400, *, last: float = 400) -> History:
    """A deal a day that is won on the day named when it was made, 5 to 94 days ahead; each fourth never ends."""
    lives = []
    for number in range(deals):
        begin = last * number / deals
        due = begin + 5 + number * 37 % 90
        entries = [(0, begin)] if number % 4 == 0 else [(0, begin), (WON, due)]
        lives.append(Life(entries, named=[(begin, due)]))
    return past_of(1, lives)


def test_what_is_due_within_the_days_is_won_and_what_is_due_later_is_not() -> None:
    offset = learnt(punctual(), 400)
    assert applied(offset, 0.4, 10) > 0.6
    assert applied(offset, 0.4, 50) < 0.15
    assert applied(offset, 0.4, -50) < 0.15


def test_without_a_day_named_a_chance_is_left_as_it_is() -> None:
    offset = learnt(punctual(), 400)
    for chance in (0.0, 0.123456789, 1.0):
        assert applied(offset, chance, NAN) == chance


@pytest.mark.parametrize(
    "past", [History.nothing(1), past_of(1, [Life([(0, 0), (WON, 9)])] * 30), punctual(last=20)]
)
def test_where_nothing_was_learnt_a_chance_is_left_as_it_is(past: History) -> None:
    """No past, no days named, and a past that is shorter than the horizon."""
    offset = learnt(past, 25)
    for ahead in (-99.0, -1.0, 0.0, 5.0, 1000.0, NAN):
        assert applied(offset, 0.37, ahead) == 0.37


def test_a_win_on_the_last_moment_is_outside_the_window() -> None:
    """The one snapshot is day 30, and its window ends before day 60."""
    inside, outside = (
        learnt(past_of(1, [Life([(0, 29), (WON, day)], named=[(29, 50)])] * 20), 60) for day in (59.9, 60)
    )
    assert applied(outside, 0.3, 20) < 0.3 < applied(inside, 0.3, 20)


def test_a_few_deals_say_little() -> None:
    few, many = (learnt(punctual(deals), 400) for deals in (8, 400))
    assert 0.4 < applied(few, 0.4, 10) < applied(many, 0.4, 10)


def test_what_the_chances_have_learnt_is_not_learnt_twice() -> None:
    """All of a first batch was won, whatever day was named: the chances know it, and the days add little."""
    lives = [Life([(0, 0), (WON, 12)], named=[(0, 20)]) for _ in range(10)]
    history = past_of(1, lives)
    soon = within(fit(count(visits_of(history), 40)), HORIZON)
    known = soon.at(np.array([0], np.int16), np.array([10.0]))[0]
    assert known < applied(due_offset(Record(history), 40, HORIZON, soon), known, 10) < 0.9


def test_a_day_that_was_named_later_was_not_known_before() -> None:
    """Whoever learns from the day of the win itself finds that every deal is punctual."""
    lives = [
        Life([(0, day), (WON, day + 20 + day * 7 % 60)], named=[(day, day + 300), (day + 19, day + 21)])
        for day in range(300)
    ]
    blind = [Life(life.entries, named=life.named[:1]) for life in lives]
    t = 330
    distant = applied(learnt(past_of(1, lives), t), 0.3, 295)
    assert distant > 0.3
    assert distant == pytest.approx(applied(learnt(past_of(1, blind), t), 0.3, 295), abs=0.05)


@settings(max_examples=40)
@given(pasts(dated=True), st.floats(0, 700), st.integers(1, 60), st.floats(0, 1), st.floats(-400, 700))
def test_a_shifted_chance_is_a_chance(
    past: tuple[int, list[Life]], t: float, days: int, chance: float, ahead: float
) -> None:
    offset = learnt(past_of(*past), t, days)
    assert offset.shift.shape == (past[0], BUCKETS)
    assert 0 <= applied(offset, chance, ahead) <= 1


@settings(max_examples=40)
@given(pasts(dated=True), st.floats(100, 700), st.integers(1, 60))
def test_what_comes_later_shifts_nothing(past: tuple[int, list[Life]], t: float, days: int) -> None:
    whole = past_of(*past)
    np.testing.assert_array_equal(learnt(whole, t, days).shift, learnt(whole.before(t), t, days).shift)


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999), st.floats(-2, 2), st.floats(-300, 900))
def test_a_shift_keeps_the_order_of_chances(one: float, other: float, shift: float, ahead: float) -> None:
    offset = DueOffset(HORIZON, np.full((1, BUCKETS), shift))
    low, high = sorted([one, other])
    assert applied(offset, low, ahead) <= applied(offset, high, ahead)


@pytest.mark.parametrize(
    ("ahead", "bucket"),
    [
        (-30.5, 0),
        (-30, 1),
        (-0.5, 1),
        (0, 2),
        (14.9, 2),
        (15, 3),
        (30, 4),
        (45, 5),
        (60, 6),
        (89, 6),
        (90, 7),
    ],
)
def test_buckets_are_half_open_parts_of_the_horizon(ahead: float, bucket: int) -> None:
    offset = DueOffset(HORIZON, np.where(np.arange(BUCKETS) == bucket, 1.0, 0.0)[None, :])
    assert applied(offset, 0.5, ahead) == pytest.approx(1 / (1 + np.exp(-1)))
