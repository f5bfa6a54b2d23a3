"""`pipeline-bot backup FILE`: the embedded database, whole, while the bot writes on."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from sqlalchemy.engine import make_url

from bot.progress import on_stderr, progress
from storage import backup


def back_up(database_url: str, target: Path, *, force: bool) -> int:
    """How many bytes the backup has. Raises NotBackedUp and UnfitDatabase."""
    address = make_url(database_url)
    if address.get_backend_name() != "sqlite":
        shown = address._replace(password=None).difference_update_query(["password"]).render_as_string()
        raise backup.NotBackedUp(
            f"PostgreSQL is backed up by its own program: pg_dump --format=custom --file={target} '{shown}'"
        )
    with interruptible(), progress(on_stderr(), "Copying") as moved:
        backup.back_up(Path(str(address.database)), target, moved, force=force)
    return target.stat().st_size


@contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM cleans up like Ctrl-C."""
    before = signal.signal(signal.SIGTERM, _interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupted(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
