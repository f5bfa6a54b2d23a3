"""Messages: what was said where, by whom, and who can read it."""

from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from playground.words import Json

CHANGES_KEPT: Final = 5_000


@dataclass(eq=False)
class Message:
    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    metadata: Json = field(default_factory=dict)
    reader: str = ""
    by_bot: bool = False
    subtype: str = ""
    client_msg_id: str = ""
    edited: str = ""
    updates: int = 0
    removed: bool = False
    revision: int = 0
    """Which change of all messages was the last of this one."""
    typed: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    """What each person has chosen in its selects and inputs, by person, block id and action id."""
    sent: Json = field(default_factory=dict)
    """The arguments of the call that made it, exactly as they came."""

    @property
    def ephemeral(self) -> bool:
        return bool(self.reader)

    @property
    def is_reply(self) -> bool:
        return bool(self.thread_ts) and self.thread_ts != self.ts

    def readable_by(self, person_id: str) -> bool:
        return not self.reader or self.reader == person_id


class Messages:
    """All messages of the workspace; timestamps only grow, so the order of arrival is theirs."""

    def __init__(self) -> None:
        self._by_channel: dict[str, dict[str, Message]] = {}
        self._threads: dict[tuple[str, str], list[Message]] = {}
        self._last = 0
        self.revision = 0
        """Counts every change, so that whoever looks again asks only for what is new."""
        self._changes: deque[Message] = deque(maxlen=CHANGES_KEPT)

    def next_ts(self, now: float) -> str:
        """A timestamp is an id in Slack: never the same twice, even when the clock goes back."""
        self._last = max(int(now * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add(self, message: Message) -> None:
        self._by_channel.setdefault(message.channel, {})[message.ts] = message
        if message.is_reply and not message.ephemeral:
            self._threads.setdefault((message.channel, message.thread_ts), []).append(message)
            self._changed_parent(message)
        self.changed(message)

    def changed(self, message: Message) -> None:
        self.revision += 1
        message.revision = self.revision
        self._changes.append(message)

    def since(self, revision: int) -> list[Message] | None:
        """What changed after that revision, each message once; None where that is forgotten."""
        missed = self.revision - revision
        if missed > len(self._changes):
            return None
        recent = islice(reversed(self._changes), max(missed, 0))
        return list({(each.channel, each.ts): each for each in recent}.values())

    def _changed_parent(self, reply: Message) -> None:
        """It says how many have answered."""
        parent = self.find(reply.channel, reply.thread_ts)
        if parent:
            self.changed(parent)

    def remove(self, message: Message) -> None:
        del self._by_channel[message.channel][message.ts]
        thread = self._threads.get((message.channel, message.thread_ts), [])
        if message in thread:
            thread.remove(message)
            self._changed_parent(message)
        message.removed = True
        self.changed(message)

    def of(self, channel: str) -> list[Message]:
        return list(self._by_channel.get(channel, {}).values())

    def find(self, channel: str, ts: str) -> Message | None:
        return self._by_channel.get(channel, {}).get(ts)

    def replies(self, channel: str, ts: str) -> list[Message]:
        return list(self._threads.get((channel, ts), ()))
