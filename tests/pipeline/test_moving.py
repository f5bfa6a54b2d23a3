"""Moving a deal: what it records, and what it refuses."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from pipeline import errors
from pipeline.deal import ChangeKind, FieldChange, Move
from pipeline.money import Money
from pipeline.moving import move
from pipeline.orders import Move as MoveOrder
from pipeline.orders import Said
from pipeline.stages import Field
from storage.tables import StageRow
from tests.conftest import ANA
from tests.pipeline.desk import FILLED, Desk


def test_every_change_counts_the_version_up_by_one(desk: Desk) -> None:
    deal = desk.filled()
    versions = [
        deal.version,
        desk.move(deal, "qualification").deal.version,
        desk.edit(deal, {Field.COMPANY: "Acme Ltd"}).deal.version,
        desk.move(deal, "won").deal.version,
        desk.reopen(deal).deal.version,
        desk.lose(deal).deal.version,
        desk.undo(deal).deal.version,
    ]
    assert versions == [1, 2, 3, 4, 5, 6, 7]
    assert [change.version for change in desk.history(deal)] == versions


def test_a_move_enters_its_stage_now_and_records_the_stay_that_ends(desk: Desk) -> None:
    deal = desk.filled()
    desk.at += timedelta(days=3)
    outcome = desk.move(deal, "proposal", note="They asked for an offer")
    assert outcome.deal.entered_at == outcome.deal.changed_at == desk.at
    assert outcome.change.kind is ChangeKind.MOVED
    assert (outcome.change.by, outcome.change.at) == (ANA, desk.at)
    lead, proposal = desk.stage("lead").id, desk.stage("proposal").id
    assert outcome.change.move == Move(lead, proposal, since=deal.entered_at)
    assert outcome.change.note == "They asked for an offer"
    assert desk.history(deal)[-1] == outcome.change


def test_a_move_records_which_fields_it_changed_and_from_what(desk: Desk) -> None:
    deal = desk.filled()
    said: Said = {Field.NEED: "Another", Field.VALUE: Money(1, "USD"), Field.CONTACT: FILLED[Field.CONTACT]}
    outcome = desk.move(deal, "negotiation", fields=said)
    assert set(outcome.change.fields) == {
        FieldChange(Field.NEED, "Order", "Another"),
        FieldChange(Field.VALUE, FILLED[Field.VALUE], Money(1, "USD")),
    }
    assert set(desk.history(deal)[-1].fields) == set(outcome.change.fields)


def test_a_deal_may_go_back_and_may_jump(desk: Desk) -> None:
    deal = desk.filled()
    ways = ["closing", "lead", "negotiation", "qualification"]
    for stage in ways:
        assert desk.move(deal, stage).deal.stage_id == desk.stage(stage).id
    gone = [change.move.to_stage_id for change in desk.history(deal) if change.move]
    assert gone == [desk.stage(stage).id for stage in ways]


def test_a_deal_does_not_move_to_where_it_is(desk: Desk) -> None:
    deal = desk.new()
    with pytest.raises(errors.AlreadyThere) as refused:
        desk.move(deal, "lead")
    assert refused.value.stage.key == "lead"


@pytest.mark.parametrize("closing", ["won", "lost"])
def test_a_closed_deal_cannot_move(desk: Desk, closing: str) -> None:
    deal = desk.filled()
    closed = desk.move(deal, closing, fields={Field.REASON: "Price"}).deal
    for there in ("lead", "proposal", "won", "lost"):
        refusal = errors.AlreadyThere if closing == there else errors.DealIsClosed
        with pytest.raises(refusal):
            desk.move(deal, there, fields=FILLED)
    assert desk.deal(deal) == closed


def test_closing_keeps_the_moment_and_opening_forgets_it(desk: Desk) -> None:
    deal = desk.filled()
    assert desk.move(deal, "won").deal.closed_at == desk.at
    assert desk.reopen(deal).deal.closed_at is None
    assert desk.lose(deal).deal.closed_at == desk.at


def test_nothing_moves_to_an_archived_stage(desk: Desk) -> None:
    deal = desk.filled()
    closing = desk.stage("closing")
    archive_stage(desk, closing.id)
    with pytest.raises(errors.StageArchived):
        desk.move(deal, "closing")


def test_a_stage_of_nowhere_is_unknown(desk: Desk) -> None:
    deal = desk.new()
    with pytest.raises(errors.UnknownStage), desk.store.begin(desk.team) as work:
        move(work, desk.occasion(), MoveOrder(deal.number, 987_654))


def test_a_deal_of_nowhere_is_unknown(desk: Desk) -> None:
    with pytest.raises(errors.UnknownDeal) as refused:
        desk.move(404, "won")
    assert refused.value.word == "D-404"


def test_a_clock_that_ran_back_makes_no_negative_stay(desk: Desk) -> None:
    deal = desk.filled()
    desk.at -= timedelta(minutes=10)
    desk.move(deal, "proposal")
    with desk.store.read(desk.team) as work:
        seconds = work.tx.connection.exec_driver_sql("SELECT seconds FROM moves").scalar_one()
    assert seconds == 0


def archive_stage(desk: Desk, stage_id: int) -> None:
    with desk.store.begin(desk.team) as work:
        work.tx.execute(update(StageRow).where(StageRow.id == stage_id).values(archived_at=desk.at))
        work.tx.connection.exec_driver_sql("UPDATE pipelines SET version = version + 1")
