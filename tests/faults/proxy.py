"""A wire to the database that can be cut, or that swallows whatever is said on it."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

GOES, CUT, SWALLOWS = "goes", "cut", "swallows"
_BLINK = 0.05


class Wire:
    """From a TCP port to the server's own socket; `state` may change at any time."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._server = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
        self._name = parts.path
        self.state = GOES
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._accept, name="wire")]

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._listener.getsockname()[1]}{self._name}"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    @contextmanager
    def broken(self, state: str) -> Iterator[None]:
        self.state = state
        try:
            yield
        finally:
            self.state = GOES

    def _accept(self) -> None:
        while not self._stopping.is_set():
            if select.select([self._listener], [], [], _BLINK)[0]:
                caller = self._listener.accept()[0]
                thread = threading.Thread(target=self._carry, args=(caller,), name="wire")
                self._threads.append(thread)
                thread.start()

    def _carry(self, caller: socket.socket) -> None:
        with caller, socket.socket(socket.AF_UNIX) as server:
            if self.state == CUT:
                return
            server.connect(self._server)
            while not self._stopping.is_set() and self.state != CUT:
                ready = select.select([caller, server], [], [], _BLINK)[0]
                if not all(self._passed(end, server if end is caller else caller) for end in ready):
                    return

    def _passed(self, end: socket.socket, other: socket.socket) -> bool:
        """Whether both are still there. What is swallowed is lost for ever, as on a line that went dead."""
        try:
            said = end.recv(65536)
            if said and self.state != SWALLOWS:
                other.sendall(said)
        except OSError:
            return False
        return bool(said)
