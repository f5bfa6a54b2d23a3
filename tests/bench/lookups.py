"""What a command costs that only looks something up, beside the statements that it runs, run by the driver alone."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import Engine, event

from playground.server import LocalSlack
from storage.store import Store, Work
from tests.bench.databases import TEAM, Databases
from tests.bench.load import Timed, command, drive
from tests.bench.machine import Figures, beside, busy, forget_peak, peak, resident
from tests.bench.table import Row, ratio_row
from tests.running import BotProcess, environment

ROUNDS = 5
REQUESTS = 5
AT_MOST = 1.2
MOST_GROWTH = 20
LEAST = 10
Statement = tuple[str, Any]
Read = Callable[[Work], object]
_numbers = count(1)


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


@dataclass(frozen=True)
class Looking:
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

    def by_driver(self, statements: Sequence[Statement]) -> tuple[float, Sequence[float]]:
        spent, server, walls = time.thread_time(), self.databases.server_work(self.name), []
        for _ in range(REQUESTS):
            started = time.perf_counter()
            run_raw(self.engine, statements)
            walls.append(time.perf_counter() - started)
        worked = self.databases.server_work(self.name) - server
        return (time.thread_time() - spent + worked) * 1000 / REQUESTS, walls


@contextmanager
def looking(databases: Databases, name: str, opened: Engine, url: str) -> Iterator[Looking]:
    """A bot at the database, with a core of its own."""
    with LocalSlack() as slack, BotProcess(environment(slack, url)) as bot:
        found = Looking(databases, name, opened, bot)
        with beside(found.pid):
            yield found


def statements_of(engine: Engine, read: Read) -> Sequence[Statement]:
    said: list[Statement] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        said.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    with Store(engine).read(TEAM) as work:
        read(work)
    event.remove(engine, "before_cursor_execute", note)
    return said


def run_raw(engine: Engine, statements: Sequence[Statement]) -> None:
    with engine.connect() as connection:
        cursor: Any = connection.connection.cursor()
        for statement, parameters in statements:
            cursor.execute(statement, parameters)
            cursor.fetchall()


def compared(
    goal: str, looking: Looking, asked: Mapping[str, Read], report: Callable[[str], None]
) -> Iterator[Row]:
    """`asked` are commands, and what each comes down to."""
    raw = {words: statements_of(looking.engine, read) for words, read in asked.items()}
    for words in raw:
        looking.by_command(words)
    taken = {words: (_Taken(), _Taken()) for words in raw}
    for number in range(ROUNDS):
        report(f"{goal} {looking.name} round {number + 1} of {ROUNDS}")
        for words, statements in raw.items():
            ours, floor = taken[words]
            ours.add(*looking.by_command(words))
            floor.add(*looking.by_driver(statements))
    for words, (ours, floor) in taken.items():
        what = f"`{words}`, CPU ms, {looking.name} (wall p50 / p99 ms: {ours.shown}, alone {floor.shown})"
        yield _judged(goal, what, Figures(ours.cpu), Figures(floor.cpu))


def grown(
    goal: str, looking: Looking, asked: Mapping[str, Read], report: Callable[[str], None]
) -> Iterator[Row]:
    """The same, and what the bot grows by meanwhile."""
    for words in asked:
        looking.by_command(words)
    before = forget_peak(looking.pid)
    yield from compared(goal, looking, asked, report)
    growth, most = resident(looking.pid) - before, peak(looking.pid) - before
    times = (ROUNDS + 1) * REQUESTS * len(asked)
    what = f"MiB more of the bot after {times} commands, page caches of SQLite full, {looking.name}"
    shown = f"{growth:.0f}, at peak {most:.0f}"
    yield Row(goal, what, shown, f"<= {MOST_GROWTH}", growth <= MOST_GROWTH)


def _judged(goal: str, what: str, ours: Figures, floor: Figures) -> Row:
    """What takes no time in the database is judged by what the whole way through the bot takes."""
    if floor.median >= LEAST:
        return ratio_row(goal, what, ours, floor, at_most=AT_MOST)
    return Row(goal, what, ours.shown(), f"<= {LEAST}", ours.median <= LEAST, floor=floor.shown())
