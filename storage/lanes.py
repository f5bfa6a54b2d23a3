"""Pace: when the next call on a lane may be made, in the database's time and for all copies."""

from sqlalchemy import Update, case, select, update

from storage.engine import database_ms, insert_once
from storage.post_tables import LaneRow
from storage.transaction import Transaction

_now = database_ms()


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
