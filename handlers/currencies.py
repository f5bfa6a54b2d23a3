"""How currencies and their multiples are written: the tables behind every amount that is read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pipeline.money import is_currency


def _by_sign(table: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {sign: tuple(codes.split()) for codes, signs in table.items() for sign in signs.split()}
    )


# The first currency is meant unless the workspace's own is among the others.
_DOLLARS: Final = "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP"
SIGNS: Final = _by_sign(
    {
        _DOLLARS: "$",
        "JPY CNY": "¥ ￥",
        "SEK NOK DKK ISK": "kr",
        "AUD": "a$ au$",
        "BRL": "r$",
        "CAD": "c$ ca$",
        "CHF": "sfr sfr.",
        "CNY": "cn¥ rmb",
        "CZK": "kč",
        "EUR": "€",
        "GBP": "£",
        "GEL": "₾",
        "HKD": "hk$",
        "ILS": "₪",
        "INR": "₹",
        "KRW": "₩",
        "KZT": "₸",
        "MXN": "mx$",
        "NGN": "₦",
        "NZD": "nz$",
        "PHP": "₱",
        "PLN": "zł",
        "RUB": "₽",
        "SGD": "s$",
        "THB": "฿",
        "TRY": "₺",
        "TWD": "nt$",
        "UAH": "₴",
        "USD": "us$",
        "VND": "₫",
    }
)
WORDS: Final = _by_sign({"EUR": "euro euros", _DOLLARS: "dollar dollars", "CHF": "franken", "JPY": "yen"})

_THOUSAND, _MILLION, _MILLIARD = 3, 6, 9
SCALES: Final = MappingProxyType(
    {
        **dict.fromkeys(("k", "t", "tsd", "tausend", "thousand"), _THOUSAND),
        **dict.fromkeys(("m", "mn", "mio", "mln", "million", "millions", "millionen"), _MILLION),
        **dict.fromkeys(("bn", "mrd", "milliarde", "milliarden"), _MILLIARD),
    }
)
ONLY_WITH_CURRENCY: Final = "t"  # T€ is the German book-keeper's k€; 12 T alone may be tonnes

# Codes that are words or names too: beside a bare number they stay in the title (`TOP 10`, `PHP 8`).
_NAMES: Final = "ALL AMD BAM BOB CAD COP CUP ERN ETB GEL LAK MAD MOP NAD PEN PHP RON RUB SAR SOS TOP TRY"
WORD_LIKE: Final = frozenset(_NAMES.split())
# Codes that count in any case: `9000 usd`. The others are taken only as ISO writes them.
_TYPED: Final = "eur usd gbp chf jpy pln czk dkk nok aud nzd"
EVERYDAY: Final = tuple(_TYPED.split())


def currencies_of(mark: str) -> tuple[str, ...]:
    code = mark.upper()
    return (code,) if is_currency(code) and mark.isascii() else SIGNS.get(mark, WORDS.get(mark, ()))
