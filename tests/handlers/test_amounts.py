from __future__ import annotations

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from handlers.amounts import (
    AmountProblem,
    UnreadableAmount,
    read_amount,
)
from pipeline.money import EXPONENTS, LIMIT, Money, exponent

minors = st.integers(0, LIMIT - 1)
coined = st.builds(Money, minors, st.sampled_from([code for code, n in EXPONENTS.items() if n <= 2]))
finely_coined = st.builds(Money, minors, st.sampled_from([code for code, n in EXPONENTS.items() if n > 2]))
locales = st.sampled_from(["en_US", "de_DE", "de_CH", "fr_FR"])
near_amounts = st.text(st.sampled_from("0123456789.,' \u00a0-+_ekKmMTsdio€$£krUSDEUR²٣NaN"), max_size=24)


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def outcome(text: str) -> Money | AmountProblem:
    try:
        return read_amount(text, "EUR")
    except UnreadableAmount as unreadable:
        return unreadable.problem


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("12k", euros(12_000_00)),
        ("“12k”", euros(12_000_00)),
        ("12K", euros(12_000_00)),
        ("12.5k€", euros(12_500_00)),
        ("€12,000", euros(12_000_00)),
        ("12.000 €", euros(12_000_00)),
        ("1,5 Mio", euros(1_500_000_00)),
        ("1,5 Mio. €", euros(1_500_000_00)),
        ("2.5m", euros(2_500_000_00)),
        ("3 Mrd", euros(3_000_000_000_00)),
        ("250 Tsd. €", euros(250_000_00)),
        ("12 T€", euros(12_000_00)),
        ("TEUR 12", euros(12_000_00)),
        ("USD 9000", Money(9_000_00, "USD")),
        ("9000 usd", Money(9_000_00, "USD")),
        ("12 000 €", euros(12_000_00)),
        ("12\u00a0000\u00a0€", euros(12_000_00)),
        ("12\u202f000 €", euros(12_000_00)),
        ("12'000 CHF", Money(12_000_00, "CHF")),
        ("CHF 12’000.50", Money(12_000_50, "CHF")),  # noqa: RUF001 - the Swiss separator
        ("CHF 12.-", Money(12_00, "CHF")),
        ("1.200,- €", euros(1_200_00)),
        ("1.234.567,89", euros(1_234_567_89)),
        ("1,234,567.89", euros(1_234_567_89)),
        ("0,5 Mio", euros(500_000_00)),
        ("0.125 Mio", euros(125_000_00)),
        ("0", euros(0)),
        ("0 €", euros(0)),
        (" 12000 ", euros(12_000_00)),
        ("12,50", euros(12_50)),
        ("12.5000", euros(12_50)),
        ("¥12,000", Money(12_000, "JPY")),
        ("12 KWD", Money(12_000, "KWD")),
        ("1,234.567 KWD", Money(1_234_567, "KWD")),
        ("5 million dollars", Money(5_000_000_00, "USD")),
        ("10 Milliarden Euro", euros(10_000_000_000_00)),
        ("9.999.999.999.999,99", euros(LIMIT - 1)),
    ],
)
def test_an_amount_is_read_in_both_languages(text: str, money: Money) -> None:
    assert read_amount(text, "EUR") == money


@pytest.mark.parametrize(
    ("text", "default", "currency"),
    [
        ("$5", "EUR", "USD"),
        ("$5", "CAD", "CAD"),
        ("$5 AUD", "EUR", "AUD"),
        ("US$ 5", "CAD", "USD"),
        ("¥5", "CNY", "CNY"),
        ("5 kr", "NOK", "NOK"),
        ("£5", "EUR", "GBP"),
        ("5", "JPY", "JPY"),
    ],
)
def test_a_sign_of_several_currencies_is_the_workspaces_own_if_it_can_be(
    text: str, default: str, currency: str
) -> None:
    assert read_amount(text, default).currency == currency


