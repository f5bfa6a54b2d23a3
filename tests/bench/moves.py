"""P1, P2, P3: what a move costs, beside floors of the same run."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import count

from pipeline import orders
from pipeline.acts import carry_out
from pipeline.occasion import Occasion
from pipeline.people import Workspace
from pipeline.stages import Field
from playground.server import LocalSlack
from storage.engine import connect
from storage.migrate import migrate
from storage.store import Store
from tests.bench.load import Timed, command, drive
from tests.bench.machine import Figures, beside, busy
from tests.bench.table import Row, ratio_row
from tests.running import BotProcess, environment

ROUNDS = 5
REQUESTS = 300
CLIENTS = 32
# Every accepted move offers to take it back.
MOVED = b"deal.undo"
STAGES = ("qualification", "lead")
_numbers = count(1)


def fill(database_url: str, deals: int) -> None:
    """Deals without cards, ready to go to and fro: what is measured is the answer, not the posting."""
    engine = connect(database_url, pool_size=1)
    migrate(engine)
    store = Store(engine)
    store.found(Workspace("T0SALES", "Sales", "U0BOT", "B0BOT", "A0BOT", ""))
    occasion = Occasion("U0ANA", datetime.now(UTC))
    with store.begin("T0SALES") as work:
        for number in range(deals):
            said = {Field.TITLE: f"Deal {number}", Field.CONTACT: "Bob Miller"}
            carry_out(work, occasion, orders.New(said))
    engine.dispose()


def floor(kind: str) -> BotProcess:
    return BotProcess(dict(os.environ), command=("-m", "tests.bench.floors", kind))


@contextmanager
def bot(slack: LocalSlack, database_url: str) -> Iterator[BotProcess]:
    fill(database_url, CLIENTS)
    with BotProcess(environment(slack, database_url)) as started:
        drive(started.address, [moves(started.address, deal, 2) for deal in range(1, CLIENTS + 1)])
        yield started


def moves(address: str, deal: int, number: int) -> list[bytes]:
    """Forth and back, so that every one of an even number of requests is a move."""
    return [
        command(address, f"move D-{deal} {STAGES[each % 2]}", f"t{next(_numbers)}") for each in range(number)
    ]


def helps(address: str, number: int) -> list[bytes]:
    return [command(address, "", f"t{next(_numbers)}") for _ in range(number)]


def pid_of(server: BotProcess) -> int:
    assert server.process is not None
    return server.process.pid


def cost(server: BotProcess, requests: list[bytes], expected: bytes = b"") -> tuple[float, Timed]:
    """CPU milliseconds a request."""
    before = busy(pid_of(server))
    timed = drive(server.address, [requests], expected)
    assert timed.failed == 0, f"{timed.failed} of {len(requests)} answers were not as expected"
    return (busy(pid_of(server)) - before) / len(requests), timed


def measure_moves(engines: dict[str, str], report: Callable[[str], None]) -> list[Row]:
    """`engines`: database URL by name."""
    with ExitStack() as stack:
        slack = stack.enter_context(LocalSlack())
        servers = {"floor": stack.enter_context(floor("bare-bolt"))}
        for name, url in engines.items():
            servers[name] = stack.enter_context(bot(slack, url))
        stack.enter_context(beside(*map(pid_of, servers.values())))
        rows = _one_client(servers, report)
        return rows + [row for name in engines for row in _many_clients(name, servers[name], report)]


def _one_client(servers: dict[str, BotProcess], report: Callable[[str], None]) -> list[Row]:
    spent: dict[str, list[float]] = {name: [] for name in servers}
    for number in range(ROUNDS):
        report(f"P1 round {number + 1} of {ROUNDS}")
        for name, server in servers.items():
            if name == "floor":
                spent[name].append(cost(server, helps(server.address, REQUESTS))[0])
            else:
                spent[name].append(cost(server, moves(server.address, 1, REQUESTS), MOVED)[0])
    floors = Figures(spent["floor"])
    return [
        ratio_row("P1", f"a move, CPU against a bare Bolt ack, {name}", Figures(values), floors, at_most=2.5)
        for name, values in spent.items()
        if name != "floor"
    ]


def _many_clients(name: str, server: BotProcess, report: Callable[[str], None]) -> list[Row]:
    seconds: list[Timed] = []
    for number in range(ROUNDS):
        report(f"P2 {name} round {number + 1} of {ROUNDS}")
        requests = [moves(server.address, deal, 60) for deal in range(1, CLIENTS + 1)]
        timed = drive(server.address, requests, MOVED)
        assert timed.failed == 0, f"{timed.failed} of {len(timed.answers)} answers were not as expected"
        seconds.append(timed)
    p99 = Figures([each.quantile(0.99) * 1000 for each in seconds])
    slowest = Figures([each.quantile(1.0) * 1000 for each in seconds])
    rate = Figures([each.per_second for each in seconds])
    return [
        Row("P2", f"32 clients, p99 ms, {name}", p99.shown(0), "<= 250", p99.median <= 250),
        Row(
            "P2", f"32 clients, slowest ms, {name}", slowest.shown(0), "<= 1000", max(slowest.values) <= 1000
        ),
        Row("P2", f"32 clients, moves a second, {name}", rate.shown(0), ">= 500", rate.median >= 500),
    ]


def measure_acks(report: Callable[[str], None]) -> list[Row]:
    """P3: the bare ack between the floor below it and the set-up of Bolt's documentation."""
    with ExitStack() as stack:
        names = ("bare-bolt", "no-bolt", "default-starlette")
        servers = {name: stack.enter_context(floor(name)) for name in names}
        stack.enter_context(beside(*map(pid_of, servers.values())))
        rates: dict[str, list[float]] = {name: [] for name in names}
        for number in range(ROUNDS):
            report(f"P3 round {number + 1} of {ROUNDS}")
            for name, server in servers.items():
                each = 4 if name == "default-starlette" else 40
                requests = [helps(server.address, each) for _ in range(CLIENTS)]
                timed = drive(server.address, requests)
                assert timed.failed == 0
                rates[name].append(timed.per_second)
    bare, below, default = (Figures(rates[name]) for name in names)
    return [
        ratio_row("P3", "bare ack a second against no Bolt at all", bare, below, at_least=0.55),
        ratio_row("P3", "bare ack a second against Bolt's Starlette set-up", bare, default, at_least=20.0),
    ]
