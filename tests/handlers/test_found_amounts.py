"""What of a title line is its value, and what stays in the title."""

from __future__ import annotations

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from handlers.amounts import (
    AmountProblem,
    FoundAmount,
    UnreadableAmount,
    bare_number,
    find_amount,
    read_amount,
)
from pipeline.money import Money
from tests.handlers.test_amounts import euros, minors, near_amounts


@pytest.mark.parametrize(
    ("line", "word", "money"),
    [
        ("Acme renewal 12k", "12k", euros(12_000_00)),
        ("Acme renewal 12k, urgent", "12k", euros(12_000_00)),
        ("Acme 12.5k€ pilot", "12.5k€", euros(12_500_00)),
        ("€12,000 for Acme", "€12,000", euros(12_000_00)),
        ("Acme 12.000 € Pilot", "12.000 €", euros(12_000_00)),
        ("Acme 12 000 €", "12 000 €", euros(12_000_00)),
        ("Acme 12\u00a0500 €", "12\u00a0500 €", euros(12_500_00)),
        ("Acme 1,5 Mio Rahmenvertrag", "1,5 Mio", euros(1_500_000_00)),
        ("Acme 1.2 million € frame", "1.2 million €", euros(1_200_000_00)),
        ("Acme 1,2 Millionen Euro", "1,2 Millionen Euro", euros(1_200_000_00)),
        ("Acme 12 thousand euros", "12 thousand euros", euros(12_000_00)),
        ("Acme USD 9000", "USD 9000", Money(9_000_00, "USD")),
        ("Acme 9000 usd", "9000 usd", Money(9_000_00, "USD")),
        ("Acme 9.000,50", "9.000,50", euros(9_000_50)),
        ("Acme - 5k", "5k", euros(5_000_00)),
        ("Phase 2 12k", "12k", euros(12_000_00)),
        ("Q4 2026 500 €", "500 €", euros(500_00)),
        ("AMD 9000 €", "9000 €", euros(9_000_00)),
        ("TRY 9,000", "TRY 9,000", Money(9_000_00, "TRY")),
        ("Euro 2028 5k", "5k", euros(5_000_00)),
        ("Acme 0 €", "0 €", euros(0)),
        ("Acme (12k)", "12k", euros(12_000_00)),
        ("Acme(12k)", "12k", euros(12_000_00)),
        ("Acme [12.000 €]", "12.000 €", euros(12_000_00)),
        ("Acme (Phase 2, 12k)", "12k", euros(12_000_00)),
        ("Acme (ca. 12k, eilig)", "12k", euros(12_000_00)),
        ("Acme,12k", "12k", euros(12_000_00)),
        ("Acme,12k,urgent", "12k", euros(12_000_00)),
        ("Acme;€12,000;urgent", "€12,000", euros(12_000_00)),
        ("Acme,2,5k", "2,5k", euros(2_500_00)),
        ("Acme,1.5 Mio,eilig", "1.5 Mio", euros(1_500_000_00)),
        ("Acme,1,200", "1,200", euros(1_200_00)),
        ("Phase 2,5k", "2,5k", euros(2_500_00)),
    ],
)
def test_a_value_is_found_in_a_title(line: str, word: str, money: Money) -> None:
    start = line.index(word)
    assert find_amount(line, "EUR") == FoundAmount(money, start, start + len(word))


@pytest.mark.parametrize(
    "line",
    [
        "Acme 5000",
        "Renewal 2026",
        "Industrie 4.0",
        "Release 1.2.3",
        "Kick-off 15.12.",
        "Kick-off 15.12.2026",
        "TOP 10 accounts",
        "PHP 8 upgrade",
        "Acme 50 TRY",
        "Acme 99.999.999.999.999.999",
        "ISO9001 audit",
        "B2B 24/7",
        "5-10k",
        "20% off",
        "12 000 seats",
        "5 million users",
        "Nr. ١٢",
        "Umbau 5 T",
        "Siemens,3M",
        "Tape (3M)",
        "Acme (5000)",
        "Acme,5000",
        "Q4,12",
        "Zimmer 1,2,3",
        "Akku 12,5kg",
        "Kabel NYM 3x1,5",
        "24/7,365",
        "Smith,Jones & Co",
        "Infinity Pool",
        "Nan's Bakery in EUR",
    ],
)
def test_a_number_without_a_mark_of_money_stays_in_the_title(line: str) -> None:
    assert find_amount(line, "EUR") is None


