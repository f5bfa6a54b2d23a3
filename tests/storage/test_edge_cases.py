"""Edge cases, each through the ledger to what is said of it: chances, forecast, top list, bottlenecks and bridge."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import update

from pipeline.bridge import Reason
from pipeline.deal import Deal
from pipeline.establishing import establish
from pipeline.finding import Wanted
from pipeline.history import standing_at
from pipeline.money import Money
from pipeline.priority import ranked, reasons_of
from pipeline.shapes import AddStage, AlterStage, ArchiveStage, EstablishPipeline, Reshaping
from pipeline.shaping import shape
from pipeline.stages import Field
from storage.insight import day_of
from storage.tables import ChangeRow, DealRow, MoveRow
from tests.conftest import OLGA, TEAM
from tests.pipeline.desk import Desk
from tests.storage.mornings import assert_same, bridged, later, sold_usually, told

WORTH = 5_000_000
BERLIN = ZoneInfo("Europe/Berlin")


def reasons(desk: Desk, since: datetime) -> dict[Reason, list[int]]:
    found = bridged(desk, since).by_reason()
    return {reason: [each.course.number for each in passages] for reason, passages in found.items()}


def shaped(desk: Desk, order: Reshaping) -> None:
    with desk.store.begin(TEAM) as work:
        shape(work, desk.occasion(OLGA), order)


def dated(desk: Desk, deal: Deal, **columns: object) -> None:
    """What no door lets anybody say, and an import may bring."""
    with desk.store.begin(TEAM) as work:
        work.tx.execute(update(DealRow).where(DealRow.id == deal.id).values(**columns))


@pytest.fixture
def usual(desk: Desk) -> Desk:
    return sold_usually(desk)


def test_chance_of_none(desk: Desk) -> None:
    """It is a chance like any, and not an unknown one."""
    shaped(desk, AlterStage(desk.stage("lead").id, chance=0))
    lead, proposal = desk.filled("lead"), desk.filled("proposal")
    assert told(desk).share(desk, lead) == 0
    desk.move(proposal, "proposal")
    found = told(desk)
    assert found.share(desk, proposal) > 10 * found.share(desk, lead) > 0, "one has moved on"
    assert set(found.top) == {proposal.number, lead.number}
    assert found.forecasts["EUR"].open_deals == 2
    assert found.forecasts["EUR"].weighted == WORTH // 2, "of the proposal alone"
    assert found.stage(desk, "lead").visits == 2


def test_lost_value_of_nothing(usual: Desk) -> None:
    """An outcome, no amount: as if none had been told."""
    lost = usual.new("lost")
    usual.lose(lost)
    before = told(usual)
    usual.edit(usual.deal(lost), {Field.VALUE: Money(0, "EUR")})
    usual.at -= timedelta(days=0.001)
    found = told(usual)
    assert np.isnan(found.history.value[-1])
    assert found.stage(usual, "lead").resolved == 11
    assert_same(found, before)


def test_no_value(usual: Desk) -> None:
    """Forecast as the usual win and said to be without one; last in the list; in no sum."""
    valued, bare = usual.filled("valued"), usual.new("bare")
    found = told(usual)
    assert (found.forecasts["EUR"].open_deals, found.forecasts["EUR"].unvalued) == (2, 1)
    assert found.forecasts["EUR"].weighted == WORTH // 10
    assert found.top == [valued.number, bare.number]
    assert found.days.from_open > 0
    bridge = bridged(usual, usual.at - timedelta(days=1))
    assert (bridge.closing.count, bridge.closing.unvalued, bridge.closing.worth) == (2, 1, {"EUR": WORTH})


def test_no_close_date(usual: Desk) -> None:
    """The chance of stage and age, neither better nor worse for a date that nobody named."""
    bare = usual.edit(usual.filled(), {Field.CLOSE_ON: None}).deal
    found = told(usual)
    chance = found.odds.reckon(bare.stage_id, bare.entered_at, None, usual.at)
    assert chance
    assert chance.share == chance.bare
    assert found.top == [bare.number]


def test_reopened(usual: Desk) -> None:
    """One win less, one open deal more, and the stage is visited again."""
    before, since = told(usual), usual.at
    later(usual, 1)
    usual.reopen(usual.deal(1))
    found = told(usual)
    assert found.forecasts["EUR"].wins == before.forecasts["EUR"].wins - 1
    assert found.odds.resolved == before.odds.resolved - 1
    assert (found.stage(usual, "proposal").visits, found.stage(usual, "proposal").won) == (11, 6)
    assert found.top == [1]
    assert reasons(usual, since) == {Reason.REOPENED: [1]}


def test_backward_move(usual: Desk) -> None:
    deal = usual.filled()
    later(usual, 1)
    usual.move(deal, "proposal")
    later(usual, 1)
    usual.move(deal, "lead")
    found = told(usual)
    assert (found.stage(usual, "lead").visits, found.stage(usual, "proposal").visits) == (12, 11)
    assert float(standing_at(found.history, day_of(usual.at)).age[0]) < 0.1
    assert found.stage(usual, "lead").resolved == 10
    assert bridged(usual, usual.at - timedelta(days=1)).passages == []


def test_undone_move(usual: Desk) -> None:
    """As if it had never been: the stay goes on from where it began."""
    deal = usual.filled()
    later(usual, 3)
    before, at = told(usual), usual.at
    usual.move(deal, "won")
    usual.undo(usual.deal(deal))
    usual.at = at - timedelta(days=0.001)
    assert_same(told(usual), before)
    assert reasons(usual, at) == {}


def test_merged_and_voided_deals(usual: Desk) -> None:
    since = usual.at
    kept, twin, mistake = (usual.filled(name) for name in ("kept", "twin", "mistake"))
    later(usual, 1)
    usual.merge(kept, twin)
    usual.void(mistake)
    found = told(usual)
    assert found.forecasts["EUR"].open_deals == 1
    assert found.stage(usual, "lead").visits == 11
    assert found.top == [kept.number]
    assert found.odds.deals == 11
    assert reasons(usual, since - timedelta(hours=1)) == {Reason.NEW: [kept.number]}
    assert reasons(usual, since + timedelta(hours=1)) == {Reason.REMOVED: [twin.number, mistake.number]}


def test_stage_archived(usual: Desk) -> None:
    """Its past counts for the stage before it."""
    deal = usual.filled()
    shaped(usual, ArchiveStage(usual.stage("proposal").id))
    found = told(usual)
    archived, before_it = (found.odds.stages[usual.stage(key).id] for key in ("proposal", "qualification"))
    assert archived == before_it
    assert usual.stage("proposal").id not in found.reports["EUR"].stage_ids
    assert found.stage(usual, "qualification").won == 7
    assert found.forecasts["EUR"].wins == 7
    assert found.top == [deal.number]


def test_stage_inserted(usual: Desk) -> None:
    """At first with what the team assumes, after the next night with what is known."""
    told(usual)
    shaped(usual, AddStage("Legal", "Recht", usual.stage("proposal").id))
    legal = next(stage for stage in usual.pipeline.open_stages if stage.english == "Legal")
    deal, other = usual.filled(), usual.filled("other")
    usual.move(deal, legal.key)
    with usual.store.read(TEAM) as work:
        found = work.deals.candidates(Wanted(usual.at.date(), usual.at), 9)
        pipelines = {each.id: each for each in work.stages.all()}
        assert pipelines[deal.pipeline_id].odds[""].share(legal.id, 0, None) is None
        assert len(ranked(found, pipelines, usual.at).ids) == 2
    later_on = told(usual)
    assert 0 < later_on.share(usual, deal) < 1
    assert later_on.stage(usual, legal.key).visits == 1
    assert set(later_on.top) == {deal.number, other.number}


def test_deal_changed_pipeline(usual: Desk) -> None:
    """What it did elsewhere is no part of this pipeline's past, in which it begins when it comes."""
    with usual.store.begin(TEAM) as work:
        partners = establish(
            work, usual.occasion(OLGA), EstablishPipeline("Partners", (("Call", "Ruf"), ("Pilot", "Pilot")))
        )
    elsewhere = partners.pipeline.open_stages[0].id
    deal = usual.filled()
    later(usual, 2)
    usual.move(deal, "proposal")
    with usual.store.begin(TEAM) as work:
        came = update(MoveRow).where(MoveRow.deal_id == deal.id)
        work.tx.execute(came.values(from_stage_id=elsewhere))
    later(usual, 1)
    found = told(usual)
    assert found.history.deal.tolist().count(10) == 1
    assert float(found.history.created[10]) == pytest.approx(day_of(usual.at) - 1, abs=0.01)
    assert (found.stage(usual, "lead").visits, found.stage(usual, "proposal").visits) == (10, 11)
    assert found.top == [deal.number]
    assert reasons(usual, usual.at - timedelta(days=2)) == {Reason.MOVED_IN: [deal.number]}


