"""Order and pace: which letter of a lane is next, and when, in the database's time and for all copies."""

from typing import Any

from sqlalchemy import Subquery, Update, bindparam, case, func, or_, select, update

from storage.engine import database_ms, insert_once
from storage.outbox import REPLY, UNSENT
from storage.post_tables import LaneRow, OutboxRow
from storage.transaction import Transaction

_now = database_ms()
# Written out word by word: SQLite uses a partial index only where it reads the index's own condition.
_unsent = OutboxRow.state.in_(bindparam("unsent", UNSENT, expanding=True, literal_execute=True))
is_due = _unsent & or_(
    (OutboxRow.state != "sending") & (OutboxRow.not_before <= _now),
    (OutboxRow.state == "sending") & (OutboxRow.lease_until < _now),
)
_at = case((OutboxRow.state == "sending", OutboxRow.lease_until), else_=OutboxRow.not_before)
# A letter that was tried before keeps the lane's later ones waiting, a delayed one does not.
blocks = _unsent & ((OutboxRow.not_before <= _now) | (OutboxRow.attempts > 0))

same_lane = (LaneRow.workspace_id == OutboxRow.workspace_id) & (LaneRow.lane == OutboxRow.lane)


def lane_is_free(tx: Transaction, lane: str) -> bool:
    held = select(LaneRow.lane).where(
        LaneRow.workspace_id == tx.workspace_id, LaneRow.lane == lane, LaneRow.next_send_at > _now
    )
    return tx.execute(held).first() is None


def hold(tx: Transaction, lane: str, milliseconds: int) -> None:
    """Free again after so long, or later if it was held for longer already."""
    open_lane(tx, lane)
    until = _now + milliseconds
    longer = case((LaneRow.next_send_at > until, LaneRow.next_send_at), else_=until)
    tx.execute(_lane(tx, lane).values(next_send_at=longer))


def open_lane(tx: Transaction, lane: str) -> None:
    row = {"workspace_id": tx.workspace_id, "lane": lane, "next_send_at": 0}
    tx.execute(insert_once(tx.dialect, LaneRow), row)


def take(tx: Transaction, lane: str, *, gap_ms: int, burst: int, wanted: int) -> int:
    """How many calls may be made now, at most `wanted`: one each `gap_ms`, `burst` saved up at most.

    The generic cell rate algorithm: the row holds the moment at which the saved-up calls would all be spent.
    """
    open_lane(tx, lane)
    here = (LaneRow.workspace_id == tx.workspace_id, LaneRow.lane == lane)
    row = tx.execute(select(LaneRow.next_send_at, _now.label("now")).where(*here).with_for_update()).one()
    now, spent = row.now, max(row.next_send_at, row.now)
    room = (now + burst * gap_ms - spent) // gap_ms
    granted = max(0, min(wanted, room))
    if granted:
        tx.execute(_lane(tx, lane).values(next_send_at=spent + granted * gap_ms))
    return int(granted)


def _lane(tx: Transaction, lane: str) -> Update:
    return update(LaneRow).where(LaneRow.workspace_id == tx.workspace_id, LaneRow.lane == lane)


def heads(workspace_id: str) -> Subquery:
    """The first letter of each lane that may be claimed at all."""
    return (
        select(func.min(OutboxRow.id).label("id"))
        .where(
            OutboxRow.workspace_id == workspace_id,
            OutboxRow.lane != REPLY,
            OutboxRow.lane.not_like("deal:%"),
            blocks,
        )
        .group_by(OutboxRow.lane)
        .subquery()
    )


def letters_wait(workspace_id: str) -> Any:  # noqa: ANN401 - a scalar select
    """Milliseconds until the first lane is free and its first letter due."""
    first = heads(workspace_id)
    free_at = func.coalesce(LaneRow.next_send_at, 0)
    ready_at = case((free_at > _at, free_at), else_=_at)
    return (
        select(func.min(ready_at) - _now)
        .join_from(OutboxRow, first, first.c.id == OutboxRow.id)
        .outerjoin(LaneRow, same_lane)
    )


def others_wait(workspace_id: str) -> Any:  # noqa: ANN401 - a scalar select
    """Milliseconds until a reply, a line for a thread or a delayed letter is due."""
    return select(func.min(_at) - _now).where(
        OutboxRow.workspace_id == workspace_id,
        _unsent,
        or_(OutboxRow.lane == REPLY, OutboxRow.lane.like("deal:%"), ~blocks),
    )
