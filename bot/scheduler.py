"""The heartbeat: APScheduler rings, and knows nothing of what is due; the database remembers that."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler

from pipeline.errors import ArchiveDown

BEAT_SECONDS = 20.0
STOP_SECONDS = 10.0

log = logging.getLogger(__name__)
Chore = Callable[[], object]


class Interrupted(Exception):  # noqa: N818 - meant by whoever stops the bot
    """A chore was stopped on its way: neither done nor stumbled."""


class Heartbeat:
    """Wakes the courier and runs the chores, one after another; a chore that fails stops no other."""

    def __init__(
        self,
        wake: Callable[[], None],
        chores: Sequence[Chore] = (),
        *,
        seconds: float = BEAT_SECONDS,
        done: Callable[[str], None] = lambda _chore: None,
    ) -> None:
        self._wake = wake
        self._chores = tuple(chores)
        self._seconds = seconds
        self._done = done
        self._stopping = threading.Event()
        self._beating = threading.Lock()
        self._scheduler = BackgroundScheduler(timezone=UTC, daemon=True)

    def start(self) -> None:
        """The first beat comes at once."""
        self._scheduler.add_job(
            self.beat,
            "interval",
            seconds=self._seconds,
            id="heartbeat",
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            # A beat that comes late is better than none.
            misfire_grace_time=None,
        )
        self._scheduler.start()

    def stop(self, seconds: float = STOP_SECONDS) -> bool:
        """No beat begins any more; whether the present one came to an end in time."""
        self._stopping.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        ended = self._beating.acquire(timeout=seconds)
        if ended:
            self._beating.release()
        return ended

    def beat(self) -> None:
        with self._beating:
            for chore in (self._wake, *self._chores):
                if self._stopping.is_set():
                    return
                _carry_out(chore, self._done)


def _carry_out(chore: Chore, done: Callable[[str], None]) -> None:
    name = getattr(chore, "__qualname__", repr(chore))
    try:
        chore()
        done(name.rpartition(".")[2])
    except ArchiveDown as error:
        log.warning("%s waits for the archive: %s", name, error)
    except Interrupted:
        log.info("%s was stopped", name)
    except Exception:
        log.exception("%s stumbled", name)
