"""A local Slack for all tests, a puppet in the place of a bot, and a client to call with."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk import WebClient
from typing_extensions import override

from playground.control import Control
from playground.server import LocalSlack


@dataclass(frozen=True)
class Heard:
    """One request that Slack made to the bot."""

    headers: dict[str, str]
    raw: bytes

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.raw.decode()).items()}

    @property
    def payload(self) -> Any:
        return json.loads(self.form["payload"] if b"payload=" in self.raw[:8] else self.raw)


@dataclass(frozen=True)
class Said:
    status: int = 200
    body: object = ""
    headers: dict[str, str] = field(default_factory=dict)


class Puppet:
    """A bot on strings: hears everything, says what the test tells it."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.says: Callable[[Heard], Said] = lambda _: Said()
        puppet = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["content-length"]))
                heard = Heard({k.lower(): v for k, v in self.headers.items()}, raw)
                puppet.heard.append(heard)
                self.tell(puppet.says(heard))

            def tell(self, said: Said) -> None:
                is_text = isinstance(said.body, str)
                body = str(said.body).encode() if is_text else json.dumps(said.body).encode()
                self.send_response(said.status)
                self.send_header("Content-Type", "text/plain" if is_text else "application/json")
                self.send_header("Content-Length", str(len(body)))
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            @override
            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            @override
            def handle_error(self, *_: object) -> None:
                """A caller that hung up early is no error here."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answers(self, body: object = "", status: int = 200, **headers: str) -> None:
        self.says = lambda _: Said(status, body, {k.replace("_", "-"): v for k, v in headers.items()})


@pytest.fixture(scope="session")
def slack_server() -> Iterator[LocalSlack]:
    with LocalSlack() as slack:
        yield slack


@pytest.fixture
def slack(slack_server: LocalSlack) -> Iterator[LocalSlack]:
    slack_server.control.reset()
    slack_server.control.settings(bot_urls=[], mode="http")
    yield slack_server
    slack_server.control.lift_faults()


@pytest.fixture
def control(slack: LocalSlack) -> Control:
    return slack.control


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return WebClient(token=slack.identity.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=10)


@pytest.fixture(scope="session")
def puppet_server() -> Iterator[Puppet]:
    puppet = Puppet()
    yield puppet
    puppet.stop()


@pytest.fixture
def puppet(puppet_server: Puppet, control: Control) -> Puppet:
    """The bot that this Slack delivers to."""
    puppet_server.heard.clear()
    puppet_server.answers()
    control.bot_at(puppet_server.url)
    return puppet_server
