"""Making a deal: its number, its owner, its card, and the same title typed twice."""

from datetime import timedelta

import pytest

from pipeline import errors
from pipeline.deal import ChangeKind
from pipeline.letters import LetterKind
from pipeline.people import Channel
from pipeline.stages import Field
from tests.conftest import ANA, BEN, MAIN_CHANNEL
from tests.pipeline.desk import FILLED, Desk


def test_deals_are_numbered_in_their_order(desk: Desk) -> None:
    assert [desk.new(title).code for title in ("One", "Two", "Three")] == ["D-1", "D-2", "D-3"]


def test_a_refused_deal_takes_no_number(desk: Desk) -> None:
    desk.new("One")
    with pytest.raises(errors.FieldUnfit):
        desk.new("x" * 151)
    assert desk.new("Two").number == 2


def test_a_new_deal_starts_in_the_first_stage_and_is_as_it_was_said(desk: Desk) -> None:
    deal = desk.new(fields=FILLED)
    assert desk.deal(deal) == deal
    assert deal.stage_id == desk.pipeline.first.id
    assert {field: deal.said(field) for field in FILLED} == FILLED
    assert deal.created_at == deal.entered_at == deal.changed_at == desk.at
    (created,) = desk.history(deal)
    assert (created.kind, created.version, created.by) == (ChangeKind.CREATED, 1, ANA)


def test_the_creator_owns_a_deal_unless_another_is_named(desk: Desk) -> None:
    assert desk.new("One").owner_id == ANA
    assert desk.new("Two", fields={Field.OWNER: BEN}).owner_id == BEN
    assert desk.new("Three", fields={Field.OWNER: None}).owner_id is None


@pytest.mark.parametrize("again", ["Acme", "  acme ", "ACME", "Acmé"])
def test_the_same_title_typed_again_within_two_minutes_is_asked_about(desk: Desk, again: str) -> None:
    deal = desk.new("Acme")
    desk.at += timedelta(minutes=2) - timedelta(microseconds=1)
    with pytest.raises(errors.MadeAlready) as refused:
        desk.new(again)
    assert refused.value.deal == deal
    assert desk.new(again, again=True).number == 2


def test_the_same_title_is_free_later_for_another_person_and_after_an_undo(desk: Desk) -> None:
    deal = desk.new("Acme")
    desk.new("Acme", BEN)
    desk.new("Acme 2")
    desk.undo(deal)
    later = desk.new("Acme")
    desk.at += timedelta(minutes=2)
    assert desk.new("Acme").number == later.number + 1


@pytest.mark.parametrize("title", ["", " ", "\u200b", "\u2060\n"])
def test_a_deal_has_a_title_that_can_be_seen(desk: Desk, title: str) -> None:
    with pytest.raises(errors.FieldUnfit) as refused:
        desk.new(title)
    assert (refused.value.field, refused.value.reason) == (Field.TITLE, "empty")


def test_a_card_goes_where_the_deal_was_made_if_the_bot_may_be_there(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    desk.keep_channel(Channel(desk.team, "C0IN", member=True))
    desk.keep_channel(Channel(desk.team, "C0OUT", member=False))
    desk.keep_channel(Channel(desk.team, "D0ANA", member=True, direct=True))
    for place in ("C0IN", "C0OUT", "D0ANA", "C0NEVERSEEN", None):
        desk.new(f"From {place}", channel=place)
    places = [letter.channel_id for letter in desk.letters(LetterKind.CARD)]
    assert places == ["C0IN", MAIN_CHANNEL, MAIN_CHANNEL, "C0NEVERSEEN", MAIN_CHANNEL]


def test_without_any_channel_there_is_no_card(desk: Desk) -> None:
    desk.new()
    assert not desk.letters(LetterKind.CARD)