@pytest.mark.parametrize(
    ("line", "problem", "word"),
    [
        ("Phase 2 500 €", AmountProblem.AMBIGUOUS, "2 500 €"),
        ("Phase 2 500,50", AmountProblem.AMBIGUOUS, "2 500,50"),
        ("Acme -5k", AmountProblem.NEGATIVE, "-5k"),
        ("Acme 12,00,0 €", AmountProblem.UNREADABLE, "12,00,0 €"),
        ("Acme 1_000 €", AmountProblem.UNDERSCORE, "1_000 €"),
        ("Acme 1e3€", AmountProblem.EXPONENT, "1e3€"),
        ("From 5k to 10k", AmountProblem.TWO_AMOUNTS, "10k"),
        ("Runs 5k,10k", AmountProblem.TWO_AMOUNTS, "10k"),
        ("Acme (5k) 10k", AmountProblem.TWO_AMOUNTS, "10k"),
        ("Acme (-5k)", AmountProblem.NEGATIVE, "-5k"),
        ("Acme Q4,12k", AmountProblem.AMBIGUOUS, "Q4,12k"),
        ("Acme ca.1,5k", AmountProblem.AMBIGUOUS, "ca.1,5k"),
        ("Acme NaN EUR at Globex", AmountProblem.NOT_FINITE, "NaN EUR"),
        ("Acme €inf", AmountProblem.NOT_FINITE, "€inf"),
        ("Acme -∞ $", AmountProblem.NOT_FINITE, "-∞ $"),
        ("Acme 99999999999999k", AmountProblem.TOO_LARGE, "99999999999999k"),
    ],
)
def test_a_value_that_could_be_misread_is_refused(line: str, problem: AmountProblem, word: str) -> None:
    with pytest.raises(UnreadableAmount) as refused:
        find_amount(line, "EUR")
    assert (refused.value.problem, refused.value.word) == (problem, word)


def test_thousands_in_a_currency_of_three_decimals_are_asked() -> None:
    with pytest.raises(UnreadableAmount) as refused:
        find_amount("Acme 12,000", "KWD")
    assert (refused.value.problem, refused.value.currency) == (AmountProblem.AMBIGUOUS, "KWD")


@pytest.mark.parametrize(
    ("line", "minor"),
    [
        ("Acme 5000", 5000_00),
        ("Acme 12 000", 12_000_00),
        ("Acme 12 thousand", 12_000_00),
        ("5000 seats Windows 11", 11_00),
        ("Acme (5000)", 5000_00),
        ("Acme,5000", 5000_00),
        ("Tape (3M)", 3_000_000_00),
        ("Siemens,3M", 3_000_000_00),
        ("Acme (Phase 2)", None),
        ("Acme (2026)", None),
        ("Renewal 2026", None),
        ("Renewal 50000 for 2026", 50_000_00),
        ("Acme", None),
        ("Agent 007", None),
        ("Acme 99999999999999999999", None),
    ],
)
def test_a_bare_number_is_offered_unless_it_is_a_year(line: str, minor: int | None) -> None:
    offered = bare_number(line, "EUR")
    assert (offered and offered.money) == (None if minor is None else euros(minor))


@given(
    minors.filter(bool),
    st.sampled_from(["en_US", "de_DE"]),
    st.sampled_from(["Acme ({})", "Acme,{}", "Acme,{},x"]),
)
def test_an_amount_in_brackets_or_between_commas_is_the_same(minor: int, locale: str, line: str) -> None:
    money = euros(minor)
    found = find_amount(line.format(format_currency(money.amount, "EUR", locale=locale)), "EUR")
    assert found is not None
    assert found.money == money


@given(st.lists(st.one_of(near_amounts, st.text(max_size=8)), max_size=5).map(" ".join))
def test_any_line_gives_a_value_or_none_or_is_refused(line: str) -> None:
    bare_number(line, "EUR")
    try:
        found = find_amount(line, "EUR")
    except UnreadableAmount:
        return
    if found:
        assert read_amount(line[found.start : found.end], "EUR") == found.money
