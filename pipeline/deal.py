"""A deal, its number, and one change of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pipeline.money import Money
from pipeline.names import fold
from pipeline.stages import Category, Field, Stage

# A phone writes dashes of its own.
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_CODE = re.compile(rf"\(?(?:[Dd][{_DASHES}]?|#)?0*([1-9][0-9]{{0,8}})[,;:.!?)]*")
_WHOLE_CODE = re.compile(rf"\(?[Dd][{_DASHES}]0*([1-9][0-9]{{0,8}})[,;:.!?)]*")


def code(number: int) -> str:
    return f"D-{number}"


def read_code(word: str) -> int | None:
    """The number in `D-42`, `d42`, `#42` or `42`, whatever stands behind it; None for any other word."""
    found = _CODE.fullmatch(word)
    return int(found[1]) if found else None


def read_whole_code(word: str) -> int | None:
    """As `read_code`, but of a code that can be nothing else: `D-42`."""
    found = _WHOLE_CODE.fullmatch(word)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Deal:
    """The present state; `entered_at` is when its stage was entered, `version` counts its changes.

    `pushes` counts how often the expected close was put off; `merged_into` is the id of the deal that took this one.
    `category` is what a person has said of it, instead of what its stage says.
    """

    id: int
    workspace_id: str
    number: int
    pipeline_id: int
    stage_id: int
    title: str
    version: int
    created_at: datetime
    created_by: str
    entered_at: datetime
    changed_at: datetime
    company: str = ""
    contact: str = ""
    value: Money | None = None
    owner_id: str | None = None
    need: str = ""
    budget: str = ""
    source: str = ""
    close_on: date | None = None
    next_step: str = ""
    next_step_on: date | None = None
    reason: str = ""
    closed_at: datetime | None = None
    voided_at: datetime | None = None
    nurture_until: date | None = None
    snoozed_until: date | None = None
    pushes: int = 0
    merged_into: int | None = None
    category: Category | None = None

    @property
    def code(self) -> str:
        return code(self.number)

    def belongs_to(self, person_id: str) -> bool:
        """An unowned deal is everybody's."""
        return self.owner_id is None or self.owner_id == person_id

    def holds(self, wanted: Field) -> bool:
        """Text that nobody can see holds nothing."""
        value = self.said(wanted)
        return bool(fold(value)) if isinstance(value, str) else value is not None

    def said(self, wanted: Field) -> Money | str | date | None:
        """The value of one field."""
        value: Money | str | date | None = getattr(self, ATTRIBUTES[wanted])
        return value

    def saying(self, said: Mapping[Field, Money | str | date | None]) -> "Deal":
        changed: dict[str, Any] = {ATTRIBUTES[field]: _typed(field, value) for field, value in said.items()}
        return replace(self, **changed) if changed else self

    def counting_pushes(self, changes: Sequence["FieldChange"], *, undone: bool = False) -> "Deal":
        """An expected close put off counts as a push; taking that back uncounts it."""
        pushed = sum(change.is_push for change in changes)
        return (
            replace(self, pushes=self.pushes - pushed if undone else self.pushes + pushed) if pushed else self
        )

    def category_in(self, stage: Stage) -> Category:
        """A closed deal is closed, whatever was said of it before."""
        return self.category if self.category and stage.is_open else stage.category

    def missing(self, gate: Sequence[Field]) -> tuple[Field, ...]:
        return tuple(wanted for wanted in gate if not self.holds(wanted))


ATTRIBUTES: Mapping[Field, str] = {
    Field.TITLE: "title",
    Field.COMPANY: "company",
    Field.CONTACT: "contact",
    Field.VALUE: "value",
    Field.OWNER: "owner_id",
    Field.NEED: "need",
    Field.BUDGET: "budget",
    Field.SOURCE: "source",
    Field.CLOSE_ON: "close_on",
    Field.NEXT_STEP: "next_step",
    Field.NEXT_STEP_ON: "next_step_on",
    Field.REASON: "reason",
    Field.NURTURE_UNTIL: "nurture_until",
    Field.SNOOZED_UNTIL: "snoozed_until",
    Field.CATEGORY: "category",
}


def _typed(field: Field, value: Money | str | date | None) -> Money | str | date | None:
    """History keeps a category as a word."""
    return Category(value) if field is Field.CATEGORY and isinstance(value, str) else value


class ChangeKind(StrEnum):
    CREATED = "created"
    MOVED = "moved"
    WON = "won"
    LOST = "lost"
    REOPENED = "reopened"
    EDITED = "edited"
    UNDONE = "undone"
    IMPORTED = "imported"
    NOTED = "noted"
    VOIDED = "voided"
    MERGED = "merged"
    ABSORBED = "absorbed"
    FORGOTTEN = "forgotten"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: Field
    old: Money | str | date | None
    new: Money | str | date | None

    @property
    def is_push(self) -> bool:
        """The expected close has moved to a later day."""
        if self.field is not Field.CLOSE_ON:
            return False
        return isinstance(self.old, date) and isinstance(self.new, date) and self.new > self.old


@dataclass(frozen=True, slots=True)
class Move:
    """From stage to stage; `since` is when the stage that was left had been entered."""

    from_stage_id: int
    to_stage_id: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a deal's history; it made the version that it bears.

    The note of a merger (MERGED into the survivor, ABSORBED by it) is the code of the other deal.
    """

    kind: ChangeKind
    version: int
    by: str
    at: datetime
    move: Move | None = None
    fields: tuple[FieldChange, ...] = ()
    note: str = ""
    undoes_id: int | None = None
    id: int = field(default=0, compare=False)

    @property
    def reason(self) -> str:
        """For losing, where it was said with this change."""
        return next((str(each.new) for each in self.fields if each.field is Field.REASON and each.new), "")
