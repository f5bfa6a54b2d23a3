"""What is found out about the stages is kept for whoever asks, for each pipeline and currency."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from pipeline.money import Money
from pipeline.stage_reports import LEAST_SURE, Looked
from pipeline.stages import Field
from storage.lives import whole_lives
from storage.looking import MOST_CURRENCIES, look_for_bottlenecks
from storage.tables import DealRow
from tests.conftest import TEAM
from tests.pipeline.desk import Desk


def found(desk: Desk) -> dict[str | None, Looked]:
    """What is of this very moment is not known yet."""
    desk.at += timedelta(seconds=1)
    look_for_bottlenecks(desk.store, TEAM, desk.at, desk.at.date())
    with desk.store.read(TEAM) as work:
        return {each.currency: each for each in work.bottlenecks.found(desk.pipeline.id)}


def sold(desk: Desk, count: int, currency: str = "EUR") -> None:
    """Each stays four days as a lead and eight in the proposal; every fourth is lost there."""
    deals = [desk.filled(f"{currency} {place}") for place in range(count)]
    for deal in deals:
        desk.edit(deal, {Field.VALUE: Money(100_000, currency)})
    desk.at += timedelta(days=4)
    for deal in deals:
        desk.move(deal, "proposal")
    desk.at += timedelta(days=8)
    for place, deal in enumerate(deals):
        if place % 4:
            desk.move(deal, "won")
        else:
            desk.lose(deal)


def test_a_report_says_of_each_stage_what_the_ledger_tells(desk: Desk) -> None:
    sold(desk, LEAST_SURE)
    looked = found(desk)["EUR"]
    assert looked.on == desk.at.date()
    assert looked.report.deals == LEAST_SURE
    stages = dict(zip(looked.stage_ids, looked.report.stages, strict=True))
    lead, proposal = stages[desk.stage("lead").id], stages[desk.stage("proposal").id]
    assert (lead.median, lead.p90, lead.visits, lead.exits) == (4, 4, 20, 20)
    assert (proposal.median, proposal.resolved, proposal.won) == (8, 20, 15)
    assert stages[desk.stage("closing").id].visits == 0
    # Some 15 won deals of 1000 in four weeks go on being made.
    assert 3_000_000 < looked.report.expected < 4_800_000
    assert looked.report.bottleneck is not None


def test_undone_and_void_are_left_out(desk: Desk) -> None:
    deal, mistake = desk.filled(), desk.filled("Mistake")
    desk.void(mistake)
    desk.at += timedelta(days=1)
    desk.move(deal, "proposal")
    desk.undo(desk.deal(deal))
    stage = found(desk)["EUR"].report.stages[0]
    assert (stage.visits, stage.exits) == (1, 0)


def test_a_parked_deal_brings_nothing_while_it_rests(desk: Desk) -> None:
    """That it came counts: deals will go on to come as often."""
    sold(desk, LEAST_SURE)
    awake = found(desk)
    parked = desk.filled("parked")
    desk.edit(parked, {Field.NURTURE_UNTIL: desk.at.date() + timedelta(days=5)})
    resting = found(desk)
    for currency in (None, "EUR"):
        assert resting[currency].report.expected > awake[currency].report.expected
        assert resting[currency].report.stages[0].visits == LEAST_SURE + 1, "it stays there as before"
    arrived = resting[None].report.expected / awake[None].report.expected
    assert arrived == pytest.approx((LEAST_SURE + 1) / LEAST_SURE, rel=1e-3)
    desk.edit(desk.deal(parked), {Field.NURTURE_UNTIL: None})
    again = found(desk)
    for currency in (None, "EUR"):
        assert again[currency].report.expected > 1.01 * resting[currency].report.expected


def test_there_is_a_report_in_deals_and_one_for_each_usual_currency(desk: Desk) -> None:
    sold(desk, 8)
    sold(desk, 12, "USD")
    for place, currency in enumerate(("CHF", "GBP", "NOK", "SEK")):
        for _ in range(place + 1):
            desk.new(f"Abroad {currency}", fields={Field.VALUE: Money(100, currency)}, again=True)
    kept = found(desk)
    assert list(kept) == [None, "EUR", "NOK", "SEK", "USD"]
    assert len(kept) == 1 + MOST_CURRENCIES
    assert kept[None].report.deals == 30
    assert kept["USD"].report.deals == 12
    assert kept["EUR"].report.stages[0].resolved == 8
    assert kept[None].report.expected < 150, "deals, not money"


def test_what_was_found_takes_the_place_of_what_was_found_before(desk: Desk) -> None:
    desk.filled()
    assert set(found(desk)) == {None, "EUR"}
    with desk.store.begin(TEAM) as work:
        work.tx.execute(update(DealRow).values(currency="USD"))
    desk.at += timedelta(days=1)
    assert {each: looked.on for each, looked in found(desk).items()} == dict.fromkeys(
        (None, "USD"), desk.at.date()
    )


def test_nothing_is_found_before_anybody_has_looked_nor_by_another_workspace(desk: Desk) -> None:
    with desk.store.read(TEAM) as work:
        assert work.bottlenecks.found(desk.pipeline.id) == []
    desk.filled()
    assert found(desk)
    with desk.store.read("T0OTHER") as work:
        assert work.bottlenecks.found(desk.pipeline.id) == []


def test_a_deal_that_is_made_while_others_are_read_waits_for_the_next_look(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*given: Any) -> Iterator[Any]:
        yield from whole_lives(*given)
        desk.new("Meanwhile", fields={Field.CLOSE_ON: desk.at.date()}, again=True)

    monkeypatch.setattr("storage.insight.whole_lives", meanwhile)
    assert found(desk)[None].report.deals == 0
    monkeypatch.undo()
    assert found(desk)[None].report.deals > 1


@pytest.mark.parametrize("days", [0, 90])
def test_an_empty_pipeline_has_a_report_of_nothing(desk: Desk, days: int) -> None:
    desk.at += timedelta(days=days)
    looked = found(desk)
    assert set(looked) == {None}
    assert looked[None].report.deals == 0
    assert looked[None].report.bottleneck is None
