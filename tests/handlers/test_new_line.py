from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from handlers.new_line import NewLine, read_new_line
from handlers.slack_text import decode
from pipeline.money import Money

TODAY = date(2026, 11, 25)  # a Wednesday
CLOSE = date(2026, 12, 15)
FRIDAY = date(2026, 11, 27)
WORDS = (
    'Acme renewal 12k 5000 12.000 € at bei by bis 15.12. 12/1 31.02. next friday <@U1|ana> <@U2> " “Lunch'
    " Tiffany's” 3M (5k) ,6k Dezember mid KW 51 frieday pm , &lt;@U1&gt; <#C1|x> - in 3 days 1,5 Mio Ende des Monats"
)


def read(line: str) -> NewLine:
    return read_new_line(decode(line), TODAY, "EUR")


def made(
    title: str,
    minor: int | None = None,
    owner: str | None = None,
    company: str | None = None,
    close: date | None = None,
    *,
    offered: int | None = None,
) -> NewLine:
    value = None if minor is None else Money(minor, "EUR")
    return NewLine(title, value, None if offered is None else Money(offered, "EUR"), owner, company, close)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Acme renewal 12k <@U1|ana> at Acme by 15.12.",
            made("Acme renewal", 12_000_00, "U1", "Acme", CLOSE),
        ),
        (
            "Acme Verlängerung 12.000 € <@U1> bei Acme GmbH bis 15. Dezember 2026",
            made("Acme Verlängerung", 12_000_00, "U1", "Acme GmbH", CLOSE),
        ),
        (
            "Neue Website 1,5 Mio bei Müller bis Freitag",
            made("Neue Website", 1_500_000_00, None, "Müller", FRIDAY),
        ),
        ("Rollout", made("Rollout")),
        ("Rollout by 15.12., 12k", made("Rollout", 12_000_00, close=CLOSE)),
        ("Rollout, 12k, at Globex, Inc.", made("Rollout", 12_000_00, company="Globex, Inc.")),
        ("12k Rollout at Globex", made("Rollout", 12_000_00, company="Globex")),
        ("Rollout bis zum 15.12.", made("Rollout", close=CLOSE)),
        ("Rollout by the end of December", made("Rollout", close=date(2026, 12, 31))),
        ("Rollout at Globex 12k wave 2", made("Rollout wave 2", 12_000_00, company="Globex")),
        ("Rollout 12k At Globex By fri", made("Rollout", 12_000_00, company="Globex", close=FRIDAY)),
        ("Rollout at 1&amp;1 AG", made("Rollout", company="1&1 AG")),
        ("Rollout at 3M 12k", made("Rollout", 12_000_00, company="3M")),
        ("Lunch at Noon at Acme", made("Lunch at Noon", company="Acme")),
        ("🚀 5k", made("🚀", 5_000_00)),
    ],
)
def test_the_parts_of_a_line_are_understood_in_both_languages(line: str, expected: NewLine) -> None:
    assert read(line) == expected


@pytest.mark.parametrize(
    ("line", "close"),
    [
        ("Rollout by KW 51", date(2026, 12, 18)),
        ("Rollout by week 51, 12k", date(2026, 12, 18)),
        ("Rollout bis KW 51 2027 <@U1>", date(2027, 12, 24)),
        ("Rollout bis zur 51. KW bei Acme", date(2026, 12, 18)),
        ("Rollout by the end of the week at Acme", FRIDAY),
        ("Rollout by Christmas", date(2026, 12, 24)),
        ("Rollout bis Weihnachten 12.000 €", date(2026, 12, 24)),
        ("Rollout by New Year's Eve", date(2026, 12, 31)),
        ("Rollout bis Silvester", date(2026, 12, 31)),
        ("Rollout by 1 Jan 2020", date(2020, 1, 1)),
        ("Rollout by yesterday", date(2026, 11, 24)),
        ("Rollout bis gestern", date(2026, 11, 24)),
    ],
)
def test_a_close_date_goes_by_weeks_by_names_and_by_days_gone_by(line: str, close: date) -> None:
    assert (read(line).title, read(line).close_on) == ("Rollout", close)


