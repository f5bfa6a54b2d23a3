"""One process from its first line to its last: bind, migrate, serve, drain."""

import errno
import gc
import logging
import signal
import socket
from collections.abc import Callable
from datetime import datetime

import uvicorn

from bot.app import Bot, build
from bot.nights import Looks
from bot.settings import Books, Misconfigured, Settings
from storage.engine import connect
from storage.migrate import SchemaState, migrate, sqlite_file

GRACE_SECONDS = 10

log = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """Raises Misconfigured where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's delay off only for sockets that name TCP: 1 ms instead of 40 an answer.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(1024)
    except OSError as error:
        bound.close()
        reason = (error.strerror or str(error)).lower()
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
        hint = "PORT: {}, for example PORT=3001" if taken else "HOST: {}, for example HOST=127.0.0.1"
        raise Misconfigured((hint.format(f"{host}:{port} cannot be had ({reason})"),)) from None
    return bound


def prepare(settings: Books) -> SchemaState:
    """Bring the database up to date. Raises UnfitDatabase."""
    engine = connect(settings.database_url, pool_size=1)
    try:
        state = migrate(engine)
    finally:
        engine.dispose()
    if state is not SchemaState.CURRENT:
        log.info("the database was %s", state)
    file = sqlite_file(engine)
    if file is not None:
        log.info("the embedded database is %s: for one machine only, see DATABASE_URL for several", file)
    return state


class Running:
    """A started bot and its HTTP server."""

    def __init__(
        self,
        settings: Settings,
        bound: socket.socket,
        *,
        clock: Callable[[], datetime] | None = None,
        looks: Looks | None = None,
    ) -> None:
        self.bot: Bot = build(settings, clock=clock, looks=looks)
        self.address = "http://{}:{}".format(*bound.getsockname()[:2])
        self._bound = bound
        self.server = uvicorn.Server(
            uvicorn.Config(
                self.bot.front,
                log_config=None,
                access_log=False,
                lifespan="off",
                http="httptools",
                # Nobody asks where a request came from: its signature says enough.
                proxy_headers=False,
                ws="none",
                timeout_graceful_shutdown=GRACE_SECONDS,
                timeout_keep_alive=30,
            )
        )

    def serve(self) -> None:
        """Until SIGTERM or SIGINT; requests in hand are answered, then the courier is drained."""
        try:
            self.bot.start()
            # What is loaded stays; the collector need not walk through it at every turn.
            gc.collect()
            gc.freeze()
            log.info("listening on %s", self.address)
            self.server.run(sockets=[self._bound])
        finally:
            self.bot.stop()
            log.info("stopped")


def run(settings: Settings) -> None:
    """Raises Misconfigured, UnfitDatabase or OtherWorkspace before anything is served."""
    bound = listen(settings.host, settings.port)
    prepare(settings)
    # uvicorn raises the signal again once it has stopped; by then the courier still has to be drained.
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda _number, _frame: None)
    Running(settings, bound).serve()
