"""Slack's real rate limits, enforced when a test switches them on."""

from collections import deque
from typing import Final

TIERS: Final = {
    "users.list": 20,
    "conversations.info": 50,
    "conversations.open": 50,
    "conversations.history": 50,
    "conversations.replies": 50,
    "chat.update": 50,
    "chat.delete": 50,
    "apps.connections.open": 50,
    "chat.postEphemeral": 100,
    "users.info": 100,
    "views.open": 100,
    "views.push": 100,
    "views.update": 100,
    "views.publish": 100,
}
MINUTE: Final = 60.0
POST_GAP: Final = 0.95
"""One post a second and channel, with a little room for the jitter of an honest second."""


class RateLimits:
    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.on = False
        self.per_minute = dict(TIERS)
        self.post_gap = POST_GAP
        self._calls: dict[str, deque[float]] = {}
        self._posted: dict[str, float] = {}

    def wait(self, method: str, channel: str, now: float) -> float:
        """Seconds until this call would be welcome; 0 counts it as made."""
        if not self.on:
            return 0.0
        left = self._post_wait(method, channel, now) or self._minute_wait(method, now)
        if not left:
            self._count(method, channel, now)
        return left

    def _post_wait(self, method: str, channel: str, now: float) -> float:
        if method not in ("chat.postMessage", "response_url"):
            return 0.0
        return max(0.0, self._posted.get(f"{method} {channel}", 0.0) + self.post_gap - now)

    def _minute_wait(self, method: str, now: float) -> float:
        allowed = self.per_minute.get(method)
        calls = self._calls.setdefault(method, deque())
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        return 0.0 if allowed is None or len(calls) < allowed else calls[0] + MINUTE - now

    def _count(self, method: str, channel: str, now: float) -> None:
        self._posted[f"{method} {channel}"] = now
        if method in self.per_minute:
            self._calls.setdefault(method, deque()).append(now)