@pytest.mark.parametrize("parts", [*permutations(("12.000 €", "<@U1>", "at Globex Europe", "bis 15.12."))])
def test_the_parts_after_the_title_come_in_any_order(parts: tuple[str, ...]) -> None:
    expected = made("Big rollout", 12_000_00, "U1", "Globex Europe", CLOSE)
    assert read(f"Big rollout {' '.join(parts)}") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"Lunch at Tiffany\'s by 5"', made("Lunch at Tiffany's by 5")),
        ('"Lunch at Tiffany\'s by 5" 5k at Acme', made("Lunch at Tiffany's by 5", 5_000_00, company="Acme")),
        ("“From 5k to 10k” 2k", made("From 5k to 10k", 2_000_00)),
        ("„Phase 2“ 500 €", made("Phase 2", 500_00)),
        ('Deal at "Stand by Friday" by fri', made("Deal", company="Stand by Friday", close=FRIDAY)),
        ('Project "Phoenix 5k" rollout', made('Project "Phoenix 5k" rollout')),
        ('"Windows 11"', made("Windows 11")),
        ('"Stand by May" by fri', made("Stand by May", close=FRIDAY)),
        ("„Alles bis Mai“ 12k", made("Alles bis Mai", 12_000_00)),
        ('"Ask <@U1|ana>"', made("Ask @ana")),
    ],
)
def test_quoted_words_are_never_taken_apart(line: str, expected: NewLine) -> None:
    assert read(line) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Stand by me",
        "Win by doing",
        "Things to do by so much",
        "AI at scale",
        "Seats at least",
        "Beratung bei Bedarf",
        "Lunch at 5 pm",
        "by",
        "Drive by Wire",
        "Stand by",
        "Side by side",
        "Day by day",
        "Schritt bis Ziel",
        "Bis morgen GmbH",
        "By Friday Ltd",
        "Stand by May flowers",
        "Portrait by Frieda Kahlo",
        "Umbau bis Montage",
        "Print by 3D",
        "Rental by the week",
        "Rollout by the end of the project",
        "at Home",
        "Rollout at",
        "@ana literally",
    ],
)
def test_a_little_word_counts_only_before_what_it_leads_to(title: str) -> None:
    assert read(title).title == title
    assert (read(title).company, read(title).close_on) == (None, None)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Training for 4,500 €", "Training"),
        ("Schulung für 4.500 € bei Stadtwerke bis 15.12.", "Schulung"),
        ("Rahmenvertrag über 12 k", "Rahmenvertrag"),
        ("Racks for 500 EUR shelves", "Racks for shelves"),
        ("Licences for 12 people", "Licences for 12 people"),
    ],
)
def test_the_word_that_leads_to_a_value_is_no_part_of_the_title(line: str, title: str) -> None:
    assert read(line).title == title


@pytest.mark.parametrize(
    "line",
    [
        "Rollout by Friday morning",
        "Rollout bis Freitag Abend bei Acme",
        "Rollout by Friday 5pm 12k",
        "Rollout by Friday at 5 pm",
        "Rollout bis Freitag um 17:30 Uhr, 12k",
    ],
)
def test_the_hour_goes_with_the_day(line: str) -> None:
    assert (read(line).title, read(line).close_on) == ("Rollout", FRIDAY)
    assert read("Rollout by Friday night flights").title == "Rollout night flights"


@pytest.mark.parametrize("line", ["By 15.12. Rollout", "Bis 15.12. Rollout", "bis Dienstag, 15.12. Rollout"])
def test_a_line_may_begin_with_its_date(line: str) -> None:
    assert read(line) == made("Rollout", close=CLOSE)


