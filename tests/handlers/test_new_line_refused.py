"""What a new deal's line may not say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.amounts import AmountProblem, UnreadableAmount
from handlers.calendar_days import DateProblem
from handlers.dates import UnreadableDate
from handlers.new_line import LineProblem, UnreadableLine
from tests.handlers.test_new_line import WORDS, read


def test_an_owner_whom_nobody_knows_is_asked_about() -> None:
    with pytest.raises(UnreadableLine) as refused:
        read("Acme renewal 12k @carla")
    assert (refused.value.problem, refused.value.word) == (LineProblem.UNKNOWN_OWNER, "@carla")
    assert read('"Booth @expo" 12k').title == "Booth @expo"


@pytest.mark.parametrize(
    ("line", "problem", "word"),
    [
        ("Rollout by 31.02.", DateProblem.IMPOSSIBLE, "31.02."),
        ("Rollout by 12/1 at Acme", DateProblem.AMBIGUOUS, "12/1"),
        ("Rollout bis 15.12.1999", DateProblem.OUT_OF_RANGE, "15.12.1999"),
        ("Lunch by 5", DateProblem.UNREADABLE, "5"),
        ("Rollout by Q4", DateProblem.UNREADABLE, "Q4"),
        ("Rollout by fri by mon", DateProblem.AMBIGUOUS, "by mon"),
        ("Rollout by KW 54", DateProblem.IMPOSSIBLE, "KW 54"),
        ("Rollout by end of Feburary at Acme", DateProblem.UNREADABLE, "end of Feburary"),
        ("Rollout bis Ende Feburar <@U1>", DateProblem.UNREADABLE, "Ende Feburar"),
        ("Rollout by December 12k", DateProblem.UNREADABLE, "December"),
        ("Rollout bis Dezember bei Acme", DateProblem.UNREADABLE, "Dezember"),
        ("Rollout at Acme by Decmber", DateProblem.UNREADABLE, "Decmber"),
        ("Rollout by mid-December, 12k", DateProblem.UNREADABLE, "mid-December"),
        ("Rollout bis Mitte Januar", DateProblem.UNREADABLE, "Mitte Januar"),
        ("Rollout by 5th of Decmber", DateProblem.UNREADABLE, "5th of Decmber"),
        ("Rollout bis 5. Dezemb", DateProblem.UNREADABLE, "5."),
        ("Rollout by the 5th", DateProblem.UNREADABLE, "the 5th"),
        ("Rollout by H1 2027", DateProblem.UNREADABLE, "H1 2027"),
        ("Rollout by next year", DateProblem.UNREADABLE, "next year"),
        ("Rollout by two weeks", DateProblem.UNREADABLE, "two weeks"),
        ("Rollout bis dieses Wochenende", DateProblem.UNREADABLE, "dieses Wochenende"),
        ("Rollout by frieday", DateProblem.UNREADABLE, "frieday"),
        ("Rollout bis Freitg 12k", DateProblem.UNREADABLE, "Freitg"),
        ("Rollout by tomorow at Acme", DateProblem.UNREADABLE, "tomorow"),
        ("Rollout by Chrismas", DateProblem.UNREADABLE, "Chrismas"),
        ("Rollout by summer", DateProblem.UNREADABLE, "summer"),
        ("Rollout bis Ostern 2027", DateProblem.UNREADABLE, "Ostern 2027"),
        ("Stand by May", DateProblem.UNREADABLE, "May"),
    ],
)
def test_a_date_that_was_meant_and_cannot_be_read_is_refused(
    line: str, problem: DateProblem, word: str
) -> None:
    with pytest.raises(UnreadableDate) as refused:
        read(line)
    assert (refused.value.problem, refused.value.word) == (problem, word)


def test_two_values_are_refused() -> None:
    with pytest.raises(UnreadableAmount) as refused:
        read("Rollout 5k 6k")
    assert (refused.value.problem, refused.value.word) == (AmountProblem.TWO_AMOUNTS, "6k")


@pytest.mark.parametrize(
    ("line", "problem", "word"),
    [
        ("", LineProblem.NO_TITLE, ""),
        ("12k <@U1|ana>", LineProblem.NO_TITLE, "12k @ana"),
        ("12k at Acme", LineProblem.NO_TITLE, "12k at Acme"),
        ('""', LineProblem.NO_TITLE, '""'),
        ("Rollout <@U1|ana> <@U2|bo>", LineProblem.TWO_OWNERS, "@bo"),
    ],
)
def test_a_line_without_a_title_or_with_two_owners_is_refused(
    line: str, problem: LineProblem, word: str
) -> None:
    with pytest.raises(UnreadableLine) as refused:
        read(line)
    assert (refused.value.problem, refused.value.word) == (problem, word)


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join)))
def test_any_line_makes_a_deal_or_is_refused(line: str) -> None:
    try:
        new = read(line)
    except (UnreadableLine, UnreadableAmount, UnreadableDate):
        return
    assert new.title == " ".join(new.title.split())
    assert new.title
    assert new.company is None or new.company.strip()
    assert not re.search("[\ufdd0-\ufdef\ufffe\uffff]", new.title + (new.company or ""))
