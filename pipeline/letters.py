"""What is to be said in Slack once a change is committed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

JSONValue = str | int | float | bool | None | list["JSONValue"] | dict[str, "JSONValue"]
JSONDict = dict[str, JSONValue]

COALESCE_SECONDS = 60
# What the key of a letter begins with that takes spent buttons away.
SPENT = "spent:"


class LetterKind(StrEnum):
    """Each is said once."""

    CARD = "card"
    THREAD = "thread"
    WIN = "win"
    AMEND = "amend"
    PRIVATE = "private"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Letter:
    """Goes to a channel, or to a person's direct messages; `key` is unique in the workspace."""

    kind: LetterKind
    key: str
    channel_id: str | None = None
    person_id: str | None = None
    thread_ts: str | None = None
    deal_id: int | None = None
    payload: Mapping[str, JSONValue] = field(default_factory=dict)
    delay: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A letter that was said; a line in a thread tells of the versions from `since` up to before `until`."""

    letter_id: int
    channel_id: str
    deal_id: int | None
    since: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a letter stands, and what it was."""

    kind: LetterKind
    key: str
    channel_id: str
    ts: str
    payload: JSONDict
    deal_id: int | None = None


def card_letter(deal_id: int, channel_id: str, by: str, fallback: str | None) -> Letter:
    """A deal's card; where the bot turns out not to be a member, it goes to `fallback`."""
    return Letter(
        LetterKind.CARD,
        key=f"card:{deal_id}:{channel_id}",
        channel_id=channel_id,
        deal_id=deal_id,
        payload={"by": by, "fallback": fallback},
    )


def thread_letter(deal_id: int, version: int) -> Letter:
    """One line for all that happens to a deal within a minute, under its card."""
    return Letter(
        LetterKind.THREAD,
        key=f"thread:{deal_id}",
        deal_id=deal_id,
        payload={"since": version},
        delay=COALESCE_SECONDS,
    )


def win_letter(deal_id: int, change_id: int, channel_id: str, reason: str) -> Letter:
    return Letter(
        LetterKind.WIN,
        key=win_key(change_id),
        channel_id=channel_id,
        deal_id=deal_id,
        payload={"reason": reason},
    )


def reword_letter(told: Told, at: datetime) -> Letter:
    """Have what was said written anew, as the archive has it now."""
    return Letter(
        LetterKind.AMEND,
        key=f"reword:{told.letter_id}:{at.timestamp()}",
        channel_id=told.channel_id,
        deal_id=told.deal_id,
        payload={"letter": told.letter_id, "since": told.since, "until": told.until},
    )


def spent_letter(told: Told) -> Letter:
    """Have what was said written anew without the buttons that the deal has left behind: once is enough."""
    return Letter(
        LetterKind.AMEND,
        key=f"{SPENT}{told.letter_id}",
        channel_id=told.channel_id,
        deal_id=told.deal_id,
        payload={"letter": told.letter_id},
    )


def win_key(change_id: int) -> str:
    return f"win:{change_id}"
