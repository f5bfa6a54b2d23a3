"""Pipelines and their stages, remembered per version."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Row, Select, Update, bindparam, insert, or_, select, update
from sqlalchemy.sql import ColumnElement

from pipeline.ports import VersionLost
from pipeline.stages import (
    DEFAULT_PIPELINE,
    DEFAULT_STAGES,
    Category,
    Field,
    Pipeline,
    Stage,
    StageKind,
    StagePlan,
    Stay,
)
from storage.fits import kept_odds
from storage.tables import PipelineRow, StageRow, WorkspaceRow
from storage.transaction import Transaction

_PIPELINES = select(
    PipelineRow.id, PipelineRow.key, PipelineRow.name, PipelineRow.version, PipelineRow.refits
).where(PipelineRow.workspace_id == bindparam("workspace"))
_BY_ID = _PIPELINES.where(PipelineRow.id == bindparam("id"))
_BY_KEY = _PIPELINES.where(PipelineRow.key == bindparam("key"))
_ALL = _PIPELINES.order_by(PipelineRow.id)
# Grows with every change of a pipeline, its stages or its odds; as Pipeline.stamp.
STAMP: ColumnElement[int] = PipelineRow.version + PipelineRow.refits
_LOCK = (
    select(WorkspaceRow.id).where(WorkspaceRow.id == bindparam("workspace")).with_for_update(key_share=True)
)
_STAGES = (
    select(StageRow)
    .where(StageRow.pipeline_id == bindparam("pipeline"))
    .order_by(StageRow.position, StageRow.id)
)


def stage_lives(stage_id: BindParameter[int]) -> Select[int]:
    """The stage, unless it is archived; who is just archiving it is waited for, and who is about to waits.

    The lock of a foreign key, which is weaker, is granted beside a change of the row, and shows the row before it.
    """
    living = select(StageRow.id).where(StageRow.id == stage_id, StageRow.archived_at.is_(None))
    return living.with_for_update(read=True)


PipelineCache = dict[int, Pipeline]


class Stages:
    """`cache` outlives the transaction; a pipeline's stamp says whether it still holds."""

    __slots__ = ("_all", "_cache", "_stamps", "_tx")

    def __init__(self, tx: Transaction, cache: PipelineCache) -> None:
        self._tx = tx
        self._cache = cache
        self._stamps: dict[int, int] = {}
        self._all: Sequence[Pipeline] | None = None

    def note_stamp(self, pipeline_id: int, stamp: int) -> None:
        self._stamps[pipeline_id] = stamp

    def pipeline(self, pipeline_id: int | None = None) -> Pipeline:
        if pipeline_id is not None:
            held = self._cache.get(pipeline_id)
            if held and self._stamps.get(pipeline_id) == held.stamp:
                return held
            return self._load(_BY_ID, {"id": pipeline_id})
        return self.keyed(DEFAULT_PIPELINE)

    def keyed(self, key: str) -> Pipeline:
        return self._load(_BY_KEY, {"key": key})

    def all(self) -> Sequence[Pipeline]:
        """Read once in a transaction: forty rows of a Home ask whether there is more than one."""
        if self._all is None:
            rows = self._tx.execute(_ALL, {"workspace": self._tx.workspace_id}).all()
            self._all = [self._held(row) for row in rows]
        return self._all

    def exists(self, key: str) -> bool:
        given = {"workspace": self._tx.workspace_id, "key": key}
        return self._tx.execute(_BY_KEY, given).first() is not None

    def establish(self, key: str, name: str, plans: tuple[StagePlan, ...]) -> Pipeline:
        added = self._tx.execute(
            insert(PipelineRow)
            .values(workspace_id=self._tx.workspace_id, key=key, name=name)
            .returning(PipelineRow.id)
        ).scalar_one()
        # What is not committed yet is not remembered for others.
        self._cache, self._all = dict(self._cache), None
        rows = [_stage_row(added, place, plan) for place, plan in enumerate(plans)]
        self._tx.execute(insert(StageRow), rows)
        return self.pipeline(added)

    def rename(self, before: Pipeline, name: str) -> Pipeline:
        self._raise_version(before, name=name)
        return self.pipeline(before.id)

    def hold_names(self) -> None:
        self._all = None
        self._tx.execute(_LOCK, {"workspace": self._tx.workspace_id})

    def save(self, before: Pipeline, stages: Sequence[Stage], at: datetime) -> Pipeline:
        self._raise_version(before)
        known = {stage.id: stage for stage in before.stages}
        for place, stage in enumerate(stages):
            placed = replace(stage, position=place)
            row = {**_columns(placed), "position": place}
            if stage.id not in known:
                self._tx.execute(insert(StageRow).values(pipeline_id=before.id, **row))
            elif placed != known[stage.id]:
                here = update(StageRow).where(StageRow.id == stage.id).values(**row)
                self._tx.execute(_archiving(here, known[stage.id], stage, at))
        return self.pipeline(before.id)

    def hold(self, stage_id: int) -> None:
        """A move locks the stage that its deal enters; only the strongest lock waits for that one."""
        self._tx.execute(select(StageRow.id).where(StageRow.id == stage_id).with_for_update())

    def are_seen(self, on: date) -> bool:
        """Whether somebody has found out on this day, or later, how long deals stay in each of them."""
        unseen = (
            select(StageRow.id)
            .join(PipelineRow, PipelineRow.id == StageRow.pipeline_id)
            .where(
                PipelineRow.workspace_id == self._tx.workspace_id,
                StageRow.kind == "open",
                or_(StageRow.stay_looked_on.is_(None), StageRow.stay_looked_on < on),
            )
        )
        return self._tx.execute(unseen.limit(1)).first() is None

    def establish_default(self) -> None:
        if not self.exists(DEFAULT_PIPELINE):
            self.establish(DEFAULT_PIPELINE, "Sales", DEFAULT_STAGES)

    def _raise_version(self, before: Pipeline, **changes: str) -> None:
        raised = (
            update(PipelineRow)
            .where(PipelineRow.id == before.id, PipelineRow.version == before.version)
            .values(version=before.version + 1, **changes)
        )
        if self._tx.execute(raised).rowcount != 1:
            raise VersionLost
        # What is not committed yet is not remembered for others.
        self._cache = {key: held for key, held in self._cache.items() if key != before.id}
        self._all = None

    def _load(self, statement: Select[*tuple[Any, ...]], given: dict[str, int | str]) -> Pipeline:
        return self._held(self._tx.execute(statement, {"workspace": self._tx.workspace_id, **given}).one())

    def _held(self, found: Row[Any]) -> Pipeline:
        held = self._cache.get(found.id)
        if held and held.stamp == found.version + found.refits:
            return held
        rows = self._tx.execute(
            _STAGES.with_only_columns(*StageRow.__table__.columns), {"pipeline": found.id}
        )
        stages = tuple(_stage(row) for row in rows)
        odds = kept_odds(self._tx, found.id) if found.refits else {}
        pipeline = Pipeline(found.id, found.key, found.name, found.version, stages, odds, found.refits)
        self._cache[found.id] = pipeline
        self._stamps[found.id] = pipeline.stamp
        return pipeline


