"""One figure of several, and its band; test_reports_plainly.py has the reckoning with plain numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.blending import MOST_CHECKS, Check, blend, past_moments, weigh
from pipeline.forecasting import Candidates
from pipeline.kept_forecasts import LEAST_CHECKS

money = st.floats(0, 1e6).map(lambda amount: round(amount, 2))
seasons = st.one_of(st.none(), money)


@st.composite
def looks(draw: st.DrawFn, seen: float = 300.0) -> Candidates:
    parts = [draw(money) for _ in range(3)]
    variance = draw(st.floats(0, 1e10))
    typical = draw(st.sampled_from([0.0, 10.0, 5000.0]))
    return Candidates(0.0, 30, seen, parts[0], parts[1], parts[2], draw(seasons), variance, typical)


checked = st.lists(st.builds(Check, looks(), money), max_size=MOST_CHECKS)


@given(looks(), checked)
def test_open_and_new_deals_are_the_whole(now: Candidates, checks: list[Check]) -> None:
    found = blend(now, checks)
    assert found.from_open + found.from_new == pytest.approx(found.expected)
    assert 0 <= found.low <= found.expected <= found.high


@given(looks(seen=59.0), checked)
def test_a_short_past_weighs_both_alike(now: Candidates, checks: list[Check]) -> None:
    assert blend(now, checks).expected == pytest.approx((now.run_rate + now.by_deals) / 2)


@given(st.integers(0, MOST_CHECKS))
def test_a_band_of_few_checks_is_rough(count: int) -> None:
    now = Candidates(0.0, 30, 300.0, 100.0, 60.0, 40.0, None, 10.0)
    found = blend(now, [Check(now, 90.0)] * count)
    assert found.rough == (count < LEAST_CHECKS)
    assert found.off_by == (pytest.approx(10 / 90) if count else None)


def test_windows_without_a_win_do_not_open_the_band_without_bounds() -> None:
    """Three wins in twelve windows, where one in four was expected each time."""
    now = Candidates(0.0, 30, 400.0, 250_000.0, 250_000.0, 0.0, None, 1e11, 1_000_000.0)
    found = blend(now, [Check(now, 1_000_000.0 if place % 4 == 0 else 0.0) for place in range(12)])
    assert found.low == 0
    assert 500_000 < found.high < 2_000_000


def test_whoever_was_right_is_believed() -> None:
    now = Candidates(0.0, 30, 300.0, 100.0, 200.0, 0.0, None, 0.0)
    weights = weigh(now, [Check(now, 200.0)] * 12)
    assert weights.by_deals > 0.9
    assert weigh(now, [Check(now, 150.0)] * 12).by_deals == pytest.approx(0.5)


def test_a_season_counts_only_where_it_beats_the_run_rate() -> None:
    now = Candidates(0.0, 30, 300.0, 100.0, 100.0, 0.0, 200.0, 0.0)
    assert weigh(now, [Check(now, 190.0)] * 6).season > 0.5
    assert weigh(now, [Check(now, 190.0)] * 5).season == 0
    assert weigh(now, [Check(now, 110.0)] * 6).season == 0


def test_windows_looked_back_on_had_ended_and_had_a_past_as_long() -> None:
    assert list(past_moments(100, 30, 0, 7)) == [70, 63, 56, 49, 42, 35]
    assert len(list(past_moments(1000, 30, 0, 7))) == MOST_CHECKS
    assert list(past_moments(59, 30, 0, 7)) == []
