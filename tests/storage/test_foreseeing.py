"""Forecasts, reckoned by one and read by all."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from pipeline.calling import say_call
from pipeline.calls import SayCall, Span, following, span_at
from pipeline.deal import Deal
from pipeline.kept_forecasts import LEAST_WINS, KeptForecast, Period, span_of
from pipeline.money import Money
from pipeline.stages import Field, evenly_planned
from storage.call_tables import CallRow
from storage.foreseeing import refit
from storage.tables import ForecastRow
from tests.conftest import ANA, TEAM
from tests.pipeline.desk import Desk

WORTH = 5_000_000
WEEKS = 30


def kept(desk: Desk) -> Sequence[KeptForecast]:
    desk.at += timedelta(minutes=1)
    refit(desk.store, TEAM, desk.at, UTC)
    with desk.store.read(TEAM) as work:
        return work.forecasts.of(work.stages.pipeline().id)


def expected(found: KeptForecast, period: Period) -> int:
    return next(each.expected for each in found.periods if each.period is period)


def said(
    desk: Desk,
    period: Period,
    amount: int = 1,
    *,
    currency: str = "EUR",
    pipeline_id: int | None = None,
    ahead: bool = False,
) -> Span:
    span = span_at(period, desk.at.date())
    span = following(span) if ahead else span
    with desk.store.begin(TEAM) as work:
        order = SayCall(pipeline_id or desk.pipeline.id, span, currency, amount, team=False)
        say_call(work, desk.occasion(ANA), order)
    return span


def held_against(desk: Desk) -> Sequence[int | None]:
    with desk.store.read(TEAM) as work:
        return work.tx.execute(select(CallRow.foreseen).order_by(CallRow.id)).scalars().all()


@pytest.fixture
def steady(desk: Desk) -> Desk:
    """Each week a deal is made, and the one of the week before is won."""
    deals: list[Deal] = []
    for _ in range(WEEKS):
        deals.append(desk.filled(f"week {len(deals)}"))
        desk.at += timedelta(days=7)
        if len(deals) > 1:
            desk.move(deals[-2], "won")
    return desk


def test_a_period_is_the_calendars() -> None:
    assert span_of(Period.MONTH, date(2024, 2, 10)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert span_of(Period.MONTH, date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert span_of(Period.QUARTER, date(2026, 11, 17)) == (date(2026, 10, 1), date(2026, 12, 31))
    assert span_of(Period.DAYS, date(2026, 11, 17)) == (date(2026, 11, 17), date(2026, 12, 16))


def test_a_steady_business_is_forecast_to_go_on(steady: Desk) -> None:
    (found,) = kept(steady)
    assert (found.currency, found.wins, found.open_deals, found.outlived) == ("EUR", WEEKS - 1, 1, 0)
    assert found.as_of == steady.at
    days = next(each for each in found.periods if each.period is Period.DAYS)
    assert 2 * WORTH < days.low < days.expected < days.high < 7 * WORTH
    assert days.expected == pytest.approx(days.from_open + days.from_new, abs=2)
    assert (days.won, days.checks, days.rough) == (0, 12, False)


def test_what_was_won_in_the_period_is_a_part_of_it(steady: Desk) -> None:
    (found,) = kept(steady)
    quarter = next(each for each in found.periods if each.period is Period.QUARTER)
    first = datetime.combine(quarter.first, datetime.min.time(), UTC)
    weeks = sum(steady.at - timedelta(weeks=back) >= first for back in range(WEEKS - 1))
    assert quarter.won == weeks * WORTH
    assert quarter.expected == pytest.approx(quarter.won + quarter.from_open + quarter.from_new, abs=2)


def test_a_parked_deal_is_worth_nothing_until_its_rest_is_over(steady: Desk) -> None:
    """As one that is not there."""
    parked = steady.filled("parked")
    steady.edit(parked, {Field.NURTURE_UNTIL: steady.at.date() + timedelta(days=5)})
    (resting,) = kept(steady)
    assert resting.open_deals == 1
    steady.edit(parked, {Field.NURTURE_UNTIL: None})
    (awake,) = kept(steady)
    assert awake.open_deals == 2
    assert awake.weighted > resting.weighted
    assert awake.periods[-1].from_open > resting.periods[-1].from_open
    assert awake.periods[-1].off_by == pytest.approx(resting.periods[-1].off_by, rel=1e-3)


def test_a_deal_that_was_parked_when_it_was_won_is_a_win_like_any(steady: Desk) -> None:
    before = kept(steady)[0]
    parked = steady.filled("parked")
    steady.edit(parked, {Field.NURTURE_UNTIL: steady.at.date() + timedelta(days=90)})
    steady.move(parked.number, "won")
    (found,) = kept(steady)
    assert found.wins == before.wins + 1
    assert [
        after.won - earlier.won for earlier, after in zip(before.periods, found.periods, strict=True)
    ] == [
        WORTH,
        WORTH,
        0,
    ]


def test_each_currency_is_forecast_alone_and_few_wins_are_no_ground(desk: Desk) -> None:
    for place in range(LEAST_WINS):
        deal = desk.filled(f"{place}")
        desk.at += timedelta(days=6)
        if place:
            desk.move(deal, "won")
    dollars = desk.new("abroad", fields={Field.VALUE: Money(100_00, "USD")})
    euros, abroad = kept(desk)
    assert (euros.currency, euros.wins, euros.periods) == ("EUR", LEAST_WINS - 1, [])
    assert (abroad.currency, abroad.open_deals, abroad.weighted) == ("USD", 1, 10_00)
    desk.move(desk.filled("one more"), "won")
    assert [len(each.periods) for each in kept(desk)] == [3, 0]
    desk.void(dollars)
    assert [each.currency for each in kept(desk)] == ["EUR"]


def test_a_deal_without_an_amount_is_counted_as_such(steady: Desk) -> None:
    steady.new("without")
    (found,) = kept(steady)
    assert (found.open_deals, found.unvalued) == (2, 1)


def test_without_amounts_there_is_no_forecast(desk: Desk) -> None:
    desk.new("without")
    assert kept(desk) == []


def test_a_call_before_there_is_a_forecast_is_held_against_the_first_one_after_it(steady: Desk) -> None:
    """As one in the first minutes of a month, or of the next; what a call has kept stays."""
    said(steady, Period.MONTH)
    (first,) = kept(steady)
    assert held_against(steady) == [expected(first, Period.MONTH)]
    said(steady, Period.MONTH, 2)
    steady.move(steady.filled("a large one"), "won")
    said(steady, Period.QUARTER)
    (second,) = kept(steady)
    assert expected(second, Period.MONTH) > expected(first, Period.MONTH)
    before = [*[expected(first, Period.MONTH)] * 2, expected(first, Period.QUARTER)]
    assert held_against(steady) == before

    ahead = said(steady, Period.MONTH, ahead=True)
    kept(steady)
    assert held_against(steady) == [*before, None]
    steady.at = datetime.combine(ahead.first, time(0, 20), UTC)
    said(steady, Period.MONTH)
    (third,) = kept(steady)
    assert held_against(steady) == [*before, *[expected(third, Period.MONTH)] * 2]


def test_a_call_in_another_currency_or_pipeline_waits_for_a_forecast_of_its_own(steady: Desk) -> None:
    with steady.store.begin(TEAM) as work:
        other = work.stages.establish("partners", "Partners", evenly_planned(["Talk"])).id
    said(steady, Period.MONTH, currency="USD")
    said(steady, Period.MONTH, pipeline_id=other)
    kept(steady)
    assert held_against(steady) == [None, None]


def test_another_workspace_reads_nothing(steady: Desk) -> None:
    kept(steady)
    with steady.store.begin(TEAM) as work:
        work.tx.execute(update(ForecastRow).values(currency="USD"))
    with steady.store.read("T0OTHER") as work:
        assert work.forecasts.of(1) == []
