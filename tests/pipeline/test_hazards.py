"""What is counted in stages, and what is made of it."""

import math
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.hazards import BINS, EDGES, Counts, count, fit, recorded_since
from pipeline.history import History, visits_of
from tests.pipeline.lives import Life, past_of, pasts
from tests.pipeline.made_up import AGEING, lived

WON, LOST = 1, 2
moments = st.floats(0, 700)


def counted(*lives: Life, until: float = 1000, since: float = -math.inf) -> Counts:
    return count(visits_of(past_of(1, lives)), until, since)


def test_a_stay_of_no_length_is_an_exit_in_the_first_bin() -> None:
    seen = counted(Life([(0, 5), (WON, 5)]))
    assert seen.exits[0, 0].tolist() == [0, 1, 0]
    assert seen.exits.sum() == 1
    assert not seen.exposure.any()


@pytest.mark.parametrize(
    ("age", "place"), [(0.999, 0), (1, 1), (2, 2), (30, 7), (364.9, BINS - 2), (365, BINS - 1), (4000, 14)]
)
def test_bins_are_half_open(age: float, place: int) -> None:
    assert counted(Life([(0, 0), (LOST, age)]), until=9999).exits[0, place].tolist() == [0, 0, 1]


def test_each_bin_has_the_days_that_were_spent_in_it() -> None:
    exposure = counted(Life([(0, 10), (WON, 15.5)])).exposure[0]
    assert exposure[:5].tolist() == [1, 1, 2, 1.5, 0]
    assert exposure.sum() == 5.5


def test_an_open_stay_counts_until_now_and_not_as_an_exit() -> None:
    seen = counted(Life([(0, 10)]), until=13)
    assert seen.exposure.sum() == 3
    assert not seen.exits.any()


def test_an_exit_now_has_not_been_seen_yet() -> None:
    told = Life([(0, 10), (WON, 13)])
    assert not counted(told, until=13).exits.any()
    assert counted(told, until=13.001).exits.sum() == 1


def test_who_comes_in_the_future_is_not_counted() -> None:
    seen = counted(Life([(0, 20), (WON, 25)]), until=13)
    assert not seen.exposure.any()
    assert not seen.exits.any()


def test_who_was_there_before_the_record_enters_at_that_age() -> None:
    seen = counted(Life([(0, 0), (WON, 10)]), Life([(0, 0), (WON, 3)]), since=5)
    assert seen.exposure[0, 3:5].tolist() == [2, 3]
    assert seen.exposure.sum() == 5
    assert seen.exits.sum() == 1


def test_an_exit_at_a_cut_is_counted_once_and_after_it() -> None:
    told = Life([(0, 0), (WON, 10)])
    assert counted(told, until=10).exits.sum() == 0
    assert counted(told, since=10).exits.sum() == 1


@given(pasts(), st.lists(moments, max_size=6))
def test_a_replay_in_any_chunks_counts_the_same(past: tuple[int, list[Life]], cuts: list[float]) -> None:
    whole = past_of(*past)
    ends = [-math.inf, *sorted(cuts), 800]
    chunks = [count(visits_of(whole.before(end)), end, begin) for begin, end in pairwise(ends)]
    summed = sum(chunks[1:], chunks[0])
    assert_same(summed, count(visits_of(whole), 800))


@given(pasts(), moments)
def test_what_comes_later_is_not_counted(past: tuple[int, list[Life]], t: float) -> None:
    whole = past_of(*past)
    assert_same(count(visits_of(whole), t), count(visits_of(whole.before(t)), t))


@given(pasts(), st.randoms())
def test_the_order_of_deals_changes_nothing(past: tuple[int, list[Life]], chance: Random) -> None:
    stages, lives = past
    shuffled = list(lives)
    chance.shuffle(shuffled)
    once, again = (count(visits_of(past_of(stages, each)), 600) for each in (lives, shuffled))
    assert_same(once, again)
    np.testing.assert_allclose(fit(once).rates, fit(again).rates, rtol=1e-9)


def assert_same(once: Counts, again: Counts) -> None:
    np.testing.assert_array_equal(once.exits, again.exits)
    np.testing.assert_allclose(once.exposure, again.exposure, rtol=0, atol=1e-9)


def test_a_record_without_earlier_closes_begins_with_its_first_exit() -> None:
    """Two deals a day that leave at the rate of one in twenty days; of the first hundred days only open ones are told."""
    chance = np.random.default_rng(5)
    begins = np.arange(0, 200, 0.5)
    ends = begins + chance.exponential(20, len(begins))
    whole = [Life([(0, begin), (WON, end)]) for begin, end in zip(begins, ends, strict=True)]
    told = [life for life in whole if life.entries[-1][1] >= 100]
    complete, lacking = visits_of(past_of(1, whole)), visits_of(past_of(1, told))
    assert recorded_since(complete, 200) == -math.inf
    since = recorded_since(lacking, 200)
    assert since == lacking.exit.min() >= 100
    assert pace(count(lacking, 200, since)) == pytest.approx(1 / 20, rel=0.15)
    assert pace(count(lacking, 200)) < 0.9 / 20


