"""What a control call gives back for something delivered to the bot."""

from dataclasses import dataclass, field, fields
from typing import Any

from playground.words import Json


@dataclass(frozen=True)
class Delivered:
    """The bot's answer to one act, and what the person saw of it."""

    id: str
    kind: str
    ok: bool
    """Answered in time with 2xx, and nothing was wrong with the answer."""
    status: int
    body: Any = None
    ms: float = 0.0
    timed_out: bool = False
    error: str = ""
    attempts: list[Json] = field(default_factory=list)
    shown: Json = field(default_factory=dict)
    problems: list[Json] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    envelope: Json = field(default_factory=dict)
    payload: Json = field(default_factory=dict)
    sent: bool = True
    """False when Slack itself kept it back, as a form with an empty required field."""

    @property
    def message(self) -> Json:
        """The message that a command's answer became."""
        return dict(self.shown.get("message") or {})

    @property
    def text(self) -> str:
        return str(self.message.get("text", ""))


@dataclass(frozen=True)
class Prepared:
    """A signed request that was not sent: post it yourself, as often and wherever you like."""

    id: str
    url: str
    headers: dict[str, str]
    body: str
    payload: Json


def delivered(told: Json) -> Delivered:
    known = {each.name for each in fields(Delivered)}
    return Delivered(**{name: value for name, value in told.items() if name in known})


def prepared(told: Json) -> Prepared:
    return Prepared(told["id"], told["url"], told["headers"], told["raw"], told["payload"])
