"""The amounts of one column: as programs write them, and as people do."""

import re
from collections.abc import Iterable

from handlers.amounts import UnreadableAmount, read_amount
from pipeline.money import Money, exponent, is_currency

_PLAIN = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,4}))?", re.ASCII)
_DECIMAL = re.compile(r"[0-9]+([.,])[0-9]{1,2}", re.ASCII)
_EITHER = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}", re.ASCII)
_MOST_KNOWN = 4096


class AmountVotes:
    """The decimal sign that a column is seen to use: 1.234 beside 99.5 is not 1234."""

    __slots__ = ("signs",)

    def __init__(self) -> None:
        self.signs: set[str] = set()

    def see(self, cells: Iterable[str]) -> None:
        for cell in set(cells):
            found = _DECIMAL.fullmatch(cell.strip())
            if found:
                self.signs.add(found[1])


class AmountColumn:
    __slots__ = ("_currencies", "_default", "_known", "_signs")

    def __init__(self, default_currency: str, decimal_signs: set[str]) -> None:
        self._default = default_currency
        self._signs = decimal_signs
        self._known: dict[tuple[str, str], Money] = {}
        self._currencies: dict[str, tuple[str, int]] = {}

    def read(self, cell: str, currency: str) -> Money | None:
        """None for nothing and for 0, which says how a deal ended or that nobody knows. Raises ValueError."""
        if not cell:
            return None
        known = self._known.get((cell, currency))
        if known:
            return known
        money = self._read(cell, currency)
        if money and len(self._known) < _MOST_KNOWN:
            self._known[cell, currency] = money
        return money

    def _read(self, cell: str, currency: str) -> Money | None:
        code, places = self._currencies.get(currency) or self._currency(currency)
        found = _PLAIN.fullmatch(cell)
        money = _plain(found[1], found[2] or "", code, places) if found else None
        if money is None:
            money = self._awkward(cell, code)
        return money if money.minor else None

    def _currency(self, written: str) -> tuple[str, int]:
        code = written.upper() or self._default
        if not is_currency(code):
            raise ValueError(f"{written[:20]!r} is no currency")
        return self._currencies.setdefault(written, (code, exponent(code)))

    def _awkward(self, cell: str, code: str) -> Money:
        either = _EITHER.fullmatch(cell) if self._signs else None
        if either and either[1] in self._signs:
            raise ValueError(f"{cell!r} has more decimals than {code} has")
        return _typed(cell, code)


def _plain(whole: str, written: str, code: str, places: int) -> Money | None:
    """The form of nearly all cells, without the price of reading what people type."""
    decimals = written.rstrip("0")
    if len(written) == 3 or len(decimals) > places:  # noqa: PLR2004 - three may be thousands
        return None
    return Money(int(whole + decimals.ljust(places, "0")), code)


def _typed(cell: str, currency: str) -> Money:
    try:
        return read_amount(cell, currency)
    except UnreadableAmount as unreadable:
        raise ValueError(f"{unreadable.word[:40]!r} ({unreadable.problem.value})") from None
