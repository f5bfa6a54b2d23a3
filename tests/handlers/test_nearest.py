"""What somebody may have meant whose words name no deal, or nobody."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.nearest import OFFERED, near_deals, near_people
from pipeline.finding import Called
from pipeline.names import fold
from pipeline.people import Person


def called(number: int, title: str, company: str = "") -> Called:
    return Called(number, fold(title), fold(company))


DEALS = (
    called(1, "Coffee machines", "Acme Corp"),
    called(2, "Coffee beans", "Müller & Söhne"),
    called(3, "Shift planning for 40 staff", "Castello Caffè"),
    called(4, "Roof", "Globex"),
)
PEOPLE = tuple(
    Person("T1", f"U{place}", name) for place, name in enumerate(("Mia Berg", "Mike", "José", "Ana"), 1)
)


@pytest.mark.parametrize(
    ("typed", "numbers", "rest"),
    [
        ("cofee machines", [1], ""),
        ("Cofee machnes qualification", [1], "qualification"),
        ("cofee", [1, 2], ""),
        ("Mullr", [2], ""),
        ("shift plannning won", [3], "won"),
        ("planing for negotiation", [3], "negotiation"),
        ("Globx &lt;now&gt;", [4], "&lt;now&gt;"),
        ("Rof <@U1>", [4], "<@U1>"),
        ("entirely other", [], ""),
        ("D-99", [], ""),
        ("", [], ""),
    ],
)
def test_the_nearest_deals_are_found_with_what_follows_their_name(
    typed: str, numbers: list[int], rest: str
) -> None:
    near = near_deals(DEALS, typed)
    assert [each.deal.number for each in near] == numbers
    assert {each.rest for each in near} <= {rest}


def test_no_more_are_offered_than_can_be_looked_over() -> None:
    assert len(near_deals([called(number, f"Roof {number}") for number in range(20)], "Rooof")) == OFFERED


@given(st.sampled_from(DEALS), st.data())
def test_one_wrong_letter_hides_no_title(deal: Called, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(deal.title) - 1).filter(lambda each: deal.title[each] != " "))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    typed = deal.title[:place] + letter + deal.title[place + 1 :]
    assert deal in [each.deal for each in near_deals(DEALS, typed)]


@given(st.text())
def test_any_text_has_near_deals_or_none(text: str) -> None:
    assert all(each.deal in DEALS for each in near_deals(DEALS, text))
    assert set(near_people(PEOPLE, text)) <= set(PEOPLE)


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("@mia", ["Mia Berg"]),
        ("mia", ["Mia Berg"]),
        ("berg", ["Mia Berg"]),
        ("mi", ["Mia Berg", "Mike"]),
        ("jose", ["José"]),
        ("josé", ["José"]),
        ("mikee", ["Mike"]),
        ("zoe", []),
        ("@", []),
    ],
)
def test_people_are_found_by_the_beginning_of_a_name_or_nearly(word: str, names: list[str]) -> None:
    assert [person.name for person in near_people(PEOPLE, word)] == names
