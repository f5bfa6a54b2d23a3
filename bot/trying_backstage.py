"""The bot beside a local Slack of the same program: started, stopped, given other deals, as the page asks."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from bot.manifest import socket_manifest
from bot.running import Running, listen
from bot.settings import Settings
from handlers.grammar import COMMANDS
from playground.backstage import CommandWord, Offers, Shortcut
from playground.control import Control

START_SECONDS = 20.0
# An import of a file that a browser can hand over is done long before.
IMPORT_SECONDS = 300


@dataclass(frozen=True)
class Around:
    """What the bot of `pipeline-bot try` needs to come up again and again."""

    settings: Settings
    control: Control
    now: Callable[[], float]
    socket_mode: bool
    furnish: Callable[[], None]
    """Makes the database ready; fills an empty one."""
    remove: Callable[[], None]
    """Takes the database away."""


class Backstage:
    """One act at a time, whoever asks. The local Slack is given it before it can be given the Slack."""

    around: Around

    def __init__(self, bound: socket.socket) -> None:
        self._bound: socket.socket | None = bound
        self._acting = threading.RLock()
        self._running: Running | None = None
        self._thread: threading.Thread | None = None
        self.failed: BaseException | None = None

    @property
    def running(self) -> Running | None:
        return self._running

    def bot_runs(self) -> bool:
        return self._running is not None

    def start_bot(self) -> None:
        """Returns once it answers. Raises what kept it from starting."""
        with self._acting:
            if self._running is not None:
                return
            settings = self.around.settings
            bound, self._bound = self._bound or listen(settings.host, settings.port), None
            running = Running(settings, bound, clock=self._clock)
            self._thread = threading.Thread(target=self._serve, args=(running,), name="bot", daemon=True)
            self._thread.start()
            self._wait_until_it_answers(running)
            self._running = running

    def stop_bot(self) -> None:
        """What is in hand is finished first."""
        with self._acting:
            if self._running is None or self._thread is None:
                return
            self._running.server.should_exit = True
            self._thread.join()
            self._running = None

    def start_over(self) -> None:
        with self._acting:
            self.stop_bot()
            self.around.control.reset()
            self.around.remove()
            self.around.furnish()
            self.start_bot()

    def clock_moved(self) -> None:
        with self._acting:
            if self._running is not None:
                self._running.bot.heartbeat.beat()

    def read_file(self, name: str, content: bytes, *, apply: bool) -> str:
        """By the very command that one would type."""
        with self._acting, tempfile.TemporaryDirectory(prefix="pipeline-bot-") as folder:
            file = Path(folder, Path(name).name or "file.csv")
            file.write_bytes(content)
            command = [
                sys.executable,
                "-m",
                "bot",
                "import",
                str(file),
                "--database",
                self.around.settings.database_url,
            ]
            settings = self.around.settings
            # The local Slack knows the owners; a .env beside may name a real one.
            local = {
                "SLACK_BOT_TOKEN": settings.slack_bot_token.get_secret_value(),
                "SLACK_API_URL": settings.slack_api_url,
            }
            done = subprocess.run(  # noqa: S603 - our own program
                command + ([] if apply else ["--dry-run"]),
                capture_output=True, text=True, timeout=IMPORT_SECONDS, check=False, env=os.environ | local,
            )  # fmt: skip
            return (done.stdout or done.stderr).strip()

    def offers(self, locale: str) -> Offers:
        return offers(german=locale.startswith("de"))

    def _serve(self, running: Running) -> None:
        try:
            running.serve()
        except BaseException as error:
            self.failed = error
            raise

    def _wait_until_it_answers(self, running: Running) -> None:
        thread = self._thread
        assert thread is not None  # noqa: S101 - for the type checker
        patience = threading.Event()
        for _ in range(int(START_SECONDS / 0.02)):
            if self.failed is not None or not thread.is_alive():
                raise RuntimeError("the bot did not start") from self.failed
            if running.server.started and (not self.around.socket_mode or self.around.control.sockets()):
                return
            patience.wait(0.02)
        raise RuntimeError(f"the bot did not start within {START_SECONDS:.0f} s")

    def _clock(self) -> datetime:
        return datetime.fromtimestamp(self.around.now(), UTC)


def offers(*, german: bool) -> Offers:
    """The manifest's doors, and the grammar's words in one language."""
    features: dict[str, Any] = yaml.safe_load(socket_manifest())["features"]
    command = str(features["slash_commands"][0]["command"])
    shortcuts = [Shortcut(each["name"], each["callback_id"], each["type"]) for each in features["shortcuts"]]
    return Offers(command, _words(1 if german else 0), shortcuts)


def _words(language: int) -> Sequence[CommandWord]:
    return [
        CommandWord((each.english, each.german)[language][0], each.usage[language], each.does[language])
        for each in COMMANDS
    ]
