"""Notes, claims, rests, pushes, mistakes and mergers."""

from datetime import date, timedelta

import pytest

from pipeline import errors
from pipeline.deal import ChangeKind
from pipeline.letters import LetterKind
from pipeline.money import Money
from pipeline.stages import Field
from tests.conftest import ANA, BEN, GUS, MIA
from tests.pipeline.desk import Desk


def test_a_rep_writes_a_note_on_anybodys_deal(desk: Desk) -> None:
    deal = desk.new(by=ANA)
    noted = desk.note(deal, "They ask for a reference", by=BEN)
    assert (noted.change.kind, noted.change.note) == (ChangeKind.NOTED, "They ask for a reference")
    assert desk.deal(deal).version == 2


def test_a_guest_writes_no_note(desk: Desk) -> None:
    deal = desk.new(by=ANA)
    with pytest.raises(errors.NoRight):
        desk.note(deal, by=GUS)


def test_a_note_is_written_on_a_closed_deal_but_not_on_a_void_one(desk: Desk) -> None:
    lost, mistaken = desk.new("Lost"), desk.new("Mistaken")
    desk.lose(lost)
    desk.note(lost)
    desk.void(mistaken)
    with pytest.raises(errors.DealIsVoid):
        desk.note(mistaken)


def test_only_what_nobody_owns_is_claimed(desk: Desk) -> None:
    free, owned = desk.new("Free", fields={Field.OWNER: None}), desk.new("Owned", by=ANA)
    assert desk.claim(free, BEN).deal.owner_id == BEN
    with pytest.raises(errors.OwnedAlready):
        desk.claim(owned, MIA)
    with pytest.raises(errors.AlreadySaid):
        desk.claim(owned, ANA)


def test_the_second_press_of_claim_gets_the_first_ones_answer(desk: Desk) -> None:
    free = desk.new(fields={Field.OWNER: None})
    desk.claim(free, BEN, expected=1)
    assert desk.claim(free, BEN, expected=1).again


def test_a_close_date_put_off_is_a_push_and_taking_it_back_uncounts_it(desk: Desk) -> None:
    deal = desk.new(fields={Field.CLOSE_ON: date(2026, 12, 1)})
    desk.edit(deal, {Field.CLOSE_ON: date(2026, 12, 20)})
    desk.edit(deal, {Field.CLOSE_ON: date(2026, 12, 10)})
    pushed = desk.edit(deal, {Field.CLOSE_ON: date(2027, 1, 10)})
    assert pushed.deal.pushes == 2
    assert desk.undo(deal).deal.pushes == 1


def test_a_closed_deal_is_not_parked(desk: Desk) -> None:
    deal = desk.new()
    assert desk.edit(deal, {Field.NURTURE_UNTIL: date(2027, 3, 1)}).deal.nurture_until
    desk.lose(deal)
    with pytest.raises(errors.DealIsClosed):
        desk.edit(deal, {Field.NURTURE_UNTIL: date(2027, 4, 1)})


def test_a_void_deal_changes_no_more_until_that_is_taken_back(desk: Desk) -> None:
    deal = desk.new()
    voided = desk.void(deal, expected=1)
    assert voided.deal.voided_at == desk.at
    assert desk.void(deal, expected=1).again
    with pytest.raises(errors.DealIsVoid):
        desk.edit(deal, {Field.COMPANY: "Acme"})
    assert desk.undo(deal).deal.voided_at is None
    desk.edit(deal, {Field.COMPANY: "Acme"})


def test_a_day_later_a_void_deal_stays_void(desk: Desk) -> None:
    deal = desk.new()
    desk.void(deal)
    desk.at += timedelta(days=1, seconds=1)
    with pytest.raises(errors.UndoTooLate):
        desk.undo(deal)


def test_the_first_deal_survives_a_merger_and_takes_what_it_lacks(desk: Desk) -> None:
    kept = desk.new("Acme", fields={Field.COMPANY: "Acme"})
    gone = desk.new(
        "ACME Corp", fields={Field.COMPANY: "Other", Field.CONTACT: "Jo", Field.VALUE: Money(500, "EUR")}
    )
    merged = desk.merge(kept, gone).deal
    assert (merged.title, merged.company, merged.contact, merged.value) == (
        "Acme",
        "Acme",
        "Jo",
        Money(500, "EUR"),
    )
    other = desk.deal(gone)
    assert (other.merged_into, other.voided_at) == (kept.id, desk.at)
    assert [each.kind for each in desk.history(gone)] == [ChangeKind.CREATED, ChangeKind.ABSORBED]


def test_taking_a_merger_back_restores_both(desk: Desk) -> None:
    kept, gone = desk.new("Acme"), desk.new("ACME Corp", fields={Field.CONTACT: "Jo"})
    desk.merge(kept, gone)
    desk.undo(kept)
    first, second = desk.deal(kept), desk.deal(gone)
    assert (first.contact, first.version) == ("", 3)
    assert (second.contact, second.voided_at, second.merged_into, second.version) == ("Jo", None, None, 3)
    with pytest.raises(errors.NothingToUndo):
        desk.undo(kept)


def test_a_merger_stays_once_the_survivor_has_changed(desk: Desk) -> None:
    kept, gone = desk.new("Acme"), desk.new("ACME Corp")
    desk.merge(kept, gone)
    desk.edit(kept, {Field.COMPANY: "Acme"})
    desk.undo(kept)
    with pytest.raises(errors.NothingToUndo):
        desk.undo(kept)
    assert desk.deal(gone).merged_into == kept.id


def test_what_is_no_duplicate_is_not_merged(desk: Desk) -> None:
    kept, lost, mistaken = desk.new("Acme"), desk.new("Lost"), desk.new("Mistaken")
    desk.lose(lost)
    desk.void(mistaken)
    with pytest.raises(errors.MergedWithItself):
        desk.merge(kept, kept)
    with pytest.raises(errors.KindsDiffer):
        desk.merge(kept, lost)
    with pytest.raises(errors.DealIsVoid):
        desk.merge(kept, mistaken)


def test_whoever_may_not_change_both_deals_merges_none(desk: Desk) -> None:
    mine, theirs = desk.new("Acme", by=BEN), desk.new("ACME Corp", by=ANA)
    with pytest.raises(errors.NoRight):
        desk.merge(mine, theirs, BEN)
    assert desk.deal(mine).version == desk.deal(theirs).version == 1


def test_none_of_these_acts_posts_to_a_channel(desk: Desk) -> None:
    desk.channel = "C0SALES"
    kept, gone = desk.new("Acme"), desk.new("ACME Corp")
    before = len(desk.letters(LetterKind.CARD))
    desk.note(kept)
    desk.merge(kept, gone)
    desk.void(kept)
    assert len(desk.letters(LetterKind.CARD)) == before
    assert not desk.letters(LetterKind.WIN)
    assert len(desk.letters(LetterKind.THREAD)) == 1
