"""`pipeline-bot backtest FILE|DATABASE`: how good forecasts, chances and lists would have been on a known past."""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from rich.console import Console
from rich.table import Table

from bot.backtest_bounds import KnownFile, known_file, usual
from bot.backtest_figures import Findings, Line, Subject, moments_of
from bot.backtest_method import STEPS, method_lines
from bot.progress import on_stderr, progress
from bot.settings import database_address
from handlers.importing.date_order import Order
from handlers.importing.pasts import PastWishes, read_past
from pipeline.forecasting import Hindsight
from pipeline.history import History
from pipeline.imports import Unimportable
from storage.engine import connect
from storage.pasts import check_readable, pasts
from storage.store import Store

MISSED = 1
_SQLITE, _GZIP = b"SQLite format 3\0", b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class BacktestWishes:
    """What is not asked for is found out, or is as it was when the method was made."""

    currency: str
    stages: Sequence[str]
    chances: Sequence[float]
    dates: str | None
    as_json: bool
    method: bool = False
    """Whether what is not about a past is asked for too; beside a known file it always is."""


@dataclass(frozen=True, slots=True)
class _Section:
    """Without deals it is about the method, not about a past."""

    name: str
    deals: int | None
    stages: Sequence[str]
    lines: Sequence[Line]


def backtest(source: str | None, wishes: BacktestWishes) -> int:
    """The exit code. Raises UnfitDatabase and Unimportable."""
    subjects = _subjects(source, wishes) if source else ()
    judged = [(subject.is_known, _judged(subject)) for subject in subjects]
    if source and not judged:
        raise Unimportable("there are no deals with an amount, so nothing can be forecast")
    sections = [section for _, section in judged]
    if wishes.method or any(known for known, _ in judged):
        sections.append(_of_the_method())
    if wishes.as_json:
        print(json.dumps([*map(_as_json, sections)], ensure_ascii=False, indent=2))  # noqa: T201 - what a program reads
    else:
        console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
        for section in sections:
            console.print(_table(section))
    return 0 if all(line.holds for section in sections for line in section.lines) else MISSED


def _judged(subject: Subject) -> _Section:
    total = moments_of(subject.conventions)
    with progress(on_stderr(), f"Looking back on {subject.name}") as moved:
        count = iter(range(1, total + 1))
        lines = Findings(subject, lambda: moved(next(count), total)).lines()
    return _Section(subject.name, len(subject.past.history.created), subject.stages, lines)


def _of_the_method() -> _Section:
    with progress(on_stderr(), "Trying planted slowdowns and a million visits") as moved:
        count = iter(range(1, STEPS + 1))
        lines = method_lines(lambda: moved(next(count), STEPS))
    return _Section("the method itself", None, (), lines)


def _subjects(source: str, wishes: BacktestWishes) -> Iterator[Subject]:
    file = Path(source)
    if "://" in source:
        try:
            address = database_address(source)
        except ValueError as wrong:
            raise Unimportable(str(wrong)) from None
        yield from _of_database(address, wishes)
        return
    if not file.is_file():
        raise Unimportable("there is no such file; a database's address looks like sqlite:///pipeline.db")
    beginning = _beginning(file)
    if beginning == _SQLITE:
        yield from _of_database(f"sqlite:///{file}", wishes)
    else:
        packed = beginning.startswith(_GZIP)
        yield _of_file(file, partial(_open, file, packed=packed), wishes)


def _of_file(file: Path, opener: Callable[[], BinaryIO], wishes: BacktestWishes) -> Subject:
    known = known_file(file.name)
    origin = known.origin if known else None
    order = Order(wishes.dates) if wishes.dates else None
    told = PastWishes(wishes.currency, wishes.stages, origin, order)
    with progress(on_stderr(), "Reading") as moved:
        with opener() as raw:
            size = raw.seek(0, 2)
        past = read_past(opener, told, lambda done: moved(done, size))
    return _subject(file.name, past.history, past.stages, (past.since, past.until), wishes.chances, known)


def _of_database(url: str, wishes: BacktestWishes) -> Iterator[Subject]:
    engine = connect(url, pool_size=1)
    try:
        check_readable(engine)
        for each in pasts(Store(engine), datetime.now(UTC)):
            opened = each.pipeline.open_stages
            chances = wishes.chances or [stage.chance / 100 for stage in opened]
            stages = [stage.english for stage in opened]
            name = f"{each.pipeline.name}, {each.currency}"
            yield _subject(name, each.history, stages, (None, each.until), chances, None)
    finally:
        engine.dispose()


def _subject(
    name: str,
    history: History,
    stages: Sequence[str],
    recorded: tuple[float | None, float],
    chances: Sequence[float],
    known: KnownFile | None,
) -> Subject:
    since, until = recorded
    known = known if known and len(known.chances) == len(stages) else None
    if chances and len(chances) != len(stages):
        raise Unimportable(f"--chances needs one for each of the open stages {', '.join(stages)}")
    past = Hindsight(history, chances or (known.chances if known else None), since)
    return Subject(
        name=name,
        past=past,
        stages=stages,
        conventions=known.conventions if known else usual(past.since, until),
        bounds=known.bounds if known else {},
        stay=known.stay if known else None,
    )


def _table(section: _Section) -> Table:
    title = section.name if section.deals is None else f"{section.name}: {section.deals:,} deals"
    table = Table(title=title, title_justify="left")
    for name in ("test", "figure"):
        table.add_column(name)
    table.add_column("value", justify="right")
    table.add_column("accepted")
    before = ""
    for line in section.lines:
        days = f", {line.key.days} d" if line.key.days else ""
        test = f"{line.key.test}{days}"
        if before not in ("", test):
            table.add_section()
        verdict = "" if line.holds else " MISSED"
        accepted = f"{line.bound}{verdict}" if line.bound else ""
        table.add_row("" if test == before else test, line.key.figure, _shown(line.value), accepted)
        before = test
    return table


def _shown(value: float | None) -> str:
    if value is None:
        return "too few"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4f}"


def _as_json(section: _Section) -> dict[str, object]:
    return {
        "name": section.name,
        "deals": section.deals,
        "stages": [*section.stages],
        "figures": [
            {
                "test": line.key.test,
                "days": line.key.days or None,
                "figure": line.key.figure,
                "value": line.value,
                "accepted": str(line.bound) if line.bound else None,
                "holds": line.holds if line.bound else None,
            }
            for line in section.lines
        ],
    }


def _beginning(file: Path) -> bytes:
    with file.open("rb") as raw:
        return raw.read(len(_SQLITE))


def _open(file: Path, *, packed: bool) -> BinaryIO:
    return cast("BinaryIO", gzip.open(file, "rb")) if packed else file.open("rb")
