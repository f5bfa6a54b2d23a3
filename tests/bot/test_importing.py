"""`pipeline-bot import`: real files on both engines, exit codes, JSON, and a kill in the middle."""

import csv
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, func, select

from bot.importing import Helpers, import_file
from pipeline import acts
from pipeline.money import Money
from pipeline.occasion import Occasion, Outcome
from pipeline.orders import Move, Undo
from pipeline.shapes import Setting
from pipeline.stages import Field
from storage.store import Store
from storage.tables import ChangeRow, DealRow, MoveRow, StageRow
from tests.conftest import MIA, TEAM, settled
from tests.pipeline import samples
from tests.running import LooksHere

ROOT = Path(__file__).parents[2]
LOAN_STAGES = "Submitted,Pre-accepted,Accepted,Offer sent,Offer returned"
TABLE = "id,stage,title\n1,lead,Roof\n2,won,Door\n"

Command = Callable[..., Result]


@pytest.fixture
def command(store: Store, database_url: str) -> Command:
    """Runs the command on the store's database."""
    assert store.workspace()
    return lambda *words: CliRunner().invoke(
        import_file, [*map(str, words), "--database", database_url], obj=Helpers(LooksHere())
    )


@pytest.fixture
def sqlite_store(sqlite_url: str, connected: Callable[..., Engine], moment: datetime) -> Store:
    return settled(Store(connected(sqlite_url)), moment)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "deals.csv"
    file.write_text(TABLE)
    return file


def told(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def counts(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        tables = (DealRow, ChangeRow, MoveRow)
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def test_a_table_of_deals_is_imported_once_and_accounted_for(command: Command, engine: Engine) -> None:
    file = samples.found("maven_sales_pipeline_to_2017-09-30.csv")
    words = (file, "--map", "Engaging=qualification", "--json")
    dry = told(command(*words, "--dry-run"))
    assert counts(engine) == [0, 0, 0]
    first = told(command(*words))
    assert first == {**dry, "dry_run": False}
    with file.open() as opened:
        deals = list(csv.DictReader(opened))
    closed = sum(1 for deal in deals if deal["deal_stage"] in {"Won", "Lost"})
    assert (first["created"], first["skipped"], first["rows"]) == (len(deals), 0, len(deals))
    assert "close_date read as month/day/year" in first["notes"]
    assert len(first["unowned"]) == len({deal["sales_agent"] for deal in deals})
    assert counts(engine) == [len(deals), len(deals) + closed, closed]
    second = told(command(*words))
    assert (second["unchanged"], second["deals"]) == (len(deals), len(deals))
    assert counts(engine) == [len(deals), len(deals) + closed, closed]


def test_a_stage_history_is_imported_once_and_lives_on(
    command: Command, engine: Engine, store: Store
) -> None:
    file = samples.found("bpi2012_stage_history.csv")
    words = (file, "--pipeline", "Loans", "--stages", LOAN_STAGES, "--json")
    first = told(command(*words))
    with file.open() as opened:
        rows = list(csv.DictReader(opened))
    deals = {row["deal_id"] for row in rows}
    assert (first["created"], first["skipped"], first["rows"]) == (len(deals), 0, len(rows))
    expected = [len(deals), len(rows), len(rows) - len(deals)]
    assert counts(engine) == expected
    assert told(command(*words))["unchanged"] == len(deals)
    assert counts(engine) == expected
    _history_is_the_files(engine, rows)
    _move_and_undo(store)


def _history_is_the_files(engine: Engine, rows: list[dict[str, str]]) -> None:
    """Every stay but each deal's first is a move at the file's moment into the file's stage."""
    statement = select(DealRow.origin_id, StageRow.english, MoveRow.at).select_from(MoveRow)
    statement = statement.join(DealRow, DealRow.id == MoveRow.deal_id)
    statement = statement.join(StageRow, StageRow.id == MoveRow.to_stage_id)
    with engine.connect() as connection:
        moves = {tuple(row) for row in connection.execute(statement)}
    seen: set[str] = set()
    expected = set()
    for row in rows:
        if row["deal_id"] in seen:
            expected.add((row["deal_id"], row["stage"], datetime.fromisoformat(row["entered_at"])))
        seen.add(row["deal_id"])
    assert moves == expected


def _move_and_undo(store: Store) -> None:
    """An imported open deal is a deal like any other."""
    with store.read(TEAM) as work:
        wanted = select(DealRow.number).where(DealRow.closed_at.is_(None)).limit(1)
        before = work.deals.by_number(work.tx.execute(wanted).scalar_one())
        lost = work.stages.pipeline(before.pipeline_id).lost
    now = before.entered_at + timedelta(days=9)
    for order in (Move(before.number, lost.id, fields={Field.REASON: "price"}), Undo(before.number)):
        with store.begin(TEAM) as work:
            outcome = acts.carry_out(work, Occasion(MIA, now), order)
    assert isinstance(outcome, Outcome)
    after = outcome.deal
    assert (after.stage_id, after.entered_at, after.closed_at) == (before.stage_id, before.entered_at, None)
    assert after.version == before.version + 2


def test_what_is_refused_says_why_and_ends_with_one(command: Command, table: Path, engine: Engine) -> None:
    table.write_text(TABLE + "3,lead\n")
    result = command(table)
    assert result.exit_code == 1
    assert result.stderr.startswith("deals.csv: line 4: this row has 2 cells where the header has 3")
    assert json.loads(command(table, "--json").stdout)["refused"].startswith("deals.csv: line 4")
    assert counts(engine) == [0, 0, 0]


def test_what_was_imported_is_measured_at_once(command: Command, tmp_path: Path, store: Store) -> None:
    """A rehearsal measures nothing."""
    table = tmp_path / "history.csv"
    stays = (("lead", 1), ("lost", 2))
    rows = [f"{deal},{stage},2026-0{month}-01" for deal in range(20) for stage, month in stays]
    table.write_text("\n".join(["deal_id,stage,entered_at", *rows, ""]))
    found = []
    for options in (["--dry-run"], []):
        assert command(table, *options).exit_code == 0
        with store.read(TEAM) as work:
            looked = work.bottlenecks.found(work.stages.pipeline().id)
            exits = looked[0].report.stages[0].exits if looked else None
            found.append((work.stages.pipeline().first.limit, exits))
    assert found == [(7, None), (47, 20)]


def test_the_report_names_every_count_and_the_lines_of_problems(command: Command, table: Path) -> None:
    shown = command(table, "--dry-run").stdout
    assert "dry run" in shown
    assert "skipped: is won or lost without a date" in shown
    assert "all, in 2 rows" in shown
    assert told(command(table, "--json"))["problems"] == [
        {"line": 3, "deal": "2", "reason": "is won or lost without a date", "detail": ""}
    ]


def test_a_cell_cannot_write_to_the_terminal(command: Command, table: Path) -> None:
    table.write_text("id,stage,title,close_date\n\x1b[2J1,won,[bold]x,\n")
    assert "\x1b" not in command(table).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("--column", "stage"),
        ("--column", "colour=x"),
        ("--map", "=x"),
        ("--zone", "Mars/Base"),
        ("--currency", "XXQ"),
        ("--dates", "ymd"),
    ],
)
def test_options_that_make_no_sense_are_told_before_anything_is_read(
    command: Command, table: Path, words: tuple[str, str]
) -> None:
    assert command(table, *words).exit_code == 2


