"""One delivery to the bot: its attempts, the bot's answer, and what the person saw of it."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from playground.parcels import Parcel
from playground.words import Json

TIMEOUT = "timeout"


@dataclass(frozen=True)
class Answer:
    status: int = 0
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    error: str = ""
    """timeout, connection_failed, no_connection, no_bot_url; empty when the bot answered."""
    ms: float = 0.0
    retry_num: int = 0
    url: str = ""

    @property
    def ok(self) -> bool:
        return not self.error and 200 <= self.status < 300  # noqa: PLR2004 -- HTTP's own word for success

    @property
    def body(self) -> object:
        """JSON where it is JSON, text where it is text, nothing where it is empty."""
        try:
            return json.loads(self.text) if self.text else None
        except ValueError:
            return self.text

    @property
    def final(self) -> bool:
        """A failed answer may forbid that the event comes again."""
        return self.ok or self.headers.get("x-slack-no-retry") == "1"

    @property
    def reason(self) -> str:
        return {"": "http_error", TIMEOUT: "http_timeout"}.get(self.error, "connection_failed")


@dataclass(frozen=True)
class Effect:
    """What an answer did: what the person now sees, and what was wrong with it."""

    shown: Json = field(default_factory=dict)
    problems: list[Json] = field(default_factory=list)


Effects = Callable[[Answer], Effect]


@dataclass
class Delivery:
    id: str
    parcel: Parcel
    effects: Effects
    headers: dict[str, str] = field(default_factory=dict)
    envelope: Json = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    effect: Effect = field(default_factory=Effect)
    ended: float = 0.0

    @property
    def answer(self) -> Answer:
        return self.answers[-1] if self.answers else Answer()

    @property
    def finished(self) -> bool:
        return bool(self.answers) and self.answer.final

    def told(self) -> Json:
        answer = self.answer
        return {
            "id": self.id,
            "kind": self.parcel.kind,
            "ok": answer.ok and not self.effect.problems,
            "status": answer.status,
            "body": answer.body,
            "ms": answer.ms,
            "timed_out": answer.error == TIMEOUT,
            "error": answer.error,
            "attempts": [asdict(each) for each in self.answers],
            "shown": self.effect.shown,
            "problems": self.effect.problems,
            "headers": self.headers,
            "envelope": self.envelope,
            "payload": self.parcel.payload,
        }
