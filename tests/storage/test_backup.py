"""A backup is a whole copy of one moment, or is not there; whatever is written meanwhile."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage import backup
from storage.backup import NotBackedUp, back_up
from storage.migrate import UnfitDatabase
from storage.store import Store
from tests.conftest import ANA, TEAM, settled
from tests.pipeline.desk import Desk

MADE = 20


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_PAGES", 4)


@pytest.fixture
def file(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def desk(sqlite_url: str, connected: Callable[..., Engine], moment: datetime) -> Desk:
    desk = Desk(settled(Store(connected(sqlite_url)), moment), TEAM, moment, ANA)
    for place in range(MADE):
        desk.new(f"Deal {place}")
    return desk


def silent(_done: int, _all: int) -> None:
    """Nobody looks."""


def counted(file: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(file)) as books:
        assert books.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found: tuple[int, int] = books.execute(
            "SELECT (SELECT count(*) FROM deals), (SELECT count(*) FROM changes)"
        ).fetchone()
        return found


def left(folder: Path, target: Path) -> list[str]:
    """What lies there of a backup."""
    return sorted(each.name for each in folder.iterdir() if each.name.startswith(target.name))


def test_a_bot_that_writes_on_neither_delays_a_backup_nor_is_in_it(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    steps: list[int] = []

    def write_between(done: int, _all: int) -> None:
        steps.append(done)
        desk.new(f"Meanwhile {len(steps)}")

    back_up(file, tmp_path / "copy.db", write_between)
    assert len(steps) > 5
    assert steps == sorted(set(steps)), "no step was begun anew"
    assert counted(tmp_path / "copy.db") == (MADE, MADE)
    assert left(tmp_path, tmp_path / "copy.db") == ["copy.db"]
    assert counted(file) == (MADE + len(steps), MADE + len(steps))


@pytest.mark.usefixtures("desk")
def test_an_interrupted_backup_leaves_what_was_there_before(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"

    def interrupt(done: int, _all: int) -> None:
        if done > 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(file, copy, interrupt)
    assert left(tmp_path, copy) == []
    copy.write_text("yesterday's")
    with pytest.raises(KeyboardInterrupt):
        back_up(file, copy, interrupt, force=True)
    assert (copy.read_text(), left(tmp_path, copy)) == ("yesterday's", ["copy.db"])


@pytest.mark.usefixtures("desk")
def test_what_a_killed_backup_left_is_in_nobodys_way(file: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db.part").write_bytes(b"half of something much longer" * 99_999)
    back_up(file, tmp_path / "copy.db", silent)
    assert counted(tmp_path / "copy.db") == (MADE, MADE)
    assert left(tmp_path, tmp_path / "copy.db") == ["copy.db"]


@pytest.mark.usefixtures("desk")
def test_a_full_disk_keeps_nothing_of_a_backup(file: Path, small_disk: Path) -> None:
    (small_disk / "spare").write_bytes(bytes(2_000_000))
    with pytest.raises(NotBackedUp, match=r"there is no room for .*copy\.db: nothing was kept of it"):
        back_up(file, small_disk / "copy.db", silent)
    assert [each.name for each in small_disk.iterdir()] == ["spare"]
    (small_disk / "spare").unlink()
    back_up(file, small_disk / "copy.db", silent)
    assert counted(small_disk / "copy.db") == (MADE, MADE)


@pytest.mark.usefixtures("desk")
def test_only_who_may_read_the_database_may_read_its_backup(file: Path, tmp_path: Path) -> None:
    back_up(file, tmp_path / "copy.db", silent)
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("desk")
def test_two_backups_do_not_write_one_file(file: Path, tmp_path: Path) -> None:
    def another(_done: int, _all: int) -> None:
        with pytest.raises(NotBackedUp, match="another backup is being written"):
            back_up(file, tmp_path / "copy.db", silent)

    back_up(file, tmp_path / "copy.db", another)
    assert counted(tmp_path / "copy.db") == (MADE, MADE)


def test_nothing_is_overwritten_unasked(desk: Desk, file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("yesterday's")
    with pytest.raises(NotBackedUp, match=r"is there already: .* with --force"):
        back_up(file, copy, silent)
    with pytest.raises(NotBackedUp, match="is the database itself"):
        back_up(file, file, silent, force=True)
    back_up(file, copy, silent, force=True)
    assert counted(copy) == (MADE, MADE)
    with closing(sqlite3.connect(copy)) as used:
        used.execute("UPDATE deals SET title = 'In use'")
        used.commit()
        with pytest.raises(NotBackedUp, match="is in use as a database"):
            back_up(file, copy, silent, force=True)
    assert desk.new("On it goes").number == MADE + 1


def test_what_cannot_be_copied_is_named(file: Path, tmp_path: Path) -> None:
    with pytest.raises(UnfitDatabase, match=r"none\.db is not there: check DATABASE_URL"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db", silent)
    with pytest.raises(NotBackedUp, match="does not exist: create it"):
        back_up(file, tmp_path / "no" / "copy.db", silent)
    file.write_text("Dear diary")
    with pytest.raises(NotBackedUp, match=r"copy\.db was not written: file is not a database"):
        back_up(file, tmp_path / "copy.db", silent)
    assert left(tmp_path, tmp_path / "copy.db") == []
