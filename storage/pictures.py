"""Pictures as the courier claims and repaints them: cards and Home tabs."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Update, case, func, or_, select, update

from pipeline.postbox import ClaimedCard, ClaimedHome
from storage.engine import database_ms
from storage.lanes import hold, lane_is_free, letters_wait, others_wait, take
from storage.post_tables import CardRow, HomeRow, LaneRow
from storage.postbox import LEASE_MS, LETTER_METHOD, Letters

# chat.update is good for 50 a minute: ten at once, then one each 1.5 s.
REPAINT_GAP_MS = 1500
REPAINT_BURST = 10
REPAINT_LANE = "chat.update"
CARD_METHOD = "method:chat.update"
HOME_METHOD = "method:views.publish"

_now = database_ms()


class Pictures(Letters):
    """The whole postbox."""

    def claim_cards(self, workspace_id: str, limit: int) -> Sequence[ClaimedCard]:
        due = (
            select(CardRow.__table__)
            .where(
                CardRow.workspace_id == workspace_id,
                CardRow.wanted_version > CardRow.painted_version,
                CardRow.state.in_(("living", "link")),
                CardRow.not_before <= _now,
                or_(CardRow.lease_until.is_(None), CardRow.lease_until < _now),
            )
            .order_by(CardRow.looked_at.desc())
        )
        if not self._any(workspace_id, due):
            return ()
        with self._store.begin(workspace_id) as work:
            if not lane_is_free(work.tx, CARD_METHOD):
                return ()
            rows = work.tx.execute(due.limit(limit).with_for_update(skip_locked=True)).all()
            granted = take(
                work.tx, REPAINT_LANE, gap_ms=REPAINT_GAP_MS, burst=REPAINT_BURST, wanted=len(rows)
            )
            claimed = rows[:granted]
            for row in claimed:
                lease = {"claimed_by": self._copy, "lease_until": _now + LEASE_MS}
                work.tx.execute(update(CardRow).where(CardRow.id == row.id).values(**lease))
        return [_card(row) for row in claimed]

    def painted(self, card: ClaimedCard, version: int) -> None:
        """After a takeover or an unknown outcome the card stays stale, for one more repaint."""
        if card.again:
            self._set_card(card, error=None, not_before=_now + self._again_ms)
            return
        if card.is_link:
            self._set_card(card, state="gone", painted_version=CardRow.wanted_version)
            return
        # One that a newer card has retired meanwhile was painted as living, and is still to become a link.
        seen = case((CardRow.state == "living", version), else_=CardRow.painted_version)
        self._set_card(card, painted_version=seen, error=None)

    def repaint_later(self, card: ClaimedCard, milliseconds: int, error: str, *, unknown: bool) -> None:
        wait = max(milliseconds, self._again_ms) if unknown else milliseconds
        self._set_card(card, not_before=_now + wait, error="unknown" if unknown else error[:255])

    def drop_card(self, card: ClaimedCard, error: str) -> None:
        self._set_card(card, state="gone", error=error[:255], painted_version=CardRow.wanted_version)

    def claim_homes(self, workspace_id: str, limit: int) -> Sequence[ClaimedHome]:
        due = select(HomeRow.__table__).where(
            HomeRow.workspace_id == workspace_id,
            HomeRow.wanted_version > HomeRow.painted_version,
            HomeRow.not_before <= _now,
            or_(HomeRow.lease_until.is_(None), HomeRow.lease_until < _now),
        )
        if not self._any(workspace_id, due):
            return ()
        with self._store.begin(workspace_id) as work:
            if not lane_is_free(work.tx, HOME_METHOD):
                return ()
            rows = work.tx.execute(due.limit(limit).with_for_update(skip_locked=True)).all()
            for row in rows:
                lease = {"claimed_by": self._copy, "lease_until": _now + LEASE_MS}
                work.tx.execute(_home(workspace_id, row.person_id).values(**lease))
        return [_claimed_home(row) for row in rows]

    def home_painted(self, workspace_id: str, home: ClaimedHome) -> None:
        if home.again:
            self._set_home(workspace_id, home, not_before=_now + self._again_ms)
        else:
            self._set_home(workspace_id, home, painted_version=home.wanted_version)

    def home_later(self, workspace_id: str, home: ClaimedHome, milliseconds: int) -> None:
        self._set_home(workspace_id, home, not_before=_now + milliseconds)

    def hold(self, workspace_id: str, lane: str, milliseconds: int) -> None:
        with self._store.begin(workspace_id) as work:
            hold(work.tx, lane, milliseconds)

    def is_held(self, workspace_id: str, lane: str) -> bool:
        with self._store.read(workspace_id) as work:
            return not lane_is_free(work.tx, lane)

    def idle_for(self, workspace_id: str) -> float | None:
        """Held lanes count too, so that a waiting channel is not asked for in a tight loop."""
        with self._store.read(workspace_id) as work:
            held = {row.lane: row.wait for row in work.tx.execute(_holds(workspace_id)).all()}
            waits = [
                max([wait, *(held.get(lane, wait) for lane in lanes)])
                for statement, lanes in _idle_statements(workspace_id)
                if (wait := work.tx.execute(statement).scalar()) is not None
            ]
        return max(min(waits), 0) / 1000 if waits else None

    def _set_card(self, card: ClaimedCard, **columns: Any) -> None:  # noqa: ANN401 - columns
        with self._store.begin("") as work:
            work.tx.execute(
                update(CardRow)
                .where(CardRow.id == card.id, CardRow.claimed_by == self._copy)
                .values(claimed_by=None, lease_until=None, **columns)
            )

    def _set_home(self, workspace_id: str, home: ClaimedHome, **columns: Any) -> None:  # noqa: ANN401 - columns
        with self._store.begin(workspace_id) as work:
            work.tx.execute(
                _home(workspace_id, home.person_id)
                .where(HomeRow.claimed_by == self._copy)
                .values(claimed_by=None, lease_until=None, **columns)
            )


def _home(workspace_id: str, person_id: str) -> Update:
    return update(HomeRow).where(HomeRow.workspace_id == workspace_id, HomeRow.person_id == person_id)


def _card(row: Row[Any]) -> ClaimedCard:
    taken_over = row.lease_until is not None or row.error == "unknown"
    return ClaimedCard(row.id, row.deal_id, row.channel_id, row.ts, row.state == "link", taken_over)


def _claimed_home(row: Row[Any]) -> ClaimedHome:
    notice = json.loads(row.notice) if row.notice else None
    return ClaimedHome(
        row.person_id, row.wanted_version, row.lease_until is not None, notice, row.notice_until
    )


@cache
def _holds(workspace_id: str) -> Any:  # noqa: ANN401 - a select of lanes
    """The pacing of repaints counts what is saved up, so its next call is earlier than its row says."""
    saved_up = case((LaneRow.lane == REPAINT_LANE, (REPAINT_BURST - 1) * REPAINT_GAP_MS), else_=0)
    return select(LaneRow.lane, (LaneRow.next_send_at - saved_up - _now).label("wait")).where(
        LaneRow.workspace_id == workspace_id,
        LaneRow.lane.in_((LETTER_METHOD, CARD_METHOD, HOME_METHOD, REPAINT_LANE)),
    )


@cache
def _idle_statements(workspace_id: str) -> Sequence[tuple[Any, Sequence[str]]]:
    """Until when each kind waits, and the lanes that all of the kind wait for."""
    card_at = func.coalesce(CardRow.lease_until, CardRow.not_before)
    home_at = func.coalesce(HomeRow.lease_until, HomeRow.not_before)
    cards = select(func.min(card_at) - _now).where(
        CardRow.workspace_id == workspace_id, CardRow.wanted_version > CardRow.painted_version
    )
    homes = select(func.min(home_at) - _now).where(
        HomeRow.workspace_id == workspace_id, HomeRow.wanted_version > HomeRow.painted_version
    )
    return (
        (others_wait(workspace_id), ()),
        (letters_wait(workspace_id), (LETTER_METHOD,)),
        (cards, (CARD_METHOD, REPAINT_LANE)),
        (homes, (HOME_METHOD,)),
    )
