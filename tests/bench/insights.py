"""P5 to P7 and the commands that look ahead, with a million deals and five million moves; and what the night costs.

Every figure is of a process of its own, so that what it grows by is its own; CPU is that of the process and of all
processes of the server.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from handlers.commands.ranking import first_of
from pipeline.finding import Wanted
from storage.engine import connect
from storage.store import Work
from tests.bench.crowd import ASKING
from tests.bench.databases import Databases
from tests.bench.lives import close_half, settle_lives
from tests.bench.lookups import Read, compared, looking
from tests.bench.machine import STEADY, Figures
from tests.bench.table import Row, ratio_row

ROUNDS = 5
DEALS = 1_000_000
LOOKS = ("foreseeing", "stays", "fitting", "looking")
MOST_GROWTH = 20
MOST_MS = {"P5": 150, "P7": 250}
AT_MOST = {"P5": {"SQLite": 1.2, "PostgreSQL": 1.2}, "P7": {"SQLite": 0.25, "PostgreSQL": 0.15}}
_ROOT = Path(__file__).parents[2]
_Told = Mapping[str, float]


def measure_insights(databases: Databases, report: Callable[[str], None]) -> list[Row]:
    rows = [Row("P6", "no roll-up is kept: what is open is added up when somebody asks", "-", "", None)]
    for engine in ("SQLite", "PostgreSQL"):
        with databases.fresh(engine) as url:
            report(f"insights {engine}: putting in {DEALS:,} deals with five moves each")
            opened = connect(url, pool_size=1)
            try:
                settle_lives(opened, DEALS)
                rows += _Insights(databases, engine, url, report).rows(opened)
            finally:
                opened.dispose()
    return rows


class _Insights:
    def __init__(self, databases: Databases, engine: str, url: str, report: Callable[[str], None]) -> None:
        self._databases = databases
        self._engine = engine
        self._url = url
        self._report = report

    def rows(self, opened: Engine) -> Iterator[Row]:
        yield from self._night()
        yield from self._beside(
            "P5", "data of a digest, 200,000 deals open", "digest", "the same SQL alone", ("raw", "pandas")
        )
        yield from self._beside(
            "P7", "stays and conversions, kept at night", "stages", "SQL of windows, 90 days", ("window",)
        )
        yield self._once("P7", "the same 90 days with pandas", "stages-pandas")
        close_half(opened)
        with looking(self._databases, self._engine, opened, self._url) as bot:
            yield from compared("insights", bot, _asked(), self._report)

    def _night(self) -> Iterator[Row]:
        told = [self._read(name) for name in LOOKS]
        for name, each in zip(LOOKS, told, strict=True):
            yield Row("night", f"{name}, {self._engine}", _weighed(each), "", None)
        cpu, peak = sum(each["cpu"] for each in told), max(each["grown"] for each in told)
        whole = f"{cpu / 1000:.0f} s of CPU, {peak:.0f} MiB at most, in a process that ends with it"
        yield Row("night", f"the whole nightly look, {self._engine}", whole, "", None)

    def _beside(self, goal: str, what: str, ours: str, floor: str, others: Sequence[str]) -> Iterator[Row]:
        """The first of the others is the floor."""
        names = (ours, *(f"{ours}-{other}" for other in others))
        told: dict[str, list[_Told]] = {name: [] for name in names}
        for number in range(ROUNDS):
            self._report(f"{goal} {self._engine} round {number + 1} of {ROUNDS}")
            for name in names:
                told[name].append(self._read(name))
        cpu, wall, grown = (_figures(told[ours], each) for each in ("cpu", "wall", "grown"))
        limit, engine = AT_MOST[goal][self._engine], self._engine
        beside = _figures(told[names[1]], "cpu")
        yield ratio_row(goal, f"{what}, CPU ms against {floor}, {engine}", cpu, beside, at_most=limit)
        alone, most = _figures(told[names[1]], "wall"), MOST_MS[goal]
        in_time = wall.median <= most if alone.spread <= STEADY else None
        yield Row(
            goal, f"{what}, wall ms, {engine}", wall.shown(1), f"<= {most}", in_time, floor=alone.shown()
        )
        if goal == "P5":
            reached = grown.median <= MOST_GROWTH
            yield Row(goal, f"{what}, MiB more, {engine}", grown.shown(0), f"<= {MOST_GROWTH}", reached)
        for name in names[2:]:
            shown = ", ".join(
                f"{_figures(told[name], each).shown(0)} {unit}"
                for each, unit in (("cpu", "ms of CPU"), ("grown", "MiB more"))
            )
            yield Row(goal, f"{what}, with {name.rpartition('-')[2]}, {engine}", shown, "", None)

    def _once(self, goal: str, what: str, name: str) -> Row:
        return Row(goal, f"{what}, {self._engine}, once", _weighed(self._read(name)), "", None)

    def _read(self, name: str) -> _Told:
        self._report(f"{self._engine} {name}")
        server = self._databases.postmaster if self._engine == "PostgreSQL" else 0
        command = [sys.executable, "-m", "tests.bench.reader", name, self._url, str(server)]
        done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, check=True, text=True)
        told: _Told = json.loads(done.stdout)
        return told


def _asked() -> Mapping[str, Read]:
    """The commands, and what each reads."""
    now = datetime.now(UTC)
    everybody, mine = Wanted(now.date(), now), Wanted(now.date(), now, owner_ids=(ASKING,))

    def top(work: Work, wanted: Wanted) -> object:
        return work.deals.those(first_of(work, wanted)[1])

    def stuck(work: Work) -> object:
        pipeline_id = work.stages.pipeline().id
        return work.deals.board(pipeline_id, now.date()), work.bottlenecks.found(pipeline_id)

    return {
        "top team": lambda work: top(work, everybody),
        "top": lambda work: top(work, mine),
        "forecast": lambda work: work.forecasts.of(work.stages.pipeline().id),
        "bottlenecks": stuck,
    }


def _figures(told: Sequence[_Told], name: str) -> Figures:
    return Figures([each[name] for each in told])


def _weighed(told: _Told) -> str:
    return f"{told['cpu'] / 1000:.1f} s of CPU, {told['wall'] / 1000:.1f} s, {told['grown']:.0f} MiB more"
