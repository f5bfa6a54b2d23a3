"""The threads in which the courier talks to Slack."""

import threading
from collections.abc import Callable
from queue import SimpleQueue

Job = Callable[[], None]


class Senders:
    """Daemons, so that a call which hangs cannot hold up the end of the program. Jobs raise nothing."""

    def __init__(self, number: int, freed: Callable[[], None]) -> None:
        self.number = number
        self._freed = freed
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._busy = 0
        self._changed = threading.Condition()

    def start(self) -> None:
        for n in range(self.number):
            threading.Thread(target=self._work, name=f"courier-sender-{n}", daemon=True).start()

    def free(self) -> int:
        with self._changed:
            return max(self.number - self._busy, 0)

    def give(self, job: Job) -> None:
        with self._changed:
            self._busy += 1
        self._jobs.put(job)

    def stop(self, seconds: float) -> bool:
        """Whether all that was in hand came to an end in time."""
        with self._changed:
            done = self._changed.wait_for(lambda: self._busy == 0, seconds)
        for _ in range(self.number):
            self._jobs.put(None)
        return done

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            finally:
                with self._changed:
                    self._busy -= 1
                    self._changed.notify_all()
                self._freed()
