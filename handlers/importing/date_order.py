"""Whether a column writes the day or the month first, decided from all its values."""

import re
from collections.abc import Sequence
from enum import StrEnum

from pipeline.imports import Unimportable

_MONTHS = 12


class Order(StrEnum):
    DMY = "dmy"
    MDY = "mdy"

    @property
    def words(self) -> str:
        return "day/month/year" if self is Order.DMY else "month/day/year"


NUMERIC = re.compile(
    r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?:(?:, ?| |T)([0-9]{1,2}[:.].*))?", re.ASCII
)
"""One number, the sign between, the other number, the year, the time of day."""


class OrderVotes:
    """What the values of one column say; a dot between the numbers always means the day first."""

    __slots__ = ("_dmy", "_either", "_mdy", "_name")

    def __init__(self, name: str) -> None:
        self._name = name
        self._dmy: tuple[int, str] | None = None
        self._mdy: tuple[int, str] | None = None
        self._either: tuple[int, str] | None = None

    def see(self, cells: Sequence[str], lines: Sequence[int]) -> None:
        """Cells that follow each other, and the line of each."""
        for cell in dict.fromkeys(cells):
            found = NUMERIC.match(cell.strip())
            if found is None or found[2] == ".":
                continue
            one, other = int(found[1]), int(found[3])
            if one > _MONTHS >= other:
                self._dmy = self._dmy or (lines[cells.index(cell)], found[0])
            elif other > _MONTHS >= one:
                self._mdy = self._mdy or (lines[cells.index(cell)], found[0])
            elif one != other:
                self._either = self._either or (lines[cells.index(cell)], found[0])

    def decide(self, given: Order | None) -> Order | None:
        """None where the column does not need an order: ISO dates, or a day that equals its month."""
        if given:
            return given if self._dmy or self._mdy or self._either else None
        if self._dmy and self._mdy:
            (line, day_first), (other, month_first) = self._dmy, self._mdy
            raise Unimportable(
                f'"{self._name}" has {day_first} (line {line}) and {month_first} (line {other}): '
                "no order of day and month reads both; correct one, or choose with --dates dmy or --dates mdy"
            )
        if self._dmy or self._mdy:
            return Order.DMY if self._dmy else Order.MDY
        if self._either:
            line, word = self._either
            raise Unimportable(
                f'"{self._name}" could be day/month or month/day throughout (such as {word}): '
                "say which with --dates dmy or --dates mdy",
                line,
            )
        return None
