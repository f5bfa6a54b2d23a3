"""A channel as one person sees it, a page at a time: nobody loads ten thousand messages to read the last."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

from playground import forms, saying
from playground.channels import Channel
from playground.messages import Message
from playground.people import Person
from playground.web_api.chat import permalink
from playground.words import Json
from playground.workspace import Workspace

MOST: Final = 200
USUAL: Final = 60


@dataclass(frozen=True)
class History:
    workspace: Workspace

    async def messages(self, given: Json) -> object:
        """The newest messages, or those just before or after a timestamp; or one whole thread."""
        person = self.workspace.person(str(given["user"]))
        channel = self.workspace.channel(str(given["channel"]))
        found = self._readable(person, channel)
        if given.get("thread_ts"):
            thread = [m for m in found if str(given["thread_ts"]) in (m.ts, m.thread_ts)]
            return {"messages": self._shown(thread, person), "older": False, "newer": False}
        found = [m for m in found if not m.is_reply or m.ephemeral]
        first, last = _window(found, given)
        return {
            "messages": self._shown(found[first:last], person),
            "older": first > 0,
            "newer": last < len(found),
        }

    def changed(self, person: Person, messages: list[Message]) -> Json:
        """What of these the person may see, and what is gone from their sight."""
        kept = [m for m in messages if not m.removed and self._may_read(person, m)]
        gone = [{"channel": m.channel, "ts": m.ts} for m in messages if m.removed]
        return {"changed": self._shown(kept, person), "removed": gone}

    def _readable(self, person: Person, channel: Channel) -> list[Message]:
        if not channel.visible_to(person.id):
            return []
        return [m for m in self.workspace.messages.of(channel.id) if m.readable_by(person.id)]

    def _may_read(self, person: Person, message: Message) -> bool:
        channel = self.workspace.channels.get(message.channel)
        return bool(channel and channel.visible_to(person.id) and message.readable_by(person.id))

    def _shown(self, messages: list[Message], person: Person) -> list[Json]:
        return [self._one(message, person) for message in messages]

    def _one(self, message: Message, person: Person) -> Json:
        seen = saying.seen(self.workspace, message)
        del seen["sent"]
        return {
            **seen,
            "revision": message.revision,
            "permalink": permalink(self.workspace, message),
            "state": forms.state_of(message.blocks, message.typed.get(person.id, {})),
        }


def _window(found: list[Message], given: Json) -> tuple[int, int]:
    """Timestamps only grow, so that they are in order."""
    limit = min(int(given.get("limit") or USUAL), MOST)
    stamps = [message.ts for message in found]
    if given.get("after"):
        first = bisect_right(stamps, str(given["after"]))
        return first, min(first + limit, len(found))
    last = bisect_left(stamps, str(given["before"])) if given.get("before") else len(found)
    return max(last - limit, 0), last
