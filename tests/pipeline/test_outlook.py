"""A period is over at midnight, and looked at at any hour."""

from dataclasses import astuple

import pytest

from pipeline.backtesting import Backtest
from pipeline.blending import step_for
from pipeline.forecasting import Hindsight
from pipeline.outlook import Outlook, outlook
from pipeline.planting import drawn

AT, HOUR = 300.0, 1 / 24


@pytest.fixture(scope="module")
def past() -> Hindsight:
    return Hindsight(drawn(1, deals=600, days=400), since=0.0)


def brings(found: Outlook) -> tuple[float, ...]:
    forecast = found.forecast
    return forecast.expected, forecast.low, forecast.high, forecast.from_open, forecast.from_new


def test_of_whole_days_it_is_what_is_judged_by_looking_back(past: Hindsight) -> None:
    for days in (1, 30, 92):
        found = outlook(past, AT, AT, AT + days)
        assert astuple(found.forecast) == astuple(Backtest(past).forecast(AT, days, step_for(days)))


@pytest.mark.parametrize(("left", "days"), [(HOUR, 1), (13 * HOUR, 1), (30 - 1e-6, 30), (31 + HOUR, 31)])
def test_of_a_part_of_a_day_as_much_is_expected_as_is_left(past: Hindsight, left: float, days: int) -> None:
    """An hour brings no day's wins; in the month when clocks are set back there is no 32nd day."""
    whole, found = (outlook(past, AT, AT - 5, AT + each) for each in (days, left))
    assert brings(whole)[0] > 0
    assert brings(found) == pytest.approx([each * left / days for each in brings(whole)])
    assert (found.won_already, found.forecast.checks) == (whole.won_already, whole.forecast.checks)
    assert found.low <= found.expected <= found.high
