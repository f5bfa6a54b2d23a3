"""The local Slack as a server: in a thread of this process, or as the process itself."""

import socket
import threading
import time
from types import TracebackType
from typing import Final, Self

import uvicorn

from playground.app import Playground
from playground.backstage import Backstage
from playground.control import Control
from playground.identity import Identity

START_SECONDS: Final = 10.0


def listening(port: int) -> socket.socket:
    # asyncio switches Nagle's delay off only for sockets that name TCP: 1 ms instead of 40 per call.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    bound.listen()
    return bound


def uvicorn_for(playground: Playground) -> uvicorn.Server:
    config = uvicorn.Config(
        playground.asgi(),
        log_level="critical",
        access_log=False,
        loop="asyncio",
        http="httptools",
        ws="websockets-sansio",
        lifespan="on",
        timeout_graceful_shutdown=1,
        timeout_keep_alive=30,
    )
    return uvicorn.Server(config)


class LocalSlack:
    """A Slack in a thread: `with LocalSlack() as slack: slack.control.command(...)`."""

    def __init__(
        self,
        port: int = 0,
        bot_url: str | None = None,
        *,
        identity: Identity | None = None,
        backstage: Backstage | None = None,
    ) -> None:
        self.identity = identity or Identity()
        self._backstage = backstage
        if bot_url:
            self.identity.bot_urls = [bot_url]
        self._port = port

    def __enter__(self) -> Self:
        self._socket = listening(self._port)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.api_url = f"{self.url}/api/"
        self.control = Control(self.url)
        playground = Playground(self.identity, self._backstage)
        self._clock = playground.workspace.clock
        playground.url = self.url
        self._server = uvicorn_for(playground)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="local-slack", daemon=True
        )
        self._thread.start()
        self._wait_until_started()
        return self

    def now(self) -> float:
        """By the playground's clock, from any thread."""
        return self._clock.now()

    def _wait_until_started(self) -> None:
        patience = time.monotonic() + START_SECONDS
        while not self._server.started:
            if time.monotonic() > patience or not self._thread.is_alive():
                raise RuntimeError("the local Slack did not start")
            time.sleep(0.002)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.control.close()
        self._server.should_exit = True
        self._thread.join(START_SECONDS)
        self._socket.close()
