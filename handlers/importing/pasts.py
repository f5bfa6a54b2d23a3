"""A file's deals as a history in columns, for looking back: no pipeline, no people, and nothing is kept.

Three forms, told by their columns: a stage history, bookings, and one row per deal with the days it was made,
expected to close and closed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from handlers.importing import past_bookings as bookings
from handlers.importing.csv_file import CsvFile, Moved, open_csv, rows
from handlers.importing.date_order import Order, OrderVotes
from handlers.importing.encoding import Opener
from handlers.importing.headers import DATES, Column, folded, recognise
from handlers.importing.moments import MomentColumn
from handlers.importing.money_cells import AmountColumn, AmountVotes
from handlers.importing.past_deals import PastDeals, midnight
from handlers.importing.stage_names import LOST_WORDS, WON_WORDS
from pipeline.history import History
from pipeline.imports import Unimportable
from pipeline.money import exponent

_MOST_STAGES = 30
_ONE_STAGE = ("Open",)


@dataclass(frozen=True, slots=True)
class PastWishes:
    """`stages` in order and `origin`, the moment called day 0, where the file shall not tell them itself."""

    currency: str
    stages: Sequence[str] = ()
    origin: datetime | None = None
    dates: Order | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """`since` is when recording began, where the file is known to lack what ended before, and `until` when it ended, in days.

    `skipped` rows or deals could not be read.
    """

    history: History
    stages: Sequence[str]
    origin: datetime
    since: float | None
    until: float
    skipped: int


def read_past(open_file: Opener, wishes: PastWishes, moved: Moved) -> Past:
    """Raises Unimportable where the file has none of the three forms."""
    file = open_csv(open_file)
    places = {folded(name): place for place, name in enumerate(file.header)}
    if all(name in places for name in bookings.COLUMNS):
        return _bookings(file, [places[name] for name in bookings.COLUMNS], wishes, moved)
    layout = recognise(file.header, {})
    table = _Table(file, layout.places, wishes, moved)
    if layout.is_history:
        return _stage_history(table, wishes)
    if layout.has(Column.CREATED) and _ENDS & layout.places.keys():
        return _deals(table, wishes)
    raise Unimportable(
        "the past is not in this file: it needs the columns deal_id, stage, entered_at[, amount], "
        "or for each deal when it was created and closed",
        1,
    )


_ENDS = {Column.CLOSED, Column.WON_AT, Column.LOST_AT, Column.CLOSE}


class _Table:
    """The columns that tell of the past, read once, and what they all say together."""

    def __init__(self, file: CsvFile, places: Mapping[Column, int], wishes: PastWishes, moved: Moved) -> None:
        wanted = {Column.ID, Column.STAGE, Column.STATUS, Column.AMOUNT, Column.CURRENCY, *DATES}
        self.columns = [column for column in places if column in wanted]
        kept = [places[column] for column in self.columns]
        self.rows = [tuple(cells[place].strip() for place in kept) for _, cells in rows(file, moved)]
        if not self.rows:
            raise Unimportable("the file has a header and no rows")
        self._place = {column: place for place, column in enumerate(self.columns)}
        self._moments = {
            column: _moments(file.header[places[column]], self.all(column), wishes.dates)
            for column in DATES
            if column in self._place
        }
        votes = AmountVotes()
        votes.see(self.all(Column.AMOUNT))
        self._amounts = AmountColumn(wishes.currency, votes.signs)
        self.currency = self._usual_currency(wishes.currency)

    def has(self, column: Column) -> bool:
        return column in self._place

    def all(self, column: Column) -> Iterable[str]:
        place = self._place.get(column)
        return () if place is None else (row[place] for row in self.rows)

    def cell(self, row: Sequence[str], column: Column) -> str:
        place = self._place.get(column)
        return "" if place is None else row[place]

    def moment(self, row: Sequence[str], column: Column) -> datetime | None:
        """Raises ValueError."""
        cell = self.cell(row, column)
        return self._moments[column].read(cell).at if cell else None

    def amount(self, row: Sequence[str]) -> float | None:
        """None too for an amount in another currency than most: they are never added. Raises ValueError."""
        money = self._amounts.read(self.cell(row, Column.AMOUNT), self.cell(row, Column.CURRENCY))
        if money is None or money.currency != self.currency:
            return None
        return float(money.minor) / 10.0 ** exponent(money.currency)

    def _usual_currency(self, default: str) -> str:
        counts = Counter(cell.upper() for cell in self.all(Column.CURRENCY) if cell)
        return counts.most_common(1)[0][0] if counts else default


def _moments(name: str, cells: Iterable[str], given: Order | None) -> MomentColumn:
    votes = OrderVotes(name)
    seen = list(dict.fromkeys(cells))
    votes.see(seen, range(2, len(seen) + 2))
    return MomentColumn(votes.decide(given), UTC)


def _stage_history(table: _Table, wishes: PastWishes) -> Past:
    """Amounts are those of a deal's last row that has one."""
    stays: dict[str, list[tuple[datetime, str]]] = {}
    amounts: dict[str, float] = {}
    skipped: set[str] = set()
    for row in table.rows:
        deal = table.cell(row, Column.ID)
        try:
            entered, amount = table.moment(row, Column.ENTERED), table.amount(row)
        except ValueError:
            entered = amount = None
        stage = table.cell(row, Column.STAGE)
        if not deal or not stage or entered is None:
            skipped.add(deal)
            continue
        stays.setdefault(deal, []).append((entered, stage))
        if amount is not None:
            amounts[deal] = amount
    told = {deal: sorted(entries, key=_when) for deal, entries in stays.items() if deal not in skipped}
    if not told:
        raise Unimportable("no row has a deal, a stage and a moment that can be read")
    names = _stage_order(told.values(), wishes.stages)
    deals = PastDeals(wishes.origin or midnight(min(entries[0][0] for entries in told.values())))
    places = _places(names)
    for deal, entries in told.items():
        days = [(deals.day(at), places[folded(stage)]) for at, stage in entries]
        deals.add(days, created=days[0][0], value=amounts.get(deal))
    return _whole(deals, names, len(skipped))


