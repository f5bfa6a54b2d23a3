"""How long deals stayed: read as columns, and what pipeline.stays makes of it written beside the stages."""

from collections.abc import Mapping
from datetime import date, datetime

import numpy as np
from sqlalchemy import BigInteger, and_, bindparam, case, func, select, type_coerce, update

from pipeline.stages import Pipeline, Stay
from pipeline.stays import STILL_THERE, Stretches, Visits, Whole, fitted, visits_of
from storage.engine import take_time
from storage.hot import Hot
from storage.lives import NONE, UNDONE, whole_lives
from storage.schema import to_micros
from storage.store import Store, Work
from storage.tables import DealRow, MoveRow, PipelineRow, StageRow
from storage.transaction import Transaction

_COLUMNS = (
    DealRow.number,
    DealRow.stage_id,
    type_coerce(DealRow.entered_at, BigInteger),
    case((DealRow.closed_at.is_(None), 1), else_=0),
    func.coalesce(MoveRow.from_stage_id, NONE),
    func.coalesce(MoveRow.to_stage_id, NONE),
    func.coalesce(type_coerce(MoveRow.since, BigInteger), NONE),
    func.coalesce(type_coerce(MoveRow.at, BigInteger), NONE),
)
# A deal's moves in order; one that never moved has a row too.
_LIVES = Hot(
    select(*_COLUMNS)
    .select_from(DealRow)
    .join(MoveRow, and_(MoveRow.deal_id == DealRow.id, MoveRow.change_id.not_in(UNDONE)), isouter=True)
    .where(DealRow.workspace_id == bindparam("workspace"), DealRow.voided_at.is_(None))
    .order_by(DealRow.number, MoveRow.change_id)
)


def refit(store: Store, workspace_id: str, now: datetime, on: date) -> bool:
    """Look anew at how long deals stay; whether a deal may wait longer, or less long, than before.

    Reading keeps nobody waiting; writing is a few rows. Two copies that do it at once write the same.
    """
    with store.read(workspace_id) as work:
        take_time(work.tx.connection)
        stage_ids = [stage.id for pipeline in work.stages.all() for stage in pipeline.stages if stage.is_open]
        stays = fitted(visits(work.tx, now), stage_ids, on)
    with store.begin(workspace_id) as work:
        changed = [change for each in work.stages.all() for change in _kept(work, each, stays, on)]
    # In a transaction of its own: who waits for a card must not keep moves waiting for the stages.
    with store.begin(workspace_id) as work:
        for stage_id, limits in changed:
            work.cards.repaint_limited(stage_id, *limits, now)
        if changed:
            work.homes.touch_all()
    return bool(changed)


def visits(tx: Transaction, now: datetime) -> Visits:
    """Every stay of the workspace's deals that are not void, without what was undone."""
    at, given = to_micros(now), {"workspace": tx.workspace_id}
    parts = [visits_of(_stretches(rows, at)) for rows in whole_lives(tx, _LIVES, len(_COLUMNS), given)]
    return Visits.joined([_NO_VISITS, *parts])


def _stretches(rows: Whole, now: int) -> Stretches:
    """The moves, and after them for each open deal that it is still where it is."""
    deals, stages, entered, is_open, left, into, since, until = rows.T
    moved = left != NONE
    last = np.append(deals[1:] != deals[:-1], np.ones(min(len(deals), 1), dtype=np.bool_))
    stays = last & (is_open == 1)
    count = int(stays.sum())
    order = np.argsort(np.concatenate([deals[moved], deals[stays]]), kind="stable")
    here = (
        (deals[moved], deals[stays]),
        (left[moved], stages[stays]),
        (into[moved], np.full(count, STILL_THERE)),
        (since[moved], entered[stays]),
        (until[moved], np.full(count, now)),
    )
    return Stretches(*(np.concatenate(column)[order] for column in here))


_NO_VISITS = Visits(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.bool_))


def _kept(
    work: Work, pipeline: Pipeline, stays: Mapping[int, Stay | None], on: date
) -> list[tuple[int, tuple[int | None, int | None]]]:
    """The stages whose limit is another now, with the one before and the one after."""
    mine = [stage for stage in pipeline.stages if stage.id in stays]
    if any(_said(stage.stay) != _said(stays[stage.id]) for stage in mine):
        raised = update(PipelineRow).where(PipelineRow.id == pipeline.id)
        work.tx.execute(raised.values(version=PipelineRow.version + 1))
    changed = []
    for stage in mine:
        stay = stays[stage.id]
        limit, seconds, count = _said(stay)
        row = {"stay_limit": limit, "stay_seconds": seconds, "stay_visits": count, "stay_looked_on": on}
        work.tx.execute(update(StageRow).where(StageRow.id == stage.id).values(**row))
        after = limit or stage.patience
        if after != stage.limit:
            changed.append((stage.id, (stage.limit, after)))
    return changed


def _said(stay: Stay | None) -> tuple[int | None, int | None, int | None]:
    return (stay.limit, int(stay.median.total_seconds()), stay.visits) if stay else (None, None, None)
