"""Fresh databases of both engines, copied from one that is settled, and the work that a server does."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psutil
import psycopg
from sqlalchemy.engine import make_url

from pipeline.people import Workspace
from storage.engine import connect
from storage.migrate import migrate
from storage.store import Store

TEAM = "T0SALES"


def settle(url: str) -> None:
    """The tables, one workspace and its pipeline."""
    engine = connect(url, pool_size=1)
    migrate(engine)
    Store(engine).found(Workspace(TEAM, "Sales", "U0BOT", "B0BOT", "A0BOT", ""))
    engine.dispose()


def worked(postmaster: int) -> float:
    """Seconds of CPU that all processes of a server have spent, those that ended included."""
    while True:
        try:
            return _worked(psutil.Process(postmaster))
        except psutil.NoSuchProcess:
            # One of them has ended in between.
            continue


def _worked(postmaster: psutil.Process) -> float:
    ended = postmaster.cpu_times()
    living = [child.cpu_times() for child in postmaster.children(recursive=True)]
    own = ended.user + ended.system + ended.children_user + ended.children_system
    return float(own + sum(each.user + each.system for each in living))


class Databases:
    """`server` is the address of a PostgreSQL server, `postmaster` its process."""

    def __init__(self, folder: Path, server: str, postmaster: int) -> None:
        self._folder = folder
        self._server = server
        self.postmaster = postmaster
        self._numbers = count(1)
        self._settled: set[str] = set()

    @contextmanager
    def fresh(self, engine: str) -> Iterator[str]:
        make = {"SQLite": self._sqlite, "PostgreSQL": self._postgresql}[engine]
        url, drop = make(f"bench_{next(self._numbers)}")
        try:
            yield url
        finally:
            drop()

    def server_work(self, engine: str) -> float:
        """As `worked`; the embedded engine works in the process that asks it."""
        return 0.0 if engine == "SQLite" else worked(self.postmaster)

    def _sqlite(self, name: str) -> tuple[str, Callable[[], None]]:
        template, file = self._folder / "settled.db", self._folder / f"{name}.db"
        if not template.exists():
            settle(f"sqlite:///{template}")
        shutil.copy(template, file)

        def drop() -> None:
            for each in self._folder.glob(f"{name}.db*"):
                each.unlink()

        return f"sqlite:///{file}", drop

    def _postgresql(self, name: str) -> tuple[str, Callable[[], None]]:
        address = make_url(self._server)

        def say(statement: str) -> None:
            with psycopg.connect(self._server, autocommit=True) as connection:
                connection.execute(statement.encode())

        def at(database: str) -> str:
            return address.set(database=database).render_as_string(hide_password=False)

        if "settled" not in self._settled:
            say("CREATE DATABASE settled")
            settle(at("settled"))
            self._settled.add("settled")
        say(f"CREATE DATABASE {name} TEMPLATE settled")
        return at(name), lambda: say(f"DROP DATABASE {name} WITH (FORCE)")
