"""Work from the event loop to threads, and what came of it back to the loop."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, TypeVar

Result = TypeVar("Result")
# What is waited for in the loop, and the same as it ended in its thread.
Ended = tuple[asyncio.Future[Any], Future[Any]]


class TooLate(Exception):  # noqa: N818 - no error of the work's
    """The time is over; whether the work was begun at all."""

    def __init__(self, *, begun: bool) -> None:
        super().__init__("begun" if begun else "not begun")
        self.begun = begun


class Handover:
    """For one event loop. `wrap_future` and `asyncio.wait` do the same in many more steps, and wake the loop
    through its socket for each piece of work; here what ends together wakes it once.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._ended: deque[Ended] = deque()
        self._rung = False

    async def result(self, work: Callable[[], Result], seconds: float) -> Result:
        """Raises what the work raises, and TooLate."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Result] = loop.create_future()
        call = self._executor.submit(work)
        call.add_done_callback(partial(self._end, loop, waiting))
        alarm = loop.call_later(seconds, _give_up, waiting, call)
        try:
            return await waiting
        finally:
            alarm.cancel()

    def _end(
        self, loop: asyncio.AbstractEventLoop, waiting: asyncio.Future[Result], call: Future[Result]
    ) -> None:
        self._ended.append((waiting, call))
        if not self._rung:
            self._rung = True
            loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        # First the bell, then the box: whoever comes between rings again.
        self._rung = False
        while self._ended:
            waiting, call = self._ended.popleft()
            if waiting.done():
                continue
            error = call.exception()
            if error is None:
                waiting.set_result(call.result())
            else:
                waiting.set_exception(error)


def _give_up(waiting: asyncio.Future[Any], call: Future[Any]) -> None:
    if not waiting.done():
        waiting.set_exception(TooLate(begun=not call.cancel()))
