"""A deal as it stood at an earlier moment: its present, with what came after taken back.

What somebody has undone is left out together with its undoing, whenever that was: it never happened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from pipeline.bridge import Standing
from pipeline.deal import Change, ChangeKind
from pipeline.money import Money
from pipeline.stages import Field, StageKind

# What a standing is made of besides its stage.
TOLD = (Field.VALUE, Field.OWNER, Field.CLOSE_ON)
_VOIDING = (ChangeKind.VOIDED, ChangeKind.ABSORBED)


class Home(NamedTuple):
    """What a deal's standing says of it while it is in a stage."""

    pipeline_id: int
    kind: StageKind


@dataclass(frozen=True, slots=True)
class Life:
    """A deal with the changes since some moment, newest first; `copies` is what weekly copies say of it."""

    id: int
    number: int
    title: str
    created_at: datetime
    present: Standing
    changes: Sequence[Change] = ()
    copies: Mapping[int, Standing] = field(default_factory=dict)


def standing_at(
    life: Life, moment: datetime | None, homes: Mapping[int, Home], copy: int | None = None
) -> Standing | None:
    """By stage, where each belongs; now, where no moment is given. What a copy of the moment says goes first."""
    if moment is None:
        return life.present
    if copy is not None and copy in life.copies:
        return life.copies[copy]
    found = _rewound(life, moment, homes)
    if copy is None or found is None or found.void or found.kind is not StageKind.OPEN:
        return found
    # The copy knew no such deal: it was imported later, or what had closed it was undone later.
    return replace(found, void=True) if _is_undone_later(life, moment) else None


def _rewound(life: Life, moment: datetime, homes: Mapping[int, Home]) -> Standing | None:
    if life.created_at >= moment:
        return None
    undone = {change.undoes_id for change in life.changes}
    found = life.present
    for change in life.changes:
        if change.at >= moment and change.undoes_id is None and change.id not in undone:
            found = _before(found, change, homes)
    return found


def _before(after: Standing, change: Change, homes: Mapping[int, Home]) -> Standing:
    found = replace(after, void=False) if change.kind in _VOIDING else after
    if change.move:
        home = homes[change.move.from_stage_id]
        found = replace(found, pipeline_id=home.pipeline_id, kind=home.kind)
    for each in change.fields:
        found = _saying(found, each.field, each.old)
    return found


def _saying(standing: Standing, said: Field, old: Money | str | date | None) -> Standing:
    if said is Field.VALUE:
        return replace(standing, value=old if isinstance(old, Money) else None)
    if said is Field.OWNER:
        return replace(standing, owner_id=str(old) if old else None)
    if said is Field.CLOSE_ON:
        return replace(standing, close_on=old if isinstance(old, date) else None)
    return standing


def _is_undone_later(life: Life, moment: datetime) -> bool:
    since = {change.id for change in life.changes if change.at >= moment}
    return any(each.undoes_id is not None and each.undoes_id not in since for each in life.changes)
