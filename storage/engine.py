"""Connections of both engines; what only one dialect knows stays here."""

import select
import sqlite3
import time
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import InvalidatePoolError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import BigInteger, String

from storage.fence import KNOWS_POSTGRESQL, KNOWS_SQLITE
from storage.schema import HEAD

POOL_WAIT = 0.5
CONNECT_WAIT = 2
STATEMENT_MS = 2000
_SWITCH_MS = 20
BUSY_MS = 2000


class database_ms(GenericFunction[int]):  # noqa: N801 - reads as the SQL function that it is
    """The database's own clock in milliseconds: leases are judged by one clock for all copies."""

    type = BigInteger()
    inherit_cache = True


@compiles(database_ms, "sqlite")
def _sqlite_ms(_element: database_ms, _compiler: SQLCompiler, **_: object) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


@compiles(database_ms, "postgresql")
def _postgresql_ms(_element: database_ms, _compiler: SQLCompiler, **_: object) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"


class by_no_index(GenericFunction[str]):  # noqa: N801 - reads as the SQL function that it is
    """A text column by whose indexes SQLite is not to go: it would look up every row of a table one by one."""

    type = String()
    inherit_cache = True


@compiles(by_no_index)
def _column(element: by_no_index, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - passed on
    return compiler.process(element.clauses, **given)


@compiles(by_no_index, "sqlite")
def _no_term_of_an_index(element: by_no_index, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - passed on
    return f"+{compiler.process(element.clauses, **given)}"


class day_number(GenericFunction[int]):  # noqa: N801 - reads as the SQL function that it is
    """Days since 1970 of a date, or of its ISO form as text."""

    type = BigInteger()
    inherit_cache = True


@compiles(day_number, "sqlite")
def _sqlite_day(element: day_number, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - passed on
    return f"CAST(julianday({compiler.process(element.clauses, **given)}) - 2440587.5 AS INTEGER)"


@compiles(day_number, "postgresql")
def _postgresql_day(element: day_number, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - passed on
    return f"(CAST({compiler.process(element.clauses, **given)} AS DATE) - DATE '1970-01-01')"


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def connect(url: str, *, pool_size: int = 8) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql://...`; opens no connection yet."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, pool_size)
    return _postgresql(address.set(drivername="postgresql+psycopg"), pool_size)


def _sqlite(address: URL, pool_size: int) -> Engine:
    engine = create_engine(
        address,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_WAIT,
        # The connection used last has the warmest caches; SQLite rereads what another one has written.
        pool_use_lifo=True,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": BUSY_MS / 1000},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """FULL: what was acknowledged survives a pulled plug, not only a killed process."""
    _write_ahead(connection)
    connection.create_function(KNOWS_SQLITE, 0, lambda: HEAD, deterministic=True)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """SQLite does not wait by itself for another copy that makes the same switch in a new file."""
    for _ in range(BUSY_MS // _SWITCH_MS):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(_SWITCH_MS / 1000)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: Connection) -> None:
    """A deferred BEGIN fails at once when a reader turns writer beside another writer."""
    options = connection.get_execution_options()
    driver = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    try:
        # Each time, because the connection would keep the short wait of the request before.
        driver.execute(f"PRAGMA busy_timeout={int(options.get('wait_ms', BUSY_MS))}")
        driver.execute("BEGIN" if options.get("reading", False) else "BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise OperationalError("BEGIN", None, error) from error


def _postgresql(address: URL, pool_size: int) -> Engine:
    limits = (
        f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={STATEMENT_MS}"
        # A lost race is read again and told; a server set to more would end it with an error.
        " -c default_transaction_isolation=read\\ committed"
        f" -c {KNOWS_POSTGRESQL}={HEAD}"
    )
    arguments: Mapping[str, Any] = {
        "connect_timeout": CONNECT_WAIT,
        "options": limits,
        "application_name": "pipeline-bot",
        # A server that vanishes in the middle of a statement is given up as soon as one that refuses.
        "keepalives_idle": 1,
        "keepalives_interval": 1,
        "keepalives_count": 2,
        "tcp_user_timeout": STATEMENT_MS,
    }
    engine = create_engine(
        address,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_WAIT,
        # The connection used last has the warmest caches; SQLite rereads what another one has written.
        pool_use_lifo=True,
        connect_args=dict(arguments),
    )
    from storage import impatience  # noqa: PLC0415 - the embedded engine needs no driver

    event.listen(engine, "do_connect", impatience.connect)
    event.listen(engine, "checkin", impatience.recover)
    event.listen(engine, "checkout", _look_before_use)
    return engine


def _look_before_use(connection: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401 - a driver's
    """A ping without a journey: a server that ends a connection says so, and an idle one says nothing else.

    SQLAlchemy's own ping is three journeys at every request.
    """
    if connection.closed or select.select([connection.fileno()], [], [], 0)[0]:
        raise InvalidatePoolError


def take_time(connection: Connection, lock_ms: int = 0) -> None:
    """What is no answer to a person may take longer than Slack waits, until its transaction ends."""
    if connection.dialect.name == "postgresql":
        limits = f"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = {lock_ms}"
        connection.exec_driver_sql(limits)
        cast("Any", connection.connection.dbapi_connection).patience = None


@cache
def insert_once(dialect: str, table: type[DeclarativeBase]) -> Insert:
    """An insert that does nothing where a unique key is there already."""
    if dialect == "sqlite":
        return sqlite_insert(table).on_conflict_do_nothing()
    return postgresql_insert(table).on_conflict_do_nothing()


@cache
def insert_or_lock(dialect: str, table: type[DeclarativeBase], *key: str) -> Insert:
    """An insert that keeps a row of the same key as it is, but for itself until the commit.

    SQLite's only writer has all rows for itself.
    """
    if dialect == "sqlite":
        return insert_once(dialect, table)
    row = postgresql_insert(table)
    return row.on_conflict_do_update(index_elements=key, set_={key[0]: row.excluded[key[0]]})


def upsert(
    dialect: str, table: type[DeclarativeBase], row: Mapping[str, Any], keep: Sequence[str] = ()
) -> Insert:
    """Insert a row, or overwrite the one of its primary key but for the columns to keep."""
    keys = [column.name for column in sa_inspect(table).primary_key]
    overwritten = {name: row[name] for name in row if name not in keys and name not in keep}
    if dialect == "sqlite":
        return sqlite_insert(table).values(**row).on_conflict_do_update(index_elements=keys, set_=overwritten)
    return postgresql_insert(table).values(**row).on_conflict_do_update(index_elements=keys, set_=overwritten)
