"""Trigger ids: three seconds, one use; and the addresses of response_url: five uses, thirty minutes."""

import secrets
from dataclasses import dataclass
from typing import Final

from playground.clock import Clock
from playground.refusals import SlackError

TRIGGER_SECONDS: Final = 3.0
RESPONSE_SECONDS: Final = 30 * 60.0
RESPONSE_USES: Final = 5


@dataclass
class Trigger:
    user: str
    born: float
    view: str = ""
    """The view in which it arose: only such a trigger can push."""
    used: bool = False


@dataclass
class ResponseUrl:
    channel: str
    user: str
    born: float
    source_ts: str = ""
    """The message whose element was pressed; empty for a command, whose text no app can touch."""
    uses: int = 0


class Tickets:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}

    def trigger(self, user: str, *, view: str = "") -> str:
        name = f"{len(self._triggers) + 1000}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self._triggers[name] = Trigger(user, self._clock.now(), view)
        return name

    def exchange(self, name: str) -> Trigger:
        trigger = self._triggers.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.now() - trigger.born > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        return trigger

    def response(self, channel: str, user: str, *, source_ts: str = "") -> str:
        name = secrets.token_urlsafe(18)
        self._responses[name] = ResponseUrl(channel, user, self._clock.now(), source_ts)
        return name

    def answering(self, name: str) -> ResponseUrl:
        ticket = self._responses.get(name)
        if ticket is None:
            raise SlackError("invalid_url")
        if self._clock.now() - ticket.born > RESPONSE_SECONDS:
            raise SlackError("expired_url")
        if ticket.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        return ticket
