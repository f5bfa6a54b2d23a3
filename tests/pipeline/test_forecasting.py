"""What each method expects of the days ahead, whatever the past."""

from collections.abc import Sequence
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.forecasting import (
    Candidates,
    Hindsight,
    arrivals_of,
    run_rate,
    season,
    share_of_new,
    typical_value,
    wins_of,
)
from pipeline.history import History
from tests.pipeline.lives import Life, past_of, pasts
from tests.pipeline.made_up import AGEING, lived

NAN = float("nan")
days = st.sampled_from([1, 7, 30])
quick = settings(max_examples=40)
moments = st.floats(0, 500)


def candidates(stages: int, lives: Sequence[Life], at: float, horizon: int) -> Candidates:
    return Hindsight(past_of(stages, lives), since=0.0).candidates(at, horizon)


@quick
@given(pasts(dated=True), moments, days)
def test_every_method_says_a_number_of_any_past(
    past: tuple[int, list[Life]], at: float, horizon: int
) -> None:
    found = candidates(*past, at, horizon)
    told = [each for each in astuple(found) if each is not None]
    assert np.isfinite(told).all()
    assert min(told) >= 0


@quick
@given(pasts(dated=True), moments, days, st.randoms())
def test_the_order_of_deals_changes_nothing(
    past: tuple[int, list[Life]], at: float, horizon: int, chance: "np.random.Generator"
) -> None:
    stages, lives = past
    shuffled = [*lives]
    chance.shuffle(shuffled)
    same = pytest.approx(astuple(candidates(stages, lives, at, horizon)), nan_ok=True)
    assert astuple(candidates(stages, shuffled, at, horizon)) == same


@quick
@given(pasts(dated=True), moments, days)
def test_what_comes_later_is_not_looked_at(past: tuple[int, list[Life]], at: float, horizon: int) -> None:
    """Values alone are known at any time: of deals that came later they are not used."""
    stages, lives = past
    earlier = [
        replace(
            life,
            entries=[entry for entry in life.entries if entry[1] < at],
            named=[named for named in life.named if named[0] < at],
        )
        for life in lives
        if life.entries[0][1] < at
    ]
    same = pytest.approx(astuple(candidates(stages, earlier, at, horizon)), nan_ok=True)
    assert astuple(candidates(stages, lives, at, horizon)) == same


@quick
@given(pasts(dated=True), moments, days, st.floats(0.01, 1000))
def test_twice_the_values_are_twice_the_forecast(
    past: tuple[int, list[Life]], at: float, horizon: int, factor: float
) -> None:
    stages, lives = past
    dearer = [replace(life, value=life.value * factor) for life in lives]
    once, more = candidates(stages, lives, at, horizon), candidates(stages, dearer, at, horizon)
    assert more.by_deals == pytest.approx(once.by_deals * factor)
    assert more.run_rate == pytest.approx(once.run_rate * factor)


@pytest.mark.parametrize("parts", [2, 3, 7])
def test_the_forecast_of_a_sum_is_the_sum_of_the_forecasts(parts: int) -> None:
    """Each part has the others' deals too, so that chances stay, and only its own have a value."""
    whole = lived(AGEING, deals=300, days=200, seed=1)
    own = np.arange(len(whole.value)) % parts
    shares = [
        Hindsight(replace(whole, value=np.where(own == part, whole.value, 0.0))).candidates(150, 30)
        for part in range(parts)
    ]
    found = Hindsight(whole).candidates(150, 30)
    assert sum(each.open_deals for each in shares) == pytest.approx(found.open_deals)
    assert sum(each.new_deals for each in shares) == pytest.approx(found.new_deals)
    assert sum(each.run_rate for each in shares) == pytest.approx(found.run_rate)


