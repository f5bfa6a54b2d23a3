# ruff: noqa: S608 - names of our own tables and columns
"""What a driver alone can do: rows put into tables as they are, and read back."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, text

from storage.engine import take_time
from storage.schema import Table as Schema
from storage.tables import ChangeRow, DealRow, MoveRow

_ALL = Schema.metadata.tables
TABLES = tuple(_ALL[row.__tablename__] for row in (DealRow, ChangeRow, MoveRow))
_BLOCK = 1 << 20

Row = Sequence[Any]


def insert(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Rows that are ready: executemany, or COPY."""
    cursor = cast("Any", connection.connection.cursor())
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {table} ({_names(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({_names(columns)}) VALUES ({marks})", rows)


def dump(engine: Engine, folder: Path) -> None:
    """A CSV file of every table that an import fills; NULL is an empty cell."""
    with engine.connect() as connection:
        for table in TABLES:
            found = connection.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY 1")
            with (folder / f"{table.name}.csv").open("w", newline="") as opened:
                writer = csv.writer(opened, lineterminator="\n")
                writer.writerow(found.keys())
                writer.writerows(found)


def fill(engine: Engine, folder: Path) -> None:
    """Those files into those tables, in one transaction."""
    with engine.begin() as connection:
        take_time(connection)
        for table in TABLES:
            with (folder / f"{table.name}.csv").open(newline="") as opened:
                columns = opened.readline().rstrip("\n").split(",")
                bare = [name for name in columns if table.c[name].nullable]
                if connection.dialect.name == "postgresql":
                    _copy(connection, table.name, columns, bare, opened)
                else:
                    _execute_many(connection, table.name, columns, bare, opened)


def _copy(
    connection: Connection, table: str, columns: Sequence[str], bare: Sequence[str], opened: Any
) -> None:
    full = _names([name for name in columns if name not in bare])
    cursor = cast("Any", connection.connection.cursor())
    options = f"FORMAT csv, FORCE_NOT_NULL ({full})"
    with cursor.copy(f"COPY {table} ({_names(columns)}) FROM STDIN ({options})") as copy:
        while block := opened.read(_BLOCK):
            copy.write(block)


def _execute_many(
    connection: Connection, table: str, columns: Sequence[str], bare: Sequence[str], opened: Iterator[str]
) -> None:
    marks = ", ".join("nullif(?, '')" if name in bare else "?" for name in columns)
    cursor = cast("Any", connection.connection.cursor())
    cursor.executemany(f"INSERT INTO {table} ({_names(columns)}) VALUES ({marks})", csv.reader(opened))


def counted(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return [
            int(connection.execute(text(f"SELECT count(*) FROM {table.name}")).scalar_one())
            for table in TABLES
        ]


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
