"""What a change says in Slack: one line a minute under its card, nothing twice, nothing that was not saved."""

import json

import pytest

from pipeline import errors
from pipeline.letters import COALESCE_SECONDS, Letter, LetterKind
from pipeline.stages import Field
from tests.conftest import MAIN_CHANNEL
from tests.pipeline.desk import Desk


def test_all_that_happens_to_a_deal_within_a_minute_is_one_line(desk: Desk) -> None:
    deal = desk.filled()
    for stage in ("qualification", "proposal", "negotiation"):
        desk.move(deal, stage)
    desk.edit(deal, {Field.COMPANY: "Acme Ltd"})
    desk.undo(deal)
    (line,) = desk.letters(LetterKind.THREAD)
    assert json.loads(line.payload) == {"since": 2}
    assert line.not_before - line.created == pytest.approx(COALESCE_SECONDS * 1000, abs=5)


def test_each_deal_has_its_own_line(desk: Desk) -> None:
    for title in ("One", "Two"):
        desk.move(desk.filled(title), "proposal")
    assert len(desk.letters(LetterKind.THREAD)) == 2


def test_a_refused_act_says_nothing(desk: Desk) -> None:
    desk.channel = MAIN_CHANNEL
    deal = desk.new()
    with pytest.raises(errors.GateUnmet):
        desk.move(deal, "won")
    assert not desk.letters(LetterKind.THREAD)
    assert not desk.letters(LetterKind.WIN)


def test_a_letter_of_the_same_key_is_written_once(desk: Desk) -> None:
    for reason in ("one", "two"):
        with desk.store.begin(desk.team) as work:
            work.outbox.put(Letter(LetterKind.PRIVATE, "hello", person_id="U0ANA", payload={"text": reason}))
    (letter,) = desk.letters(LetterKind.PRIVATE)
    assert json.loads(letter.payload) == {"text": "one"}
    assert letter.lane == "@U0ANA"


def test_taking_back_what_was_never_written_does_nothing(desk: Desk) -> None:
    with desk.store.begin(desk.team) as work:
        work.outbox.take_back("win:404")
    assert not desk.letters(LetterKind.AMEND)


def test_a_letter_carries_any_text(desk: Desk) -> None:
    """Also what could not be stored as it is."""
    text = "Ümläut 😀 \0 \ud800"
    with desk.store.begin(desk.team) as work:
        work.outbox.put(Letter(LetterKind.PRIVATE, "odd", person_id="U0ANA", payload={"text": text}))
    (letter,) = desk.letters(LetterKind.PRIVATE)
    assert json.loads(letter.payload) == {"text": text}
