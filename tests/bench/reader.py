"""One reading in a process of its own: `python -m tests.bench.reader WHAT URL POSTMASTER`; 0 for no server."""

import json
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from handlers.commands.ranking import first_of
from pipeline.finding import Wanted
from storage.engine import connect, take_time
from storage.schema import to_micros
from storage.store import Store, Work
from tests.bench.databases import TEAM, worked
from tests.bench.lookups import run_raw, statements_of
from tests.bench.machine import forget_peak, peak

TOP = 20
TIMES = 3
LATELY = timedelta(days=90)
# What is not read in a moment is read once.
ONCE = ("stages-window", "stages-pandas", "foreseeing", "stays", "fitting", "looking")
WINDOW = """
SELECT stage_id, next_id, count(*), avg(left_at - entered_at) FROM (
  SELECT to_stage_id AS stage_id, at AS entered_at,
    lead(at) OVER lives AS left_at, lead(to_stage_id) OVER lives AS next_id
  FROM moves WINDOW lives AS (PARTITION BY deal_id ORDER BY at, change_id)) AS visits
WHERE left_at >= {since} GROUP BY stage_id, next_id
"""
Doing = Callable[[], object]


def digest(work: Work, now: datetime) -> object:
    """The pipeline by stage and currency, and the deals that deserve attention first."""
    heaps = work.deals.board(work.stages.pipeline().id, now.date())
    _, deal_ids = first_of(work, Wanted(now.date(), now), TOP)
    return heaps, work.deals.those(deal_ids)


def stages(work: Work) -> object:
    return work.bottlenecks.found(work.stages.pipeline().id)


def _read(engine: Engine, read: Callable[[Work], object]) -> Doing:
    store = Store(engine)

    def doing() -> object:
        with store.read(TEAM) as work:
            return read(work)

    return doing


def _digest(engine: Engine, now: datetime) -> Doing:
    return _read(engine, partial(digest, now=now))


def _digest_raw(engine: Engine, now: datetime) -> Doing:
    said = statements_of(engine, partial(digest, now=now))
    return lambda: run_raw(engine, said)


def _digest_pandas(engine: Engine, _now: datetime) -> Doing:
    from tests.bench import frames

    return lambda: frames.digest(engine)


def _stages(engine: Engine, _now: datetime) -> Doing:
    return _read(engine, stages)


def _stages_window(engine: Engine, now: datetime) -> Doing:
    statement = WINDOW.format(since=to_micros(now - LATELY))

    def doing() -> None:
        with engine.begin() as connection:
            take_time(connection)
            connection.exec_driver_sql(statement).all()

    return doing


def _stages_pandas(engine: Engine, now: datetime) -> Doing:
    from tests.bench import frames

    unhurried = connect(engine.url.render_as_string(hide_password=False), pool_size=1)
    if unhurried.dialect.name == "postgresql":
        with unhurried.begin() as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
    return lambda: frames.stages(unhurried, to_micros(now - LATELY))


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
    "digest": _digest,
    "digest-raw": _digest_raw,
    "digest-pandas": _digest_pandas,
    "stages": _stages,
    "stages-window": _stages_window,
    "stages-pandas": _stages_pandas,
    **{name: partial(_look, name=name) for name in ("foreseeing", "stays", "fitting", "looking")},
}


def main() -> None:
    what, url, postmaster = sys.argv[1], sys.argv[2], int(sys.argv[3])
    engine = connect(url, pool_size=2)
    doing = READINGS[what](engine, datetime.now(UTC))
    Store(engine).workspace()
    before = forget_peak()
    times = 1 if what in ONCE else TIMES
    if times > 1:
        doing()
    spent, server, started = time.process_time(), _worked(postmaster), time.perf_counter()
    for _ in range(times):
        doing()
    wall = (time.perf_counter() - started) / times
    cpu = (time.process_time() - spent + _worked(postmaster) - server) / times
    sys.stdout.write(json.dumps({"cpu": cpu * 1000, "wall": wall * 1000, "grown": peak() - before}))


def _worked(postmaster: int) -> float:
    return worked(postmaster) if postmaster else 0.0


if __name__ == "__main__":
    main()
