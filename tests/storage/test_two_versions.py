"""An older copy works on beside a newer schema, or the database refuses what it writes."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import Superseded
from storage.fence import raise_fence, standing
from storage.migrate import METADATA, migrate
from storage.schema import HEAD
from storage.store import Store
from tests.conftest import ANA, PEOPLE, TEAM, settled
from tests.pipeline.desk import Desk
from tests.storage.shapes import shapes, taken_away
from tests.versions import CONTRACTED, CONTRACTING, EXPANDED, EXPANDING, become, bring, scripts

# SQLite looks at each row, and an empty table has none: one is wanted, whatever it lacks.
WRITING = {"sqlite": "INSERT INTO {} DEFAULT VALUES", "postgresql": "DELETE FROM {}"}
REVISIONS = [f"{number:04}" for number in range(2, int(HEAD) + 1)]
BREAKING = {
    'op.drop_table("receipts")': "receipts is gone",
    'op.drop_column("deals", "budget")': "deals.budget is gone",
    'op.alter_column("deals", "budget", new_column_name="purse")': "deals.budget is gone",
    'op.add_column("lanes", sa.Column("x", sa.Integer(), nullable=True)); '
    'op.create_index("ix_x", "lanes", ["lane"], unique=True)': "lanes has a new rule",
    'op.create_table("spare", sa.Column("id", sa.Integer(), primary_key=True))': "",
    'op.add_column("lanes", sa.Column("x", sa.Integer(), server_default="1", nullable=False))': "",
}


@pytest.fixture
def later(tmp_path: Path) -> Callable[[Engine, str, str], None]:
    """Has a version of the program that is still to come change the database."""

    def changed(engine: Engine, revision: str, upgrade: str) -> None:
        url = engine.url.render_as_string(hide_password=False)
        bring(url, scripts(tmp_path, {revision: upgrade}))

    return changed


@pytest.fixture
def desk(store: Store, moment: datetime) -> Desk:
    """At a database of its own."""
    return Desk(store, TEAM, moment, ANA)


def steps(engine: Engine, folder: Path, revision: str) -> tuple[list[str], bool]:
    """What a migration takes away, and whether it shuts older copies out."""
    seen = []
    for until in (f"{int(revision) - 1:04}", revision):
        with pytest.MonkeyPatch.context() as patch:
            become(patch, scripts(folder / until, {}, until=until), until)
            migrate(engine)
        with engine.connect() as connection:
            seen.append((shapes(connection), standing(connection)))
    return [*taken_away(seen[0][0], seen[1][0])], (seen[1][1].fence or "") >= revision


@pytest.mark.parametrize("revision", REVISIONS)
def test_f50_a_migration_only_adds_or_shuts_older_copies_out(
    empty_url: str, connected: Callable[..., Engine], tmp_path: Path, revision: str
) -> None:
    taken, fenced = steps(connected(empty_url), tmp_path, revision)
    assert fenced or taken == []


@pytest.mark.parametrize("upgrade", BREAKING)
def test_what_a_migration_takes_away_is_noticed(
    engine: Engine, later: Callable[[Engine, str, str], None], upgrade: str
) -> None:
    with engine.connect() as connection:
        before = shapes(connection)
    later(engine, EXPANDED, upgrade.replace("; ", "\n    "))
    with engine.connect() as connection:
        taken = " ".join(taken_away(before, shapes(connection)))
    assert BREAKING[upgrade] in taken if BREAKING[upgrade] else taken == ""


def test_f50_an_older_copy_works_on_beside_what_was_added(
    desk: Desk, later: Callable[[Engine, str, str], None]
) -> None:
    deal = desk.filled()
    later(desk.store.engine, EXPANDED, EXPANDING)
    assert desk.store.look().is_newer
    desk.move(deal, "proposal")
    assert desk.deal(deal).stage_id == desk.stage("proposal").id
    desk.new("Made beside a newer version")
    assert not desk.store.superseded


def test_f50_what_an_older_copy_writes_is_refused_by_the_database(
    desk: Desk, later: Callable[[Engine, str, str], None]
) -> None:
    """Before it has looked, too."""
    deal = desk.filled()
    later(desk.store.engine, CONTRACTED, CONTRACTING)
    with pytest.raises(Superseded):
        desk.move(deal, "proposal")
    assert desk.store.superseded
    with pytest.raises(Superseded, match="start the newer version"), desk.store.begin(TEAM):
        pytest.fail("it is not even begun")
    with desk.store.engine.connect() as connection:
        assert connection.execute(text("SELECT version FROM deals")).scalars().all() == [deal.version]


def test_f50_what_was_taken_away_is_no_incident_of_whoever_looks(
    desk: Desk, later: Callable[[Engine, str, str], None]
) -> None:
    deal = desk.filled()
    later(desk.store.engine, CONTRACTED, CONTRACTING)
    with pytest.raises(Superseded), desk.store.read(TEAM) as work:
        work.deals.by_number(deal.number)


def test_a_fence_stands_around_every_table_and_only_shuts_out_the_older(
    engine: Engine, dialect: str, moment: datetime
) -> None:
    settled(Store(engine), moment)
    with engine.begin() as connection:
        raise_fence(connection, HEAD)
    settled(Store(engine), moment)
    with engine.begin() as connection:
        # A newer version may raise it again.
        raise_fence(connection, CONTRACTED)
    for table in METADATA.tables:
        with pytest.raises(Superseded), Store(engine).begin(TEAM) as work:
            work.tx.execute(text(WRITING[dialect].format(table)))
    with Store(engine).read(TEAM) as work:
        assert len(work.people.roles()) == len(PEOPLE)


def test_words_of_the_fence_in_a_persons_mouth_are_no_refusal(engine: Engine, moment: datetime) -> None:
    store = settled(Store(engine), moment)
    words = {"words": "pipeline-bot is too old to write here"}
    with pytest.raises(DBAPIError), store.begin(TEAM) as work:
        work.tx.execute(text("INSERT INTO workspaces (id, name) VALUES (:words, NULL)"), words)
    assert not store.superseded