def _when(entry: tuple[datetime, str]) -> datetime:
    return entry[0]


def _places(names: Sequence[str]) -> dict[str, int]:
    won, lost = len(names), len(names) + 1
    closed = {**dict.fromkeys(WON_WORDS, won), **dict.fromkeys(LOST_WORDS, lost)}
    return closed | {folded(name): place for place, name in enumerate(names)}


def _stage_order(told: Iterable[Sequence[tuple[datetime, str]]], given: Sequence[str]) -> list[str]:
    """Of two stages the earlier one is that which more deals entered first."""
    names: dict[str, str] = {}
    first: Counter[tuple[str, str]] = Counter()
    for entries in told:
        order = dict.fromkeys(folded(stage) for _, stage in entries)
        for _, stage in entries:
            names.setdefault(folded(stage), stage)
        ways = list(order)
        first.update((one, other) for place, one in enumerate(ways) for other in ways[place + 1 :])
    closed = {*WON_WORDS, *LOST_WORDS}
    opened = [name for name in names if name not in closed]
    if given:
        missing = [names[name] for name in opened if name not in {folded(each) for each in given}]
        if missing:
            raise Unimportable(f"the file has stages that --stages leaves out: {', '.join(missing[:10])}")
        return list(given)
    if len(opened) > _MOST_STAGES or not opened:
        raise Unimportable(f"the stage column holds {len(opened)} open stages: is it the right one?")
    lead = {one: sum(first[one, other] > first[other, one] for other in opened) for one in opened}
    return [names[name] for name in sorted(opened, key=lambda name: -lead[name])]


def _deals(table: _Table, wishes: PastWishes) -> Past:
    """One stage only: what lay between is not in such a file."""
    told = []
    skipped = 0
    for row in table.rows:
        try:
            told.append(_deal(table, row))
        except ValueError:
            skipped += 1
    if not told:
        raise Unimportable("no deal has a day on which it was created")
    deals = PastDeals(wishes.origin or midnight(min(created for created, *_ in told)))
    for created, closed, outcome, due, amount in told:
        start = deals.day(created)
        entries = [(start, 0)]
        if closed is not None:
            entries.append((max(deals.day(closed), start), outcome))
        expected = None if due is None else deals.day(due)
        deals.add(entries, created=start, value=amount, due=expected)
    return _whole(deals, _ONE_STAGE, skipped)


def _whole(deals: PastDeals, stages: Sequence[str], skipped: int) -> Past:
    history = deals.history(len(stages))
    return Past(history, stages, deals.origin, None, float(history.at.max()), skipped)


def _deal(
    table: _Table, row: Sequence[str]
) -> tuple[datetime, datetime | None, int, datetime | None, float | None]:
    """A close date alone is that of a closed deal; beside the day of closing it is what was expected."""
    said = {folded(table.cell(row, column)) for column in (Column.STAGE, Column.STATUS)}
    won, lost = bool(said & {*WON_WORDS}), bool(said & {*LOST_WORDS})
    created = table.moment(row, Column.CREATED)
    close = table.moment(row, Column.CLOSE)
    own = table.moment(row, Column.WON_AT if won else Column.LOST_AT) or table.moment(row, Column.CLOSED)
    closed = (own or close) if won or lost else None
    if created is None or ((won or lost) and closed is None):
        raise ValueError("no day")
    kept_apart = any(table.has(column) for column in _ENDS - {Column.CLOSE})
    amount = None if lost and not table.cell(row, Column.AMOUNT) else table.amount(row)
    return created, closed, 1 if won else 2, close if kept_apart else None, amount


def _bookings(file: CsvFile, kept: Sequence[int], wishes: PastWishes, moved: Moved) -> Past:
    told = [tuple(cells[place] for place in kept) for _, cells in rows(file, moved)]
    if not told:
        raise Unimportable("the file has a header and no rows")
    dates = _moments(bookings.STATUS_DATE, (cells[-1] for cells in told), wishes.dates)
    read, skipped = [], 0
    for cells in told:
        try:
            read.append(bookings.read_booking(cells, dates))
        except ValueError:
            skipped += 1
    if not read:
        raise Unimportable("no booking can be read")
    deals = PastDeals(wishes.origin or midnight(min(booking.arrival for booking in read)))
    for booking in read:
        bookings.add_booking(deals, booking)
    history = deals.history(1)
    # Such tables are cut by the day of arrival.
    return Past(history, bookings.STAGES, deals.origin, 0.0, float(history.due.max()), skipped)
