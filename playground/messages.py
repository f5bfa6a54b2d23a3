"""Messages: what was said where, by whom, and who can read it."""

from dataclasses import dataclass, field

from playground.words import Json


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

    def next_ts(self, now: float) -> str:
        """A timestamp is an id in Slack: never the same twice, even when the clock goes back."""
        self._last = max(int(now * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add(self, message: Message) -> None:
        self._by_channel.setdefault(message.channel, {})[message.ts] = message
        if message.is_reply and not message.ephemeral:
            self._threads.setdefault((message.channel, message.thread_ts), []).append(message)

    def remove(self, message: Message) -> None:
        del self._by_channel[message.channel][message.ts]
        thread = self._threads.get((message.channel, message.thread_ts), [])
        if message in thread:
            thread.remove(message)

    def of(self, channel: str) -> list[Message]:
        return list(self._by_channel.get(channel, {}).values())

    def find(self, channel: str, ts: str) -> Message | None:
        return self._by_channel.get(channel, {}).get(ts)

    def replies(self, channel: str, ts: str) -> list[Message]:
        return list(self._threads.get((channel, ts), ()))
