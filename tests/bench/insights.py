"""P5 to P7 and the commands that look ahead, with a million deals and five million moves; and what the night costs.

Every figure is of a process of its own, so that what it grows by is its own; CPU is that of the process and of all
processes of the server.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine

from handlers.commands.ranking import first_of
from pipeline.finding import Wanted
from storage.engine import connect
from storage.store import Store
from tests.bench.ahead import COMMANDS, asked
from tests.bench.apart import Apart, figures, weighed, weighed_once
from tests.bench.crowd import ASKING
from tests.bench.databases import TEAM, Databases
from tests.bench.lives import close_half, settle_lives
from tests.bench.lookups import MOST_GROWTH, grown, looking
from tests.bench.machine import STEADY
from tests.bench.table import Row, ratio_row

DEALS = 1_000_000
LOOKS = ("foreseeing", "stays", "fitting", "looking")
MOST_MS = {"P5": 150, "P7": 250}
AT_MOST = {"P5": {"SQLite": 1.2, "PostgreSQL": 1.2}, "P7": {"SQLite": 0.25, "PostgreSQL": 0.15}}


def measure_insights(databases: Databases, report: Callable[[str], None]) -> list[Row]:
    rows = [Row("P6", "no roll-up is kept: what is open is added up when somebody asks", "-", "", None)]
    for engine in ("SQLite", "PostgreSQL"):
        with databases.fresh(engine) as url:
            report(f"insights {engine}: putting in {DEALS:,} deals with five moves each")
            opened = connect(url, pool_size=1)
            try:
                settle_lives(opened, DEALS)
                apart = Apart(databases, engine, url, report)
                rows += _before(apart)
                close_half(opened)
                _check_frames(opened)
                rows += _commands(apart)
                with looking(databases, engine, opened, url) as bot:
                    rows += grown("insights", bot, asked(datetime.now(UTC)), report)
            finally:
                opened.dispose()
    return rows


def _before(apart: Apart) -> Iterator[Row]:
    """With a fifth of the deals open."""
    yield from _night(apart)
    digest = "data of a digest, 200,000 deals open"
    yield from _beside(apart, "P5", digest, "digest", "the same SQL alone", ("raw", "pandas"))
    stays = "stays and conversions, kept at night"
    yield from _beside(apart, "P7", stays, "stages", "SQL of windows, 90 days", ("window",))
    with_pandas = weighed_once(apart.read("stages-pandas"))
    yield Row("P7", f"the same 90 days with pandas, {apart.engine}", with_pandas, "", None)


def _night(apart: Apart) -> Iterator[Row]:
    told = [apart.read(name) for name in LOOKS]
    for name, each in zip(LOOKS, told, strict=True):
        yield Row("night", f"{name}, {apart.engine}", weighed_once(each), "", None)
    cpu, most = sum(each["cpu"] for each in told), max(each["grown"] for each in told)
    whole = f"{cpu / 1000:.0f} s of CPU, {most:.0f} MiB at most, in a process that ends with it"
    yield Row("night", f"the whole nightly look, {apart.engine}", whole, "", None)


def _beside(
    apart: Apart, goal: str, what: str, ours: str, floor: str, others: Sequence[str]
) -> Iterator[Row]:
    """The first of the others is the floor."""
    names, engine = (ours, *(f"{ours}-{other}" for other in others)), apart.engine
    told = apart.in_turn(names)
    cpu, wall, more = (figures(told[ours], each) for each in ("cpu", "wall", "grown"))
    beside, alone = (figures(told[names[1]], each) for each in ("cpu", "wall"))
    limit, most = AT_MOST[goal][engine], MOST_MS[goal]
    yield ratio_row(goal, f"{what}, CPU ms against {floor}, {engine}", cpu, beside, at_most=limit)
    in_time = wall.median <= most if alone.spread <= STEADY else None
    yield Row(goal, f"{what}, wall ms, {engine}", wall.shown(1), f"<= {most}", in_time, floor=alone.shown())
    if goal == "P5":
        reached = more.median <= MOST_GROWTH
        yield Row(goal, f"{what}, MiB more, {engine}", more.shown(0), f"<= {MOST_GROWTH}", reached)
    for name in names[2:]:
        with_it = f"{what}, with {name.rpartition('-')[2]}, {engine}"
        yield Row(goal, with_it, weighed(told[name]), "", None)


def _commands(apart: Apart) -> Iterator[Row]:
    """What each reads, beside the same statements alone and the same work with pandas."""
    kinds = {"": "reads of ours", "-raw": "the same SQL alone", "-pandas": "with pandas"}
    told = apart.in_turn([f"{words}{kind}" for words in COMMANDS for kind in kinds])
    for words in COMMANDS:
        for kind, name in kinds.items():
            what = f"`{words}`, {name}, {apart.engine}"
            yield Row("insights", what, weighed(told[f"{words}{kind}"]), "", None)


def _check_frames(opened: Engine) -> None:
    """Pandas is compared with only while it puts the same deals first."""
    from tests.bench import frames

    now = datetime.now(UTC)
    wanted = {(): Wanted(now.date(), now), (ASKING,): Wanted(now.date(), now, owner_ids=(ASKING,))}
    with Store(opened).read(TEAM) as work:
        odds = work.stages.pipeline().odds
        first = {owner: first_of(work, each)[1] for owner, each in wanted.items()}
    for owner, deal_ids in first.items():
        assert [*frames.top(opened, now, odds, *owner).index] == [*deal_ids]
