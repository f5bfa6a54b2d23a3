"""One rule says how a deal fares."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.deal import Deal
from pipeline.health import Health, health_of
from pipeline.stages import Field, Stay
from tests.views.gallery.sitter import DEAL, PIPELINE

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
PROPOSAL = PIPELINE.stage(3)
PATIENCE = timedelta(days=PROPOSAL.patience or 0)
INSTANT = timedelta(microseconds=1)
BARE = replace(
    DEAL, close_on=None, next_step="", next_step_on=None, entered_at=NOW - PATIENCE, changed_at=NOW - PATIENCE
)

days = st.none() | st.dates(date(2026, 10, 1), date(2027, 1, 1))
moments = st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 17), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone


def fares(deal: Deal = BARE, **changes: Any) -> Health:
    return health_of(replace(deal, **changes), PIPELINE, TODAY, NOW)


def test_a_deal_is_stale_once_it_has_stayed_longer_than_its_stage_allows() -> None:
    assert not fares().stale
    assert fares(entered_at=BARE.entered_at - INSTANT).stale
    assert fares(entered_at=BARE.entered_at - INSTANT, changed_at=NOW).stale


def test_a_deal_that_nothing_has_happened_to_for_as_long_is_stale() -> None:
    assert fares(entered_at=NOW, changed_at=BARE.changed_at - INSTANT).stale


def test_a_next_step_ahead_or_a_rest_keeps_a_deal_from_being_stale() -> None:
    long_ago = replace(BARE, entered_at=NOW - timedelta(days=99))
    assert fares(long_ago).stale
    assert not fares(long_ago, next_step_on=TODAY).stale
    assert fares(long_ago, next_step_on=YESTERDAY).stale
    assert not fares(long_ago, nurture_until=TOMORROW).stale
    assert fares(long_ago, nurture_until=TODAY).stale


def test_what_was_measured_of_a_stage_goes_before_what_was_set() -> None:
    measured = Stay(limit=5, median=timedelta(days=3), visits=64, on=TODAY)
    stages = tuple(replace(stage, stay=measured) for stage in PIPELINE.stages)
    pipeline = replace(PIPELINE, stages=stages)
    fresh = replace(BARE, entered_at=NOW - timedelta(days=5), changed_at=NOW)
    assert not health_of(fresh, pipeline, TODAY, NOW).stale
    assert health_of(fresh, pipeline, TODAY, NOW + INSTANT).stale
    assert not health_of(fresh, PIPELINE, TODAY, NOW + INSTANT).stale


def test_a_stage_without_patience_lets_nothing_grow_stale() -> None:
    stages = tuple(replace(stage, patience=None) for stage in PIPELINE.stages)
    patient = replace(PIPELINE, stages=stages)
    assert not health_of(replace(BARE, entered_at=NOW - timedelta(days=999)), patient, TODAY, NOW).stale


@pytest.mark.parametrize("field", ["close_on", "next_step_on"])
def test_a_deal_is_overdue_from_the_day_after(field: str) -> None:
    assert not fares().overdue
    due: dict[str, Any] = {field: TODAY}
    past: dict[str, Any] = {field: YESTERDAY}
    assert not fares(**due).overdue
    assert fares(**past).overdue


def test_a_rest_ends_by_itself_on_its_day() -> None:
    assert fares(nurture_until=TOMORROW).parked_until == TOMORROW
    assert fares(nurture_until=TODAY).parked_until is None


def test_gaps_are_what_the_stages_up_to_the_present_one_require() -> None:
    assert fares(budget="", contact="\u200b", value=None).gaps == (Field.CONTACT, Field.BUDGET)
    assert fares(stage_id=1, budget="", contact="").gaps == ()
    assert fares(stage_id=4, value=None).gaps == (Field.VALUE, Field.CLOSE_ON)


@given(close_on=days, next_step_on=days, nurture_until=days, entered_at=moments, changed_at=moments)
def test_closed_and_void_deals_ail_from_nothing(**changes: Any) -> None:
    assert fares(closed_at=NOW, **changes) == fares(voided_at=NOW, **changes) == Health()
    assert fares(stage_id=7, **changes) == Health()


@given(close_on=days, next_step_on=days, entered_at=moments, changed_at=moments)
def test_waiting_alone_never_heals(**changes: Any) -> None:
    deal = replace(BARE, **changes, nurture_until=None)
    later = health_of(deal, PIPELINE, TOMORROW, NOW + timedelta(days=1))
    assert later.stale >= fares(deal).stale
    assert later.overdue >= fares(deal).overdue
