"""What the courier finds in the archive: claimed letters, replies and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.letters import JSONDict, LetterKind


@dataclass(frozen=True, slots=True)
class ClaimedLetter:
    """`unknown`: an earlier sending may have reached Slack, so look it up by its key first."""

    id: int
    kind: LetterKind
    key: str
    channel_id: str | None
    person_id: str | None
    thread_ts: str | None
    deal_id: int | None
    payload: JSONDict
    created: int
    attempts: int
    unknown: bool


@dataclass(frozen=True, slots=True)
class ClaimedReply:
    """`unknown`: an earlier sending may have reached Slack, and cannot be looked up."""

    id: int
    payload: JSONDict
    attempts: int
    unknown: bool


@dataclass(frozen=True, slots=True)
class ClaimedCard:
    """`again`: another copy may still be painting, so paint once more afterwards."""

    id: int
    deal_id: int
    channel_id: str
    ts: str
    is_link: bool
    again: bool


@dataclass(frozen=True, slots=True)
class ClaimedHome:
    person_id: str
    wanted_version: int
    again: bool
    notice: JSONDict | None
    notice_until: datetime | None


class Postbox(Protocol):
    """Claims are leases in the database's time; every method is a short transaction of its own."""

    def claim_replies(self, workspace_id: str, limit: int) -> Sequence[ClaimedReply]: ...

    def claim_letters(self, workspace_id: str, limit: int) -> Sequence[ClaimedLetter]:
        """At most one per channel or person, in their order."""

    def claim_cards(self, workspace_id: str, limit: int) -> Sequence[ClaimedCard]: ...

    def claim_homes(self, workspace_id: str, limit: int) -> Sequence[ClaimedHome]: ...

    def holds(self, letter_id: int) -> bool:
        """Whether the letter is still this copy's to send, with time enough to do so."""

    def sent(self, letter_id: int, ts: str | None, *, kept: bool = True) -> None:
        """What it said is `kept` where it may be amended or counted later."""

    def posted(self, letter: ClaimedLetter, ts: str, version: int) -> None:
        """A card's first post: the letter is sent and the card lives."""

    def wait(self, letter_id: int, milliseconds: int, error: str, *, unknown: bool) -> None:
        """Try again later; `unknown` if it may have reached Slack."""

    def address(self, letter_id: int, channel_id: str) -> None:
        """Send to another channel than first meant."""

    def park(self, letter_id: int, error: str) -> None: ...

    def cancel(self, letter_id: int, reason: str) -> None: ...

    def unpark(self, workspace_id: str, channel_id: str | None) -> int:
        """Parked letters of a channel, or all, wait to be sent again; how many."""

    def painted(self, card: ClaimedCard, version: int) -> None: ...

    def repaint_later(self, card: ClaimedCard, milliseconds: int, error: str, *, unknown: bool) -> None: ...

    def drop_card(self, card: ClaimedCard, error: str) -> None:
        """The message is gone; nothing is repainted any more."""

    def home_painted(self, workspace_id: str, home: ClaimedHome) -> None: ...

    def home_later(self, workspace_id: str, home: ClaimedHome, milliseconds: int) -> None: ...

    def hold(self, workspace_id: str, lane: str, milliseconds: int) -> None:
        """Make no call on a lane (a channel, or `method:NAME`) for so long."""

    def is_held(self, workspace_id: str, lane: str) -> bool: ...

    def idle_for(self, workspace_id: str) -> float | None:
        """Seconds until something is due; None where nothing waits."""
