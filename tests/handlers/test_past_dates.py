"""Days gone by, as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.comparing import Ahead, read_since
from handlers.dates import UnreadableDate
from handlers.past_dates import read_past
from handlers.slack_text import Decoded

# A Wednesday.
TODAY = date(2026, 11, 25)

READ = [
    ("today", date(2026, 11, 25)),
    ("gestern", date(2026, 11, 24)),
    ("monday", date(2026, 11, 23)),
    ("Mittwoch", date(2026, 11, 25)),
    ("last wednesday", date(2026, 11, 18)),
    ("letztem Freitag", date(2026, 11, 20)),
    ("thursday", date(2026, 11, 19)),
    ("this week", date(2026, 11, 23)),
    ("last week", date(2026, 11, 16)),
    ("letzter Woche", date(2026, 11, 16)),
    ("letztem Monat", date(2026, 10, 1)),
    ("this quarter", date(2026, 10, 1)),
    ("last quarter", date(2026, 7, 1)),
    ("letztem Jahr", date(2025, 1, 1)),
    ("3 days ago", date(2026, 11, 22)),
    ("vor zwei Wochen", None),
    ("vor 2 Wochen", date(2026, 11, 11)),
    ("a week ago", date(2026, 11, 18)),
    ("last 30 days", date(2026, 10, 26)),
    ("9 months ago", date(2026, 2, 25)),
    ("1 Nov", date(2026, 11, 1)),
    ("dem 1. November", date(2026, 11, 1)),
    ("15.12.", date(2025, 12, 15)),
    ("25.11.", date(2026, 11, 25)),
    ("november", date(2026, 11, 1)),
    ("März", date(2026, 3, 1)),
    ("december", date(2025, 12, 1)),
    ("2026-11-16", date(2026, 11, 16)),
    ("KW 48", date(2026, 11, 23)),
    ("week 49", date(2025, 12, 1)),
    ("der 46. KW", date(2026, 11, 9)),
    ("KW 46 2024", date(2024, 11, 11)),
    ("KW 53", date(2020, 12, 28)),
    ("Christmas", date(2025, 12, 24)),
    ("Silvester", date(2025, 12, 31)),
    ("Neujahr", date(2026, 1, 1)),
    ("KW 54", None),
    ("in 3 days", None),
    ("tomorrow", None),
    ("next monday", None),
    ("never", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), READ, ids=[text for text, _ in READ])
def test_a_day_is_the_last_one_that_fits(text: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(UnreadableDate):
            read_past(text, TODAY)
    else:
        assert read_past(text, TODAY) == day


def test_a_leap_day_has_a_day_a_year_before() -> None:
    assert read_past("29.2.", date(2028, 2, 29)) == date(2028, 2, 29)
    assert read_past("1 month ago", date(2026, 3, 31)) == date(2026, 2, 28)


@given(text=st.text(max_size=30), today=st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_any_text_is_a_day_or_refused(text: str, today: date) -> None:
    try:
        read_since(Decoded(text, {}), today)
    except (UnreadableDate, Ahead):
        return


@pytest.mark.parametrize(
    ("line", "day", "left"),
    [
        ("", date(2026, 11, 23), ""),
        ("mine", date(2026, 11, 23), "mine"),
        ("since monday mine", date(2026, 11, 23), "mine"),
        ("mine since last week in Partners", date(2026, 11, 16), "mine in Partners"),
        ("seit 1. November, meine", date(2026, 11, 1), "meine"),
        ("last week closing this month", date(2026, 11, 16), "closing this month"),
        ("closing this month", date(2026, 11, 23), "closing this month"),
    ],
)
def test_the_day_stands_anywhere_behind_since_or_first(line: str, day: date, left: str) -> None:
    asked = read_since(Decoded(line, {}), TODAY)
    assert (asked.since, asked.rest.text) == (day, left)


def test_on_a_monday_nothing_said_is_the_monday_before() -> None:
    assert read_since(Decoded("", {}), date(2026, 11, 23)).since == date(2026, 11, 16)
