"""What a past says about a moment, and what it must not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.hazards import count
from pipeline.history import STILL_THERE, History, Record, standing_at, visits_of
from pipeline.tallying import Tally
from tests.pipeline.lives import Life, past_of, pasts

NAN = float("nan")
WON, LOST = 2, 3


def test_equal_stages_one_after_another_are_one_stay() -> None:
    seen = visits_of(past_of(2, [Life([(0, 1), (0, 4), (1, 6), (1, 7), (WON, 9)])]))
    assert seen.stage.tolist() == [0, 1]
    assert seen.entry.tolist() == [1, 6]
    assert seen.exit.tolist() == [6, 9]
    assert seen.to.tolist() == [1, WON]


def test_a_deal_may_go_back_and_come_again() -> None:
    seen = visits_of(past_of(2, [Life([(1, 1), (0, 2), (1, 5)])]))
    assert seen.stage.tolist() == [1, 0, 1]
    assert seen.to.tolist() == [0, 1, STILL_THERE]
    assert seen.exit[-1] == np.inf


def test_a_reopened_deal_stays_from_its_return_on() -> None:
    past = past_of(2, [Life([(0, 1), (LOST, 3), (0, 8)])])
    assert standing_at(past, 10).age.tolist() == [2]
    assert visits_of(past).entry.tolist() == [1, 8]


def test_neighbours_do_not_share_a_stay() -> None:
    seen = visits_of(past_of(2, [Life([(0, 1)]), Life([(0, 2), (1, 3)])]))
    assert seen.deal.tolist() == [0, 1, 1]
    assert seen.to.tolist() == [STILL_THERE, 1, STILL_THERE]


def test_a_moment_knows_nothing_of_itself_or_later() -> None:
    past = past_of(2, [Life([(0, 1), (1, 5)], named=[(1, 9), (5, 20)]), Life([(0, 5)])])
    known = past.before(5)
    assert known.stage.tolist() == [0]
    assert known.due.tolist() == [9]
    assert len(known.value) == len(known.created) == 2
    assert standing_at(past, 5).stage.tolist() == [0]
    assert standing_at(past, 5.5).stage.tolist() == [1, 0]


def test_what_was_said_of_a_deal_before_it_was_made_waits_until_it_is() -> None:
    past = past_of(1, [Life([(0, 5)], named=[(1, 9)])])
    assert len(past.before(4).due) == 0
    assert standing_at(past, 6).due.tolist() == [9]


@pytest.mark.parametrize(("t", "due"), [(2, 9), (3, 9), (3.5, 12), (4.5, NAN)])
def test_the_expected_close_is_the_one_known_then(t: float, due: float) -> None:
    past = past_of(1, [Life([(0, 1)], named=[(1, 9), (3, 12), (4, NAN)]), Life([(0, 1)])])
    np.testing.assert_array_equal(standing_at(past, t).due, [due, NAN])


def test_changes_of_the_expected_close_may_come_in_any_order() -> None:
    past = past_of(1, [Life([(0, 1)], named=[(3, 12), (1, 9)])])
    assert standing_at(past, 4).due.tolist() == [12]
    assert standing_at(past, 2).due.tolist() == [9]


def test_who_is_won_or_lost_or_yet_to_come_does_not_stand() -> None:
    past = past_of(2, [Life([(0, 1), (WON, 2)]), Life([(0, 1), (LOST, 2)]), Life([(0, 99)])])
    assert len(standing_at(past, 5).deal) == 0


def test_without_a_past_nothing_stands() -> None:
    past = History.nothing(3)
    assert len(visits_of(past).deal) == len(standing_at(past, 5).deal) == len(past.before(5).at) == 0


@given(pasts(dated=True), st.floats(0, 700), st.floats(0, 300))
def test_what_comes_later_changes_nothing_that_was_known(
    past: tuple[int, list[Life]], t: float, longer: float
) -> None:
    whole = past_of(*past)
    once, again = standing_at(whole, t), standing_at(whole.before(t + longer), t)
    for name in ("deal", "stage", "age", "due", "value"):
        np.testing.assert_array_equal(getattr(once, name), getattr(again, name))


@given(pasts(), st.floats(0, 200), st.floats(0, 60))
def test_a_record_looked_at_again_and_again_sees_what_was_known_at_each_moment(
    drawn: tuple[int, list[Life]], t: float, days: float
) -> None:
    past = past_of(*drawn)
    record = Record(past)
    for moment in (t, t / 2, t + days):
        seen, plain = record.standing_at(moment), standing_at(past, moment)
        for name in ("deal", "stage", "age", "due", "value"):
            np.testing.assert_array_equal(getattr(seen, name), getattr(plain, name))
    won = {
        int(deal)
        for deal, stage, at in zip(past.deal, past.stage, past.at, strict=True)
        if stage == past.won and t <= at < t + days
    }
    assert set(np.flatnonzero(record.won_between(t, t + days)).tolist()) == won


@given(pasts(), st.lists(st.floats(0, 200), min_size=1, max_size=6), st.sampled_from([-np.inf, 5.0]))
def test_counts_from_moment_to_moment_are_those_of_what_was_known(
    drawn: tuple[int, list[Life]], moments: list[float], since: float
) -> None:
    past = past_of(*drawn)
    tally = Tally(Record(past), since)
    for t in moments:
        seen, plain = tally.at(t), count(visits_of(past.before(t)), t, since)
        np.testing.assert_array_equal(seen.exits, plain.exits)
        np.testing.assert_allclose(seen.exposure, plain.exposure, rtol=0, atol=1e-9)
