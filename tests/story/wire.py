"""A wire to PostgreSQL that can be cut, stalled and mended."""

import contextlib
import socket
import threading
from pathlib import Path
from typing import Self

PORT_FILE = ".s.PGSQL.5432"


class Wire:
    """Listens beside the server's own socket and hands on every byte while the wire holds."""

    def __init__(self, folder: Path, server: Path) -> None:
        self._path, self._server = folder / PORT_FILE, server / PORT_FILE
        self._ends: list[socket.socket] = []
        self._flowing = threading.Event()
        self._listener: socket.socket | None = None

    def __enter__(self) -> Self:
        self.mend()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()

    def mend(self) -> None:
        self._flowing.set()
        if self._listener is None:
            self._path.unlink(missing_ok=True)
            self._listener = socket.socket(socket.AF_UNIX)
            self._listener.bind(str(self._path))
            self._listener.listen(64)
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Every connection breaks, and no new one is taken."""
        listener, self._listener = self._listener, None
        self._flowing.set()
        for end in (listener, *self._ends):
            if end is not None:
                _close(end)
        self._ends.clear()
        self._path.unlink(missing_ok=True)

    def stall(self) -> None:
        """What is sent does not arrive."""
        self._flowing.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(self._server))
            self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while piece := one.recv(65_536):
                self._flowing.wait()
                other.sendall(piece)
        except OSError:
            pass
        finally:
            _close(one)
            _close(other)


def _close(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
