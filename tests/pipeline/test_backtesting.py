"""Looking back on pipelines whose rates are known."""

from dataclasses import astuple

import numpy as np
import pytest

from pipeline.backtesting import (
    Backtest,
    cold_start,
    judge_chances,
    judge_forecasts,
    judge_lists,
    median_stay,
)
from pipeline.forecasting import Hindsight
from pipeline.history import History
from tests.pipeline.lives import Life, past_of
from tests.pipeline.made_up import AGEING, lived

LIVED = lived(AGEING, deals=3000, days=500, seed=7)
MOMENTS = [200.0 + 14 * step for step in range(15)]


@pytest.fixture(scope="module")
def test() -> Backtest:
    return Backtest(Hindsight(LIVED))


def test_known_rates_are_found_and_age_tells_more_than_the_stage(test: Backtest) -> None:
    found = judge_chances(test, MOMENTS, 30)
    assert found.auc is not None
    assert found.auc > 0.6
    assert found.calibration_error is not None
    assert found.calibration_error < 0.05
    assert found.brier is not None
    assert found.stage_brier is not None
    assert found.brier < found.stage_brier


def test_a_steady_pipeline_is_forecast_and_its_bands_hold(test: Backtest) -> None:
    found = judge_forecasts(test, MOMENTS, 30, 7)
    assert found.moments == len(MOMENTS)
    assert found.blend is not None
    assert found.blend < 0.2
    assert found.coverage is not None
    assert found.coverage > 0.6
    assert found.bias is not None
    assert abs(found.bias) < 0.15


def test_value_times_chance_finds_more_than_value_alone(test: Backtest) -> None:
    found = judge_lists(test, MOMENTS, 14)
    assert found.by_chance is not None
    assert found.by_amount is not None
    assert found.by_amount < found.by_chance <= 1


def test_what_follows_the_last_window_changes_nothing(test: Backtest) -> None:
    cut = Backtest(Hindsight(LIVED.before(MOMENTS[2] + 30)))
    for judge in (judge_chances, judge_lists):
        whole, part = judge(test, MOMENTS[:3], 30), judge(cut, MOMENTS[:3], 30)
        assert astuple(whole) == pytest.approx(astuple(part))
    assert judge_forecasts(test, MOMENTS[:3], 30, 7) == judge_forecasts(cut, MOMENTS[:3], 30, 7)


def test_an_empty_past_is_judged_without_a_word() -> None:
    nothing = Backtest(Hindsight(History.nothing(2), since=0.0))
    assert judge_chances(nothing, [], 30).brier is None
    assert judge_chances(nothing, [10.0], 30).deals == 0
    assert judge_forecasts(nothing, [10.0], 30, 7).blend is None
    assert judge_lists(nothing, [10.0], 30).by_chance is None
    assert cold_start(nothing, [10.0], 30, deals=5, draws=3) == []
    assert median_stay(nothing.past, 0, 10.0) is None


def test_five_deals_are_worth_less_than_all(test: Backtest) -> None:
    scores = cold_start(test, MOMENTS[:3], 30, deals=5, draws=10)
    whole = judge_chances(test, MOMENTS[:3], 30).brier
    assert len(scores) == 10
    assert whole is not None
    assert whole < np.mean(scores)


def test_a_visit_that_goes_on_counts_in_the_median() -> None:
    lives = [Life([(0, 0), (1, 4)]), Life([(0, 0), (1, 6)]), Life([(0, 0)]), Life([(0, 0)])]
    assert median_stay(Hindsight(past_of(1, lives)), 0, 10.0) == 6
