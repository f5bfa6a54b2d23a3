"""Finding deals by their words and by their owner."""

from datetime import timedelta

import pytest

from pipeline.finding import Called, Found, Wanted
from pipeline.money import Money
from pipeline.stages import Field
from storage import finding
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


def test_the_names_of_the_deals_that_changed_last_are_folded_and_void_ones_left_out(desk: Desk) -> None:
    made = []
    for title in ("Café", "Roof", "Void", "New"):
        made.append(desk.new(title, fields={Field.COMPANY: "Müller"}))
        desk.at += timedelta(minutes=1)
    desk.void(made[2])
    desk.edit(made[0], {Field.CONTACT: "Bob"})
    with desk.store.read(TEAM) as work:
        assert [each.number for each in work.deals.called_lately(2)] == [1, 4]
        assert work.deals.called_lately(9) == (
            Called(1, "cafe", "muller"),
            Called(4, "new", "muller"),
            Called(2, "roof", "muller"),
        )


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


def looked_for(desk: Desk, words: str, page: int = 1, size: int = 9) -> list[str]:
    wanted = Wanted(desk.at.date(), desk.at, words=words, closed_too=True)
    with desk.store.read(TEAM) as work:
        return [deal.title for deal in work.deals.find(wanted, page, size).deals]


def named_in_many_ways(desk: Desk) -> None:
    """The later a deal is made, the earlier it comes among its equals."""
    for title, company in (
        ("ACME", ""),
        ("Roof", "Acmé"),
        ("Acme Nord", ""),
        ("Wall", "acme & sons"),
        ("New Acme", ""),
        ("Door", "The Acme Group"),
    ):
        desk.new(title, fields={Field.COMPANY: company})
        desk.at += timedelta(minutes=1)
    desk.new("Fence", fields={Field.CONTACT: "Acme"})


IN_ORDER = ["Roof", "ACME", "Wall", "Acme Nord", "Fence", "Door", "New Acme"]


def test_a_search_puts_first_what_is_called_so_then_what_begins_so(desk: Desk) -> None:
    named_in_many_ways(desk)
    assert looked_for(desk, "  Acme ") == IN_ORDER
    assert looked_for(desk, "acme nord") == ["Acme Nord"]
    assert looked_for(desk, "acme n")[:1] == ["Acme Nord"]


@pytest.mark.parametrize("few", [0, 3, 2000])
@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_the_pages_of_a_search_follow_the_same_order(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, few: int, size: int
) -> None:
    monkeypatch.setattr(finding, "_FEW", few)
    named_in_many_ways(desk)
    pages = [looked_for(desk, "acme", page, size) for page in range(1, -(-len(IN_ORDER) // size) + 1)]
    assert [title for page in pages for title in page] == IN_ORDER


def test_among_equals_open_deals_come_first_and_what_is_called_so_even_closed(desk: Desk) -> None:
    named_in_many_ways(desk)
    for number in (1, 2, 4):
        desk.lose(number)
    assert looked_for(desk, "acme") == ["Roof", "ACME", "Acme Nord", "Wall", "Fence", "Door", "New Acme"]


@pytest.mark.parametrize("sign", ["%", "_", "\\"])
def test_a_sign_of_the_database_begins_no_name_but_its_own(desk: Desk, sign: str) -> None:
    for title in (f"{sign} off", f"Ten{sign}", sign):
        desk.new(title)
        desk.at += timedelta(minutes=1)
    assert looked_for(desk, sign) == [sign, f"{sign} off", f"Ten{sign}"]


def test_a_code_is_what_its_deal_is_called(desk: Desk) -> None:
    for title in ("Acme", "Room 1", "Door 1"):
        desk.new(title)
    for words in ("1", "d1", "D-1"):
        assert looked_for(desk, words)[0] == "Acme"


@pytest.mark.parametrize("page", [1, 2, 3, 9])
@pytest.mark.parametrize("few", [0, 2, 3, 4])
def test_many_deals_that_hold_a_word_are_listed_and_summed_as_few_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, few: int, page: int
) -> None:
    for title, value in (
        ("Acme 1", Money(5, "USD")),
        ("Acme 2", Money(7, "EUR")),
        ("Acme 3", None),
        ("Acme 4", Money(9, "EUR")),
        ("Acme 5", Money(1, "CHF")),
        ("Beta", Money(3, "EUR")),
    ):
        desk.new(title, fields={Field.VALUE: value})
        desk.at += timedelta(minutes=1)

    def looked_up() -> Found:
        wanted = Wanted(desk.at.date(), desk.at, words="acme", closed_too=True)
        with desk.store.read(TEAM) as work:
            return work.deals.find(wanted, page, 2)

    at_once = looked_up()
    assert (at_once.total, at_once.unvalued) == (5, 1)
    assert list(at_once.sums.items()) == [("EUR", 16), ("CHF", 1), ("USD", 5)]
    monkeypatch.setattr(finding, "_FEW", few)
    again = looked_up()
    assert again == at_once
    assert list(again.sums) == list(at_once.sums)