def test_close_date_in_the_past(usual: Desk) -> None:
    """Expected in vain: a reason to look, and a chance all the same."""
    deal = usual.edit(usual.filled(), {Field.CLOSE_ON: usual.at.date() - timedelta(days=40)}).deal
    found = told(usual)
    chance = found.odds.reckon(deal.stage_id, deal.entered_at, deal.close_on, usual.at)
    assert chance
    assert 0 < chance.share < 1
    assert reasons_of(deal, usual.pipeline, usual.at.date(), usual.at).close_due == deal.close_on
    assert found.top == [deal.number]
    assert found.days.from_open >= 0


def test_zombies_older_than_any_deal_ever_won(usual: Desk) -> None:
    """Counted, named, and no likelier to be won than the oldest that was seen."""
    zombie = usual.filled("zombie")
    later(usual, 300)
    fresh = usual.filled("fresh")
    found = told(usual)
    kept = found.forecasts["EUR"]
    assert (kept.open_deals, kept.outlived) == (2, 1)
    assert found.share(usual, zombie) <= found.share(usual, fresh)
    assert found.top == [fresh.number, zombie.number]


def test_one_stage(desk: Desk) -> None:
    for key in ("qualification", "proposal", "negotiation", "closing"):
        shaped(desk, ArchiveStage(desk.stage(key).id))
    deals = [desk.filled(f"{place}") for place in range(8)]
    later(desk, 5)
    for place, deal in enumerate(deals[:6]):
        desk.move(deal, "won") if place < 5 else desk.lose(deal)
    found = told(desk)
    assert found.reports["EUR"].stage_ids == [desk.stage("lead").id]
    assert found.share(desk, deals[7]) > 0.1
    assert found.stage(desk, "lead").won == 5
    assert (found.forecasts["EUR"].wins, len(found.forecasts["EUR"].periods)) == (5, 3)
    assert set(found.top) == {7, 8}


