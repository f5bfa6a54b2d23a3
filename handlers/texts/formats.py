"""Money, dates and numbers as a language writes them; Babel formats, it never parses here."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from pipeline.money import Money, exponent

_GROUP = 3
_SMALL = 10


@lru_cache(maxsize=8)
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@lru_cache(maxsize=4096)
def money(value: Money, locale: str) -> str:
    return total(value.minor, value.currency, locale)


def total(minor: int, currency: str, locale: str) -> str:
    """Without decimals where they are all zero: nobody reads cents in a pipeline."""
    places = exponent(currency)
    amount = Decimal(minor).scaleb(-places)
    whole = amount == amount.to_integral_value()
    digits = "" if whole else "." + "0" * places
    written = _locale(locale)
    gap = "\u00a0" if get_currency_symbol(currency, written).isalpha() else ""
    pattern = f"¤{gap}#,##0{digits}" if locale.startswith("en") else f"#,##0{digits}\u00a0¤"
    return format_currency(amount, currency, pattern, locale=written, currency_digits=False)


def typed_money(value: Money, locale: str) -> str:
    """What is written here is read back as the same amount; three decimals could be thousands, four cannot."""
    places = exponent(value.currency)
    amount = Decimal(value.minor).scaleb(-places)
    decimals = places + 1 if places == _GROUP else places
    digits = "." + "0" * decimals if decimals else ""
    return f"{format_decimal(amount, '#,##0' + digits, locale=_locale(locale))} {value.currency}"


def whole(number: int, locale: str) -> str:
    return str(format_decimal(number, "#,##0", locale=_locale(locale)))


@lru_cache(maxsize=64)
def weekday(value: date, locale: str) -> str:
    return format_date(value, format="EEEE", locale=_locale(locale))


@lru_cache(maxsize=2048)
def day(value: date, locale: str) -> str:
    return format_date(value, format="medium", locale=_locale(locale))


def day_in_words(value: date, locale: str) -> str:
    """Where figures alone would be the very question."""
    return format_date(value, format="long", locale=_locale(locale))


def fine_number(value: float, locale: str) -> str:
    """Two digits that matter, however small."""
    return format_decimal(float(f"{value:.2g}"), "#,##0.####", locale=_locale(locale))


def number(value: float, locale: str) -> str:
    """One decimal where it is small enough to matter."""
    places = 1 if abs(value) < _SMALL else 0
    return format_decimal(round(value, places), "#,##0.#", locale=_locale(locale))


def in_brackets(words: Sequence[str]) -> str:
    """Behind a word; nothing where there is nothing to say."""
    return f" ({', '.join(words)})" if words else ""
