"""One reading in a process of its own: `python -m tests.bench.reader WHAT URL POSTMASTER`; 0 for no server."""

import json
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from handlers.commands.ranking import first_of
from pipeline.finding import Wanted
from storage.engine import connect, take_time
from storage.schema import to_micros
from storage.store import Store, Work
from tests.bench.ahead import COMMANDS, asked, spans_at
from tests.bench.apart import ONCE
from tests.bench.crowd import ASKING
from tests.bench.databases import TEAM, worked
from tests.bench.lookups import Read, Statement, run_raw, statements_of
from tests.bench.machine import forget_peak, peak

TOP = 20
TIMES = 3
LEAST_SECONDS = 0.3
LATELY = timedelta(days=90)
WINDOW = """
SELECT stage_id, next_id, count(*), avg(left_at - entered_at) FROM (
  SELECT to_stage_id AS stage_id, at AS entered_at,
    lead(at) OVER lives AS left_at, lead(to_stage_id) OVER lives AS next_id
  FROM moves WINDOW lives AS (PARTITION BY deal_id ORDER BY at, change_id)) AS visits
WHERE left_at >= {since} GROUP BY stage_id, next_id
"""
# What is not done in a moment is done once.
SLOW = (*ONCE, "stages-window", "foreseeing", "stays", "fitting", "looking")
Doing = Callable[[], object]


def digest(work: Work, now: datetime) -> object:
    """The pipeline by stage and currency, and the deals that deserve attention first."""
    heaps = work.deals.board(work.stages.pipeline().id, now.date())
    _, deal_ids = first_of(work, Wanted(now.date(), now), TOP)
    return heaps, work.deals.those(deal_ids)


def stages(work: Work) -> object:
    return work.bottlenecks.found(work.stages.pipeline().id)


def _reads(now: datetime) -> Mapping[str, Read]:
    return {"digest": partial(digest, now=now), "stages": stages, **asked(now)}


def _read(engine: Engine, now: datetime, *, name: str) -> Doing:
    store, read = Store(engine), _reads(now)[name]

    def doing() -> object:
        with store.read(TEAM) as work:
            return read(work)

    return doing


def _raw(engine: Engine, now: datetime, *, name: str) -> Doing:
    """Another process notes the statements down: what it has read by them is no memory of this one's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        said = pool.submit(_said, _address(engine), name, now).result()
    return lambda: run_raw(engine, said)


def _said(url: str, name: str, now: datetime) -> Sequence[Statement]:
    return statements_of(connect(url, pool_size=1), _reads(now)[name])


def _pandas(engine: Engine, now: datetime, *, name: str) -> Doing:
    from tests.bench import frames

    with Store(engine).read(TEAM) as work:
        odds = work.stages.pipeline().odds
    since = to_micros(now - LATELY)
    doings: Mapping[str, Doing] = {
        "digest": lambda: frames.digest(engine),
        "stages": lambda: frames.stages(engine, since),
        "top team": lambda: frames.top(engine, now, odds),
        "top": lambda: frames.top(engine, now, odds, ASKING),
        "forecast": lambda: frames.forecast(engine, now, odds, spans_at(now.date())),
        "bottlenecks": lambda: frames.bottlenecks(engine, now, since),
    }
    return doings[name]


def _address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def _stages_window(engine: Engine, now: datetime) -> Doing:
    statement = WINDOW.format(since=to_micros(now - LATELY))

    def doing() -> None:
        with engine.begin() as connection:
            take_time(connection)
            connection.exec_driver_sql(statement).all()

    return doing


def _look(engine: Engine, now: datetime, *, name: str) -> Doing:
    from storage import fitting, foreseeing, looking, stays

    store = Store(engine)
    looks: Mapping[str, Doing] = {
        "foreseeing": lambda: foreseeing.refit(store, TEAM, now, ZoneInfo("UTC")),
        "stays": lambda: stays.refit(store, TEAM, now, now.date()),
        "fitting": lambda: fitting.refit(store, TEAM, now, now.date()),
        "looking": lambda: looking.look_for_bottlenecks(store, TEAM, now, now.date()),
    }
    return looks[name]


READINGS: Mapping[str, Callable[[Engine, datetime], Doing]] = {
    "stages-window": _stages_window,
    **{name: partial(_read, name=name) for name in ("digest", "stages", *COMMANDS)},
    **{f"{name}-raw": partial(_raw, name=name) for name in ("digest", *COMMANDS)},
    **{f"{name}-pandas": partial(_pandas, name=name) for name in ("digest", "stages", *COMMANDS)},
    **{name: partial(_look, name=name) for name in ("foreseeing", "stays", "fitting", "looking")},
}


def main() -> None:
    what, url, postmaster = sys.argv[1], sys.argv[2], int(sys.argv[3])
    engine = connect(url, pool_size=2)
    doing = READINGS[what](engine, datetime.now(UTC))
    Store(engine).workspace()
    before = forget_peak()
    times = 1 if what in SLOW else _times(doing)
    spent, server, started = time.process_time(), _worked(postmaster), time.perf_counter()
    for _ in range(times):
        doing()
    wall = (time.perf_counter() - started) / times
    cpu = (time.process_time() - spent + _worked(postmaster) - server) / times
    told = {"cpu": cpu * 1000, "wall": wall * 1000, "peak": peak(), "grown": peak() - before}
    sys.stdout.write(json.dumps(told))


def _times(doing: Doing) -> int:
    """So often that the clock of a server's processes, which ticks a hundred times a second, tells something."""
    started = time.perf_counter()
    doing()
    return max(TIMES, math.ceil(LEAST_SECONDS / (time.perf_counter() - started)))


def _worked(postmaster: int) -> float:
    return worked(postmaster) if postmaster else 0.0


if __name__ == "__main__":
    main()
