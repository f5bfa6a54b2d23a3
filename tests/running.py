"""A running bot beside a local Slack: in a thread of the test, or as a process that can be killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Self, TypeVar

import httpx

from bot.nights import Night, look_back
from bot.running import Running, listen
from bot.settings import Settings, read_settings
from playground.identity import Identity
from playground.server import LocalSlack
from storage.store import Store
from tests.log_net import READ_SECONDS, LogNet, leaking, typed_into

MAIN = "C0SALES"
PATIENCE = 30.0

Found = TypeVar("Found")


def settings_for(
    slack: LocalSlack, database_url: str, *, socket_mode: bool = False, **given: Any
) -> Settings:
    identity = slack.identity
    return read_settings(
        _env_file=None,
        slack_bot_token=identity.bot_token,
        slack_signing_secret=identity.signing_secret,
        slack_app_token=identity.app_token if socket_mode else None,
        slack_api_url=slack.api_url,
        database_url=database_url,
        **{"main_channel": MAIN, **given},
    )


def environment(slack: LocalSlack, database_url: str, **more: str) -> dict[str, str]:
    """What a process of its own needs; for Socket Mode give SLACK_APP_TOKEN."""
    identity: Identity = slack.identity
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {
        **inherited,
        "SLACK_BOT_TOKEN": identity.bot_token,
        "SLACK_SIGNING_SECRET": identity.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        "PIPELINE_MAIN_CHANNEL": MAIN,
        "PORT": "0",
        **more,
    }


def wait_until(true: Callable[[], Found | None], seconds: float = PATIENCE, what: str = "it") -> Found:
    until = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > until:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(0.01)
    return found


class LooksHere:
    """Back at the past, in the process of the test, which has numpy loaded anyway."""

    def back(self, store: Store, night: Night) -> bool:
        return look_back(store, night)

    def stop(self) -> None:
        """It takes a moment only."""


class BotInThread:
    """The database has to be migrated; Slack is told where the bot is."""

    def __init__(
        self,
        slack: LocalSlack,
        database_url: str,
        *,
        socket_mode: bool = False,
        clock: Callable[[], datetime] | None = None,
        **given: Any,
    ) -> None:
        self.slack = slack
        self.socket_mode = socket_mode
        settings = settings_for(slack, database_url, socket_mode=socket_mode, **given)
        self.log = LogNet(settings)
        self.running = Running(settings, listen("127.0.0.1", 0), clock=clock, looks=LooksHere())
        self.address = self.running.address
        self._thread = threading.Thread(target=self.running.serve, name="bot")

    def __enter__(self) -> Self:
        self._thread.start()
        wait_until(lambda: self.running.server.started, what="the bot's server")
        if self.socket_mode:
            self.slack.control.settings(mode="socket")
            wait_until(self.slack.control.sockets, what="the bot's socket")
        else:
            self.slack.control.settings(mode="http")
            self.slack.control.bot_at(f"{self.address}/slack/events")
        return self

    def __exit__(self, *_: object) -> None:
        typed = list(typed_into(self.running.bot, time.monotonic() + READ_SECONDS))
        self.running.server.should_exit = True
        self._thread.join(PATIENCE)
        self.log.close()
        assert not self._thread.is_alive()
        assert not (leaks := self.log.leaks(typed)), leaks


class BotProcess:
    """`python -m bot run`, with its log on `log`; `kill` is kill -9."""

    def __init__(self, env: Mapping[str, str], *, command: tuple[str, ...] = ("-m", "bot", "run")) -> None:
        self._env = dict(env)
        self._command = command
        self.log: list[str] = []
        self.address = ""
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, *self._command],
            env=self._env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.address = ""
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()
        wait_until(lambda: self.address or self.ended, what="the bot's address")
        assert self.address, "\n".join(self.log[-20:])
        wait_until(self._answers, what="the bot's answer")
        return self

    @property
    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    @property
    def events_url(self) -> str:
        return f"{self.address}/slack/events"

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def terminate(self, seconds: float = PATIENCE) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        if not self.ended:
            self.kill()
        assert not (leaks := leaking(self.log)), leaks

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stderr is not None
        with process.stderr:
            for line in process.stderr:
                self.log.append(line.rstrip())
                if "listening on " in line:
                    self.address = line.rpartition("listening on ")[2].strip()

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/healthz", timeout=1).status_code == httpx.codes.OK
        except httpx.TransportError:
            return self.ended
