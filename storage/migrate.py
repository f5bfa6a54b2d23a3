"""Bringing a database to this version's schema, or refusing it with a sentence."""

import sqlite3
import time
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage import call_tables, post_tables, snapshot_tables, tables
from storage.engine import is_sqlite, take_time
from storage.fence import schema_of
from storage.schema import HEAD

METADATA: MetaData = tables.DealRow.metadata
# Each fills the metadata that all share, once it is imported.
_FILLED_BY = (tables, call_tables, post_tables, snapshot_tables)
# Any number will do, as long as every copy takes the same.
_ADVISORY_LOCK = 4_207_001
_FILE_IS_SQLITE = b"SQLite format 3\0"
_SCRIPTS = "storage:migrations"
# A copy that comes second waits for the first one's work.
_WAIT_MS = 10_000
# Shorter than PostgreSQL takes to call two that wait for each other a deadlock.
_GRASP_MS = 100
# In the order in which a request, and the courier, come to them; the others after these.
_ORDER = (
    "people",
    "pipelines",
    "stages",
    "workspaces",
    "deals",
    "changes",
    "outbox",
    "lanes",
    "cards",
    "homes",
)


class UnfitDatabase(Exception):  # noqa: N818 - said as one sentence at start
    """The database cannot be used; the message says why and what to do."""


class SchemaState(StrEnum):
    CREATED = "created"
    MIGRATED = "migrated"
    CURRENT = "current"


def migrate(engine: Engine) -> SchemaState:
    """Bring the schema to HEAD. Raises UnfitDatabase; safe to run in several copies at once."""
    try:
        _check_file(engine)
        with engine.connect().execution_options(wait_ms=_WAIT_MS) as connection, connection.begin():
            _lock(connection)
            return _migrate(connection)
    except DBAPIError as error:
        raise UnfitDatabase(_reason(engine, error)) from error
    except OSError as error:
        raise UnfitDatabase(f"{sqlite_file(engine)} cannot be read: {error.strerror}") from error


def revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return schema_of(connection)


def _migrate(connection: Connection) -> SchemaState:
    present = schema_of(connection)
    if present == HEAD:
        return SchemaState.CURRENT
    from alembic import command  # noqa: PLC0415 - a start on a current schema does without Alembic
    from alembic.config import Config  # noqa: PLC0415 - as above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", _SCRIPTS)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise UnfitDatabase(
            f"the database has schema {present}, newer than the {HEAD} that this version knows: "
            "start the newer version of pipeline-bot, or point DATABASE_URL at another database"
        )
    if present is not None:
        _take_tables(connection)
    command.upgrade(config, "head")
    return SchemaState.CREATED if present is None else SchemaState.MIGRATED


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        take_time(connection)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


def _take_tables(connection: Connection) -> None:
    """All at once or none: taken one after another they would meet a running copy's own locks half way."""
    if connection.dialect.name != "postgresql":
        return
    found = inspect(connection).get_table_names()
    last = len(_ORDER)
    names = ", ".join(sorted(found, key=lambda name: _ORDER.index(name) if name in _ORDER else last))
    until = time.monotonic() + _WAIT_MS / 1000
    while True:
        attempt = connection.begin_nested()
        try:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_GRASP_MS}")
            connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        except OperationalError:
            attempt.rollback()
            if time.monotonic() > until:
                raise
            time.sleep(_GRASP_MS / 1000)
        else:
            attempt.commit()
            return


def sqlite_file(engine: Engine) -> Path | None:
    name = engine.url.database
    return Path(name) if is_sqlite(engine) and name and name != ":memory:" else None


def _check_file(engine: Engine) -> None:
    """SQLite would make a broken file worse, or say "disk I/O error" of a folder that is not there."""
    file = sqlite_file(engine)
    if file is None:
        return
    if not file.parent.is_dir():
        raise UnfitDatabase(f"the folder of {file} does not exist: create it, or change DATABASE_URL")
    if not file.exists():
        return
    with file.open("rb") as opened:
        beginning = opened.read(16)
    if beginning and beginning != _FILE_IS_SQLITE:
        raise UnfitDatabase(f"{file} is no SQLite database: restore it from a backup, or change DATABASE_URL")
    _check_integrity(file)


def _check_integrity(file: Path) -> None:
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT_MS / 1000)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise UnfitDatabase(f"{file} is damaged ({' '.join(found.split())}): restore it from a backup")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA user_version = 0")
        connection.rollback()
    except sqlite3.DatabaseError as error:
        raise UnfitDatabase(_sqlite_reason(file, str(error))) from error
    finally:
        connection.close()


def _sqlite_reason(file: Path, error: str) -> str:
    if "readonly" in error or "unable to open" in error:
        return f"{file} cannot be written: give the bot's user write access to the file and its folder"
    if "malformed" in error or "not a database" in error:
        return f"{file} is damaged ({error}): restore it from a backup"
    return f"{file} cannot be used: {error}"


def _reason(engine: Engine, error: DBAPIError) -> str:
    file = sqlite_file(engine)
    first = str(error.orig).strip().splitlines()[0]
    if file is not None:
        return _sqlite_reason(file, first)
    return f"the database at {engine.url.render_as_string(hide_password=True)} cannot be used: {first}"