def test_a_thousand_may_stand_apart() -> None:
    assert read("Licences 12 k").value == Money(1_200_000, "EUR")
    assert read("Cable 5 m").value is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Acme (12k)", made("Acme", 12_000_00)),
        ("Acme (12.000 €) bis 15.12.", made("Acme", 12_000_00, close=CLOSE)),
        ("Acme ( 12k ) at Globex", made("Acme", 12_000_00, company="Globex")),
        ("Acme (12k", made("Acme", 12_000_00)),
        ("Acme (12k).", made("Acme", 12_000_00)),
        ("Acme (Phase 2, 12k)", made("Acme (Phase 2)", 12_000_00)),
        ("Acme (12k, eilig)", made("Acme (eilig)", 12_000_00)),
        ("Training for (12k)", made("Training", 12_000_00)),
        ("Acme,12k", made("Acme", 12_000_00)),
        ("Acme, 12k", made("Acme", 12_000_00)),
        ("Acme 12k,<@U1|ana>", made("Acme", 12_000_00, "U1")),
        ("Acme,12k,at Globex,by 15.12.", made("Acme", 12_000_00, company="Globex", close=CLOSE)),
        ("Acme,2,5 Mio,bei Globex,bis 15.12.", made("Acme", 2_500_000_00, company="Globex", close=CLOSE)),
        ("Rollout at Acme,12k", made("Rollout", 12_000_00, company="Acme")),
        ("Rollout bei Acme (12k)", made("Rollout", 12_000_00, company="Acme")),
        ('"Acme",12k', made("Acme", 12_000_00)),
    ],
)
def test_a_value_may_stand_in_brackets_or_behind_a_comma_without_a_space(
    line: str, expected: NewLine
) -> None:
    assert read(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Acme 2,5k", made("Acme", 2_500_00)),
        ("Acme 1,200", made("Acme", 1_200_00)),
        ("Smith, Jones & Co", made("Smith, Jones & Co")),
        ("Smith,Jones & Co 12k", made("Smith,Jones & Co", 12_000_00)),
        ("Hänsel,Gretel & 7 Zwerge", made("Hänsel,Gretel & 7 Zwerge", offered=7_00)),
        ("Siemens,3M", made("Siemens,3M", offered=3_000_000_00)),
        ("Tape (3M)", made("Tape (3M)", offered=3_000_000_00)),
        ("Tape (3M) 5k", made("Tape (3M)", 5_000_00)),
        ("Zimmer 1,2,3", made("Zimmer 1,2,3")),
        ("Acme (2026)", made("Acme (2026)")),
        ("Acme (5000)", made("Acme (5000)", offered=5_000_00)),
        ("Acme 12k/year", made("Acme 12k/year", offered=12_000_00)),
        ("Acme (99€/seat) renewal", made("Acme (99€/seat) renewal", offered=99_00)),
        ("Wartung 1.200 €/Monat", made("Wartung 1.200 €/Monat", offered=1_200_00)),
        ("Acme 12k p.a.", made("Acme 12k p.a.", offered=12_000_00)),
        ("Acme €500 per month", made("Acme €500 per month", offered=500_00)),
        ("Acme 12k pro Jahr", made("Acme 12k pro Jahr", offered=12_000_00)),
        ("Acme 12k per pedes", made("Acme per pedes", 12_000_00)),
        ("Wartung 1.200/Monat", made("Wartung 1.200/Monat")),
        ("Acme 12k/year 40k", made("Acme 12k/year", 40_000_00)),
        ("Acme 4K/UHD 24/7 N/A 3/day", made("Acme 4K/UHD 24/7 N/A 3/day")),
        ("Acme,5000", made("Acme,5000", offered=5_000_00)),
        ("Deal :) 12k", made("Deal :)", 12_000_00)),
        ("Call (at Noon)", made("Call (at Noon)")),
    ],
)
def test_commas_and_brackets_of_a_title_stay(line: str, expected: NewLine) -> None:
    assert read(line) == expected


def test_a_bare_number_stays_in_the_title_and_is_offered() -> None:
    assert read("Acme 5000") == made("Acme 5000", offered=5_000_00)
    assert read("Acme 5000 12k") == made("Acme 5000", 12_000_00)
    assert read("Acme 0 €") == made("Acme", 0)


def test_a_mention_that_was_typed_out_owns_nothing() -> None:
    assert read("&lt;@U1&gt; deal") == made("<@U1> deal")


def test_a_channel_in_the_title_stays_a_word() -> None:
    assert read("Ask <#C1|sales>") == made("Ask #sales")
