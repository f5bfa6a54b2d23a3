"""Refusals: expected answers of the rules, spoken to the person who asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.deal import Change, Deal
from pipeline.orders import New, Said
from pipeline.people import Absence
from pipeline.permissions import Act, Role
from pipeline.stages import Field, Pipeline, Stage


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a defect
    """Nothing was changed, and the person is told why."""


@dataclass
class UnknownDeal(Refusal):
    """`sent` is the word as it was sent, with what followed it; `before` what stood before it."""

    word: str
    sent: str = ""
    before: str = ""


@dataclass
class SeveralDeals(Refusal):
    """`rest` is what followed the name, as it was sent; `before` what stood before it."""

    word: str
    deals: Sequence[Deal]
    total: int
    rest: str = ""
    before: str = ""


@dataclass
class UnknownStage(Refusal):
    """Or none was named, where `word` is empty."""

    word: str
    nearest: Sequence[Stage] = ()
    deal: Deal | None = None
    stages: Sequence[Stage] = ()
    note: str = ""


@dataclass
class UnknownPerson(Refusal):
    word: str


@dataclass
class UnknownContact(Refusal):
    """No deal has a contact of this name."""


@dataclass
class NoRight(Refusal):
    act: Act
    role: Role
    deal: Deal | None = None


@dataclass
class AlreadyThere(Refusal):
    deal: Deal
    stage: Stage


@dataclass
class AlreadySaid(Refusal):
    """`said` is what was to be written, and stands there."""

    deal: Deal
    said: Said = field(default_factory=dict)


@dataclass
class DealIsClosed(Refusal):
    """A won or lost deal does not move; it is reopened."""

    deal: Deal
    stage: Stage


@dataclass
class DealIsOpen(Refusal):
    deal: Deal
    stage: Stage


@dataclass
class DealIsVoid(Refusal):
    deal: Deal


@dataclass
class OwnedAlready(Refusal):
    """Only what nobody owns can be claimed."""

    deal: Deal


@dataclass
class OwnerUnfit(Refusal):
    """Somebody who could do nothing with a deal of their own."""

    name: str
    absence: Absence


@dataclass
class MergedWithItself(Refusal):
    deal: Deal


@dataclass
class KindsDiffer(Refusal):
    """An open deal, a won one and a lost one are no duplicates of each other."""

    deal: Deal
    other: Deal


@dataclass
class Overtaken(Refusal):
    """The deal has changed since the version that the person saw."""

    deal: Deal
    stage: Stage
    change: Change | None


@dataclass
class GateUnmet(Refusal):
    """The target stage requires fields that the deal lacks; no deal where `new` one is being made."""

    deal: Deal | None
    stage: Stage
    missing: Sequence[Field]
    new: New | None = None


@dataclass
class StageArchived(Refusal):
    deal: Deal
    stage: Stage


@dataclass
class MadeAlready(Refusal):
    """The same person made a deal of the same title a moment ago."""

    deal: Deal


@dataclass
class NothingToUndo(Refusal):
    deal: Deal


@dataclass
class UndoTooLate(Refusal):
    """A change can be taken back for a day."""

    deal: Deal


@dataclass
class LastAdmin(Refusal):
    """Somebody must be able to grant roles."""


@dataclass
class FieldUnfit(Refusal):
    """A value that the field cannot hold."""

    field: Field
    reason: str
    limit: int = 0


@dataclass
class StageNameTaken(Refusal):
    stage: Stage


@dataclass
class StageNameUnfit(Refusal):
    """Empty, or too long."""

    name: str
    limit: int


@dataclass
class ChanceUnfit(Refusal):
    stage: Stage


@dataclass
class PatienceUnfit(Refusal):
    stage: Stage


@dataclass
class GateUnfit(Refusal):
    """A field that no gate of this stage can ask for."""

    stage: Stage
    field: Field


@dataclass
class StageFixed(Refusal):
    """Won and lost are renamed and given a gate, nothing more."""

    stage: Stage


@dataclass
class StageUnchanged(Refusal):
    stage: Stage


@dataclass
class StageHasDeals(Refusal):
    """Deals stand in the way of archiving; `others` could take them."""

    stage: Stage
    deals: Sequence[Deal]
    others: Sequence[Stage]
    pipeline: Pipeline


@dataclass
class GateInTheWay(Refusal):
    """The stage that should take the deals requires what these lack."""

    stage: Stage
    into: Stage
    deals: Sequence[Deal]


@dataclass
class LastOpenStage(Refusal):
    stage: Stage


@dataclass
class PipelineOvertaken(Refusal):
    """Somebody else has shaped the pipeline since."""


@dataclass
class PipelineNameTaken(Refusal):
    """By the pipeline itself or by another; a name that differs in signs alone is the same."""

    pipeline: Pipeline


@dataclass
class PipelineNameUnfit(Refusal):
    """Empty, too long, or with a colon."""

    limit: int


@dataclass
class StageCountUnfit(Refusal):
    """A pipeline has that many open stages when it is made."""

    least: int
    most: int


@dataclass
class StageNamedTwice(Refusal):
    """In one new pipeline, which gets won and lost by itself."""

    name: str


@dataclass
class ChannelOutOfReach(Refusal):
    """Unknown, or the bot is not in it, or a conversation of two."""

    channel_id: str


class ArchiveDown(Exception):  # noqa: N818 - said as "not saved, try again"
    """The archive could not be reached or written in time; nothing was changed."""


class CommitUnknown(ArchiveDown):
    """The connection broke while committing: the change may or may not be there."""


class Superseded(ArchiveDown):
    """A newer version of the program has taken over the archive: this copy writes no more, and changed nothing."""


class AlreadyAnswered(Exception):  # noqa: N818 - a repeated delivery, not a defect
    """The request was carried out before; the stored answer stands."""
