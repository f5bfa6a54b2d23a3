"""A copy of the embedded database while the bot writes on: whole under its name, or not there at all."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage.migrate import UnfitDatabase

# 2 MiB between two looks at the progress and at whoever interrupts.
_PAGES = 512

Moved = Callable[[int, int], None]


class NotBackedUp(Exception):  # noqa: N818 - said as one sentence
    """There is no backup; the message says why."""


def back_up(source: Path, target: Path, moved: Moved, *, force: bool = False) -> None:
    """`moved` is told of pages done and of all pages. Raises NotBackedUp and UnfitDatabase."""
    _check(source, target, force=force)
    try:
        with _part(target) as part:
            _copy(source, part, moved)
            _look_through(part)
            os.replace(part, target)  # noqa: PTH105 - beside fsync
        _settle(target.absolute().parent)
    except sqlite3.Error as error:
        raise NotBackedUp(_reason(target, str(error))) from error
    except OSError as error:
        raise NotBackedUp(_reason(target, error.strerror or str(error))) from error


def _check(source: Path, target: Path, *, force: bool) -> None:
    if not source.is_file():
        raise UnfitDatabase(f"{source} is not there: check DATABASE_URL")
    if not target.absolute().parent.is_dir():
        raise NotBackedUp(f"the folder of {target} does not exist: create it, or choose another file")
    if not target.exists():
        return
    if target.samefile(source):
        raise NotBackedUp(f"{target} is the database itself: choose another file")
    if not force:
        raise NotBackedUp(f"{target} is there already: choose another file, or overwrite it with --force")
    if _beside(target, "-wal").exists():
        raise NotBackedUp(f"{target} is in use as a database: choose another file")


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(target.name + ending)


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """A file of this process alone; whatever ends the copy, it is gone afterwards."""
    part = _beside(target, ".part")
    # What is copied are people's names and sums: not for everybody on this machine.
    handle = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            os.ftruncate(handle, 0)
            yield part
        finally:
            part.unlink(missing_ok=True)
    except BlockingIOError:
        raise NotBackedUp(f"another backup is being written to {part}") from None
    finally:
        os.close(handle)


def _copy(source: Path, part: Path, moved: Moved) -> None:
    """One reading transaction for all pages: SQLite would begin anew after every commit of the bot's."""
    address = f"{source.absolute().as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(address, uri=True, isolation_level=None)) as origin,
        closing(sqlite3.connect(part, isolation_level=None)) as copy,
    ):
        copy.execute("PRAGMA synchronous=OFF")
        copy.execute("PRAGMA journal_mode=OFF")
        origin.execute("BEGIN")
        origin.execute("SELECT count(*) FROM sqlite_master").fetchone()
        origin.backup(copy, pages=_PAGES, progress=lambda _status, left, all_: moved(all_ - left, all_))
        origin.rollback()
    _settle(part)


def _look_through(part: Path) -> None:
    """Without leaving a journal beside it: nobody else writes."""
    with closing(sqlite3.connect(f"{part.absolute().as_uri()}?immutable=1", uri=True)) as copy:
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise UnfitDatabase(f"the database is damaged ({' '.join(found.split())}): restore it from a backup")


def _settle(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(target: Path, error: str) -> str:
    if "full" in error or "No space" in error:
        return f"there is no room for {target}: nothing was kept of it"
    return f"{target} was not written: {error[:1].lower()}{error[1:]}"
