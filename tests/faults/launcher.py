"""`python -m tests.faults.launcher`: the bot as `pipeline-bot run` starts it, with a trap and in a hurry.

TRAP=after_post:2 kills it at the second passage. HURRY=1 gives leases and waits of seconds instead of
minutes. LIVES=40 forks one life after another, seeded by SEED: each ends in a trap or is killed from outside,
until the last. SKEW=600 sets the application's clock forward. BROKEN=1 breaks whatever is to be carried out. NEWER=FOLDER
makes it the program whose migrations lie there.
"""

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from bot import app
from bot.logs import set_up
from bot.running import run
from bot.settings import read_settings
from handlers.courier.calls import Calls
from handlers.courier.loop import Courier
from handlers.courier.satchel import Pace
from storage.pictures import Pictures
from tests import versions
from tests.faults import traps

KILLED = "killed from outside"
LIFE_SECONDS = (0.3, 1.5)
# How long a trap may take until somebody steps into it.
TRAP_SECONDS = 4.0
TRAPS_OF_TEN = 7
SWIFT = Pace(
    first_wait=0.1,
    longest_wait=0.5,
    repaint_wait=0.5,
    defect_wait=0.5,
    reply_waits=(0.1, 0.2, 0.4, 0.8),
    silence=0.5,
    outage_wait=0.05,
    shortest_sleep=0.01,
    longest_sleep=1.0,
)


def main() -> None:
    lives = int(os.environ.get("LIVES", "0"))
    if lives:
        _live_often(lives, random.Random(os.environ.get("SEED", "")))
    else:
        _live(os.environ.get("TRAP", ""))


def _live(trap: str) -> None:
    patch = pytest.MonkeyPatch()
    if os.environ.get("HURRY"):
        _hurry(patch)
    if os.environ.get("SKEW"):
        skew = timedelta(seconds=float(os.environ["SKEW"]))
        patch.setattr(app, "_now", lambda: datetime.now(UTC) + skew)
    if os.environ.get("BROKEN"):
        patch.setattr("handlers.answering.carry_out", _break)
    if os.environ.get("NEWER"):
        migrations = Path(os.environ["NEWER"])
        versions.become(patch, migrations, versions.newest(migrations))
    if trap:
        point, _, passage = trap.partition(":")
        traps.lay(traps.Trap(point, int(passage or 1)), patch)
    settings = read_settings(_env_file=None)
    set_up(settings.log_level)
    run(settings)


def _break(*_: object) -> NoReturn:
    raise RuntimeError("broken on purpose")


def _hurry(patch: pytest.MonkeyPatch) -> None:
    """A call takes a second at most, so a lease of a few is long enough."""
    for module in ("postbox", "pictures"):
        patch.setattr(f"storage.{module}.LEASE_MS", 4000)
    patch.setattr("storage.postbox.SEND_MS", 2500)
    patch.setattr("storage.postbox.CARD_WAIT_MS", 500)
    patch.setattr("storage.pictures.REPAINT_GAP_MS", 20)
    patch.setattr("pipeline.letters.COALESCE_SECONDS", 1)
    patch.setattr("bot.app.Pictures", partial(Pictures, letter_gap_ms=20, again_ms=1500))
    patch.setattr("bot.app.Calls", partial(Calls, timeout=1))
    patch.setattr("bot.app.Courier", partial(Courier, pace=SWIFT))


def _live_often(lives: int, chance: random.Random) -> None:
    """The last life is spared, and ended by SIGTERM."""
    for _ in range(lives):
        trap = _chosen(chance)
        _end(_born(trap), TRAP_SECONDS if trap else chance.uniform(*LIFE_SECONDS))
    last = _born("")
    signal.signal(signal.SIGTERM, lambda number, _frame: os.kill(last, number))
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(last, 0)[1]))


def _chosen(chance: random.Random) -> str:
    trapped = chance.randrange(10) < TRAPS_OF_TEN
    return f"{chance.choice(traps.POINTS)}:{chance.randint(1, 3)}" if trapped else ""


def _born(trap: str) -> int:
    life = os.fork()
    if life == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            _live(trap)
        finally:
            os._exit(0)
    return life


def _end(life: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitpid(life, os.WNOHANG)[0]:
            return
        time.sleep(0.01)
    os.write(2, f"{KILLED}\n".encode())
    os.kill(life, signal.SIGKILL)
    os.waitpid(life, 0)


if __name__ == "__main__":
    main()
