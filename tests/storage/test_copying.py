"""A copied database says the same to the last character, and goes on from there."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text, update

from bot.samples import write_samples
from bot.samples_lives import ANA, BEN, JONAS, MIA, lives
from pipeline.deal import Deal
from pipeline.people import Person, Workspace
from storage import copying
from storage.call_tables import CallRow, TargetRow
from storage.copying import NotCopied, copy
from storage.engine import connect
from storage.migrate import METADATA, UnfitDatabase
from storage.post_tables import CardRow, HomeRow, LaneRow, ReceiptRow
from storage.snapshots import take
from storage.store import Store
from storage.tables import ChangeRow, DealRow, WorkspaceRow
from tests.conftest import TEAM, database
from tests.pipeline.desk import Desk
from tests.running import MAIN

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DEALS = 60
WAYS = ("sqlite to postgresql", "postgresql to sqlite", "sqlite to sqlite", "postgresql to postgresql")


def silent(_done: int, _all: int) -> None:
    """Nobody looks."""


@pytest.fixture(params=[*WAYS[:2], *(pytest.param(way, marks=pytest.mark.slow) for way in WAYS[2:])])
def way(request: pytest.FixtureRequest) -> tuple[str, str]:
    source, _, target = str(request.param).partition(" to ")
    return source, target


@pytest.fixture(scope="session")
def filled_sqlite(sqlite_template: Path) -> Path:
    file = sqlite_template.with_name("filled.db")
    shutil.copy(sqlite_template, file)
    _filled(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def filled_postgresql(postgresql: str) -> Iterator[str]:
    with database(postgresql) as url:
        _filled(url)
        yield url


@pytest.fixture
def source(
    way: tuple[str, str],
    request: pytest.FixtureRequest,
    connected: Callable[..., Engine],
    tmp_path: Path,
) -> Iterator[Engine]:
    if way[0] == "sqlite":
        file = shutil.copy(request.getfixturevalue("filled_sqlite"), tmp_path / "source.db")
        yield connected(f"sqlite:///{file}")
        return
    like: str = request.getfixturevalue("filled_postgresql")
    with database(request.getfixturevalue("postgresql"), like=like) as url:
        engine = connected(url)
        yield engine
        engine.dispose()


@pytest.fixture
def target(
    way: tuple[str, str], request: pytest.FixtureRequest, connected: Callable[..., Engine], tmp_path: Path
) -> Iterator[Engine]:
    """A database without a table, or a file that is not there."""
    if way[1] == "sqlite":
        yield connected(f"sqlite:///{tmp_path / 'target.db'}")
        return
    with database(request.getfixturevalue("postgresql"), empty=True) as url:
        engine = connected(url)
        yield engine
        engine.dispose()


def _filled(url: str) -> None:
    engine = connect(url)
    fill(Store(engine))
    engine.dispose()


def fill(store: Store) -> None:
    """Sample deals, and a row of every other table."""
    store.found(Workspace(TEAM, "Sales", "U0BOT", "B0BOT", "A0BOT", "https://sales.slack.com/"))
    with store.begin(TEAM) as work:
        for person_id in (ANA, BEN, JONAS, MIA):
            work.people.keep(Person(TEAM, person_id, person_id.removeprefix("U0").title()), NOON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.samples.lives", lambda pipeline, day: lives(pipeline, day)[-DEALS:])
        assert write_samples(store, TEAM, NOON, MAIN) == DEALS
    with store.engine.begin() as connection:
        deal = connection.execute(select(DealRow.id).limit(1)).scalar_one()
        connection.execute(
            update(DealRow)
            .where(DealRow.id == deal)
            .values(title="Größe 🦊 ' \\ \"", value=2**53 + 1, nurture_until=NOON.date(), merged_into=deal)
        )
        connection.execute(update(DealRow).where(DealRow.id == deal).values(category="commit"))
        of_november = {
            "workspace_id": TEAM,
            "pipeline_id": 1,
            "period": "month",
            "first": NOON.date(),
            "at": NOON,
        }
        called = {"person_id": ANA, "team": True, "currency": "EUR", "amount": None, "foreseen": 2**53 + 1}
        connection.execute(insert(CallRow).values(**of_november, **called))
        connection.execute(insert(TargetRow).values(**of_november, by=MIA, currency="EUR", amount=7))
        connection.execute(insert(LaneRow).values(workspace_id=TEAM, lane=MAIN, next_send_at=7))
        connection.execute(
            insert(ReceiptRow).values(workspace_id=TEAM, kind="command", request_id="1", answer="{}", at=NOON)
        )
        connection.execute(
            insert(HomeRow).values(
                workspace_id=TEAM, person_id=ANA, opened_at=NOON, wanted_version=2, painted_version=1
            )
        )
        connection.execute(
            insert(CardRow).values(
                workspace_id=TEAM, deal_id=deal, channel_id=MAIN, ts="1.2", generation=1, state="living",
                wanted_version=1, painted_version=1, posted_at=1, looked_at=1,
            )
        )  # fmt: skip
    assert take(store, TEAM, NOON, NOON.date()) == 1


def rows(engine: Engine) -> dict[str, list[str]]:
    with engine.connect() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in METADATA.sorted_tables
        }


def test_every_row_of_every_table_arrives(
    source: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_BATCH", 100)
    heard: list[tuple[int, int]] = []
    copied = copy(source, target, lambda done, total: heard.append((done, total)))
    before = rows(source)
    assert rows(target) == before
    assert {each.table: each.target.rows for each in copied} == {
        table: len(there) for table, there in before.items()
    }
    for table in ("deals", "snapshots", "snapshot_stages", "snapshot_deals"):
        assert before[table], table
    assert all(each.source == each.target for each in copied)
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1]


def test_work_goes_on_in_the_copy_with_the_next_number_and_a_fresh_id(source: Engine, target: Engine) -> None:
    copy(source, target, silent)
    with target.connect() as connection:
        known = set(connection.execute(select(DealRow.id)).scalars())
        changes = set(connection.execute(select(ChangeRow.id)).scalars())
    made = Desk(Store(target), TEAM, NOON, ANA).new("First after the move")
    assert (made.number, made.id in known) == (DEALS + 1, False)
    with target.connect() as connection:
        assert len(set(connection.execute(select(ChangeRow.id)).scalars()) - changes) == 1
    assert Desk(Store(target), TEAM, NOON, ANA).new("Second").number == DEALS + 2


def test_what_is_written_meanwhile_stays_behind_as_a_whole(
    way: tuple[str, str], source: Engine, target: Engine
) -> None:
    desk = Desk(Store(source), TEAM, NOON, ANA)
    made: list[Deal] = []

    def write(_done: int, _all: int) -> None:
        made.append(desk.new(f"Meanwhile {len(made)}"))

    copied = {each.table: each.target.rows for each in copy(source, target, write)}
    assert made, way
    assert copied["deals"] == DEALS
    assert len(rows(target)["changes"]) == len(rows(source)["changes"]) - len(made)


def test_an_interrupted_copy_leaves_no_row_and_can_be_begun_anew(source: Engine, target: Engine) -> None:
    def interrupt(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(source, target, interrupt)
    assert not any(rows(target).values())
    copy(source, target, silent)
    assert rows(target) == rows(source)


def test_a_database_in_use_is_no_target(source: Engine, target: Engine) -> None:
    copy(source, target, silent)
    with pytest.raises(NotCopied, match=r"is in use \(workspaces has rows already\): name an empty one"):
        copy(source, target, silent)
    with pytest.raises(NotCopied, match="is in use"):
        copy(source, source, silent)
    with target.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(NotCopied, match="has schema 0001, not"):
        copy(source, target, silent)
    with pytest.raises(UnfitDatabase, match=r"to copy has schema 0001, not .*: bring it up"):
        copy(target, source, silent)


def test_a_row_that_arrives_changed_undoes_the_copy(
    source: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = copying._carry_table

    def careless(origin: object, books: object, table: object, steps: object) -> object:
        told = carried(origin, books, table, steps)  # type: ignore[arg-type]
        if table is DealRow.__table__:
            books.execute(update(DealRow).where(DealRow.number == 7).values(title="Another"))  # type: ignore[attr-defined]
        return told

    monkeypatch.setattr(copying, "_carry_table", careless)
    with pytest.raises(NotCopied, match="deals did not arrive as sent"):
        copy(source, target, silent)
    assert not any(rows(target).values())


@pytest.mark.parametrize("way", [("sqlite", "postgresql")])
def test_what_the_other_engine_cannot_hold_is_named(
    way: tuple[str, str], source: Engine, target: Engine
) -> None:
    assert way
    with source.begin() as connection:
        connection.execute(update(WorkspaceRow).values(name="x" * 300))
    with pytest.raises(NotCopied, match="nothing was copied: value too long"):
        copy(source, target, silent)


@pytest.mark.parametrize("way", [("sqlite", "sqlite")])
def test_an_empty_or_missing_source_is_named(
    way: tuple[str, str], target: Engine, tmp_path: Path, connected: Callable[..., Engine], sqlite_url: str
) -> None:
    assert way
    with pytest.raises(UnfitDatabase, match=r"none\.db is not there: check DATABASE_URL"):
        copy(connected(f"sqlite:///{tmp_path / 'none.db'}"), target, silent)
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(NotCopied, match="the database to copy is empty"):
        copy(connected(sqlite_url), target, silent)
