"""Bringing deals in from elsewhere: what is new, what has changed, what is as it was; in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sqlalchemy import bindparam, select

from pipeline.establishing import called
from pipeline.imports import IMPORTER, Fate, ImportedDeal, ImportReport, Skipped, SkipReason, Unimportable
from pipeline.names import fold
from pipeline.ports import VersionLost
from pipeline.stages import DEFAULT_PIPELINE, Field, Pipeline, Stage, StagePlan, evenly_planned
from storage.imports_bulk import Loader, lift_limits
from storage.imports_rows import RowMaker, digest_of
from storage.imports_update import Found, PastDiffersError, Updates
from storage.store import Work
from storage.tables import ChangeRow, DealRow

BATCH = 5000
_KEY_LENGTH = 64
_NAME_LENGTH = 150
_ANY = (
    select(DealRow.id)
    .where(DealRow.workspace_id == bindparam("workspace"), DealRow.origin == bindparam("origin"))
    .limit(1)
)
_FOUND = (
    select(DealRow.origin_id, DealRow.id, DealRow.origin_digest, ChangeRow.kind)
    .join(ChangeRow, (ChangeRow.deal_id == DealRow.id) & (ChangeRow.version == DealRow.version))
    .where(
        DealRow.workspace_id == bindparam("workspace"),
        DealRow.origin == bindparam("origin"),
        DealRow.origin_id.in_(bindparam("ids", expanding=True)),
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """The pipeline that takes the deals; one that is only planned is made with the first import."""

    key: str
    name: str
    pipeline: Pipeline | None
    plans: tuple[StagePlan, ...] = ()

    @property
    def stages(self) -> Sequence[Stage | StagePlan]:
        if self.pipeline is None:
            return self.plans
        return sorted(self.pipeline.stages, key=lambda stage: stage.archived)


@dataclass(frozen=True, slots=True)
class Task:
    """`origin` names the ids of the file."""

    target: Target
    origin: str
    moment: datetime
    by: str = IMPORTER


def find_target(work: Work, name: str | None, stages: Sequence[str]) -> Target:
    """The named pipeline, or the default. Raises Unimportable."""
    key = _key(name) if name else DEFAULT_PIPELINE
    known = work.stages.all()
    first = next((each for each in known if each.key == DEFAULT_PIPELINE), None)
    pipeline = called(known, name) if name else first
    if pipeline:
        _check_same_stages(pipeline, stages)
        return Target(pipeline.key, pipeline.name, pipeline)
    if name is None or not stages:
        raise Unimportable(
            f'there is no pipeline "{name or key}" yet: name its open stages with --stages A,B,C'
        )
    return Target(key, name, None, _planned(stages))


def apply(work: Work, items: Iterable[ImportedDeal | Skipped], task: Task, report: ImportReport) -> None:
    """Write everything; the caller's transaction commits it or leaves nothing."""
    lift_limits(work.tx)
    if task.target.pipeline is None:
        made = work.stages.establish(task.target.key, task.target.name, task.target.plans)
        # Cards name their pipeline where there is more than one.
        work.cards.repaint_all()
        work.homes.touch_all()
        task = replace(task, target=replace(task.target, pipeline=made))
    _Import(work, task, report, writing=True).run(items)


def rehearse(work: Work, items: Iterable[ImportedDeal | Skipped], task: Task, report: ImportReport) -> None:
    """The same report without writing."""
    _Import(work, task, report, writing=False).run(items)


class _Import:
    def __init__(self, work: Work, task: Task, report: ImportReport, *, writing: bool) -> None:
        self._work = work
        self._task = task
        self._report = report
        self._writing = writing
        self._origin = _origin(task)
        self._gates = {stage.key: stage.gate for stage in task.target.stages}
        given = {"workspace": work.workspace_id, "origin": self._origin}
        self._first = work.tx.execute(_ANY, given).first() is None
        self._owners: set[str] = set()
        if task.target.pipeline is not None:
            maker = RowMaker(work.workspace_id, task.target.pipeline, self._origin, task.by)
            self._loader = Loader(work.tx, maker)
            self._updates = Updates(work, task.target.pipeline, task.by, task.moment)

    def run(self, items: Iterable[ImportedDeal | Skipped]) -> None:
        for batch in _batches(items):
            self._take([item for item in batch if isinstance(item, ImportedDeal)])
            for item in batch:
                if isinstance(item, Skipped):
                    self._report.skip(item)
        if self._writing:
            self._loader.finish()
            for owner in sorted(self._owners):
                self._work.homes.touch(owner)

    def _take(self, deals: Sequence[ImportedDeal]) -> None:
        """New deals in one stroke, changed ones through the door that every change takes."""
        found = {} if self._first else self._found(deals)
        new = [deal for deal in deals if deal.external_id not in found] if found else deals
        if self._writing:
            self._loader.add(new)
            self._owners.update({str(owner) for deal in new if (owner := deal.said.get(Field.OWNER))})
        if new:
            self._report.took(new, Fate.CREATED, self._gates)
        if found:
            for deal in deals:
                known = found.get(deal.external_id)
                if known:
                    self._settle(deal, self._meet(deal, known))

    def _found(self, deals: Sequence[ImportedDeal]) -> dict[str, Found]:
        given = {"workspace": self._work.workspace_id, "origin": self._origin}
        rows = self._work.tx.execute(_FOUND, {**given, "ids": [deal.external_id for deal in deals]})
        return {row.origin_id: Found(row.id, row.origin_digest, row.kind) for row in rows}

    def _meet(self, deal: ImportedDeal, known: Found) -> Fate | SkipReason:
        if digest_of(deal) == known.digest:
            return Fate.UNCHANGED
        if not known.untouched:
            return SkipReason.CHANGED_IN_SLACK
        try:
            return self._updates.bring(known, deal, writing=self._writing)
        except PastDiffersError:
            return SkipReason.PAST_DIFFERS
        except VersionLost:
            return SkipReason.CHANGED_IN_SLACK

    def _settle(self, deal: ImportedDeal, came: Fate | SkipReason) -> None:
        if isinstance(came, SkipReason):
            self._report.skip(Skipped(deal.line, deal.external_id, came))
        else:
            self._report.took([deal], came, self._gates)


def _batches(items: Iterable[ImportedDeal | Skipped]) -> Iterator[list[ImportedDeal | Skipped]]:
    stream = iter(items)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _origin(task: Task) -> str:
    """Where ids of one kind are unique: in a pipeline, under the name of their column."""
    return f"csv:{task.target.key}:{task.origin}"[:_KEY_LENGTH]


def _key(name: str) -> str:
    return "-".join(fold(name).split())[:_KEY_LENGTH]


def _planned(names: Sequence[str]) -> tuple[StagePlan, ...]:
    plans = evenly_planned(names)
    keys = [plan.key for plan in plans]
    twice = next((plan.english for plan in plans if keys.count(plan.key) > 1), None)
    if twice:
        raise Unimportable(f'the stage "{twice}" is named twice (won and lost are added by themselves)')
    long = next((name for name in names if not name.strip() or len(name) > _NAME_LENGTH), None)
    if long is not None:
        raise Unimportable("a stage's name has 1 to 150 characters")
    return plans


def _check_same_stages(pipeline: Pipeline, stages: Sequence[str]) -> None:
    present = [stage.english for stage in pipeline.open_stages]
    if stages and [fold(name) for name in stages] != [fold(name) for name in present]:
        raise Unimportable(
            f'the pipeline "{pipeline.name}" has the stages {", ".join(present)}: leave out --stages'
        )
