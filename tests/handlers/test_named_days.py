"""Days and weeks that go by a name or a number."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.calendar_days import EARLIEST, LATEST, DateProblem
from handlers.dates import FoundDate, UnreadableDate, date_first, date_last, read_date
from handlers.past_dates import read_past

TODAY = date(2026, 11, 25)  # a Wednesday, in week 48
days = st.dates(EARLIEST, date(LATEST.year - 10, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KW 51", date(2026, 12, 18)),
        ("kw51", date(2026, 12, 18)),
        ("KW. 51", date(2026, 12, 18)),
        ("51. KW", date(2026, 12, 18)),
        ("zur 51. Kalenderwoche", date(2026, 12, 18)),
        ("Kalenderwoche 51", date(2026, 12, 18)),
        ("Woche 51", date(2026, 12, 18)),
        ("Ende KW 51", date(2026, 12, 18)),
        ("in KW 51", date(2026, 12, 18)),
        ("CW 51", date(2026, 12, 18)),
        ("week 51", date(2026, 12, 18)),
        ("calendar week 51", date(2026, 12, 18)),
        ("the end of week 51", date(2026, 12, 18)),
        ("the 51st week", date(2026, 12, 18)),
        ("KW 51 2027", date(2027, 12, 24)),
        ("KW 51/2027", date(2027, 12, 24)),
        ("KW 51/27", date(2027, 12, 24)),
        ("51. KW 2027", date(2027, 12, 24)),
        ("week 51 of 2027", date(2027, 12, 24)),
        ("2027-W51", date(2027, 12, 24)),
        ("KW 1", date(2027, 1, 8)),
        ("KW 48", date(2026, 11, 27)),
        ("KW 47", date(2027, 11, 26)),
        ("KW 53", date(2027, 1, 1)),
        ("end of week", date(2026, 11, 27)),
        ("the end of the week", date(2026, 11, 27)),
        ("eow", date(2026, 11, 27)),
        ("Ende der Woche", date(2026, 11, 27)),
        ("end of next week", date(2026, 12, 4)),
        ("Ende nächster Woche", date(2026, 12, 4)),
    ],
)
def test_a_week_is_its_friday_in_both_languages(text: str, expected: date) -> None:
    assert read_date(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Christmas", date(2026, 12, 24)),
        ("Christmas Eve", date(2026, 12, 24)),
        ("xmas", date(2026, 12, 24)),
        ("Weihnachten", date(2026, 12, 24)),
        ("Heiligabend", date(2026, 12, 24)),
        ("Weihnachten 2028", date(2028, 12, 24)),
        ("New Year's Eve", date(2026, 12, 31)),
        ("New Year’s Eve", date(2026, 12, 31)),  # noqa: RUF001 - as a phone types it
        ("new years eve 2027", date(2027, 12, 31)),
        ("Silvester", date(2026, 12, 31)),
        ("Sylvester", date(2026, 12, 31)),
        ("New Year", date(2027, 1, 1)),
        ("Neujahr", date(2027, 1, 1)),
    ],
)
def test_a_day_goes_by_its_name_in_both_languages(text: str, expected: date) -> None:
    assert read_date(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("Christmas", date(2026, 12, 24), date(2026, 12, 24)),
        ("Weihnachten", date(2026, 12, 25), date(2027, 12, 24)),
        ("KW 48", date(2026, 11, 28), date(2026, 11, 28)),
        ("week 48", date(2026, 11, 30), date(2027, 12, 3)),
        ("end of week", date(2026, 11, 29), date(2026, 11, 29)),
        ("KW 1", date(2027, 1, 3), date(2027, 1, 8)),
        ("KW 53", date(2027, 1, 4), date(2032, 12, 31)),
    ],
)
def test_what_is_over_is_the_next_one_and_today_counts(text: str, today: date, expected: date) -> None:
    assert read_date(text, today) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("KW 0", DateProblem.IMPOSSIBLE),
        ("week 54", DateProblem.IMPOSSIBLE),
        ("KW 53 2027", DateProblem.IMPOSSIBLE),
        ("KW 1 1999", DateProblem.OUT_OF_RANGE),
        ("Silvester 2101", DateProblem.OUT_OF_RANGE),
        ("week", DateProblem.UNREADABLE),
        ("KW 512", DateProblem.UNREADABLE),
        ("3 weeks", DateProblem.UNREADABLE),
        ("Weihnacht", DateProblem.UNREADABLE),
    ],
)
def test_a_week_or_day_that_is_not_is_refused_with_its_reason(text: str, problem: DateProblem) -> None:
    with pytest.raises(UnreadableDate) as refused:
        read_date(text, TODAY)
    assert (refused.value.problem, refused.value.word) == (problem, text)


@given(st.integers(1, 53), days)
def test_a_week_is_that_week_and_not_over(week: int, today: date) -> None:
    day = read_date(f"KW {week}", today)
    assert day.isocalendar().week == week
    assert day >= today
    assert day.isoweekday() == 5 or day == today


@given(days)
def test_a_week_with_its_year_is_the_friday_of_it(day: date) -> None:
    year, week, _ = day.isocalendar()
    if year >= EARLIEST.year:
        assert read_date(f"week {week} {year}", TODAY) == date.fromisocalendar(year, week, 5)
        assert read_date(f"{year}-W{week:02}", TODAY) == date.fromisocalendar(year, week, 5)


@given(st.integers(1, 52), st.dates(date(2002, 1, 1), LATEST))
def test_since_a_week_is_since_the_last_one_that_has_begun(week: int, today: date) -> None:
    day = read_past(f"KW {week}", today)
    assert (day.isoweekday(), day.isocalendar().week) == (1, week)
    assert timedelta(0) <= today - day < timedelta(days=371)


def test_a_week_is_found_in_a_line() -> None:
    assert date_first("KW 51 2027 12k", TODAY) == FoundDate(date(2027, 12, 24), 0, 10)
    assert date_last("Angebot senden in KW 51", TODAY) == FoundDate(date(2026, 12, 18), 15, 23)
    assert date_first("Christmas party", TODAY) == FoundDate(date(2026, 12, 24), 0, 9)