@pytest.mark.parametrize(
    ("text", "problem", "word"),
    [
        ("", AmountProblem.UNREADABLE, ""),
        ("twelve", AmountProblem.UNREADABLE, "twelve"),
        ("12,00,0", AmountProblem.UNREADABLE, "12,00,0"),
        ("12.34,56", AmountProblem.UNREADABLE, "12.34,56"),
        ("1234.567", AmountProblem.UNREADABLE, "1234.567"),
        ("12.000.00", AmountProblem.UNREADABLE, "12.000.00"),
        ("1.2.3", AmountProblem.UNREADABLE, "1.2.3"),
        ("1 2", AmountProblem.UNREADABLE, "1 2"),
        ("007", AmountProblem.UNREADABLE, "007"),
        (".5", AmountProblem.UNREADABLE, ".5"),
        ("12 T", AmountProblem.UNREADABLE, "12 T"),
        ("k12k", AmountProblem.UNREADABLE, "k12k"),
        ("+5", AmountProblem.UNREADABLE, "+5"),
        ("-5", AmountProblem.NEGATIVE, "-5"),
        ("-0", AmountProblem.NEGATIVE, "-0"),
        ("−5 €", AmountProblem.NEGATIVE, "−5 €"),  # noqa: RUF001 - the typographic minus
        ("€ -5", AmountProblem.NEGATIVE, "€ -5"),
        ("NaN", AmountProblem.NOT_FINITE, "NaN"),
        ("-Infinity", AmountProblem.NOT_FINITE, "-Infinity"),
        ("1e400", AmountProblem.EXPONENT, "1e400"),
        ("1E+3", AmountProblem.EXPONENT, "1E+3"),
        ("1_000", AmountProblem.UNDERSCORE, "1_000"),
        ("١٢٣", AmountProblem.DIGITS, "١٢٣"),
        ("１２", AmountProblem.DIGITS, "１２"),  # noqa: RUF001 - full width digits
        ("½", AmountProblem.DIGITS, "½"),
        ("12345678901234567890", AmountProblem.TOO_LARGE, "12345678901234567890"),
        ("9" * 5000, AmountProblem.TOO_LARGE, "9" * 5000),
        ("10.000.000.000.000", AmountProblem.TOO_LARGE, "10.000.000.000.000"),
        ("0,505", AmountProblem.TOO_PRECISE, "0,505"),
        ("1.5 JPY", AmountProblem.TOO_PRECISE, "1.5 JPY"),
        ("12 ABC", AmountProblem.UNKNOWN_CURRENCY, "ABC"),
        ("12k ABC", AmountProblem.UNKNOWN_CURRENCY, "ABC"),
        ("5 ₿", AmountProblem.UNKNOWN_CURRENCY, "₿"),
        ("5 kr", AmountProblem.AMBIGUOUS_CURRENCY, "kr"),
        ("€5 USD", AmountProblem.TWO_CURRENCIES, "€5 USD"),
        ("234.567 KWD", AmountProblem.AMBIGUOUS, "234.567 KWD"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(text: str, problem: AmountProblem, word: str) -> None:
    with pytest.raises(UnreadableAmount) as refused:
        read_amount(text, "EUR")
    assert (refused.value.problem, refused.value.word) == (problem, word)


def test_a_refusal_of_decimals_names_the_currency() -> None:
    with pytest.raises(UnreadableAmount) as refused:
        read_amount("¥12.50", "EUR")
    assert refused.value.currency == "JPY"


def formatted(money: Money, locale: str) -> str:
    pattern = f"¤¤ #,##0.{'0' * exponent(money.currency)}"
    return format_currency(
        money.amount, money.currency, pattern, locale=locale, currency_digits=False, group_separator=True
    )


@given(coined, locales)
def test_a_formatted_amount_reads_back_as_it_was(money: Money, locale: str) -> None:
    assert read_amount(formatted(money, locale), "EUR") == money


@given(finely_coined, locales)
def test_three_decimals_that_look_like_thousands_are_asked(money: Money, locale: str) -> None:
    assert outcome(formatted(money, locale)) in {money, AmountProblem.AMBIGUOUS}


@given(coined)
def test_lakhs_are_refused_and_never_misread(money: Money) -> None:
    assert outcome(formatted(money, "en_IN")) in {money, AmountProblem.UNREADABLE}


@given(st.one_of(st.text(), near_amounts))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        money = read_amount(text, "EUR")
    except UnreadableAmount:
        return
    assert 0 <= money.minor < LIMIT
