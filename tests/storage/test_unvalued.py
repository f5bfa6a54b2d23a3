"""Deals without a value are counted in one currency only: the one that most of the pipeline's deals are in."""

from datetime import UTC, date, timedelta

import numpy as np
import pytest
from sqlalchemy import update

from pipeline.money import Money
from pipeline.stages import Field, Pipeline, evenly_planned
from storage import fitting, foreseeing
from storage.currencies import currencies_in
from storage.insight import read_history
from storage.looking import MOST_CURRENCIES, look_for_bottlenecks
from storage.pasts import pasts_in
from storage.tables import DealRow
from tests.conftest import TEAM
from tests.pipeline.desk import Desk

BARE = 5


def made(desk: Desk, count: int, currency: str | None) -> None:
    for place in range(count):
        value = {Field.VALUE: Money(100_000, currency)} if currency else {}
        desk.new(f"{currency} {place}", fields={**value, Field.CLOSE_ON: date(2027, 1, 1)}, again=True)


def pasts(desk: Desk) -> dict[str, int]:
    """Of how many deals each currency's past is."""
    with desk.store.read(TEAM) as work:
        return {each.currency: len(each.history.created) for each in pasts_in(work, desk.at)}


def forecasts(desk: Desk) -> dict[str, tuple[int, int]]:
    """Open deals, and those of them without a value."""
    desk.at += timedelta(minutes=1)
    foreseeing.refit(desk.store, TEAM, desk.at, UTC)
    with desk.store.read(TEAM) as work:
        kept = work.forecasts.of(work.stages.pipeline().id)
    return {each.currency: (each.open_deals, each.unvalued) for each in kept}


def reports(desk: Desk) -> dict[str | None, int]:
    """Of how many deals each is."""
    desk.at += timedelta(minutes=1)
    look_for_bottlenecks(desk.store, TEAM, desk.at, desk.at.date())
    with desk.store.read(TEAM) as work:
        return {each.currency: each.report.deals for each in work.bottlenecks.found(desk.pipeline.id)}


def fits(desk: Desk) -> dict[str, int]:
    fitting.refit(desk.store, TEAM, desk.at, desk.at.date())
    return {currency: odds.deals for currency, odds in desk.pipeline.odds.items()}


def test_they_belong_to_the_currency_of_the_most_deals(desk: Desk) -> None:
    made(desk, 2, "EUR")
    made(desk, 3, "USD")
    made(desk, BARE, None)
    assert pasts(desk) == {"EUR": 2, "USD": 3 + BARE}
    assert forecasts(desk) == {"EUR": (2, 0), "USD": (3 + BARE, BARE)}
    assert reports(desk) == {None: 5 + BARE, "EUR": 2, "USD": 3 + BARE}


def test_with_one_currency_they_belong_to_it(desk: Desk) -> None:
    made(desk, 1, "EUR")
    made(desk, BARE, None)
    assert pasts(desk) == {"EUR": 1 + BARE}
    assert forecasts(desk) == {"EUR": (1 + BARE, BARE)}
    assert reports(desk) == {None: 1 + BARE, "EUR": 1 + BARE}


def test_of_as_many_deals_the_first_of_the_alphabet_has_them(desk: Desk) -> None:
    for currency in ("USD", "CHF", "EUR", None):
        made(desk, 2, currency)
    assert pasts(desk) == {"CHF": 4, "EUR": 2, "USD": 2}
    assert reports(desk) == {None: 8, "CHF": 4, "EUR": 2, "USD": 2}


def test_a_currency_that_is_too_rare_for_a_report_takes_none_of_them(desk: Desk) -> None:
    rare = ("CHF", "GBP", "NOK", "SEK")
    made(desk, 2, "USD")
    made(desk, 1, None)
    for currency in rare:
        made(desk, 1, currency)
    wanted: dict[str | None, int] = {None: 3 + len(rare), "USD": 3}
    for currency in rare[: MOST_CURRENCIES - 1]:
        wanted[currency] = 1
    assert reports(desk) == wanted


def test_void_deals_lead_nowhere_and_each_pipeline_has_its_own_leading_currency(desk: Desk) -> None:
    made(desk, 3, "USD")
    made(desk, 2, "EUR")
    made(desk, BARE, None)
    for number in (1, 2):
        desk.void(desk.deal(number))
    assert pasts(desk) == {"EUR": 2 + BARE, "USD": 1}
    other = partners(desk)
    with desk.store.begin(TEAM) as work:
        moved = {"pipeline_id": other.id, "stage_id": other.open_stages[0].id}
        work.tx.execute(update(DealRow).where(DealRow.number == 3).values(moved))
    with desk.store.read(TEAM) as work:
        assert currencies_in(work.tx, other.id) == ["USD"]
        assert currencies_in(work.tx, work.stages.pipeline().id) == ["EUR"]
    with desk.store.read("T0OTHER") as work:
        assert currencies_in(work.tx, other.id) == []


def test_a_market_of_its_own_holds_them_where_it_leads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "LEAST_OF_A_CURRENCY", 2)
    made(desk, 2, "EUR")
    made(desk, 3, "USD")
    made(desk, BARE, None)
    desk.at += timedelta(days=3)
    for number in range(1, 6):
        desk.lose(desk.deal(number))
    desk.at += timedelta(days=3)
    assert fits(desk) == {"": 5 + BARE, "EUR": 2, "USD": 3 + BARE}


def test_a_past_without_them_has_none_of_their_expected_closes_either(desk: Desk) -> None:
    made(desk, 2, "EUR")
    made(desk, 1, None)
    put_off = {Field.CLOSE_ON: date(2027, 2, 1)}
    desk.edit(desk.deal(1), put_off)
    desk.edit(desk.deal(3), put_off)
    with desk.store.read(TEAM) as work:
        mine = work.stages.pipeline()
        own = read_history(work.tx, mine, desk.at, "EUR", unvalued=False)
        every = read_history(work.tx, mine, desk.at, "EUR")
    assert (len(own.created), own.due_deal.tolist()) == (2, [0, 0, 1])
    assert not np.isnan(own.value).any()
    assert (len(every.created), every.due_deal.tolist()) == (3, [0, 0, 1, 2, 2])


def partners(desk: Desk) -> Pipeline:
    with desk.store.begin(TEAM) as work:
        return work.stages.establish("partners", "Partners", evenly_planned(["Talk"]))
