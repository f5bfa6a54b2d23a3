"""`list` and `find` with a million deals, through the command, beside the same statements run by the driver alone."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import Engine, event

from handlers.views.lists import PAGE
from pipeline.finding import Wanted
from pipeline.money import Money
from playground.server import LocalSlack
from storage.engine import connect
from storage.store import Store
from tests.bench.crowd import ASKING, settle_crowd
from tests.bench.databases import TEAM, Databases
from tests.bench.load import Timed, command, drive
from tests.bench.machine import Figures, busy, pin, resident
from tests.bench.table import Row, ratio_row
from tests.running import BotProcess, environment

ROUNDS = 5
DEALS = 1_000_000
REQUESTS = 5
AT_MOST = 1.2
LEAST = 10
MOST_GROWTH = 20
_numbers = count(1)
_Statement = tuple[str, Any]


@dataclass
class _Taken:
    """CPU milliseconds a look-up in each round, and the wall milliseconds of all."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def add(self, cpu: float, walls: Sequence[float]) -> None:
        self.cpu.append(cpu)
        self.wall += [seconds * 1000 for seconds in walls]

    @property
    def shown(self) -> str:
        ordered = sorted(self.wall)
        middle, worst = ordered[len(ordered) // 2], ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)]
        return f"{middle:.0f} / {worst:.0f}"


def asked() -> dict[str, Wanted]:
    """What the commands come down to."""
    now = datetime.now(UTC)
    anything: dict[str, Any] = {"today": now.date(), "now": now}
    return {
        "list": Wanted(**anything),
        "list mine": Wanted(**anything, owner_ids=(ASKING,)),
        "list stale": Wanted(**anything, stale=True),
        "list over 50k": Wanted(**anything, over=Money(50_000_00, "EUR")),
        "find ACME": Wanted(**anything, words="ACME", closed_too=True),
    }


def measure_lists(databases: Databases, report: Callable[[str], None]) -> list[Row]:
    rows = []
    for engine in ("SQLite", "PostgreSQL"):
        with ExitStack() as stack:
            url = stack.enter_context(databases.fresh(engine))
            opened = connect(url, pool_size=1)
            stack.callback(opened.dispose)
            report(f"lists {engine}: putting in {DEALS:,} deals")
            settle_crowd(opened, DEALS)
            slack = stack.enter_context(LocalSlack())
            bot = stack.enter_context(BotProcess(environment(slack, url)))
            assert bot.process is not None
            pin(bot.process.pid, 0)
            pin(os.getpid(), 1)
            rows += _compared(_Looking(databases, engine, opened, bot), report)
    return rows


@dataclass(frozen=True)
class _Looking:
    databases: Databases
    name: str
    engine: Engine
    bot: BotProcess

    @property
    def pid(self) -> int:
        assert self.bot.process is not None
        return self.bot.process.pid

    def by_command(self, words: str) -> tuple[float, Sequence[float]]:
        before, server = busy(self.pid), self.databases.server_work(self.name)
        requests = [command(self.bot.address, words, f"l{next(_numbers)}") for _ in range(REQUESTS)]
        timed: Timed = drive(self.bot.address, [requests])
        assert timed.failed == 0, f"{timed.failed} answers to {words!r} were not as expected"
        worked = (self.databases.server_work(self.name) - server) * 1000
        return (busy(self.pid) - before + worked) / REQUESTS, timed.answers

    def by_driver(self, statements: Sequence[_Statement]) -> tuple[float, Sequence[float]]:
        spent, server, walls = time.thread_time(), self.databases.server_work(self.name), []
        for _ in range(REQUESTS):
            started = time.perf_counter()
            with self.engine.connect() as connection:
                cursor: Any = connection.connection.cursor()
                for statement, parameters in statements:
                    cursor.execute(statement, parameters)
                    cursor.fetchall()
            walls.append(time.perf_counter() - started)
        worked = self.databases.server_work(self.name) - server
        return (time.thread_time() - spent + worked) * 1000 / REQUESTS, walls

    def statements(self, wanted: Wanted) -> list[_Statement]:
        said: list[_Statement] = []

        def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
            said.append((statement, parameters))

        event.listen(self.engine, "before_cursor_execute", note)
        with Store(self.engine).read(TEAM) as work:
            work.deals.find(wanted, 1, PAGE)
        event.remove(self.engine, "before_cursor_execute", note)
        return said


def _judged(what: str, ours: Figures, floor: Figures) -> Row:
    """What takes no time in the database is judged by what the whole way through the bot takes."""
    if floor.median >= LEAST:
        return ratio_row("lists", what, ours, floor, at_most=AT_MOST)
    return Row("lists", what, ours.shown(), f"<= {LEAST}", ours.median <= LEAST, floor=floor.shown())


def _compared(looking: _Looking, report: Callable[[str], None]) -> list[Row]:
    raw = {words: looking.statements(wanted) for words, wanted in asked().items()}
    for words in raw:
        looking.by_command(words)
    before = resident(looking.pid)
    taken = {words: (_Taken(), _Taken()) for words in raw}
    for number in range(ROUNDS):
        report(f"lists {looking.name} round {number + 1} of {ROUNDS}")
        for words, statements in raw.items():
            ours, floor = taken[words]
            ours.add(*looking.by_command(words))
            floor.add(*looking.by_driver(statements))
    rows = []
    for words, (ours, floor) in taken.items():
        what = f"`{words}`, CPU ms, {looking.name} (wall p50 / p99 ms: {ours.shown}, alone {floor.shown})"
        rows.append(_judged(what, Figures(ours.cpu), Figures(floor.cpu)))
    growth = resident(looking.pid) - before
    what = f"MiB more after {ROUNDS * REQUESTS * len(raw)} lists, page caches of SQLite full, {looking.name}"
    return [*rows, Row("lists", what, f"{growth:.0f}", f"<= {MOST_GROWTH}", growth <= MOST_GROWTH)]
