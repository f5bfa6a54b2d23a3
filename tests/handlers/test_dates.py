from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date, get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from handlers.calendar_days import EARLIEST, LATEST, DateProblem
from handlers.dates import FoundDate, UnreadableDate, date_first, date_last, read_date

TODAY = date(2026, 11, 25)  # a Wednesday
days = st.dates(EARLIEST, LATEST)
WORDS = (
    "12 1 31. 29.02. 12/1 2026-02-30 dec dezember next nächsten friday freitag in 3 999999999 days"
    " wochen monaten kw 51. week eow silvester new year's eve end ende of des month quartals jahresende woche week today 2100 , the q4 fri, so"
)
near_dates = st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-15", date(2026, 12, 15)),
        ("15.12.", date(2026, 12, 15)),
        ("15.12", date(2026, 12, 15)),
        ("15.12.2027", date(2027, 12, 15)),
        ("15. 12. 2027", date(2027, 12, 15)),
        ("15.12.27", date(2027, 12, 15)),
        ("15 Dec", date(2026, 12, 15)),
        ("Dec 15", date(2026, 12, 15)),
        ("December 15th, 2027", date(2027, 12, 15)),
        ("the 15th of December", date(2026, 12, 15)),
        ("15. Dezember 2026", date(2026, 12, 15)),
        ("zum 15. Dez.", date(2026, 12, 15)),
        ("1. März", date(2027, 3, 1)),
        ("1. maerz", date(2027, 3, 1)),
        ("15/12", date(2026, 12, 15)),
        ("12/15/2026", date(2026, 12, 15)),
        ("5/5", date(2027, 5, 5)),
        ("fri", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("Freitag", date(2026, 11, 27)),
        ("Fr.", date(2026, 11, 27)),
        ("wednesday", TODAY),
        ("next wednesday", date(2026, 12, 2)),
        ("next friday", date(2026, 11, 27)),
        ("nächsten Freitag", date(2026, 11, 27)),
        ("naechsten Mittwoch", date(2026, 12, 2)),
        ("diesen Freitag", date(2026, 11, 27)),
        ("friday next week", date(2026, 12, 4)),
        ("nächste Woche Freitag", date(2026, 12, 4)),
        ("Tue, 15 Dec", date(2026, 12, 15)),
        ("Dienstag, den 15.12.", date(2026, 12, 15)),
        ("today", TODAY),
        ("HEUTE", TODAY),
        ("tomorrow", date(2026, 11, 26)),
        ("morgen", date(2026, 11, 26)),
        ("Übermorgen", date(2026, 11, 27)),
        ("yesterday", date(2026, 11, 24)),
        ("GESTERN", date(2026, 11, 24)),
        ("the day before yesterday", date(2026, 11, 23)),
        ("vorgestern", date(2026, 11, 23)),
        ("uebermorgen", date(2026, 11, 27)),
        ("in 3 days", date(2026, 11, 28)),
        ("in 3 Tagen", date(2026, 11, 28)),
        ("in 1 day", date(2026, 11, 26)),
        ("in 3 weeks", date(2026, 12, 16)),
        ("in three weeks", date(2026, 12, 16)),
        ("in zwölf tagen", date(2026, 12, 7)),
        ("in 3 Wochen", date(2026, 12, 16)),
        ("in einer Woche", date(2026, 12, 2)),
        ("in a month", date(2026, 12, 25)),
        ("in 3 months", date(2027, 2, 25)),
        ("in 3 Monaten", date(2027, 2, 25)),
        ("next week", date(2026, 11, 30)),
        ("nächste Woche", date(2026, 11, 30)),
        ("end of month", date(2026, 11, 30)),
        ("the end of the month", date(2026, 11, 30)),
        ("Monatsende", date(2026, 11, 30)),
        ("Ende des Monats", date(2026, 11, 30)),
        ("Ende nächsten Monats", date(2026, 12, 31)),
        ("end of quarter", date(2026, 12, 31)),
        ("Ende des Quartals", date(2026, 12, 31)),
        ("Quartalsende", date(2026, 12, 31)),
        ("end of next quarter", date(2027, 3, 31)),
        ("eoq", date(2026, 12, 31)),
        ("end of year", date(2026, 12, 31)),
        ("zum Jahresende", date(2026, 12, 31)),
        ("Ende Februar", date(2027, 2, 28)),
        ("end of Q1", date(2027, 3, 31)),
        ("end of Q2 2028", date(2028, 6, 30)),
    ],
)
def test_a_date_is_read_in_both_languages(text: str, expected: date) -> None:
    assert read_date(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("15.12.", date(2026, 12, 15), date(2026, 12, 15)),
        ("15.12.", date(2026, 12, 16), date(2027, 12, 15)),
        ("29.02.", date(2026, 3, 1), date(2028, 2, 29)),
        ("29 Feb", date(2028, 2, 29), date(2028, 2, 29)),
        ("in 1 month", date(2027, 1, 31), date(2027, 2, 28)),
        ("in 1 month", date(2028, 1, 31), date(2028, 2, 29)),
        ("end of month", date(2028, 2, 29), date(2028, 2, 29)),
        ("end of quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("Ende nächsten Jahres", date(2026, 12, 31), date(2027, 12, 31)),
        ("next week", date(2026, 11, 30), date(2026, 12, 7)),
        ("next week", date(2026, 11, 29), date(2026, 11, 30)),
        ("sunday", date(2026, 11, 29), date(2026, 11, 29)),
    ],
)
def test_a_date_without_a_year_is_the_next_one_and_today_counts(
    text: str, today: date, expected: date
) -> None:
    assert read_date(text, today) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", DateProblem.UNREADABLE),
        ("soon", DateProblem.UNREADABLE),
        ("5", DateProblem.UNREADABLE),
        ("15.12.126", DateProblem.UNREADABLE),
        ("12-1", DateProblem.UNREADABLE),
        ("Q4", DateProblem.UNREADABLE),
        ("December", DateProblem.UNREADABLE),
        ("\u0661\u0665.\u0661\u0662.", DateProblem.UNREADABLE),
        ("31.02.", DateProblem.IMPOSSIBLE),
        ("31. Februar", DateProblem.IMPOSSIBLE),
        ("29.02.2027", DateProblem.IMPOSSIBLE),
        ("2026-13-01", DateProblem.IMPOSSIBLE),
        ("0.5.", DateProblem.IMPOSSIBLE),
        ("31/31", DateProblem.IMPOSSIBLE),
        ("Friday, 15 Dec", DateProblem.IMPOSSIBLE),
        ("15.12.1999", DateProblem.OUT_OF_RANGE),
        ("2101-01-01", DateProblem.OUT_OF_RANGE),
        ("in 999999999 days", DateProblem.OUT_OF_RANGE),
        ("in 999999999 Monaten", DateProblem.OUT_OF_RANGE),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text: str, problem: DateProblem) -> None:
    with pytest.raises(UnreadableDate) as refused:
        read_date(text, TODAY)
    assert (refused.value.problem, refused.value.word) == (problem, text)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("12/1", (date(2026, 12, 1), date(2027, 1, 12))),
        ("12/1/2027", (date(2027, 1, 12), date(2027, 12, 1))),
        ("1-12-26", (date(2026, 1, 12), date(2026, 12, 1))),
    ],
)
def test_a_day_and_month_that_could_be_swapped_are_asked(text: str, candidates: tuple[date, ...]) -> None:
    with pytest.raises(UnreadableDate) as refused:
        read_date(text, TODAY)
    assert (refused.value.problem, refused.value.candidates) == (DateProblem.AMBIGUOUS, candidates)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("15.12. at Acme", "15.12."),
        ("Dec 15 2026 12k", "Dec 15 2026"),
        ("next week friday, please", "next week friday,"),
        ("15.12. 26 seats", "15.12."),
        ("Friday 5pm", "Friday"),
        ("So", "So"),
    ],
)
def test_a_date_is_read_from_the_front_as_far_as_it_goes(line: str, word: str) -> None:
    found = date_first(line, TODAY)
    assert found == FoundDate(read_date(word.rstrip(","), TODAY), 0, len(word))


