"""Moments as exports write them: ISO with or without a zone, or numbers in the order of their column."""

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import NamedTuple

from handlers.dates import UnreadableDate, read_date
from handlers.importing.date_order import NUMERIC, Order

_ISO = re.compile(r"[0-9]{4}([-/])[0-9]{2}\1[0-9]{2}", re.ASCII)
_TIME = re.compile(
    r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,]([0-9]{1,6}))?)?\s*([AaPp])?\.?(?:[Mm]\.?)?", re.ASCII
)
_WRITTEN_OUT = re.compile(r"[^0-9]*[0-9]{1,2}[^0-9]+[0-9]{4}", re.ASCII)
_ISO_DATE_LENGTH = 10
_NOON = 12
EARLIEST, LATEST = 1970, 2100


class When(NamedTuple):
    """`at` in UTC; `day` as it was written; `timed` if a time of day stood there."""

    at: datetime
    day: date
    timed: bool


class MomentColumn:
    """Reads the cells of one column; a naive moment is in the given zone."""

    __slots__ = ("_days", "_order", "_zone")

    def __init__(self, order: Order | None, zone: tzinfo) -> None:
        self._order = order or Order.DMY
        self._zone = zone
        self._days: dict[str, When] = {}

    def read(self, cell: str) -> When:
        """Raises ValueError."""
        known = self._days.get(cell)
        if known is None:
            known = self._when(*self._parts(cell))
            # Days repeat in a column, moments hardly.
            if not known.timed:
                self._days[cell] = known
        return known

    def _parts(self, cell: str) -> tuple[datetime, bool]:
        iso = _ISO.match(cell)
        if iso:
            return _iso(cell, iso[1])
        numeric = NUMERIC.fullmatch(cell)
        if numeric:
            return self._numeric(numeric)
        return datetime.combine(_written_out(cell), time()), False

    def _numeric(self, found: re.Match[str]) -> tuple[datetime, bool]:
        one, other = int(found[1]), int(found[3])
        day_first = found[2] == "." or self._order is Order.DMY
        day, month = (one, other) if day_first else (other, one)
        year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)  # noqa: PLR2004 - two digits
        at = datetime(year, month, day)  # noqa: DTZ001 - its zone is added where all kinds meet
        return (datetime.combine(at, _time_of_day(found[5])), True) if found[5] else (at, False)

    def _when(self, at: datetime, timed: bool) -> When:  # noqa: FBT001 - the second part
        if not EARLIEST <= at.year <= LATEST:
            raise ValueError("a year out of reach")
        if at.tzinfo:
            return When(at.astimezone(UTC), at.astimezone(self._zone).date(), timed)
        # Several times as fast as `replace`.
        local = datetime.combine(at, at.time(), self._zone)
        return When(local if self._zone is UTC else local.astimezone(UTC), at.date(), timed)


def _iso(cell: str, sign: str) -> tuple[datetime, bool]:
    plain = cell.replace("/", "-", 2) if sign == "/" else cell
    if plain.endswith(" UTC"):
        plain = plain.removesuffix(" UTC") + "Z"
    return datetime.fromisoformat(plain), len(plain) > _ISO_DATE_LENGTH


def _time_of_day(text: str) -> time:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError("no time of day")
    hour = int(found[1])
    if found[5]:
        if not 1 <= hour <= _NOON:
            raise ValueError("no hour of a half day")
        hour = hour % _NOON + (_NOON if found[5] in "Pp" else 0)
    fraction = int((found[4] or "").ljust(6, "0"))
    return time(hour, int(found[2]), int(found[3] or 0), fraction)


def _written_out(cell: str) -> date:
    """`March 5, 2024` or `5. März 2024`; words that depend on the day they are read on are no record."""
    if not _WRITTEN_OUT.match(cell):
        raise ValueError("no date")
    try:
        return read_date(cell, date(EARLIEST, 1, 1))
    except UnreadableDate:
        raise ValueError("no date") from None
