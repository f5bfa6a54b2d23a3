"""`pipeline-bot import FILE`: deals and their history from a table of another program."""

import gc
import json
import logging
import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NoReturn

import click
from click.core import ParameterSource

from bot.apart import Apart, Stumbled
from bot.importing_report import as_json, show
from bot.members import Described, Roster, unlisted
from bot.nights import Looks, Night
from bot.progress import on_stderr, progress
from handlers.house import House
from handlers.importing.date_order import Order
from handlers.importing.headers import Column
from handlers.importing.reading import read
from handlers.importing.stage_names import StageNames
from handlers.importing.survey import Survey, Wishes, survey
from handlers.texts.english import English
from pipeline.errors import ArchiveDown
from pipeline.imports import ImportReport, Unimportable
from pipeline.money import is_currency
from storage import imports
from storage.engine import connect, is_sqlite
from storage.migrate import UnfitDatabase, migrate
from storage.store import Store, Work

# Measured on two shared cores with synchronous=FULL; announced, never relied on.
_ROWS_PER_SECOND = 12_000
_WORTH_SAYING = 1.0

log = logging.getLogger(__name__)


def _pairs(_context: click.Context, option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for word in given:
        left, sign, right = word.partition("=")
        if not (sign and left.strip() and right.strip()):
            raise click.BadParameter(f"{word!r} is not of the form LEFT=RIGHT", param=option)
        pairs[left.strip()] = right.strip()
    return pairs


def _columns(context: click.Context, option: click.Parameter, given: Sequence[str]) -> dict[Column, str]:
    pairs = _pairs(context, option, given)
    known = [column.value for column in Column]
    unknown = next((name for name in pairs if name not in known), None)
    if unknown:
        raise click.BadParameter(f"{unknown!r} is none of {', '.join(known)}", param=option)
    return {Column(name): header for name, header in pairs.items()}


def _zone(_context: click.Context, option: click.Parameter, name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise click.BadParameter(f"{name!r} is no time zone such as Europe/Berlin", param=option) from None


def _currency(_context: click.Context, option: click.Parameter, code: str) -> str:
    if not is_currency(code.upper()):
        raise click.BadParameter(f"{code!r} is no ISO 4217 currency such as EUR", param=option)
    return code.upper()


@click.command("import", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--pipeline", metavar="NAME", help="Import into this pipeline instead of the default one.")
@click.option(
    "--stages", metavar="A,B,C", default="", help="Open stages of a pipeline that is made for this."
)
@click.option(
    "--column",
    "columns",
    metavar="MEANING=HEADER",
    multiple=True,
    callback=_columns,
    help="Which column means what, where its name does not tell.",
)
@click.option(
    "--map",
    "mapping",
    metavar="STAGE=STAGE",
    multiple=True,
    callback=_pairs,
    help="A stage of the file, and the pipeline's stage that it is.",
)
@click.option("--dates", type=click.Choice([order.value for order in Order]), help="Order of day and month.")
@click.option(
    "--zone",
    default="UTC",
    show_default=True,
    callback=_zone,
    help="Zone of moments without one, where none is set in Slack.",
)
@click.option(
    "--currency",
    default="EUR",
    show_default=True,
    callback=_currency,
    help="Currency of amounts without one, where none is set in Slack.",
)
@click.option("--database", envvar="DATABASE_URL", default="sqlite:///pipeline.db", show_default=True)
@click.option("--json", "wants_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def import_file(
    context: click.Context,
    *,
    file: Path,
    dry_run: bool,
    pipeline: str | None,
    stages: str,
    columns: dict[Column, str],
    mapping: dict[str, str],
    dates: str | None,
    zone: zoneinfo.ZoneInfo,
    currency: str,
    database: str,
    wants_json: bool,
) -> None:
    """Import deals from FILE: one row per deal, or one row per stage entered.

    The same file a second time changes nothing. Exit code 1: refused, and nothing was imported.
    """
    order = Order(dates) if dates else None
    moment = datetime.now(UTC)
    wanted = [name.strip() for name in stages.split(",") if name.strip()]
    house = House(zone, English(), currency, None)

    def wish(work: Work, target: imports.Target) -> Wishes:
        names = StageNames(target.stages, mapping)
        house.heed(work)
        its_currency = currency if _is_typed(context, "currency") else house.currency
        its_zone = zone if _is_typed(context, "zone") else house.zone
        return Wishes(names, moment, its_currency, its_zone, order, columns)

    try:
        with _store(database) as store, _uncollected():
            helpers = context.obj or Helpers()
            report = _Run(store, file, house, helpers, dry_run=dry_run).carry_out(pipeline, wanted, wish)
    except Unimportable as refusal:
        _refuse(f"{file.name}: {refusal.spoken}", wants_json=wants_json)
    except UnfitDatabase as unfit:
        _refuse(str(unfit), wants_json=wants_json)
    except ArchiveDown as down:
        _refuse(f"not saved, nothing was imported, try again: {down}", wants_json=wants_json)
    if wants_json:
        click.echo(json.dumps(as_json(report, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        show(report, dry_run=dry_run)


@dataclass(frozen=True, slots=True)
class Helpers:
    """What an import leaves to others: the look back at what it brought, and who the members are."""

    looks: Looks = field(default_factory=lambda: Apart("WARNING", ()))
    listed: Callable[[], Sequence[Described]] = unlisted


class _Run:
    """Two readings of one file: the first finds out what it is, the second hands its deals to the archive."""

    def __init__(self, store: Store, file: Path, house: House, helpers: Helpers, *, dry_run: bool) -> None:
        self._store = store
        self._file = file
        self._house = house
        self._helpers = helpers
        self._dry_run = dry_run
        self._say = on_stderr()

    def carry_out(
        self,
        pipeline: str | None,
        stages: Sequence[str],
        wish: Callable[[Work, imports.Target], Wishes],
    ) -> ImportReport:
        workspace = self._store.workspace()
        if workspace is None:
            raise Unimportable("the database knows no workspace yet: start the bot once, then import")
        with self._store.read(workspace.id) as work:
            target = imports.find_target(work, pipeline, stages)
            wishes = wish(work, target)
        with self._reading("Reading") as moved:
            surveyed = survey(self._open, wishes, moved)
        roster = self._roster(workspace.id, surveyed)
        with self._store.read(workspace.id) as work:
            wishes = replace(wishes, people=roster.by_name(work.people.roles()))
        report = ImportReport(rows=surveyed.rows, notes=list(surveyed.notes))
        self._bring(roster, imports.Task(target, surveyed.origin, wishes.moment), surveyed, wishes, report)
        if report.unowned and roster.unlisted:
            report.notes.append(f"Only people whom the bot has met could be owners: {roster.unlisted}")
        return report

    def _roster(self, workspace_id: str, surveyed: Survey) -> Roster:
        if not surveyed.layout.has(Column.OWNER):
            return Roster(workspace_id, {})
        with progress(self._say, "Asking Slack who is here"):
            return Roster.taken(workspace_id, self._helpers.listed)

    def _bring(
        self, roster: Roster, task: imports.Task, surveyed: Survey, wishes: Wishes, report: ImportReport
    ) -> None:
        workspace_id = roster.workspace_id
        if self._dry_run:
            with self._reading("Checking") as moved, self._store.read(workspace_id) as work:
                imports.rehearse(work, read(surveyed, wishes, moved), task, report)
            return
        self._announce(surveyed.rows)
        with self._reading("Writing") as moved, self._store.begin(workspace_id) as work:
            imports.apply(work, read(surveyed, wishes, moved), task, report)
            roster.introduce(work, wishes.moment)
        if report.changed:
            self._look_back(Night(workspace_id, wishes.moment, wishes.moment.date(), self._house.zone))

    def _look_back(self, night: Night) -> None:
        """What was imported is imported, whatever comes of it; the next night looks again."""
        try:
            with progress(self._say, "Looking back"):
                self._helpers.looks.back(self._store, night)
        except (ArchiveDown, Stumbled) as failed:
            self._say.print("Imported. Chances and forecasts follow tonight: they could not be reckoned now.")
            log.warning("no look back after the import: %s", failed)

    def _announce(self, rows: int) -> None:
        seconds = rows / _ROWS_PER_SECOND
        if seconds >= _WORTH_SAYING and is_sqlite(self._store.engine):
            self._say.print(
                f"Writing takes about {seconds:.0f} s; until then the bot answers changes with "
                '"not saved, try again".'
            )

    def _open(self) -> BinaryIO:
        return self._file.open("rb")

    @contextmanager
    def _reading(self, what: str) -> Iterator[Callable[[int], None]]:
        size = self._file.stat().st_size
        with progress(self._say, what) as moved:
            yield lambda done: moved(done, size)


def _is_typed(context: click.Context, option: str) -> bool:
    """Rather than the environment's or the program's own; what is typed for this file goes before all."""
    return context.get_parameter_source(option) is ParameterSource.COMMANDLINE


def _refuse(sentence: str, *, wants_json: bool) -> NoReturn:
    if wants_json:
        click.echo(json.dumps({"refused": sentence}, ensure_ascii=False))
    else:
        click.echo(sentence, err=True)
    raise SystemExit(1)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Rows hold no circles, and looking for some in every batch is a quarter of an import's work."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _store(database: str) -> Iterator[Store]:
    engine = connect(database)
    try:
        migrate(engine)
        yield Store(engine)
    finally:
        engine.dispose()
