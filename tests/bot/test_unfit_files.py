"""Starts over every kind of database file: what is missing is made, what is unfit is refused in a sentence."""

import shutil
from pathlib import Path

import pytest

from storage.schema import HEAD
from tests.bot.program import ROOT, good_settings, refusals, started, surroundings
from tests.running import BotProcess
from tests.storage.test_unfit_databases import read_only

pytestmark = pytest.mark.process

COMMANDS = ("run", "migrate")
LATER = """
from alembic import op
import sqlalchemy as sa

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.add_column("deals", sa.Column("colour", sa.Text, server_default="grey"))
"""


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    """A database of the present schema, under the usual name."""
    return Path(shutil.copy(sqlite_template, tmp_path / "pipeline.db"))


def refused(folder: Path, command: str, **settings: str) -> str:
    done = started(folder, command, settings=good_settings(**settings))
    assert done.returncode == 2, done.stderr
    (sentence,) = refusals(done)
    return sentence


def bot_over(url: str, folder: Path) -> BotProcess:
    return BotProcess(surroundings(**good_settings(DATABASE_URL=url, HOME=str(folder))))


def test_f20_run_creates_a_missing_file_and_says_so(tmp_path: Path) -> None:
    with bot_over(f"sqlite:///{tmp_path / 'new.db'}", tmp_path) as bot:
        assert any("the database was created" in line for line in bot.log)
        assert any(f"the embedded database is {tmp_path / 'new.db'}" in line for line in bot.log)
        assert bot.terminate() == 0


def test_f20_migrate_creates_a_missing_file_and_says_so(tmp_path: Path) -> None:
    done = started(tmp_path, "migrate", settings={})
    assert (done.returncode, done.stdout) == (0, "The database is created.\n")
    assert "the database was created" in done.stderr
    assert started(tmp_path, "migrate", settings={}).stdout == "The database is current.\n"


def test_f20_the_next_version_migrates_this_ones_file_and_this_one_refuses_it_then(
    file: Path, tmp_path: Path
) -> None:
    done = started(next_version(tmp_path / "next"), "migrate", settings={"DATABASE_URL": f"sqlite:///{file}"})
    assert (done.returncode, done.stdout) == (0, "The database is migrated.\n"), done.stderr
    for command in COMMANDS:
        assert "has schema 9999, newer than" in refused(tmp_path, command)


def next_version(folder: Path) -> Path:
    """The program with one more migration."""
    for package in ("bot", "handlers", "pipeline", "storage", "playground"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "storage" / "migrations" / "versions" / "r9999_later.py").write_text(LATER.format(head=HEAD))
    module = folder / "storage" / "schema.py"
    module.write_text(module.read_text().replace(f'HEAD = "{HEAD}"', 'HEAD = "9999"'))
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_f20_a_file_that_is_no_database_is_refused(command: str, file: Path, tmp_path: Path) -> None:
    file.write_text("Dear diary, " * 999)
    assert refused(tmp_path, command).startswith(
        "pipeline.db is no SQLite database: restore it from a backup"
    )
    assert file.read_text().startswith("Dear diary")


@pytest.mark.parametrize("command", COMMANDS)
def test_f20_a_damaged_file_is_refused(command: str, file: Path, tmp_path: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xff" * 8192)
    assert "is damaged" in refused(tmp_path, command)


@pytest.mark.parametrize("command", COMMANDS)
def test_f20_a_read_only_file_is_refused(command: str, file: Path, tmp_path: Path) -> None:
    with read_only(file):
        assert "pipeline.db cannot be written" in refused(tmp_path, command)


@pytest.mark.parametrize("command", COMMANDS)
def test_f20_a_missing_folder_is_named(command: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/not/there/pipeline.db"
    assert "does not exist: create it, or change DATABASE_URL" in refused(tmp_path, command, DATABASE_URL=url)
