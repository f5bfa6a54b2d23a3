"""Only the target stage's gate applies, in every direction and by every way in."""

from datetime import date

import pytest

from pipeline import errors
from pipeline.money import Money
from pipeline.orders import Said
from pipeline.stages import DEFAULT_STAGES, Field, StageKind
from tests.pipeline.desk import FILLED, Desk

GATES = {plan.key: plan.gate for plan in DEFAULT_STAGES}
OPEN = [plan.key for plan in DEFAULT_STAGES if plan.kind is StageKind.OPEN]


def only(fields: tuple[Field, ...]) -> Said:
    return {field: FILLED[field] for field in fields}


@pytest.mark.parametrize("here", OPEN)
def test_a_deal_enters_a_stage_only_through_that_stages_gate(desk: Desk, here: str) -> None:
    """Forwards, backwards and by a jump, field by field."""
    for there in GATES:
        if there != here:
            enters_only_through_the_gate(desk, here, there)


def enters_only_through_the_gate(desk: Desk, here: str, there: str) -> None:
    deal = desk.new(f"{here} to {there}")
    if here != "lead":
        desk.move(deal, here, fields=only(GATES[here]))
    if GATES[here]:
        # What the way here required is taken away again: only the next gate counts.
        desk.edit(deal, dict.fromkeys(GATES[here]))
    before = desk.deal(deal)
    for missing in GATES[there]:
        short = only(tuple(field for field in GATES[there] if field is not missing))
        with pytest.raises(errors.GateUnmet) as refused:
            desk.move(deal, there, fields=short)
        assert refused.value.missing == (missing,)
        assert refused.value.stage.key == there
        assert desk.deal(deal) == before
    moved = desk.move(deal, there, fields=only(GATES[there])).deal
    assert moved.stage_id == desk.stage(there).id
    assert desk.deal(deal) == moved


def test_a_gate_names_all_that_is_missing_in_its_own_order(desk: Desk) -> None:
    deal = desk.new()
    with pytest.raises(errors.GateUnmet) as refused:
        desk.move(deal, "proposal")
    assert refused.value.missing == (Field.NEED, Field.BUDGET)
    assert refused.value.deal == deal


def test_what_is_said_with_a_move_is_kept_only_if_the_gate_is_passed(desk: Desk) -> None:
    deal = desk.new()
    with pytest.raises(errors.GateUnmet):
        desk.move(deal, "proposal", fields={Field.NEED: "Order"})
    assert desk.deal(deal).need == ""
    assert len(desk.history(deal)) == 1


@pytest.mark.parametrize("nothing", ["", " ", "\t\n", "\u00a0", "\u200b\u2060"])
def test_text_that_nobody_can_see_opens_no_gate(desk: Desk, nothing: str) -> None:
    deal = desk.new()
    with pytest.raises(errors.GateUnmet):
        desk.move(deal, "lost", fields={Field.REASON: nothing})


def test_a_value_of_zero_is_a_value(desk: Desk) -> None:
    deal = desk.new()
    won = desk.move(deal, "won", fields={Field.VALUE: Money(0, "EUR")}).deal
    assert won.value == Money(0, "EUR")


def test_taking_a_required_value_away_with_the_move_does_not_pass(desk: Desk) -> None:
    deal = desk.filled()
    with pytest.raises(errors.GateUnmet):
        desk.move(deal, "won", fields={Field.VALUE: None})
    assert desk.deal(deal) == deal


def test_reopening_passes_the_gate_of_the_stage_it_goes_to(desk: Desk) -> None:
    deal = desk.new()
    desk.move(deal, "qualification", fields={Field.CONTACT: "Jo"})
    desk.lose(deal)
    desk.edit(deal, {Field.CONTACT: ""})
    with pytest.raises(errors.GateUnmet) as refused:
        desk.reopen(deal)
    assert refused.value.stage.key == "qualification"
    assert refused.value.missing == (Field.CONTACT,)
    opened = desk.reopen(deal, fields={Field.CONTACT: "Kim"}).deal
    assert opened.stage_id == desk.stage("qualification").id
    assert opened.contact == "Kim"


def test_undoing_is_not_gated(desk: Desk) -> None:
    """It only says that something did not happen."""
    deal = desk.new()
    desk.move(deal, "qualification", fields={Field.CONTACT: "Jo"})
    desk.edit(deal, {Field.CONTACT: ""})
    desk.move(deal, "lead")
    assert desk.undo(deal).deal.stage_id == desk.stage("qualification").id


def test_a_gate_needs_both_the_step_and_its_date(desk: Desk) -> None:
    deal = desk.new(fields={Field.NEXT_STEP: "Call"})
    with pytest.raises(errors.GateUnmet) as refused:
        desk.move(deal, "closing")
    assert refused.value.missing == (Field.NEXT_STEP_ON,)
    desk.move(deal, "closing", fields={Field.NEXT_STEP_ON: date(2026, 12, 1)})
