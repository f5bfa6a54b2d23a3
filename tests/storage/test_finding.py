"""Finding deals by their words and by their owner."""

from datetime import timedelta

import pytest

from pipeline.stages import Field
from tests.conftest import ANA, BEN, TEAM
from tests.pipeline.desk import Desk


def found(desk: Desk, words: str, limit: int = 5) -> list[str]:
    with desk.store.read(TEAM) as work:
        return [deal.title for deal in work.deals.matching(words, limit)]


def test_the_exact_name_is_enough_then_the_beginning_then_a_part(desk: Desk) -> None:
    for title in ("Acme", "Acme Nord", "New Acme"):
        desk.new(title)
        desk.at += timedelta(minutes=1)
    assert found(desk, "acme") == ["Acme"]
    assert found(desk, "acme n") == ["Acme Nord"]
    assert found(desk, "new ac") == ["New Acme"]
    assert found(desk, "cme") == ["New Acme", "Acme Nord", "Acme"]
    assert found(desk, "cme", limit=2) == ["New Acme", "Acme Nord"]
    assert found(desk, "beta") == []


def test_the_company_is_a_name_too(desk: Desk) -> None:
    desk.new("Roof", fields={Field.COMPANY: "Müller & Söhne"})
    assert found(desk, "muller & sohne") == ["Roof"]
    assert found(desk, "MÜLLER") == ["Roof"]


@pytest.mark.parametrize(
    "title", ["100% Acme", "a_b", "back\\slash", 'it\'s "quoted"', "x'); DROP TABLE deals;--"]
)
def test_signs_that_mean_something_to_a_database_are_plain_text(desk: Desk, title: str) -> None:
    desk.new(title)
    desk.new("axb plain")
    for part in (title, title[:-1], title[1:]):
        assert found(desk, part) == [title]


@pytest.mark.parametrize("words", ["", " ", "\u200b", "a\0b", "\ud800", "%", "_", "\\"])
def test_words_that_no_name_can_hold_find_nothing(desk: Desk, words: str) -> None:
    desk.new("Acme")
    assert found(desk, words) == []


def test_open_deals_come_before_closed_ones_and_voided_ones_never(desk: Desk) -> None:
    for title in ("Acme 1", "Acme 2", "Acme 3"):
        desk.new(title)
        desk.at += timedelta(minutes=1)
    desk.lose(3)
    desk.undo(desk.deal(2))
    assert found(desk, "acme") == ["Acme 1", "Acme 3"]


def test_a_changed_title_is_found_by_its_new_words_only(desk: Desk) -> None:
    deal = desk.new("Acme")
    desk.edit(deal, {Field.TITLE: "Beta"})
    assert found(desk, "acme") == []
    assert found(desk, "beta") == ["Beta"]
    desk.undo(deal)
    assert found(desk, "acme") == ["Acme"]


def test_a_persons_open_deals_come_oldest_stay_first_with_their_true_count(desk: Desk) -> None:
    for title in ("One", "Two", "Three", "Lost", "Void"):
        desk.filled(title)
        desk.at += timedelta(minutes=1)
    desk.filled("Not mine", BEN)
    desk.move(1, "proposal")
    desk.lose(4)
    desk.undo(desk.deal(5))
    with desk.store.read(TEAM) as work:
        deals, count = work.deals.open_of(ANA, 2)
        assert ([deal.title for deal in deals], count) == (["Two", "Three"], 3)
        assert work.deals.open_of(ANA, 10)[1] == 3
