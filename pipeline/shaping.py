"""Shaping a pipeline: its stages' names, chances, patience, gates, categories, order, and which of them live."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline import errors
from pipeline.moving import move
from pipeline.names import fold
from pipeline.occasion import Occasion, require
from pipeline.orders import Move
from pipeline.permissions import Act
from pipeline.ports import VersionLost, Work
from pipeline.shapes import (
    NAME_LIMIT,
    AddStage,
    AlterStage,
    ArchiveStage,
    PlaceStage,
    Reshaping,
    RestoreStage,
    Shape,
    Shaped,
)
from pipeline.stages import Category, Field, Pipeline, Stage, StageKind, key_of

NEW_CHANCE = 50
NEW_PATIENCE = 14
ONLY_LOST = Field.REASON
NEVER_ASKED = (Field.TITLE, Field.NURTURE_UNTIL, Field.SNOOZED_UNTIL, Field.CATEGORY)


def shape(work: Work, occasion: Occasion, order: Reshaping) -> Shaped:
    done = _SHAPERS[type(order)](work, occasion, order)
    # Last of all: a move locks its deal first and the cards afterwards.
    work.cards.repaint_all(done.pipeline.id)
    work.homes.touch_all()
    return done


def _alter_stage(work: Work, occasion: Occasion, order: AlterStage) -> Shaped:
    pipeline, stage = _stage(work, occasion, order)
    shape, after = _altered(stage, order)
    if not stage.is_open and shape not in (Shape.RENAMED, Shape.GATE):
        raise errors.StageFixed(stage)
    _check_name(pipeline, after)
    _check_numbers(after)
    _check_gate(after)
    if after == stage:
        raise errors.StageUnchanged(stage)
    stages = [after if each.id == stage.id else each for each in pipeline.stages]
    return Shaped(_saved(work, occasion, pipeline, stages), after, shape, before=stage)


def _add_stage(work: Work, occasion: Occasion, order: AddStage) -> Shaped:
    pipeline = _pipeline(work, occasion, order)
    blank = Stage(
        id=0,
        key=_free_key(pipeline, order.english),
        english=order.english,
        german=order.german,
        kind=StageKind.OPEN,
        position=0,
        chance=NEW_CHANCE,
        patience=NEW_PATIENCE,
        gate=(),
        category=Category.PIPELINE,
    )
    _check_name(pipeline, blank)
    before = pipeline.open_stages[-1] if order.after_id is None else _known(pipeline, order.after_id)
    # As sure as the stage that it follows, until somebody says how sure it is.
    stage = replace(blank, chance=before.chance, category=before.category)
    saved = _saved(work, occasion, pipeline, _placed(pipeline, stage, before))
    return Shaped(saved, next(each for each in saved.stages if each.key == stage.key), Shape.ADDED)


def _place_stage(work: Work, occasion: Occasion, order: PlaceStage) -> Shaped:
    pipeline, stage = _stage(work, occasion, order)
    if not stage.is_open:
        raise errors.StageFixed(stage)
    before = None if order.after_id is None else _known(pipeline, order.after_id)
    stages = _placed(pipeline, stage, before)
    if [each.id for each in stages] == [each.id for each in pipeline.stages]:
        raise errors.StageUnchanged(stage)
    return Shaped(_saved(work, occasion, pipeline, stages), stage, Shape.PLACED)


def _archive_stage(work: Work, occasion: Occasion, order: ArchiveStage) -> Shaped:
    """A stage that was archived with a deal in it is emptied by archiving it again."""
    pipeline, stage = _stage(work, occasion, order)
    into = None if order.into_id is None else _known(pipeline, order.into_id)
    for each in filter(None, (stage, into)):
        if not each.is_open:
            raise errors.StageFixed(each)
    if pipeline.open_stages == (stage,):
        raise errors.LastOpenStage(stage)
    if into is not None and (into.archived or into.id == stage.id):
        raise errors.StageUnchanged(into)
    after = replace(stage, archived=True)
    stages = [after if each.id == stage.id else each for each in pipeline.stages]
    saved = _saved(work, occasion, pipeline, stages)
    moved = _emptied(work, occasion, saved, stage, into)
    if stage.archived and not moved:
        raise errors.StageUnchanged(stage)
    return Shaped(saved, after, Shape.ARCHIVED, before=stage, into=into if moved else None, moved=moved)


def _emptied(work: Work, occasion: Occasion, pipeline: Pipeline, stage: Stage, into: Stage | None) -> int:
    """How many deals were moved out of the way."""
    work.stages.hold(stage.id)
    deals = work.deals.standing_in(stage.id)
    if not deals:
        return 0
    if into is None:
        others = [each for each in pipeline.open_stages if each.id != stage.id]
        raise errors.StageHasDeals(stage, deals, others, pipeline)
    unmet = [deal for deal in deals if deal.missing(into.gate)]
    if unmet:
        raise errors.GateInTheWay(stage, into, unmet)
    for deal in deals:
        move(work, occasion, Move(deal.number, into.id, expected=deal.version))
    return len(deals)


def _restore_stage(work: Work, occasion: Occasion, order: RestoreStage) -> Shaped:
    pipeline, stage = _stage(work, occasion, order)
    if not stage.archived:
        raise errors.StageUnchanged(stage)
    after = replace(stage, archived=False)
    stages = [after if each.id == stage.id else each for each in pipeline.stages]
    return Shaped(_saved(work, occasion, pipeline, stages), after, Shape.RESTORED, before=stage)


_SHAPERS: Mapping[type[Reshaping], Callable[[Work, Occasion, Any], Shaped]] = {
    AlterStage: _alter_stage,
    AddStage: _add_stage,
    PlaceStage: _place_stage,
    ArchiveStage: _archive_stage,
    RestoreStage: _restore_stage,
}


def _pipeline(work: Work, occasion: Occasion, order: Reshaping) -> Pipeline:
    require(work, occasion, Act.STAGES)
    pipeline = work.stages.pipeline(order.pipeline_id)
    if order.expected not in (None, pipeline.version):
        raise errors.PipelineOvertaken
    return pipeline


def _stage(
    work: Work, occasion: Occasion, order: AlterStage | PlaceStage | ArchiveStage | RestoreStage
) -> tuple[Pipeline, Stage]:
    pipeline = _pipeline(work, occasion, order)
    return pipeline, _known(pipeline, order.stage_id)


def _known(pipeline: Pipeline, stage_id: int) -> Stage:
    found = next((stage for stage in pipeline.stages if stage.id == stage_id), None)
    if found is None:
        raise errors.UnknownStage(str(stage_id), stages=pipeline.living)
    return found


def _altered(stage: Stage, order: AlterStage) -> tuple[Shape, Stage]:
    """One thing at a time: what is said first in this order."""
    if order.english is not None:
        german = order.english if order.german is None else order.german
        return Shape.RENAMED, replace(stage, english=order.english, german=german)
    if order.chance is not None:
        return Shape.CHANCE, replace(stage, chance=order.chance)
    if order.patience is not None:
        return Shape.PATIENCE, replace(stage, patience=order.patience)
    if order.gate is not None:
        return Shape.GATE, replace(stage, gate=tuple(dict.fromkeys(order.gate)))
    return Shape.CATEGORY, replace(stage, category=order.category or stage.category)


def _placed(pipeline: Pipeline, stage: Stage, before: Stage | None) -> Sequence[Stage]:
    if before is not None and not before.is_open:
        raise errors.StageFixed(before)
    others = [each for each in pipeline.stages if each.id != stage.id]
    place = 0
    if before is not None and before.id == stage.id:
        return pipeline.stages
    if before is not None:
        place = next(number for number, each in enumerate(others, start=1) if each.id == before.id)
    return [*others[:place], stage, *others[place:]]


def _saved(work: Work, occasion: Occasion, pipeline: Pipeline, stages: Sequence[Stage]) -> Pipeline:
    try:
        return work.stages.save(pipeline, stages, occasion.at)
    except VersionLost:
        raise errors.PipelineOvertaken from None


def _check_name(pipeline: Pipeline, stage: Stage) -> None:
    """What a name is compared by is any other stage's in neither language, archived ones included."""
    for name in (stage.english, stage.german):
        if not fold(name) or len(name) > NAME_LIMIT or "\0" in name:
            raise errors.StageNameUnfit(name, NAME_LIMIT)
    mine = {fold(stage.english), fold(stage.german)}
    for other in pipeline.stages:
        if other.id != stage.id and mine & {fold(other.english), fold(other.german), fold(other.key)}:
            raise errors.StageNameTaken(other)


def _check_numbers(stage: Stage) -> None:
    if not 0 <= stage.chance <= 100:  # noqa: PLR2004 - percent
        raise errors.ChanceUnfit(stage)
    if stage.patience is not None and not 1 <= stage.patience <= 3650:  # noqa: PLR2004 - ten years
        raise errors.PatienceUnfit(stage)


def _check_gate(stage: Stage) -> None:
    for field in stage.gate:
        if field in NEVER_ASKED or (field is ONLY_LOST and stage.kind is not StageKind.LOST):
            raise errors.GateUnfit(stage, field)


def _free_key(pipeline: Pipeline, name: str) -> str:
    wanted = key_of(name)
    taken = {stage.key for stage in pipeline.stages}
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbered if key not in taken)
