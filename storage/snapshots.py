"""Taking the weekly copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, bindparam, case, func, insert, select

from pipeline.snapshots import week_of
from pipeline.stages import Category
from storage.engine import insert_once, take_time
from storage.schema import Id
from storage.snapshot_tables import SnapshotDealRow, SnapshotRow, SnapshotStageRow
from storage.store import Store
from storage.tables import DealRow, PipelineRow, StageRow
from storage.transaction import Transaction

_LACKING = select(PipelineRow.id).where(
    PipelineRow.workspace_id == bindparam("workspace"),
    ~select(SnapshotRow.id)
    .where(
        SnapshotRow.workspace_id == bindparam("workspace"),
        SnapshotRow.pipeline_id == PipelineRow.id,
        SnapshotRow.week == bindparam("week"),
    )
    .exists(),
)
_parked = DealRow.nurture_until > bindparam("today", type_=Date)
# As pipeline.snapshots.frozen.
_FROZEN = (
    select(
        bindparam("snapshot", type_=Id),
        DealRow.id,
        DealRow.stage_id,
        DealRow.value,
        DealRow.currency,
        DealRow.close_on,
        DealRow.owner_id,
        case((_parked, Category.OMITTED.value), else_=func.coalesce(DealRow.category, StageRow.category)),
        case((_parked, 0), else_=StageRow.chance),
    )
    .select_from(DealRow)
    .join(StageRow, StageRow.id == DealRow.stage_id)
    .where(
        DealRow.workspace_id == bindparam("workspace"),
        DealRow.pipeline_id == bindparam("pipeline"),
        DealRow.closed_at.is_(None),
        DealRow.voided_at.is_(None),
    )
)

_COPY_DEALS = insert(SnapshotDealRow).from_select(
    (
        *("snapshot_id", "deal_id", "stage_id", "value", "currency"),
        *("close_on", "owner_id", "category", "chance"),
    ),
    _FROZEN,
)
_COPY_STAGES = insert(SnapshotStageRow).from_select(
    ("snapshot_id", "stage_id", "chance", "category"),
    select(bindparam("snapshot", type_=Id), StageRow.id, StageRow.chance, StageRow.category).where(
        StageRow.pipeline_id == bindparam("pipeline")
    ),
)


@dataclass(frozen=True, slots=True)
class LastCopy:
    """The newest, of whichever pipeline; the ISO week that it is for."""

    at: datetime
    week: str


def last_copy(tx: Transaction) -> LastCopy | None:
    newest = select(SnapshotRow.taken_at, SnapshotRow.week).order_by(SnapshotRow.id.desc()).limit(1)
    found = tx.execute(newest).first()
    return LastCopy(found.taken_at, found.week) if found else None


def take(store: Store, workspace_id: str, at: datetime, today: date) -> int:
    """Copies for the week, as far as no bot has taken them yet; how many were taken now."""
    given = {"workspace": workspace_id, "week": week_of(today)}
    with store.read(workspace_id) as work:
        lacking = _lacking(work.tx, given)
    if not lacking:
        return 0
    with store.begin(workspace_id) as work:
        # One with many deals is written a while.
        take_time(work.tx.connection)
        return sum(_take(work.tx, pipeline_id, at, today) for pipeline_id in _lacking(work.tx, given))


def _lacking(tx: Transaction, given: dict[str, str]) -> Sequence[int]:
    return tx.execute(_LACKING, given).scalars().all()


def _take(tx: Transaction, pipeline_id: int, at: datetime, today: date) -> bool:
    """Whoever comes second waits for the first one's commit, and copies nothing."""
    row = {
        "workspace_id": tx.workspace_id,
        "pipeline_id": pipeline_id,
        "week": week_of(today),
        "taken_at": at,
    }
    kept = insert_once(tx.dialect, SnapshotRow).returning(SnapshotRow.id)
    snapshot_id: int | None = tx.execute(kept, row).scalar()
    if snapshot_id is None:
        return False
    given = {"snapshot": snapshot_id, "workspace": tx.workspace_id, "pipeline": pipeline_id, "today": today}
    tx.execute(_COPY_STAGES, given)
    tx.execute(_COPY_DEALS, given)
    return True
