"""The log: every request and answer in both directions, with its times and verdicts."""

import time
from dataclasses import asdict, dataclass, field
from itertools import takewhile
from typing import Final

from playground.words import Json

KEPT: Final = 20_000


@dataclass
class Entry:
    n: int
    at: float
    """Moment on the playground's clock."""
    mono: float
    """Monotonic seconds, for measuring gaps."""
    direction: str
    """`in` is the bot calling Slack, `out` is Slack calling the bot, `control` is a test or the page."""
    kind: str
    """api, response_url, command, click, submit, event, ..."""
    method: str
    request: Json = field(default_factory=dict)
    status: int = 0
    answer: object = None
    error: str = ""
    ms: float = 0.0
    problems: list[Json] = field(default_factory=list)
    fault: str = ""
    channel: str = ""
    attempt: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    ended: bool = False

    def told(self) -> Json:
        return asdict(self)


class Log:
    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._count = 0

    def begin(self, now: float, direction: str, kind: str, method: str, request: Json) -> Entry:
        self._count += 1
        entry = Entry(self._count, now, time.monotonic(), direction, kind, method, request)
        self._entries.append(entry)
        if len(self._entries) > KEPT:
            del self._entries[: KEPT // 10]
        return entry

    @property
    def count(self) -> int:
        return self._count

    def after(self, number: int) -> list[Entry]:
        """The entries that came later; what came before them is in order, so that only the end is looked at."""
        later = takewhile(lambda entry: entry.n > number, reversed(self._entries))
        return list(later)[::-1]

    def clear(self) -> None:
        self._entries.clear()

    def select(self, wanted: Json) -> list[Json]:
        since = int(wanted.pop("since", 0) or 0)
        return [e.told() for e in self._entries if e.n > since and _matches(e, wanted)]

    def pacing(self) -> Json:
        """Calls and 429s by method; moments of accepted calls by channel and method."""
        methods: dict[str, Json] = {}
        channels: dict[str, dict[str, list[float]]] = {}
        for entry in self._entries:
            if entry.direction != "in":
                continue
            row = methods.setdefault(entry.method, {"calls": 0, "refused_429": 0, "moments": []})
            row["calls"] += 1
            row["moments"].append(entry.mono)
            row["refused_429"] += entry.status == 429  # noqa: PLR2004 -- the status is its own name
            if entry.channel and not entry.error and not entry.fault:
                channels.setdefault(entry.channel, {}).setdefault(entry.method, []).append(entry.mono)
        return {"methods": methods, "channels": channels}


def finish(entry: Entry, status: int, answer: object) -> None:
    entry.ms = round((time.monotonic() - entry.mono) * 1000, 3)
    entry.status = status
    entry.answer = answer
    entry.ended = True
    if isinstance(answer, dict) and answer.get("ok") is False:
        entry.error = str(answer.get("error", ""))


def _matches(entry: Entry, wanted: Json) -> bool:
    return all(str(getattr(entry, name, "")) == str(value) for name, value in wanted.items())