def test_a_database_without_a_workspace_takes_no_import(tmp_path: Path, table: Path) -> None:
    result = CliRunner().invoke(import_file, [str(table), "--database", f"sqlite:///{tmp_path}/new.db"])
    assert (result.exit_code, "start the bot once" in result.stderr) == (1, True)


def test_an_unfit_database_takes_no_import(tmp_path: Path, table: Path) -> None:
    result = CliRunner().invoke(import_file, [str(table), "--database", f"sqlite:///{tmp_path}/no/new.db"])
    assert (result.exit_code, "does not exist" in result.stderr) == (1, True)


_KILLED = """
import os, signal, sys
from bot.importing import import_file
from storage import imports
batches = imports._batches
def dying(items):
    for count, batch in enumerate(batches(items)):
        if count == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        yield batch
imports._batches = dying
import_file()
"""


@pytest.fixture
def long_table(tmp_path: Path) -> Path:
    file = tmp_path / "long.csv"
    with file.open("w") as opened:
        opened.write("id,stage,title,created\n")
        opened.writelines(f"{number},lead,Roof {number},2024-01-01\n" for number in range(12_000))
    return file


@pytest.mark.process
def test_f29_a_kill_in_the_middle_leaves_nothing_and_the_next_import_takes_all(
    command: Command, long_table: Path, database_url: str, engine: Engine
) -> None:
    words = [sys.executable, "-c", _KILLED, str(long_table), "--database", database_url]
    killed = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert counts(engine) == [0, 0, 0]
    assert told(command(long_table, "--json"))["created"] == 12_000


def test_the_report_tells_gaps_unknown_owners_and_deals_without_a_date(command: Command, table: Path) -> None:
    names = "".join(f"{number},proposal,Roof,Rep {number}\n" for number in range(7))
    table.write_text("id,stage,title,owner\n" + names)
    lines = command(table).stdout.splitlines()
    assert "Gaps that the next move will ask for: need (7), budget (7)" in lines
    assert any(line.endswith("owner: Rep 4 (1) and 2 more") for line in lines)
    assert "7 deals without a date begin at the moment of the import" in lines


def test_an_owner_who_is_known_here_owns_the_deal(command: Command, table: Path, store: Store) -> None:
    table.write_text("id,stage,owner\n1,lead,MIA\n")
    assert told(command(table, "--json"))["unowned"] == {}
    with store.read(TEAM) as work:
        assert work.deals.by_number(1).owner_id == MIA


def test_a_database_that_somebody_else_writes_to_takes_nothing_for_now(
    sqlite_store: Store, sqlite_url: str, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.importing.migrate", lambda _: None)
    with sqlite_store.begin(TEAM):
        result = CliRunner().invoke(import_file, [str(table), "--database", sqlite_url])
    assert (result.exit_code, "try again" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("set_in_slack", "typed", "currency", "hour"),
    [
        ({}, (), "EUR", 9),
        ({Setting.CURRENCY: "CHF", Setting.ZONE: "Europe/Berlin"}, (), "CHF", 8),
        ({Setting.CURRENCY: "CHF", Setting.ZONE: "Gone/Zone"}, (), "CHF", 9),
        ({Setting.CURRENCY: "CHF"}, ("--currency", "USD", "--zone", "Asia/Tokyo"), "USD", 0),
    ],
)
def test_amounts_and_moments_are_read_as_the_workspace_is_set_in_slack_unless_the_line_says_otherwise(
    command: Command,
    store: Store,
    tmp_path: Path,
    set_in_slack: dict[Setting, str],
    typed: tuple[str, ...],
    currency: str,
    hour: int,
) -> None:
    with store.begin(TEAM) as work:
        for setting, value in set_in_slack.items():
            work.settings.keep(setting, value)
    file = tmp_path / "deals.csv"
    file.write_text("id,stage,title,amount,created\n1,lead,Roof,1200,2026-01-15 09:00\n")
    told(command(file, "--json", *typed))
    with store.read(TEAM) as work:
        deal = work.deals.by_number(1)
    assert deal.value == Money(120_000, currency)
    assert deal.created_at.hour == hour
