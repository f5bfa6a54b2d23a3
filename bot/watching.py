"""What became of each request: one line of the log, and what is counted."""

import logging
import time
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from typing_extensions import override

from bot.logs import in_pairs
from bot.server import Late
from handlers.trace import Trace

Told = Callable[[Trace, float], None]


class WatchedApp(App):
    """Every door goes through `dispatch`."""

    told: Told = staticmethod(lambda _trace, _seconds: None)

    @override
    def dispatch(self, req: BoltRequest) -> BoltResponse:
        began = req.context.get("received") or time.monotonic()
        answer = super().dispatch(req)
        trace = req.context.get("trace")
        if trace is not None:
            self.told(trace, time.monotonic() - began)
        return answer


def both(first: Told, second: Told) -> Told:
    def told(trace: Trace, seconds: float) -> None:
        first(trace, seconds)
        second(trace, seconds)

    return told


def counting(late: Late, not_begun: Callable[[], None]) -> Late:
    """What was begun is told of when it ends."""

    def said(body: dict[str, Any], begun: bool) -> BoltResponse:  # noqa: FBT001 - as bot.server asks
        if not begun:
            not_begun()
        return late(body, begun)

    return said


class RequestLog:
    def __init__(self) -> None:
        self._enabled = logging.getLogger("bot.requests").isEnabledFor
        self._log = in_pairs("bot.requests")

    def write(self, trace: Trace, seconds: float) -> None:
        if not self._enabled(logging.INFO):
            return
        self._log.info(
            "request",
            id=trace.request_id or None,
            person=trace.person_id or None,
            door=trace.door or None,
            act=trace.act or None,
            verdict=trace.verdict,
            ms=round(seconds * 1000, 1),
        )