def test_no_history(desk: Desk) -> None:
    """Nothing is said where nothing is known, and nothing breaks."""
    found = told(desk)
    assert (found.odds.deals, found.odds.are_known, found.forecasts) == (0, False, {})
    assert [*found.reports] == [None]
    report = found.reports[None].report
    assert (report.deals, report.expected, report.bottleneck) == (0, 0, None)
    assert [*found.top] == []
    bridge = bridged(desk, desk.at - timedelta(days=30))
    assert (bridge.opening.count, bridge.closing.count, bridge.passages) == (0, 0, [])


def test_one_won_deal(desk: Desk) -> None:
    """No percentage, no forecast and no bottleneck come of it."""
    desk.move(desk.filled("won"), "won")
    open_ = desk.filled("open")
    later(desk, 40)
    found = told(desk)
    assert not found.odds.are_known
    assert found.odds.chance(open_.stage_id, open_.entered_at, None, desk.at) is None
    assert found.forecasts["EUR"].periods == []
    assert found.reports["EUR"].report.bottleneck is None
    assert found.stage(desk, "lead").conversion is None
    assert found.top == [open_.number]


def test_future_dates(usual: Desk) -> None:
    """Who has not come yet is not counted, and breaks nothing."""
    before = told(usual)
    coming = usual.filled("coming")
    usual.at -= timedelta(days=0.001)
    ahead = usual.at + timedelta(days=20)
    dated(usual, coming, created_at=ahead, entered_at=ahead)
    with usual.store.begin(TEAM) as work:
        work.tx.execute(update(ChangeRow).where(ChangeRow.deal_id == coming.id).values(at=ahead))
    found = told(usual)
    assert found.odds.stages == before.odds.stages
    assert found.odds.deals == 10
    assert found.forecasts["EUR"].open_deals == 0
    assert found.stage(usual, "lead").visits == 10
    assert found.share(usual, coming) > 0
    assert bridged(usual, usual.at - timedelta(days=1)).closing.count == 1


def test_currencies(usual: Desk) -> None:
    """Never added: each has its own forecast and its own report, and the first of each lead the list."""
    euro, dollar = usual.filled("euro"), usual.new("dollar", fields={Field.VALUE: Money(100, "USD")})
    since = usual.at - timedelta(days=1)
    found = told(usual)
    assert (found.forecasts["EUR"].open_deals, found.forecasts["USD"].open_deals) == (1, 1)
    assert found.forecasts["USD"].periods == [], "no dollar was ever won"
    assert [*found.reports] == [None, "EUR", "USD"]
    assert found.reports["USD"].report.deals == 1
    assert found.reports[None].report.deals == 12
    assert found.top == [euro.number, dollar.number]
    assert bridged(usual, since).closing.worth == {"EUR": WORTH, "USD": 100}
    usual.edit(usual.deal(dollar), {Field.VALUE: Money(100, "EUR")})
    assert reasons(usual, usual.at) == {Reason.CURRENCY: [dollar.number]}
