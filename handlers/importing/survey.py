"""The first reading of a file: its shape, the order of its dates, its stages, and the ids that come again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import islice

from handlers.importing.csv_file import CsvFile, Moved, open_csv, rows
from handlers.importing.date_order import Order, OrderVotes
from handlers.importing.encoding import Opener
from handlers.importing.headers import DATES, Column, Layout, folded, recognise
from handlers.importing.identity import Identity
from handlers.importing.moments import MomentColumn
from handlers.importing.money_cells import AmountColumn, AmountVotes
from handlers.importing.repeats import Repeats
from handlers.importing.stage_names import StageNames
from pipeline.imports import Unimportable

_MOST_STAGES = 200
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person said beside the file; `people` by folded name; `moment` is the import's own."""

    stages: StageNames
    moment: datetime
    currency: str
    zone: tzinfo = UTC
    dates: Order | None = None
    columns: Mapping[Column, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survey:
    """All that the second reading needs to take one row at a time."""

    file: CsvFile
    layout: Layout
    identity: Identity
    repeats: Repeats
    moments: Mapping[Column, MomentColumn]
    amounts: AmountColumn
    rows: int
    notes: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Which ids these are: deals of equal ids are the same deal where their columns are named alike."""
        return folded(self.identity.name)

    def again(self, moved: Moved) -> Iterator[tuple[int, list[str]]]:
        return rows(self.file, moved)


def survey(open_file: Opener, wishes: Wishes, moved: Moved) -> Survey:
    """Read the whole file once. Raises Unimportable for whatever would make the import a guess."""
    file = open_csv(open_file)
    layout = recognise(file.header, wishes.columns)
    seen = _Seen(file, layout, Identity(layout))
    stream = rows(file, moved)
    while batch := tuple(islice(stream, _BATCH)):
        seen.take(*zip(*batch, strict=True))
    seen.repeats.settle()
    if not seen.rows:
        raise Unimportable("the file has a header and no rows")
    wishes.stages.refuse_unknown(seen.stages)
    orders = {column: votes.decide(wishes.dates) for column, _, votes in seen.dates}
    moments = {column: MomentColumn(order, wishes.zone) for column, order in orders.items()}
    amounts = AmountColumn(wishes.currency, seen.amounts.signs)
    notes = tuple(_notes(file, layout, orders))
    return Survey(file, layout, seen.identity, seen.repeats, moments, amounts, seen.rows, notes)


class _Seen:
    """What is kept of all rows: a few counts, and one bit for each id."""

    __slots__ = ("_amount", "_stage", "amounts", "dates", "identity", "repeats", "rows", "stages")

    def __init__(self, file: CsvFile, layout: Layout, identity: Identity) -> None:
        self.identity = identity
        self.repeats = Repeats(file.size, blocks=layout.is_history)
        self.rows = 0
        self.stages: Counter[str] = Counter()
        self._stage = layout.places[Column.STAGE]
        self._amount = layout.places.get(Column.AMOUNT)
        self.amounts = AmountVotes()
        self.dates = [
            (column, layout.places[column], OrderVotes(layout.name(column)))
            for column in DATES
            if layout.has(column)
        ]

    def take(self, lines: Sequence[int], records: Sequence[list[str]]) -> None:
        """Column by column, because most cells of most columns come again and again."""
        columns = tuple(zip(*records, strict=True))
        self.rows += len(lines)
        self.repeats.see(map(self.identity.of, records), lines)
        self._count_stages(columns[self._stage], lines)
        for _, place, votes in self.dates:
            votes.see(columns[place], lines)
        if self._amount is not None:
            self.amounts.see(columns[self._amount])

    def _count_stages(self, cells: Sequence[str], lines: Sequence[int]) -> None:
        for cell, count in Counter(cells).items():
            self.stages[cell.strip()] += count
        if len(self.stages) > _MOST_STAGES:
            one_more = list(self.stages)[_MOST_STAGES]
            raise Unimportable(
                f"the stage column holds over {_MOST_STAGES} different stages by this line: "
                'is it the right one? Name it with --column "stage=NAME OF THE COLUMN"',
                lines[[cell.strip() for cell in cells].index(one_more)],
            )


def _notes(file: CsvFile, layout: Layout, orders: Mapping[Column, Order | None]) -> Iterator[str]:
    if file.encoding.examples:
        yield f"read as Windows-1252: check {', '.join(file.encoding.examples)}"
    for column, order in orders.items():
        if order:
            yield f"{layout.name(column)} read as {order.words}"
    read = ", ".join(f"{layout.name(column)} as {column.value}" for column in layout.places)
    yield f"columns: {read}"
    if layout.ignored:
        yield f"columns left out: {', '.join(layout.ignored)}"
    if not layout.has(Column.ID):
        yield "without an id column, deals are told apart by title and company"
