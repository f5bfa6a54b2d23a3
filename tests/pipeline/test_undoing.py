"""Undo takes the last change back, wholly, once, for a day, by its actor or a manager."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline import errors
from pipeline.deal import ChangeKind, Deal
from pipeline.letters import LetterKind
from pipeline.money import Money
from pipeline.orders import Said
from pipeline.stages import Field
from storage.postbox import Letters
from tests.conftest import ANA, BEN, GUS, MAIN_CHANNEL, MIA, OLGA
from tests.pipeline.desk import Desk

SAID: Said = {Field.VALUE: Money(7, "JPY"), Field.CONTACT: "Kim", Field.CLOSE_ON: None, Field.REASON: "Price"}
CHANGES: dict[str, Callable[[Desk, Deal], object]] = {
    "move": lambda desk, deal: desk.move(deal, "closing", fields={**SAID, Field.REASON: ""}),
    "back": lambda desk, deal: desk.move(deal, "lead"),
    "won": lambda desk, deal: desk.move(deal, "won", fields=SAID),
    "lost": lambda desk, deal: desk.move(deal, "lost", fields=SAID),
    "edit": lambda desk, deal: desk.edit(deal, SAID),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_undo_restores_everything(desk: Desk, kind: str) -> None:
    deal = desk.filled()
    desk.at += timedelta(days=2)
    before = desk.move(deal, "negotiation").deal
    desk.at += timedelta(days=5)
    CHANGES[kind](desk, deal)
    desk.at += timedelta(hours=1)
    undone = desk.undo(deal).deal
    assert undone == replace(before, version=before.version + 2, changed_at=desk.at)
    assert undone.entered_at == before.entered_at
    assert desk.deal(deal) == undone


@pytest.mark.parametrize("closing", ["won", "lost"])
def test_undoing_a_reopening_closes_again_as_of_then(desk: Desk, closing: str) -> None:
    deal = desk.filled()
    before = desk.move(deal, closing, fields={Field.REASON: "Price"}).deal
    desk.at += timedelta(days=5)
    assert desk.reopen(deal).deal.reason == ""
    undone = desk.undo(deal).deal
    assert undone == replace(before, version=before.version + 2, changed_at=desk.at)
    assert undone.closed_at == before.closed_at
    assert undone.reason == "Price"


def test_undoing_is_a_change_that_names_what_it_undoes(desk: Desk) -> None:
    deal = desk.filled()
    moved = desk.move(deal, "proposal", fields={Field.CONTACT: "Kim"}).change
    undone = desk.undo(deal).change
    assert undone.kind is ChangeKind.UNDONE
    assert undone.undoes_id == moved.id
    assert undone.move
    assert moved.move
    assert (undone.move.from_stage_id, undone.move.to_stage_id) == (
        moved.move.to_stage_id,
        moved.move.from_stage_id,
    )
    assert [(each.old, each.new) for each in undone.fields] == [("Kim", "Jo")]
    assert desk.history(deal)[-1] == undone


def test_undo_cannot_be_undone(desk: Desk) -> None:
    deal = desk.filled()
    desk.move(deal, "qualification")
    desk.move(deal, "proposal")
    undone = desk.undo(deal).deal
    for version in (None, undone.version):
        with pytest.raises(errors.NothingToUndo):
            desk.undo(deal, expected=version)
    assert desk.deal(deal) == undone


def test_after_an_undo_the_next_change_can_be_undone(desk: Desk) -> None:
    deal = desk.filled()
    desk.move(deal, "proposal")
    desk.undo(deal)
    desk.move(deal, "closing")
    assert desk.undo(deal).deal.stage_id == deal.stage_id


@pytest.mark.parametrize(
    ("who", "refused"), [(ANA, False), (MIA, False), (OLGA, False), (BEN, True), (GUS, True)]
)
def test_only_the_actor_or_a_manager_undoes(desk: Desk, who: str, *, refused: bool) -> None:
    deal = desk.filled()
    desk.move(deal, "proposal", ANA)
    if refused:
        with pytest.raises(errors.NoRight):
            desk.undo(deal, who)
    else:
        assert desk.undo(deal, who).deal.stage_id == deal.stage_id


def test_a_rep_undoes_what_they_did_not_what_a_manager_did_to_their_deal(desk: Desk) -> None:
    deal = desk.filled(by=ANA)
    desk.move(deal, "proposal", MIA)
    with pytest.raises(errors.NoRight):
        desk.undo(deal, ANA)


def test_undo_works_for_a_day(desk: Desk) -> None:
    deal = desk.filled()
    desk.move(deal, "proposal")
    desk.at += timedelta(days=1, microseconds=1)
    with pytest.raises(errors.UndoTooLate):
        desk.undo(deal)
    desk.at -= timedelta(microseconds=1)
    desk.undo(deal)


def test_undoing_new_voids_the_deal(desk: Desk) -> None:
    deal = desk.new()
    voided = desk.undo(deal, expected=1).deal
    assert voided.voided_at == desk.at
    assert desk.undo(deal, expected=1).again
    acts: list[Callable[[], object]] = [
        lambda: desk.move(deal, "lost", fields=SAID),
        lambda: desk.edit(deal, SAID),
        lambda: desk.undo(deal),
        lambda: desk.reopen(deal),
    ]
    for act in acts:
        with pytest.raises(errors.DealIsVoid):
            act()
    assert desk.deal(deal) == voided


def test_a_voided_deals_number_is_not_used_again(desk: Desk) -> None:
    deal = desk.new("One")
    desk.undo(deal)
    assert desk.new("Two").number == deal.number + 1


def test_undoing_a_win_cancels_its_unsent_letter(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    deal = desk.filled()
    desk.move(deal, "won")
    desk.undo(deal)
    assert [letter.state for letter in desk.letters(LetterKind.WIN)] == ["cancelled"]
    assert not desk.letters(LetterKind.AMEND)


def test_undoing_a_win_cancels_its_parked_letter(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    deal = desk.filled()
    desk.move(deal, "won")
    box = Letters(desk.store, "copy", letter_gap_ms=0)
    for letter in (*box.claim_letters(desk.team, 5), *box.claim_letters(desk.team, 5)):
        box.park(letter.id, "is_archived")
    desk.undo(deal)
    assert [letter.state for letter in desk.letters(LetterKind.WIN)] == ["cancelled"]


@pytest.mark.parametrize("state", ["sending", "sent"])
def test_undoing_a_win_amends_what_may_have_been_read(desk: Desk, state: str) -> None:
    desk.channel = MAIN_CHANNEL
    deal = desk.filled()
    desk.move(deal, "won")
    box = Letters(desk.store, "copy", letter_gap_ms=0)
    for _ in range(2):
        for letter in box.claim_letters(desk.team, 5):
            if state == "sent" or letter.kind is LetterKind.CARD:
                box.sent(letter.id, "1700000000.000100")
    desk.undo(deal)
    win, amend = *desk.letters(LetterKind.WIN), *desk.letters(LetterKind.AMEND)
    assert win.state == state
    assert amend.lane == win.lane
    assert amend.payload == f'{{"letter":{win.id}}}'


def test_undoing_the_only_win_makes_the_next_one_the_first(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    one, two = desk.filled("One"), desk.filled("Two")
    desk.move(one, "won")
    desk.undo(one)
    desk.move(two, "won")
    assert [letter.state for letter in desk.letters(LetterKind.WIN)] == ["cancelled", "waiting"]
