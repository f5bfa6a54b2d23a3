"""Won, lost and reopened; and which wins the channel hears of."""

import json
from datetime import timedelta

import pytest

from pipeline import errors
from pipeline.deal import ChangeKind, Deal
from pipeline.letters import LetterKind
from pipeline.money import Money
from pipeline.stages import Field
from tests.conftest import BEN, MAIN_CHANNEL, OLGA
from tests.pipeline.desk import Desk
from tests.pipeline.test_moving import archive_stage


def test_won_lost_and_reopened_are_recorded_as_such(desk: Desk) -> None:
    deal = desk.filled()
    desk.move(deal, "won")
    desk.reopen(deal)
    desk.lose(deal)
    kinds = [change.kind for change in desk.history(deal)]
    assert kinds == [ChangeKind.CREATED, ChangeKind.WON, ChangeKind.REOPENED, ChangeKind.LOST]


@pytest.mark.parametrize("closing", ["won", "lost"])
def test_a_deal_reopens_where_it_was_closed_from(desk: Desk, closing: str) -> None:
    deal = desk.filled()
    desk.move(deal, "negotiation")
    desk.move(deal, closing, fields={Field.REASON: "Price"})
    desk.at += timedelta(days=1)
    opened = desk.reopen(deal).deal
    assert opened.stage_id == desk.stage("negotiation").id
    assert (opened.reason, opened.closed_at, opened.entered_at) == ("", None, desk.at)


def test_a_closing_that_was_undone_does_not_decide_where_to_reopen(desk: Desk) -> None:
    deal = desk.filled()
    desk.move(deal, "closing")
    desk.lose(deal)
    desk.undo(deal)
    desk.move(deal, "proposal")
    desk.lose(deal)
    assert desk.reopen(deal).deal.stage_id == desk.stage("proposal").id


def test_a_person_may_choose_the_open_stage_to_reopen_to(desk: Desk) -> None:
    deal = desk.filled()
    desk.move(deal, "won")
    with pytest.raises(errors.DealIsClosed):
        desk.reopen(deal, stage="lost", fields={Field.REASON: "x"})
    assert desk.reopen(deal, stage="proposal").deal.stage_id == desk.stage("proposal").id


def test_a_deal_closed_from_an_archived_stage_asks_where_to(desk: Desk) -> None:
    deal = desk.filled()
    desk.move(deal, "closing")
    desk.lose(deal)
    archive_stage(desk, desk.stage("closing").id)
    with pytest.raises(errors.StageArchived) as refused:
        desk.reopen(deal)
    assert refused.value.stage.key == "closing"
    desk.reopen(deal, stage="lead")


def test_an_open_deal_cannot_be_reopened(desk: Desk) -> None:
    with pytest.raises(errors.DealIsOpen):
        desk.reopen(desk.new())


def test_the_first_win_is_told(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    win(desk, "One", 100)
    (letter,) = desk.letters(LetterKind.WIN)
    assert letter.channel_id == MAIN_CHANNEL
    assert json.loads(letter.payload) == {"reason": "first"}


def test_only_the_biggest_win_of_thirty_days_is_told_after_that(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    told = [win(desk, f"Deal {place}", value) for place, value in enumerate([100, 100, 99, 101, 50])]
    assert told == ["first", None, None, "biggest", None]
    desk.at += timedelta(days=30, seconds=1)
    assert win(desk, "After a quiet month", 10) is None
    assert win(desk, "Bigger", 11) == "biggest"


def test_a_win_is_never_compared_across_currencies(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    win(desk, "Euros", 100)
    assert win(desk, "Yen", 10_000, "JPY") is None
    assert win(desk, "More yen", 10_001, "JPY") == "biggest"


def test_a_win_without_any_channel_is_not_told(desk: Desk) -> None:
    win(desk, "One", 100)
    assert not desk.letters(LetterKind.WIN)


def test_a_loss_is_not_told(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    desk.lose(desk.filled())
    assert not desk.letters(LetterKind.WIN)


def test_a_double_press_tells_a_win_once(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    deal = desk.filled()
    desk.move(deal, "won", expected=1)
    desk.move(deal, "won", expected=1)
    assert len(desk.letters(LetterKind.WIN)) == 1


def test_a_deal_won_again_is_told_again(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    deal = desk.filled()
    desk.move(deal, "won")
    desk.reopen(deal)
    desk.move(deal, "won")
    assert len(desk.letters(LetterKind.WIN)) == 2


def win(desk: Desk, title: str, value: int, currency: str = "EUR") -> str | None:
    """Why the channel hears of it, if it does."""
    deal: Deal = desk.new(title, BEN, {Field.VALUE: Money(value, currency)})
    desk.move(deal, "won", OLGA)
    told = [letter for letter in desk.letters(LetterKind.WIN) if letter.deal_id == deal.id]
    return json.loads(told[0].payload)["reason"] if told else None
