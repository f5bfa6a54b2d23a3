"""What a person may ask for, free of how it was typed, clicked or submitted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.calls import SayCall, SetTarget
from pipeline.money import Money
from pipeline.permissions import Role
from pipeline.shapes import Establishing, Reshaping, Settle, ShowMoney
from pipeline.stages import Field

Said = Mapping[Field, Money | str | date | None]


@dataclass(frozen=True, slots=True)
class New:
    """`channel_id` is where it was asked for; `again` confirms a second deal of the same title."""

    fields: Said
    channel_id: str | None = None
    pipeline_id: int | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """`expected` is the version that the person saw; None takes the present one."""

    number: int
    stage_id: int
    expected: int | None = None
    note: str = ""
    fields: Said = field(default_factory=dict)
    channel_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    """Back to the open stage from which the deal was closed, or to `stage_id`."""

    number: int
    stage_id: int | None = None
    expected: int | None = None
    fields: Said = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes back the change that made version `expected`, or the last one."""

    number: int
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Say something of a deal without moving it."""

    number: int
    fields: Said
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Take a deal that nobody owns."""

    number: int
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth remembering of any deal; it stands in the way of nobody else's change."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Void:
    """The deal was a mistake: it leaves lists and statistics."""

    number: int
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    """Keep a deal out of the top list until a day; None brings it back."""

    number: int
    until: date | None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Two deals are one: `number` survives and takes from `other` what it lacks."""

    number: int
    other: int


@dataclass(frozen=True, slots=True)
class Forget:
    """A contact asks to be forgotten; `certain` once somebody was told of how many deals."""

    contact: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class PostCard:
    """Show the deal's card in a channel, or point to the one that is fresh there."""

    number: int
    channel_id: str


@dataclass(frozen=True, slots=True)
class Appoint:
    """Stores a role for a person; None goes by Slack's own standing again."""

    person_id: str
    role: Role | None


OnDeal = New | Move | Reopen | Edit | Claim | Note | Snooze | Void | Merge | Undo | PostCard
Order = OnDeal | Forget | Appoint | Reshaping | Establishing | Settle | ShowMoney | SayCall | SetTarget
