from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

import pipeline.money
from pipeline.money import EXPONENTS, LIMIT, CurrencyMismatchError, Money, exponent, is_currency

# CLDR gives the decimals in everyday use: none where inflation or scarcity took the coins. ISO 4217 gives
# those in which banks reckon. ISO wins, so that a value never loses cents that somebody typed.
WITHOUT_COINS = frozenset(
    ["AFN", "ALL", "IQD", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "RSD", "SOS", "SYP", "YER"]
)

minors = st.integers(min_value=1 - LIMIT, max_value=LIMIT - 1)
currencies = st.sampled_from(sorted(EXPONENTS))


def test_exponents_agree_with_cldr_but_for_currencies_without_coins() -> None:
    differing = {code for code, digits in EXPONENTS.items() if get_currency_precision(code) != digits}
    assert differing == WITHOUT_COINS


def test_every_legal_tender_of_today_is_known() -> None:
    tender = {
        code
        for periods in get_global("territory_currencies").values()
        for code, _, until, legal in periods
        if legal and until is None
    }
    assert {code for code in tender if not is_currency(code)} == set()


def test_every_currency_has_a_name_to_show() -> None:
    names = Locale("en").currencies
    assert {code for code in EXPONENTS if code not in names} == {"XAD"}


@pytest.mark.parametrize(
    ("currency", "digits"),
    [("JPY", 0), ("EUR", 2), ("IQD", 3), ("TND", 3), ("CLF", 4), ("UYW", 4), ("UYI", 0)],
)
def test_a_currency_has_the_decimals_of_iso_4217(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


@pytest.mark.parametrize("code", ["", "eur", "XXX", "XTS", "XAU", "BTC", "EURO", "E", "DEM"])
def test_what_nobody_can_be_paid_in_is_no_currency(code: str) -> None:
    assert not is_currency(code)
    with pytest.raises(ValueError, match="no ISO 4217 currency"):
        Money(1, code)


@given(minors, minors, currencies)
def test_one_currency_is_ordered_by_minor_units(one: int, other: int, currency: str) -> None:
    a, b = Money(one, currency), Money(other, currency)
    assert (a < b, a <= b, a > b, a >= b, a == b) == (
        one < other,
        one <= other,
        one > other,
        one >= other,
        one == other,
    )


def test_two_currencies_have_no_order() -> None:
    with pytest.raises(CurrencyMismatchError):
        assert Money(1, "EUR") < Money(2, "USD")
    with pytest.raises(CurrencyMismatchError):
        max(Money(1, "EUR"), Money(2, "USD"))
    assert Money(1, "EUR") != Money(1, "USD")


def test_money_and_a_bare_number_have_no_order() -> None:
    with pytest.raises(TypeError):
        assert Money(1, "EUR") < 2  # type: ignore[operator]


@pytest.mark.parametrize("minor", [LIMIT, -LIMIT, 10**30])
def test_money_is_bounded(minor: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        Money(minor, "EUR")


@pytest.mark.parametrize("minor", [1.0, True, Decimal(1), "1", float("nan")])
def test_minor_units_are_whole_numbers(minor: object) -> None:
    with pytest.raises(TypeError, match="whole numbers"):
        Money(minor, "EUR")  # type: ignore[arg-type]


@given(minors, currencies)
def test_the_written_amount_has_the_decimals_of_the_currency(minor: int, currency: str) -> None:
    amount = Money(minor, currency).amount
    assert amount * 10 ** exponent(currency) == minor
    assert amount.as_tuple().exponent == -exponent(currency)


def test_money_knows_no_float() -> None:
    assert "float(" not in Path(pipeline.money.__file__).read_text(encoding="utf-8")
