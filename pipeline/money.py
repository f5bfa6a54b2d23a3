"""Money is whole minor units and an ISO 4217 currency: never a float, never compared across currencies.

There is no addition here on purpose: a sum over deals is kept per currency, and is no deal's value.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering
from types import MappingProxyType
from typing import Final

LIMIT: Final = 10**15
"""A value lies strictly between -LIMIT and LIMIT minor units, far inside a database's 64 bits."""

# BGN, HRK and ANG were withdrawn lately; the history that a team imports is still written in them.
_BY_EXPONENT: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD"
        " CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS"
        " GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD"
        " LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN"
        " PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB"
        " TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

EXPONENTS: Final = MappingProxyType(
    {code: exponent for exponent, codes in _BY_EXPONENT.items() for code in codes.split()}
)
"""How many decimals each currency has. Gold, test codes and other units without decimals are left out."""


def is_currency(code: str) -> bool:
    return code in EXPONENTS


def exponent(currency: str) -> int:
    return EXPONENTS[currency]


class CurrencyMismatchError(TypeError):
    """Two amounts in different currencies have no order."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are whole numbers, not {type(self.minor).__name__}")
        if not is_currency(self.currency):
            raise ValueError(f"{self.currency!r} is no ISO 4217 currency")
        if abs(self.minor) >= LIMIT:
            raise ValueError(f"{self.minor} is beyond the limit of {LIMIT} minor units")

    @property
    def amount(self) -> Decimal:
        """The value as it is written, with the currency's decimals: 12.50 for 1250 cents."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __lt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        if self.currency != other.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency} have no order")
        return self.minor < other.minor
