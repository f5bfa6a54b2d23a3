"""What narrows a list down, in both languages and in any order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.amounts import UnreadableAmount
from handlers.filters import Asking, UnknownFilter, read_filters
from handlers.slack_text import decode
from pipeline.finding import Wanted
from pipeline.money import Money
from pipeline.people import Person
from tests.views.gallery.sitter import PIPELINE

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
ALL = Wanted(NOW.date(), NOW)
GONE = tuple(
    Person("T0SALES", person_id, name, active=False)
    for person_id, name in (("U0GONE", "Ana Lima"), ("U0LEFT", "ben"), ("U0AWAY", "ana lima"))
)
ASKING = Asking("U0ANA", "EUR", [PIPELINE], lambda: GONE)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
OVER_50K = Money(5_000_000, "EUR")


def read(text: str, today: date = ALL.today) -> Wanted:
    return read_filters(decode(text), ASKING, replace(ALL, today=today))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", {}),
        ("open deals", {}),
        ("offene Deals", {}),
        ("mine", {"owner_ids": ("U0ANA",)}),
        ("meine", {"owner_ids": ("U0ANA",)}),
        ("<@U0BEN|ben>", {"owner_ids": ("U0BEN",)}),
        ("<@U0BEN>,<@U0ANA>", {"owner_ids": ("U0BEN", "U0ANA")}),
        ("stale", {"stale": True}),
        ("liegt", {"stale": True}),
        ("alt", {"stale": True}),
        ("overdue", {"overdue": True}),
        ("Überfällig", {"overdue": True}),
        ("unowned", {"unowned": True}),
        ("no owner", {"unowned": True}),
        ("ohne Besitzer", {"unowned": True}),
        ("Niemand", {"unowned": True}),
        ("parked", {"parked": True}),
        ("geparkt", {"parked": True}),
        ("ruht", {"parked": True}),
        ("@ana lima", {"owner_ids": ("U0GONE", "U0AWAY")}),
        ("@BEN", {"owner_ids": ("U0LEFT",)}),
        ("over 50k", {"over": OVER_50K}),
        ("&gt;50k", {"over": OVER_50K}),
        ("über 50.000 €", {"over": OVER_50K}),
        ("over 50 k", {"over": OVER_50K}),
        ("over $50,000", {"over": Money(5_000_000, "USD")}),
        ("über 1,5 Mio €", {"over": Money(150_000_000, "EUR")}),
        ("closing this month", {"closing": NOVEMBER}),
        ("schließt diesen Monat", {"closing": NOVEMBER}),
        ("Abschluss diesen Monat", {"closing": NOVEMBER}),
        ("closing", {"stage_ids": (5,)}),
        ("Abschluss", {"stage_ids": (5,)}),
        ("neg", {"stage_ids": (4,)}),
        ("Lead generation", {"stage_ids": (1,)}),
        ("lead, proposal", {"stage_ids": (1, 3)}),
        ("won", {"stage_ids": (6,), "closed_too": True}),
    ],
)
def test_one_filter(text: str, meant: Mapping[str, Any]) -> None:
    assert read(text) == replace(ALL, **meant)


def test_filters_are_combined_in_any_order() -> None:
    every = replace(
        ALL,
        stage_ids=(4,),
        owner_ids=("U0ANA",),
        stale=True,
        overdue=True,
        unowned=True,
        parked=True,
        over=OVER_50K,
        closing=NOVEMBER,
    )
    assert read("negotiation, mine, unowned, stale, overdue, parked, over 50k, closing this month") == every
    assert (
        read("closing this month over 50k overdue and no owner and stale and mine parked in negotiation")
        == every
    )
    assert (
        read("schließt diesen Monat über 50k überfällig ohne Besitzer liegt meine geparkt Verhandlung")
        == every
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-11-17", "2026-11-17"),
        ("morgen", "2026-11-18", "2026-11-18"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("nächste Woche", "2026-11-23", "2026-11-29"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("dieses Quartal", "2026-10-01", "2026-12-31"),
        ("next quarter", "2027-01-01", "2027-03-31"),
        ("dieses Jahr", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_ends_with_its_last_day(text: str, first: str, last: str) -> None:
    assert read(f"closing {text}").closing == (date.fromisoformat(first), date.fromisoformat(last))


def test_december_is_followed_by_january() -> None:
    assert read("closing next month", date(2026, 12, 31)).closing == (date(2027, 1, 1), date(2027, 1, 31))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("xyzzy mine", "xyzzy"),
        ("mine xyzzy", "xyzzy"),
        ("over", "over"),
        ("<#C0SALES|sales>", "#sales"),
        ("wo", "wo"),
        ("@carla mine", "@carla"),
        ("no", "no"),
    ],
)
def test_a_word_that_is_no_filter_is_named(text: str, word: str) -> None:
    with pytest.raises(UnknownFilter) as unknown:
        read(text)
    assert unknown.value.word == word


def test_an_amount_that_cannot_be_read_is_named() -> None:
    with pytest.raises(UnreadableAmount) as unreadable:
        read("over lots mine")
    assert unreadable.value.word == "lots"


@given(st.text())
@example("> > >")
@example("over over over")
@example("lead " * 800)
def test_every_text_is_understood_or_refused(text: str) -> None:
    try:
        read(text)
    except (UnknownFilter, UnreadableAmount):
        return
