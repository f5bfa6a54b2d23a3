"""What every errand of the courier carries along, and the waits that all of them keep."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handlers.courier.calls import Calls
from handlers.courier.message import Composer
from handlers.courier.outcomes import CallFailed, Failure, Fate
from handlers.courier.silence import Silence
from handlers.newer_blocks import NewerBlocks
from pipeline.letters import JSONDict
from pipeline.ports import Archive
from pipeline.postbox import ClaimedLetter, Postbox

POST = "chat.postMessage"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds; tests shorten them."""

    first_wait: float = 2.0
    longest_wait: float = 60.0
    repaint_wait: float = 12.0
    defect_wait: float = 300.0
    reply_waits: tuple[float, ...] = (1.0, 3.0, 9.0, 27.0)
    silence: float = 60.0
    outage_wait: float = 0.5
    shortest_sleep: float = 0.05
    round_gap: float = 0.1
    longest_sleep: float = 20.0

    def wait(self, attempts: int) -> float:
        """2, 4, 8 up to 60 seconds."""
        return min(self.longest_wait, self.first_wait * 2.0 ** min(attempts, 10))

    def outage(self, failures: int) -> float:
        return min(self.longest_sleep, self.outage_wait * 2.0 ** min(failures, 10))


class Limits:
    """Which lanes Slack has asked this copy to leave alone, as far as it still matters."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def add(self, lane: str, seconds: float) -> bool:
        """Whether another lane is held at this moment too."""
        now = time.monotonic()
        with self._lock:
            self._until = {held: until for held, until in self._until.items() if until > now}
            others = self._until.keys() - {lane}
            self._until[lane] = now + seconds
        return bool(others)


@dataclass(frozen=True, slots=True)
class Satchel:
    archive: Archive
    postbox: Postbox
    composer: Composer
    calls: Calls
    newer: NewerBlocks
    clock: Callable[[], datetime]
    silence: Silence
    pace: Pace = field(default_factory=Pace)
    limits: Limits = field(default_factory=Limits)

    def say(self, method: str, arguments: JSONDict) -> Mapping[str, Any]:
        answer = self.calls.say(method, arguments)
        self.silence.works(method)
        return answer

    def ask(self, workspace_id: str, method: str, **arguments: str | int | bool) -> Mapping[str, Any]:
        self.check_free(workspace_id, method)
        answer = self.calls.ask(method, **arguments)
        self.silence.works(method)
        return answer

    def check_free(self, workspace_id: str, method: str) -> None:
        """Raises CallFailed where Slack has asked not to call this method for a while."""
        if self.postbox.is_held(workspace_id, method_lane(method)):
            raise CallFailed(Failure(method, Fate.LATER, "ratelimited", seconds=1.0))

    def hold(self, workspace_id: str, lane: str, failure: Failure) -> None:
        """One busy channel waits alone; a second one means that the whole method is too busy."""
        wait = milliseconds(failure.seconds)
        if failure.method == POST and not self.limits.add(lane, failure.seconds):
            self.postbox.hold(workspace_id, lane, wait)
        else:
            self.postbox.hold(workspace_id, method_lane(failure.method), wait)


def method_lane(method: str) -> str:
    return f"method:{method}"


def lane_of(letter: ClaimedLetter) -> str:
    return letter.channel_id or f"@{letter.person_id}"


def milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
