"""The nightly look in a process of its own: numpy and all that was read are given back when it ends."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import IO, Any, cast

from bot.nights import Night
from bot.scheduler import Interrupted
from pipeline.errors import ArchiveDown
from storage.store import Store

# The same modules, wherever the program was started from.
_LOOK = "import sys; sys.path[:] = sys.argv[1:]; from bot.nights import main; main()"


class Stumbled(Exception):  # noqa: N818 - read in a log
    """What the process said at its end, or how it ended without a word."""


class Apart:
    """The database's address, which may hold a password, goes through a pipe: everybody may read command lines."""

    def __init__(self, log_level: str, secrets: Sequence[str]) -> None:
        self._log = {"log_level": log_level, "secrets": list(secrets)}
        self._deciding = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = False

    def back(self, store: Store, night: Night) -> bool:
        """Raises ArchiveDown, Interrupted or Stumbled."""
        database = store.engine.url.render_as_string(hide_password=False)
        asked = json.dumps({"database": database, "night": night.as_json(), **self._log})
        with self._begun() as process:
            said = _asked(process, asked)
            ended = process.wait()
        if not said:
            if ended == -signal.SIGTERM:
                raise Interrupted
            raise Stumbled(f"the process that looks back ended with {ended}")
        return _outcome(json.loads(said))

    def stop(self) -> None:
        with self._deciding:
            self._stopping = True
            if self._process:
                self._process.terminate()

    def _begun(self) -> "subprocess.Popen[bytes]":
        with self._deciding:
            if self._stopping:
                raise Interrupted
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", _LOOK, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # What could not be written is not tried again when it is closed.
                bufsize=0,
            )
            return self._process


def _asked(process: "subprocess.Popen[bytes]", line: str) -> bytes:
    """All that it says. What it reads from stays open meanwhile: closed, it would take the bot for dead."""
    ask, hear = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    try:
        ask.write(f"{line}\n".encode())
    except BrokenPipeError:
        return b""
    return hear.read()


def _outcome(told: Mapping[str, Any]) -> bool:
    if "down" in told:
        raise ArchiveDown(told["down"])
    if "stumbled" in told:
        raise Stumbled(told["stumbled"])
    return bool(told["changed"])
