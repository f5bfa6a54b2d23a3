"""All rows of one database into another, of either engine: in one transaction, and compared before it ends."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.schema import Table

from storage.engine import take_time
from storage.migrate import METADATA, UnfitDatabase, migrate, revision, sqlite_file
from storage.schema import HEAD

_BATCH = 1000
_LOCK_MS = 10_000

Moved = Callable[[int, int], None]


class NotCopied(Exception):  # noqa: N818 - said as one sentence
    """Nothing was copied; the message says why."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows, and a sum of what each of them says that knows no order."""

    rows: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Copied:
    table: str
    source: Tally
    target: Tally


def copy(source: Engine, target: Engine, moved: Moved) -> Sequence[Copied]:
    """`moved` is told of rows written and read back, and of how many there are. Raises NotCopied and
    UnfitDatabase.
    """
    _check_source(source)
    _bring_up(target)
    try:
        with _reading(source) as origin, target.begin() as books:
            take_time(books, _LOCK_MS)
            _check_empty(books)
            return _carry(origin, books, moved)
    except DBAPIError as error:
        raise NotCopied(f"nothing was copied: {_first_line(error)}") from error


def _check_source(source: Engine) -> None:
    file = sqlite_file(source)
    if file is not None and not file.is_file():
        raise UnfitDatabase(f"{file} is not there: check DATABASE_URL")
    found = _revision(source)
    if found != HEAD:
        raise UnfitDatabase(
            f"the database to copy has schema {found or 'none'}, not {HEAD}: bring it up with "
            "pipeline-bot migrate"
        )


def _bring_up(target: Engine) -> None:
    """A database of another schema holds what nobody has asked to change."""
    file = sqlite_file(target)
    found = None if file is not None and not file.exists() else _revision(target)
    if found not in (None, HEAD):
        raise NotCopied(f"the database to copy to has schema {found}, not {HEAD}: name an empty one")
    migrate(target)


def _revision(engine: Engine) -> str | None:
    try:
        return revision(engine)
    except DBAPIError as error:
        place = engine.url.render_as_string(hide_password=True)
        raise UnfitDatabase(f"the database at {place} cannot be used: {_first_line(error)}") from error


@contextmanager
def _reading(source: Engine) -> Iterator[Connection]:
    """One moment of the source, whatever is written there meanwhile."""
    if source.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    else:
        options = {"reading": True}
    with source.connect().execution_options(**options) as connection, connection.begin():
        take_time(connection)
        yield connection


def _check_empty(books: Connection) -> None:
    if books.dialect.name == "postgresql":
        # A bot that starts meanwhile waits before it writes its workspace down.
        books.execute(text("LOCK TABLE workspaces IN EXCLUSIVE MODE"))
    for table in METADATA.sorted_tables:
        if books.execute(select(text("1")).select_from(table).limit(1)).first():
            raise NotCopied(
                f"the database to copy to is in use ({table.name} has rows already): name an empty one"
            )


def _carry(origin: Connection, books: Connection, moved: Moved) -> Sequence[Copied]:
    tables = METADATA.sorted_tables
    counts = [origin.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]
    if not sum(counts):
        raise NotCopied("the database to copy is empty: check DATABASE_URL")
    steps = _Steps(moved, 2 * sum(counts))
    told = [_carry_table(origin, books, table, steps) for table in tables]
    copied = [
        Copied(table.name, before, _tally(_rows(books, table), steps))
        for table, before in zip(tables, told, strict=True)
    ]
    different = [each.table for each in copied if each.source != each.target]
    if different:
        raise NotCopied(f"nothing was copied: {', '.join(different)} did not arrive as sent")
    if books.dialect.name == "postgresql":
        _set_sequences(books)
    return copied


class _Steps:
    def __init__(self, moved: Moved, total: int) -> None:
        self._moved = moved
        self._total = total
        self._done = 0

    def took(self, rows: int) -> None:
        self._done += rows
        self._moved(self._done, self._total)


def _carry_table(origin: Connection, books: Connection, table: Table, steps: _Steps) -> Tally:
    def written() -> Iterator[Sequence[Row[Any]]]:
        for batch in _rows(origin, table):
            books.execute(insert(table), [dict(row._mapping) for row in batch])  # noqa: SLF001 - public, says SQLAlchemy
            yield batch

    return _tally(written(), steps)


def _rows(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    """In the order of their keys: what takes back is younger than what it takes back."""
    statement = select(table).order_by(*table.primary_key)
    with connection.execute(statement, execution_options={"yield_per": _BATCH}) as result:
        yield from result.partitions()


def _tally(batches: Iterator[Sequence[Row[Any]]], steps: _Steps) -> Tally:
    rows = total = 0
    for batch in batches:
        for row in batch:
            digest = hashlib.blake2b(repr(tuple(row)).encode(), digest_size=16).digest()
            total = (total + int.from_bytes(digest)) % 2**128
        rows += len(batch)
        steps.took(len(batch))
    return Tally(rows, f"{total:032x}")


def _set_sequences(books: Connection) -> None:
    """Rows that bring their ids leave the sequences where they were."""
    for table in METADATA.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        highest = select(func.max(column)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        books.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0]
