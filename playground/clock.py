"""The playground's clock: the wall clock plus an offset that a test may move."""

import asyncio
import time


class Clock:
    def __init__(self) -> None:
        self.offset = 0.0
        self._moved = asyncio.Event()

    def now(self) -> float:
        return time.time() + self.offset

    def set_offset(self, seconds: float) -> None:
        self.offset = seconds
        self._moved.set()
        self._moved = asyncio.Event()

    def advance(self, seconds: float) -> None:
        self.set_offset(self.offset + seconds)

    async def sleep_until(self, moment: float) -> None:
        """Sleeps by this clock: moving the offset past the moment ends the sleep at once."""
        while (left := moment - self.now()) > 0:
            moved = self._moved
            try:
                async with asyncio.timeout(left):
                    await moved.wait()
            except TimeoutError:
                continue