def test_a_deal_that_rests_is_left_out_of_what_is_open_and_of_nothing_else() -> None:
    whole = lived(AGEING, deals=400, days=200, seed=3)
    at = 150.0
    resting = np.zeros(len(whole.created), np.bool_)
    resting[Hindsight(whole).open_deals(at, 30).standing.deal[::2]] = True
    past = Hindsight(replace(whole, rests=np.where(resting, at - 1e-6, np.inf)))
    found, awake = past.candidates(at, 30), Hindsight(whole).candidates(at, 30)
    assert 0 < found.open_deals < awake.open_deals
    assert (found.new_deals, found.run_rate, found.season) == (awake.new_deals, awake.run_rate, awake.season)
    earlier = astuple(Hindsight(whole).candidates(at - 30, 30))
    assert astuple(past.candidates(at - 30, 30)) == pytest.approx(earlier)


def test_without_a_past_nothing_is_expected() -> None:
    found = Hindsight(History.nothing(3)).candidates(0, 30)
    assert (found.run_rate, found.by_deals, found.season, found.variance) == (0, 0, None, 0)


def test_a_deal_is_won_once_when_it_stays_won() -> None:
    told = [
        Life([(0, 0), (1, 5), (1, 9)], value=10),
        Life([(0, 0), (1, 5), (0, 6), (2, 9)], value=20),
        Life([(0, 0), (1, 5), (0, 6), (1, 8)], value=30),
        Life([(0, 0), (2, 4)], value=40),
    ]
    wins = wins_of(past_of(1, told))
    assert (wins.deal.tolist(), wins.at.tolist(), wins.value.tolist()) == ([0, 2], [5, 8], [10, 30])
    assert wins.between(5, 8) == 10


def test_a_deal_without_an_amount_counts_like_the_usual_win() -> None:
    told = [Life([(0, 0), (1, 5)], value=value) for value in (10, 20, 60)]
    told += [Life([(0, 6)], value=NAN), Life([(0, 6), (2, 7)], value=1000)]
    past = past_of(1, told)
    assert typical_value(past) == 20
    open_deals = Hindsight(past).open_deals(10, 30)
    assert (open_deals.value.tolist(), open_deals.guessed.tolist()) == ([20], [True])


@pytest.mark.parametrize(("at", "expected"), [(5, 60 / 7), (10, 6), (20, 9), (30, 9), (45, 10)])
def test_the_run_rate_is_the_mean_of_the_last_three_windows_that_were_seen_whole(
    at: float, expected: float
) -> None:
    amounts = {2: 6.0, 15: 12.0, 25: 9.0, 36: 9.0}
    wins = wins_of(past_of(1, [Life([(0, 0), (1, day)], value=each) for day, each in amounts.items()]))
    assert run_rate(wins, at, 10, since=0) == pytest.approx(expected)


def test_a_season_is_the_same_days_thirteen_weeks_before() -> None:
    wins = wins_of(past_of(1, [Life([(0, 0), (1, 9.5)], value=7), Life([(0, 0), (1, 16)], value=8)]))
    assert season(wins, 100, 7, since=0) == 7
    assert season(wins, 90, 7, since=0) is None
    assert season(wins, 300, 92, since=0) is None


def test_arrivals_are_those_of_four_weeks_at_least() -> None:
    past = past_of(1, [Life([(0, day)], value=10.0 * (day + 1)) for day in range(40)])
    lately = arrivals_of(past.before(40), 40, 7, since=0)
    assert lately.per_day == 1
    assert lately.value == pytest.approx(np.mean([10 * (day + 1) for day in range(12, 40)]))


def test_the_share_of_new_deals_is_that_of_past_windows_and_five_usual_ones() -> None:
    """Windows begin on days 10, 5 and 0; two deals of 10 were made in each of them, or none."""
    told = [
        Life([(0, 1), (1, 4)], value=10),
        Life([(0, 1), (2, 4)], value=10),
        Life([(0, 12), (1, 19)], value=10),
        Life([(0, 12), (1, 25)], value=10),
    ]
    known = past_of(1, told).before(20)
    share = share_of_new(known, wins_of(known), 20, 10, 0, usual=0.1)
    assert share == pytest.approx((10 + 0 + 10 + 0.1 * 50) / (20 + 20 + 20 + 50))