@pytest.mark.parametrize("line", ["", "me", "so much", "doing", "me 15.12."])
def test_a_line_that_begins_otherwise_has_no_date_in_front(line: str) -> None:
    assert date_first(line, TODAY) is None


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Send the offer next friday", "next friday"),
        ("Angebot senden in 3 Tagen", "in 3 Tagen"),
        ("Call on 15. Dezember 2026", "on 15. Dezember 2026"),
        ("tomorrow", "tomorrow"),
    ],
)
def test_a_date_is_found_at_the_end(line: str, word: str) -> None:
    start = line.index(word)
    assert date_last(line, TODAY) == FoundDate(read_date(word, TODAY), start, len(line))


@pytest.mark.parametrize(
    "line", ["", "what to do", "Call 5", "Ask who called yesterday", "Fragen, wer gestern"]
)
def test_a_line_that_ends_otherwise_has_no_date_at_its_end(line: str) -> None:
    assert date_last(line, TODAY) is None


def test_an_ambiguous_date_in_a_line_is_asked_with_its_word() -> None:
    with pytest.raises(UnreadableDate) as refused:
        date_last("Call them 12/1", TODAY)
    assert (refused.value.problem, refused.value.word) == (DateProblem.AMBIGUOUS, "12/1")


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_name_of_a_month_or_day_is_known(locale: str) -> None:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, context, locale).items():
                assert read_date(f"3. {name} 2026", TODAY) == date(2026, month, 3)
            for weekday, name in get_day_names(width, context, locale).items():
                assert read_date(name, TODAY).weekday() == weekday


@given(days, days, st.sampled_from(["yyyy-MM-dd", "d.M.yyyy", "d. MMMM yyyy", "EEEE, d. MMM yyyy"]))
def test_a_german_date_reads_back_as_it_was(day: date, today: date, pattern: str) -> None:
    assert read_date(format_date(day, pattern, locale="de"), today) == day


@given(st.dates(EARLIEST, date(2099, 12, 31)), days)
def test_two_digits_of_a_year_are_of_this_century(day: date, today: date) -> None:
    assert read_date(day.strftime("%d.%m.%y"), today) == day


@given(days, days, st.sampled_from(["d MMM yyyy", "MMMM d, yyyy", "EEE, MMM d, yyyy", "yyyy/MM/dd"]))
def test_an_english_date_reads_back_as_it_was(day: date, today: date, pattern: str) -> None:
    assert read_date(format_date(day, pattern, locale="en"), today) == day


@given(st.one_of(st.text(), near_dates), st.dates())
def test_any_text_is_a_date_or_refused(text: str, today: date) -> None:
    try:
        day = read_date(text, today)
    except UnreadableDate as refused:
        ambiguous = refused.problem is DateProblem.AMBIGUOUS
        if ambiguous != bool(refused.candidates):
            pytest.fail("candidates belong to what is ambiguous")
    else:
        assert EARLIEST <= day <= LATEST


@given(st.one_of(st.text(), near_dates), days)
def test_any_line_gives_a_date_or_none_or_is_refused(line: str, today: date) -> None:
    for search in (date_first, date_last):
        try:
            found = search(line, today)
        except UnreadableDate:
            continue
        assert found is None or 0 <= found.start < found.end <= len(line)