def _stage_row(pipeline_id: int, position: int, plan: StagePlan) -> dict[str, object]:
    return {"pipeline_id": pipeline_id, "position": position, **_columns(plan)}


def _archiving(changing: Update, before: Stage, after: Stage, at: datetime) -> Update:
    if after.archived == before.archived:
        return changing
    return changing.values(archived_at=at if after.archived else None)


def _columns(plan: StagePlan | Stage) -> dict[str, object]:
    return {
        "key": plan.key,
        "english": plan.english,
        "german": plan.german,
        "kind": plan.kind.value,
        "chance": plan.chance,
        "patience": plan.patience,
        "gate": ",".join(plan.gate),
        "category": plan.category.value,
    }


def _stage(row: Row[Any]) -> Stage:
    return Stage(
        id=row.id,
        key=row.key,
        english=row.english,
        german=row.german,
        kind=StageKind(row.kind),
        position=row.position,
        chance=row.chance,
        patience=row.patience,
        gate=tuple(Field(word) for word in row.gate.split(",") if word),
        category=Category(row.category),
        archived=row.archived_at is not None,
        stay=_stay(row),
    )


def _stay(row: Row[Any]) -> Stay | None:
    if row.stay_limit is None:
        return None
    return Stay(row.stay_limit, timedelta(seconds=row.stay_seconds), row.stay_visits, row.stay_looked_on)


def in_turn(tx: Transaction, pipeline_ids: Collection[int]) -> None:
    """Two copies of the bot that write their looks at the same pipelines do it one after the other."""
    rows = select(PipelineRow.id).where(PipelineRow.id.in_(pipeline_ids)).order_by(PipelineRow.id)
    tx.execute(rows.with_for_update())
