"""The amounts of one column: as programs write them, and as people do."""

import re

from handlers.amounts import UnreadableAmount, read_amount
from pipeline.money import Money, exponent, is_currency

_PLAIN = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,4}))?", re.ASCII)
_DECIMAL = re.compile(r"[0-9]+([.,])[0-9]{1,2}", re.ASCII)
_EITHER = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}", re.ASCII)


class AmountVotes:
    """The decimal sign that a column is seen to use: 1.234 beside 99.5 is not 1234."""

    __slots__ = ("signs",)

    def __init__(self) -> None:
        self.signs: set[str] = set()

    def see(self, cell: str) -> None:
        found = _DECIMAL.fullmatch(cell)
        if found:
            self.signs.add(found[1])


class AmountColumn:
    __slots__ = ("_default", "_signs")

    def __init__(self, default_currency: str, decimal_signs: set[str]) -> None:
        self._default = default_currency
        self._signs = decimal_signs

    def read(self, cell: str, currency: str) -> Money | None:
        """None for nothing and for 0, which says how a deal ended or that nobody knows. Raises ValueError."""
        if not cell:
            return None
        code = currency.upper() or self._default
        if not is_currency(code):
            raise ValueError(f"{currency[:20]!r} is no currency")
        either = _EITHER.fullmatch(cell)
        if either and either[1] in self._signs:
            raise ValueError(f"{cell!r} has more decimals than {code} has")
        money = _plain(cell, code) or _typed(cell, code)
        return money if money.minor else None


def _plain(cell: str, currency: str) -> Money | None:
    """The form of nearly all cells, without the price of reading what people type."""
    found = _PLAIN.fullmatch(cell)
    if found is None:
        return None
    decimals = (found[2] or "").rstrip("0")
    places = exponent(currency)
    if len(found[2] or "") == 3 or len(decimals) > places:  # noqa: PLR2004 - three may be thousands
        return None
    return Money(int(found[1] + decimals.ljust(places, "0")), currency)


def _typed(cell: str, currency: str) -> Money:
    try:
        return read_amount(cell, currency)
    except UnreadableAmount as unreadable:
        raise ValueError(f"{unreadable.word[:40]!r} ({unreadable.problem.value})") from None
