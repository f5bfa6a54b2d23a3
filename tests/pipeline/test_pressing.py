"""Buttons carry the version that was painted: an old one moves nothing, a double press does nothing twice."""

import pytest

from pipeline import errors
from pipeline.stages import Field
from tests.conftest import ANA, MIA
from tests.pipeline.desk import Desk


def test_the_second_press_of_one_button_gets_the_first_ones_answer(desk: Desk) -> None:
    deal = desk.filled()
    first = desk.move(deal, "proposal", expected=deal.version)
    second = desk.move(deal, "proposal", expected=deal.version)
    assert not first.again
    assert second.again
    assert second.change == first.change
    assert second.deal == first.deal == desk.deal(deal)
    assert len(desk.history(deal)) == 2


@pytest.mark.parametrize("closing", ["won", "lost"])
def test_a_double_press_of_won_or_lost_closes_once(desk: Desk, closing: str) -> None:
    deal = desk.filled()
    reason = {Field.REASON: "Price"}
    desk.move(deal, closing, expected=deal.version, fields=reason)
    assert desk.move(deal, closing, expected=deal.version, fields=reason).again


def test_a_double_press_of_reopen_opens_once(desk: Desk) -> None:
    deal = desk.filled()
    closed = desk.move(deal, "won").deal
    desk.reopen(deal, expected=closed.version)
    assert desk.reopen(deal, expected=closed.version).again
    assert desk.reopen(deal, expected=closed.version, stage="lead").again


def test_a_double_press_of_undo_takes_back_once(desk: Desk) -> None:
    deal = desk.filled()
    moved = desk.move(deal, "proposal").deal
    desk.undo(deal, expected=moved.version)
    assert desk.undo(deal, expected=moved.version).again
    assert len(desk.history(deal)) == 3


def test_a_form_sent_twice_is_taken_once(desk: Desk) -> None:
    """Also where it says again what was so before."""
    deal = desk.filled()
    said = {Field.COMPANY: "Acme Ltd", Field.CONTACT: deal.contact, Field.SOURCE: None}
    desk.edit(deal, said, expected=deal.version)
    assert desk.edit(deal, said, expected=deal.version).again
    with pytest.raises(errors.Overtaken):
        desk.edit(deal, {**said, Field.COMPANY: "Acme Inc"}, expected=deal.version)


def test_the_same_button_pressed_by_another_is_told_who_was_first(desk: Desk) -> None:
    deal = desk.filled()
    moved = desk.move(deal, "proposal", ANA, expected=deal.version)
    with pytest.raises(errors.Overtaken) as refused:
        desk.move(deal, "proposal", MIA, expected=deal.version)
    assert refused.value.deal == moved.deal
    assert refused.value.stage.key == "proposal"
    assert refused.value.change == moved.change
    assert refused.value.change.by == ANA


def test_f04_a_button_of_an_old_card_moves_nothing(desk: Desk) -> None:
    deal = desk.filled()
    desk.move(deal, "qualification")
    present = desk.move(deal, "proposal").deal
    for stage in ("qualification", "proposal", "closing", "won"):
        with pytest.raises(errors.Overtaken):
            desk.move(deal, stage, expected=deal.version)
    assert desk.deal(deal) == present
    assert len(desk.history(deal)) == 3


def test_another_button_of_the_same_card_is_no_double_press(desk: Desk) -> None:
    deal = desk.filled()
    desk.move(deal, "qualification", expected=deal.version)
    with pytest.raises(errors.Overtaken):
        desk.move(deal, "proposal", expected=deal.version)


def test_a_press_of_undo_after_a_later_change_is_refused(desk: Desk) -> None:
    deal = desk.filled()
    moved = desk.move(deal, "proposal").deal
    desk.move(deal, "negotiation")
    with pytest.raises(errors.Overtaken):
        desk.undo(deal, expected=moved.version)


def test_a_version_that_never_was_is_refused(desk: Desk) -> None:
    deal = desk.filled()
    for version in (0, 2, 99):
        with pytest.raises(errors.Overtaken):
            desk.move(deal, "proposal", expected=version)
