"""The fence: how a newer version keeps copies of an older one from writing to what they do not understand.

A migration adds and takes nothing away, so that an older copy works on beside it. One that must take away, or give
a column another meaning, raises the fence in its own transaction: from its commit on the database itself refuses
every write of a copy that does not know that migration. Until then the fence costs nothing.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.schema import HEAD

SHUT_OUT = (
    "a newer version of pipeline-bot has taken over the database, and this copy has stopped writing: "
    "start the newer version in its place"
)
_TABLE = "fence"
_UNFENCED = (_TABLE, "alembic_version")
_REFUSAL = "pipeline-bot is too old to write here"
# What a connection has said of itself, as storage.engine has it say.
KNOWS_POSTGRESQL = "pipeline.revision"
KNOWS_SQLITE = "pipeline_revision"


@dataclass(frozen=True, slots=True)
class Standing:
    """The schema that the database has, and the oldest one that a copy must know to write to it."""

    schema: str | None
    fence: str | None

    @property
    def is_newer(self) -> bool:
        return self.schema is not None and self.schema > HEAD

    @property
    def shuts_out(self) -> bool:
        return self.fence is not None and self.fence > HEAD


def raise_fence(connection: Connection, revision: str) -> None:
    """The last act of the migration `revision`: copies that do not know it write no more."""
    tables = [name for name in inspect(connection).get_table_names() if name not in _UNFENCED]
    connection.exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {_TABLE} (revision VARCHAR(32) NOT NULL)")
    connection.exec_driver_sql(f"DELETE FROM {_TABLE}")  # noqa: S608 - our word
    connection.execute(text(f"INSERT INTO {_TABLE} VALUES (:revision)"), {"revision": revision})  # noqa: S608 - our word
    if connection.dialect.name == "postgresql":
        _fence_postgresql(connection, tables, revision)
    else:
        _fence_sqlite(connection, tables, revision)


def standing(connection: Connection) -> Standing:
    return Standing(schema_of(connection), _only(connection, _TABLE, "revision"))


def schema_of(connection: Connection) -> str | None:
    """The newest migration that the database has seen; None where there was none."""
    return _only(connection, "alembic_version", "version_num")


def was_refused(error: Exception) -> bool:
    """Its own words begin it; what a person typed may stand further on in an error."""
    return str(error.orig if isinstance(error, DBAPIError) else error).startswith(_REFUSAL)


def may_come_of_it(error: Exception) -> bool:
    """Whether a statement found something gone, as after a newer version's migration."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return "no such" in str(original) or type(original).__name__.startswith("Undefined")


def _fence_postgresql(connection: Connection, tables: list[str], revision: str) -> None:
    connection.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION fence() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'object_not_in_prerequisite_state'; END $$"
    )
    known = f"coalesce(current_setting('{KNOWS_POSTGRESQL}', true), '')"
    for table in tables:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS fence ON {table}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER fence BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT "
            f"""WHEN ({known} COLLATE "C" < '{revision}') EXECUTE FUNCTION fence()"""
        )


def _fence_sqlite(connection: Connection, tables: list[str], revision: str) -> None:
    """What writes to the file without having said what it knows finds no such function, and is refused too."""
    for table in tables:
        for act in ("insert", "update", "delete"):
            name = f"fence_{table}_{act}"
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {KNOWS_SQLITE}() < '{revision}' "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )


def _only(connection: Connection, table: str, column: str) -> str | None:
    if not inspect(connection).has_table(table):
        return None
    found: str | None = connection.execute(text(f"SELECT {column} FROM {table}")).scalar()  # noqa: S608 - our words
    return found
