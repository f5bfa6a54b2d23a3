"""Who acts, when and where, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pipeline import errors
from pipeline.deal import Change, Deal
from pipeline.ownership import vacated
from pipeline.people import Person
from pipeline.permissions import Act, least_role, may
from pipeline.ports import Work
from pipeline.stages import Pipeline, Stage


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who acts, when, and the workspace's main channel."""

    by: str
    at: datetime
    main_channel: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done; `again` marks the second press of one button, which changed nothing."""

    deal: Deal
    change: Change
    pipeline: Pipeline
    again: bool = False
    card_channel: str | None = None


def _person(work: Work, person_id: str) -> Person:
    """Somebody whom Slack has not described yet acts as a rep."""
    return work.people.get(person_id) or Person(work.workspace_id, person_id, person_id, known=False)


def require(work: Work, occasion: Occasion, act: Act) -> Person:
    person = _person(work, occasion.by)
    if not person.active or not may(person.role, act, own=True):
        raise errors.NoRight(act, least_role(act, own=True))
    return person


def require_change(work: Work, occasion: Occasion, deal: Deal) -> None:
    person = require(work, occasion, Act.CHANGE)
    if may(person.role, Act.CHANGE, own=False) or deal.belongs_to(person.id):
        return
    if not vacated(work, deal).belongs_to(person.id):
        raise errors.NoRight(Act.CHANGE, least_role(Act.CHANGE, own=False), deal)


def target_stage(pipeline: Pipeline, stage_id: int, deal: Deal) -> Stage:
    stage = next((stage for stage in pipeline.stages if stage.id == stage_id), None)
    if stage is None:
        raise errors.UnknownStage(str(stage_id))
    if stage.archived:
        raise errors.StageArchived(deal, stage)
    return stage


def pressed_before(
    work: Work,
    deal: Deal,
    present: Stage,
    expected: int | None,
    same: Callable[[Change], bool],
    *,
    void_too: bool = False,
) -> Change | None:
    """None if the person saw the present version; the change itself if this is its second press."""
    if expected is None or expected == deal.version:
        if deal.voided_at and not void_too:
            raise errors.DealIsVoid(deal)
        return None
    last = work.deals.change(deal, deal.version)
    if last and deal.version == expected + 1 and same(last):
        return last
    raise errors.Overtaken(deal, present, last)
