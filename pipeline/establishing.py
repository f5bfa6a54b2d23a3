"""More than one pipeline: making another, naming them, and which one a name means."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline import errors
from pipeline.names import core, fold
from pipeline.occasion import Occasion, require
from pipeline.permissions import Act
from pipeline.ports import VersionLost, Work
from pipeline.shapes import NAME_LIMIT, Established, EstablishPipeline, RenamePipeline
from pipeline.stages import Pipeline, StagePlan, evenly_planned, key_of

LEAST_STAGES, MOST_STAGES = 2, 20
KEY_LIMIT = 64


def establish(work: Work, occasion: Occasion, order: EstablishPipeline) -> Established:
    require(work, occasion, Act.STAGES)
    _check_name(order.name)
    plans = _planned(order.stages)
    work.stages.hold_names()
    known = work.stages.all()
    _check_free(order.name, known)
    made = work.stages.establish(_free_key(order.name, known), order.name, plans)
    if len(known) == 1:
        # What named no pipeline so far does from now on.
        work.cards.repaint_all()
        work.homes.touch_all()
    return Established(made)


def rename(work: Work, occasion: Occasion, order: RenamePipeline) -> Established:
    """The key stays: what was imported is found again by it."""
    require(work, occasion, Act.STAGES)
    _check_name(order.name)
    work.stages.hold_names()
    before = work.stages.pipeline(order.pipeline_id)
    others = [each for each in work.stages.all() if each.id != before.id or each.name == order.name]
    _check_free(order.name, others)
    try:
        after = work.stages.rename(before, order.name)
    except VersionLost:
        raise errors.PipelineOvertaken from None
    work.cards.repaint_all(before.id)
    work.homes.touch_all()
    return Established(after, before.name)


def called(pipelines: Iterable[Pipeline], name: str) -> Pipeline | None:
    """By its whole name, spacing and punctuation aside; else by the key that an import knows it by."""
    known, wanted = list(pipelines), core(name)
    if not wanted:
        return None
    named = (each for each in known if core(each.name) == wanted)
    keyed = (each for each in known if core(each.key) == wanted)
    return next(named, None) or next(keyed, None)


def _planned(names: Sequence[tuple[str, str]]) -> tuple[StagePlan, ...]:
    if not LEAST_STAGES <= len(names) <= MOST_STAGES:
        raise errors.StageCountUnfit(LEAST_STAGES, MOST_STAGES)
    *opened, won, lost = evenly_planned(english for english, _ in names)
    plans = [replace(plan, german=german) for plan, (_, german) in zip(opened, names, strict=True)]
    taken: set[str] = set().union(*map(_marks, (won, lost)))
    for plan in plans:
        _check_stage(plan)
        if taken & _marks(plan):
            raise errors.StageNamedTwice(plan.english)
        taken |= _marks(plan)
    return (*plans, won, lost)


def _marks(plan: StagePlan) -> set[str]:
    """What a stage is known by; no other one of its pipeline is known by the same."""
    return {fold(plan.english), fold(plan.german), plan.key}


def _check_stage(plan: StagePlan) -> None:
    for name in (plan.english, plan.german):
        if not fold(name) or len(name) > NAME_LIMIT or "\0" in name:
            raise errors.StageNameUnfit(name, NAME_LIMIT)


def _check_name(name: str) -> None:
    # What follows a colon is about the stages of the pipeline that stands before it.
    if not core(name) or len(name) > NAME_LIMIT or ":" in name or "\0" in name:
        raise errors.PipelineNameUnfit(NAME_LIMIT)


def _check_free(name: str, others: Iterable[Pipeline]) -> None:
    taken = next((each for each in others if core(each.name) == core(name)), None)
    if taken:
        raise errors.PipelineNameTaken(taken)


def _free_key(name: str, known: Iterable[Pipeline]) -> str:
    taken = {each.key for each in known}
    wanted = key_of(fold(name))[: KEY_LIMIT - 4]
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbered if key not in taken)
