"""The schema is what the models say, however often and by however many copies it is brought there."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, Connection, Engine, text

from storage import migrate as migrating
from storage.engine import connect
from storage.migrate import METADATA, SchemaState, migrate, revision
from storage.schema import HEAD
from storage.store import Store
from tests.conftest import ANA, TEAM, settled
from tests.pipeline.desk import Desk
from tests.versions import EXPANDED, EXPANDING, become, scripts

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}
BEFORE_DEALS = (
    "INSERT INTO workspaces (id) VALUES ('T0SALES')",
    "INSERT INTO pipelines (id, workspace_id, key, name) VALUES (1, 'T0SALES', 'default', 'Sales')",
    """INSERT INTO stages (id, pipeline_id, key, english, german, kind, position, chance, gate, category)
    VALUES (1, 1, 'lead', 'Lead', 'Lead', 'open', 0, 10, '', 'pipeline')""",
)
FORMER_DEAL = """INSERT INTO deals (id, workspace_id, number, pipeline_id, stage_id, title, folded_title, contact,
    version, created_at, created_by, entered_at, changed_at)
    VALUES (:id, 'T0SALES', :id, 1, 1, 'A', 'a', :contact, 1, 0, 'U0ANA', 0, 0)"""


@pytest.fixture
def desk(store: Store, moment: datetime) -> Desk:
    """At a database of its own."""
    return Desk(store, TEAM, moment, ANA)


def test_models_equal_migrations(engine: Engine, dialect: str) -> None:
    with engine.connect() as connection:
        compared = MigrationContext.configure(
            connection, opts={"compare_server_default": dialect == "postgresql"}
        )
        assert compare_metadata(compared, METADATA) == []


def test_partial_indexes_are_those_of_the_models(
    engine: Engine, empty_url: str, dialect: str, connected: Callable[..., Engine]
) -> None:
    """Which Alembic does not compare."""
    modelled = connected(empty_url)
    with engine.begin() as migrated, modelled.begin() as made:
        METADATA.create_all(made)
        wanted = indexes(made, dialect)
        assert {name: sql for name, sql in indexes(migrated, dialect).items() if name in wanted} == wanted


def test_a_missing_database_is_created_and_a_present_one_left_alone(
    empty_url: str, connected: Callable[..., Engine]
) -> None:
    engine = connected(empty_url)
    assert migrate(engine) is SchemaState.CREATED
    assert migrate(engine) is SchemaState.CURRENT
    assert revision(engine) == HEAD


@pytest.mark.parametrize("copies", [2, 4])
def test_copies_that_start_at_once_create_the_schema_once(
    empty_url: str, connected: Callable[..., Engine], copies: int
) -> None:
    start = Barrier(copies)

    def begin(engine: Engine) -> SchemaState:
        start.wait()
        return migrate(engine)

    with ThreadPoolExecutor(copies) as threads:
        states = list(threads.map(begin, [connected(empty_url) for _ in range(copies)]))
    assert sorted(states) == [SchemaState.CREATED, *[SchemaState.CURRENT] * (copies - 1)]


def test_f20_an_older_schema_is_migrated_and_keeps_its_rows(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = desk.filled()
    become(monkeypatch, scripts(tmp_path, {EXPANDED: EXPANDING}), EXPANDED)
    assert migrate(desk.store.engine) is SchemaState.MIGRATED
    assert revision(desk.store.engine) == EXPANDED
    assert desk.deal(deal) == deal
    with desk.store.read(TEAM) as work:
        assert work.tx.execute(text("SELECT colour FROM deals")).scalar_one() == "grey"


def test_contacts_written_down_before_they_were_folded_are_found(
    empty_url: str, connected: Callable[..., Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = connected(empty_url)
    with monkeypatch.context() as earlier:
        become(earlier, scripts(tmp_path, {}, until="0002"), "0002")
        migrate(engine)
    with engine.begin() as connection:
        for statement in BEFORE_DEALS:
            connection.execute(text(statement))
        former = [{"id": 1, "contact": "Jürgen Größmann"}, {"id": 2, "contact": ""}]
        connection.execute(text(FORMER_DEAL), former)
    assert migrate(engine) is SchemaState.MIGRATED
    with engine.connect() as connection:
        assert connection.execute(text("SELECT folded_contact FROM deals ORDER BY id")).scalars().all() == [
            "jurgen grossmann",
            "",
        ]


def test_a_migration_that_fails_leaves_all_as_it_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = desk.filled()
    broken = f'{EXPANDING}\n    op.execute("no such words")'
    become(monkeypatch, scripts(tmp_path, {EXPANDED: broken}), EXPANDED)
    with pytest.raises(migrating.UnfitDatabase):
        migrate(desk.store.engine)
    assert revision(desk.store.engine) == HEAD
    assert desk.deal(deal) == deal


def test_a_file_may_have_any_name(tmp_path: Path, desk: Desk) -> None:
    file = tmp_path / "pipe?line #1 100%20.db"
    engine = connect(URL.create("sqlite", database=str(file)).render_as_string())
    for state in (SchemaState.CREATED, SchemaState.CURRENT):
        assert migrate(engine) is state
    settled(Store(engine), desk.at)
    engine.dispose()
    assert file.exists()


def indexes(connection: Connection, dialect: str) -> Mapping[str, str]:
    return {name: " ".join(sql.split()) for name, sql in connection.execute(text(INDEXES[dialect]))}
