"""Reports at the turn of a year and of the clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.kept_forecasts import Period
from pipeline.snapshots import beginning_of, week_of
from storage.snapshots import take
from tests.conftest import TEAM
from tests.pipeline.desk import Desk
from tests.storage.mornings import bridged, later, told
from tests.storage.test_edge_cases import BERLIN, WORTH


@pytest.fixture
def new_year(desk: Desk) -> Desk:
    """Five old wins, one on New Year's Eve in Berlin and one an hour later, in another year and the same day of UTC."""
    desk.at = datetime(2026, 10, 3, 12, tzinfo=UTC)
    for place in range(5):
        desk.move(desk.filled(f"old {place}"), "won")
    desk.at = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    desk.move(desk.filled("old year"), "won")
    desk.at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    desk.move(desk.filled("new year"), "won")
    return desk


def test_year_boundary(new_year: Desk) -> None:
    """Month, quarter and week are those of the team's own calendar."""
    take(new_year.store, TEAM, new_year.at, new_year.at.astimezone(BERLIN).date())
    assert week_of(new_year.at.astimezone(BERLIN).date()) == "2026-W53"
    periods = {each.period: each for each in told(new_year, BERLIN).forecasts["EUR"].periods}
    assert (periods[Period.MONTH].first, periods[Period.QUARTER].last) == (
        date(2027, 1, 1),
        date(2027, 3, 31),
    )
    assert periods[Period.MONTH].won == periods[Period.QUARTER].won == WORTH
    with_utc = {each.period: each for each in told(new_year).forecasts["EUR"].periods}
    assert with_utc[Period.MONTH].first == date(2026, 12, 1)
    assert with_utc[Period.MONTH].won == 2 * WORTH


def test_clock_change(desk: Desk) -> None:
    """Days in a stage have 24 hours; the month begins at the zone's midnight on either side."""
    desk.at = datetime(2026, 10, 20, 12, tzinfo=UTC)
    deals = [desk.filled(f"{place}") for place in range(6)]
    later(desk, 8)
    for deal in deals:
        desk.move(deal, "won")
    desk.at = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    desk.move(desk.filled("in November"), "won")
    found = told(desk, BERLIN)
    assert found.stage(desk, "lead").median == 8
    month = next(each for each in found.forecasts["EUR"].periods if each.period is Period.MONTH)
    assert (month.first, month.won) == (date(2026, 11, 1), WORTH)
    hours = beginning_of(date(2026, 10, 26), BERLIN) - beginning_of(date(2026, 10, 25), BERLIN)
    assert hours == timedelta(hours=25)
    assert len(bridged(desk, beginning_of(date(2026, 10, 26), BERLIN)).passages) == 6
