"""Many rows at once: executemany on SQLite, COPY on PostgreSQL. Numbers are reserved once, ids per batch."""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select, text, update

from pipeline.imports import ImportedDeal
from storage.engine import take_time
from storage.imports_rows import CHANGE_COLUMNS, DEAL_COLUMNS, MOVE_COLUMNS, Row, RowMaker, Rows
from storage.tables import ChangeRow, DealRow, WorkspaceRow
from storage.transaction import Transaction

_HERE = WorkspaceRow.id == bindparam("workspace")
_LOCK_NUMBERS = select(WorkspaceRow.next_number).where(_HERE).with_for_update(key_share=True)
_SET_NUMBERS = update(WorkspaceRow).where(_HERE).values(next_number=bindparam("next"))
_ANY_DEAL = select(DealRow.id).limit(1)
# What belongs to a constraint has no definition of its own.
_INDEXES = text(
    "SELECT name, sql FROM sqlite_master "
    "WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('deals', 'changes', 'moves')"
)
_LOCK_WAIT_MS = 10_000
_SORTING_KIB = 4096
_TABLES = (("deals", DEAL_COLUMNS), ("changes", CHANGE_COLUMNS), ("moves", MOVE_COLUMNS))


def lift_limits(tx: Transaction) -> None:
    """An import is no answer to a person."""
    take_time(tx.connection, _LOCK_WAIT_MS)


class Loader:
    """Adds new deals with their history, batch after batch, in the file's order."""

    __slots__ = ("_ids", "_indexes", "_maker", "_next_number", "_tx")

    def __init__(self, tx: Transaction, maker: RowMaker) -> None:
        self._tx = tx
        self._indexes: Sequence[str] = ()
        self._maker = maker
        self._next_number: int | None = None
        self._ids = _PostgresqlIds(tx) if tx.dialect == "postgresql" else _SqliteIds(tx)

    def add(self, deals: Sequence[ImportedDeal]) -> None:
        if not deals:
            return
        numbers = self._numbers(len(deals))
        deal_ids = self._ids.take(DealRow, len(deals))
        change_ids = iter(self._ids.take(ChangeRow, sum(len(deal.visits) for deal in deals)))
        rows: Rows = ([], [], [])
        for deal, deal_id, number in zip(deals, deal_ids, numbers, strict=True):
            self._maker.append(deal, deal_id, number, change_ids, rows)
        for (table, columns), made in zip(_TABLES, rows, strict=True):
            self._write(table, columns, made)

    def finish(self) -> None:
        if self._indexes:
            _create_indexes(self._tx, self._indexes)
        if self._next_number is not None:
            self._tx.execute(_SET_NUMBERS, {"workspace": self._maker.workspace_id, "next": self._next_number})

    def _numbers(self, count: int) -> range:
        """Locked from the first new deal on, set at the end: an import that adds nothing takes no number."""
        if self._next_number is None:
            given = {"workspace": self._maker.workspace_id}
            self._next_number = int(self._tx.execute(_LOCK_NUMBERS, given).scalar_one())
            self._indexes = _drop_indexes(self._tx)
        first = self._next_number
        self._next_number += count
        return range(first, first + count)

    def _write(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        if self._tx.dialect == "postgresql":
            cursor = self._tx.connection.connection.cursor()
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own
        self._tx.connection.connection.cursor().executemany(statement, rows)


def _drop_indexes(tx: Transaction) -> Sequence[str]:
    """The definitions of those dropped; until the transaction ends nobody else sees them gone.

    Rows for empty tables are sorted into each index once, at the end, in two thirds of the time. PostgreSQL would shut
    out everybody who reads meanwhile.
    """
    if tx.dialect == "postgresql" or tx.execute(_ANY_DEAL).first():
        return ()
    found = [(row.name, row.sql) for row in tx.execute(_INDEXES)]
    for name, _ in found:
        tx.connection.exec_driver_sql(f'DROP INDEX "{name}"')
    return [definition for _, definition in found]


def _create_indexes(tx: Transaction, definitions: Sequence[str]) -> None:
    """Sorting takes as much memory as the cache is allowed, beside it."""
    held = tx.connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    tx.connection.exec_driver_sql(f"PRAGMA cache_size = {-_SORTING_KIB}")
    for definition in definitions:
        tx.connection.exec_driver_sql(definition)
    tx.connection.exec_driver_sql(f"PRAGMA cache_size = {held}")


class _SqliteIds:
    """The only writer may count on from the highest."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._next: dict[str, int] = {}

    def take(self, table: type[DealRow | ChangeRow], count: int) -> Sequence[int]:
        name = table.__tablename__
        if name not in self._next:
            self._next[name] = (
                int(self._tx.execute(select(func.coalesce(func.max(table.id), 0))).scalar_one()) + 1
            )
        first = self._next[name]
        self._next[name] = first + count
        return range(first, first + count)


class _PostgresqlIds:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def take(self, table: type[DealRow | ChangeRow], count: int) -> Sequence[int]:
        statement = text(
            "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
        )
        return self._tx.execute(statement, {"name": table.__tablename__, "count": count}).scalars().all()