def pace(seen: Counts) -> float:
    return float(seen.exits.sum() / seen.exposure.sum())


def test_a_young_record_whose_first_deals_take_their_time_is_whole() -> None:
    visits = visits_of(past_of(1, [Life([(0, day), (WON, day + 80 + day % 20)]) for day in range(300)]))
    for now in (50, 90, 110, 150, 300):
        assert recorded_since(visits, now) == -math.inf
    assert recorded_since(visits_of(History.nothing(1)), 90) == -math.inf


def test_exits_in_a_bin_of_hardly_any_days_are_no_proof_of_missing_ones() -> None:
    """Four deals wait sixty-one days in the first stage and leave within minutes; all others are in the second."""
    slow = [Life([(0, 0), (1, 61 + number / 1000), (2, 66)]) for number in range(4)]
    others = [Life([(1, 70 + number), (2, 75 + number)]) for number in range(20)]
    assert recorded_since(visits_of(past_of(2, slow + others)), 100) == -math.inf


@given(pasts(), moments)
def test_where_a_record_begins_is_told_by_what_was_known(past: tuple[int, list[Life]], t: float) -> None:
    whole = past_of(*past)
    assert recorded_since(visits_of(whole), t) == recorded_since(visits_of(whole.before(t)), t)


def test_nothing_seen_is_what_was_assumed() -> None:
    hazards = fit(count(visits_of(History.nothing(2)), 100), [0.2, 0.5], mean_stay=10)
    np.testing.assert_allclose(hazards.rates.sum(axis=2), 0.1)
    np.testing.assert_allclose(hazards.rates[:, 3] * 10, [[0, 0.4, 0, 0.6], [0, 0, 0.5, 0.5]])
    assert hazards.events.tolist() == [0, 0]


def test_one_win_moves_a_rate_and_a_thousand_settle_it() -> None:
    lives = [Life([(0, 0), (WON, 10.5)])]
    few, many = fit(counted(*lives), [0.3]), fit(counted(*lives * 1000), [0.3])
    nothing = fit(counted(), [0.3])
    win = (0, 4, WON)
    assert nothing.rates[win] < few.rates[win] < many.rates[win]
    assert many.rates[win] == pytest.approx(1 / 3.5, rel=0.01)
    assert few.events.tolist() == [1]


def test_later_stages_are_never_assumed_to_be_worse() -> None:
    nothing = count(visits_of(History.nothing(3)), 100)
    np.testing.assert_array_equal(fit(nothing, [0.3, 0.2, 0.6]).rates, fit(nothing, [0.3, 0.3, 0.6]).rates)


def test_chances_of_none_and_all_are_taken() -> None:
    hazards = fit(count(visits_of(History.nothing(3)), 100), [0, 0, 1])
    assert np.isfinite(hazards.rates).all()
    assert (hazards.rates.sum(axis=2) > 0).all()


def test_as_many_chances_as_stages_are_needed() -> None:
    with pytest.raises(ValueError, match="2 chances for 3 open stages"):
        fit(count(visits_of(History.nothing(3)), 100), [0.1, 0.2])


def test_a_million_days_and_no_exit_make_a_rate_small_not_nothing() -> None:
    visits = visits_of(past_of(1, [Life([(0, 0)])] * 1000))
    hazards = fit(count(visits, 1000))
    assert 0 < hazards.rates.sum(axis=2).min() < 1e-4


def test_planted_rates_are_found_within_their_own_error() -> None:
    """Where 30 exits to somewhere were seen, a rate of n exits is off by about its n-th root."""
    seen = count(visits_of(lived(AGEING, deals=6000, days=900, seed=7)), 900)
    enough = seen.exits >= 30
    found = seen.exits / np.maximum(seen.exposure, 1e-9)[:, :, None]
    off = (found - AGEING)[enough] / (found / np.sqrt(np.maximum(seen.exits, 1)))[enough]
    print(f"{enough.sum()} rates: root mean square error {np.sqrt(np.mean(off**2)):.2f} of their own")
    assert enough.sum() > 50
    assert np.sqrt(np.mean(off**2)) < 1.2
    assert np.abs(off).max() < 4
    shrunk = fit(seen).rates[enough]
    np.testing.assert_allclose(shrunk, found[enough], rtol=0.05)


def test_the_last_bin_has_no_end() -> None:
    assert EDGES[0] == 0
    assert EDGES[-1] == np.inf
    past = past_of(1, [Life([(0, 0)])])
    assert count(visits_of(past), 10_000).exposure[0, -1] == 10_000 - 365
