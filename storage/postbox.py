"""Letters and replies as the courier claims, sends and files them."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select, update

from pipeline.letters import LetterKind
from pipeline.postbox import ClaimedLetter, ClaimedReply
from storage.engine import database_ms, insert_once
from storage.lanes import blocks, heads, hold, is_due, lane_is_free, same_lane
from storage.outbox import REPLY, UNSENT
from storage.post_tables import STALE, CardRow, LaneRow, OutboxRow
from storage.store import Store, Work
from storage.tables import DealRow

LEASE_MS = 60_000
# Connecting, handing over and hearing the answer may take ten seconds each; with less left no send is begun.
SEND_MS = 32_000
LETTER_GAP_MS = 1000
# Longer than a call may take: an older repaint still on its way has landed by then.
AGAIN_MS = 12_000
REPLY_LIFE_MS = 30 * 60 * 1000
LETTER_METHOD = "method:chat.postMessage"
CARD_WAIT_MS = 15_000

_now = database_ms()
_age = _now - OutboxRow.created
_SET = update(OutboxRow).where(OutboxRow.id == bindparam("letter"))


class Letters:
    """The part of the postbox that deals with letters and replies; `copy` names this process."""

    def __init__(
        self, store: Store, copy: str, *, letter_gap_ms: int = LETTER_GAP_MS, again_ms: int = AGAIN_MS
    ) -> None:
        self._store = store
        self._copy = copy
        self._letter_gap_ms = letter_gap_ms
        self._again_ms = again_ms

    def claim_replies(self, workspace_id: str, limit: int) -> Sequence[ClaimedReply]:
        due = (
            select(OutboxRow.id, OutboxRow.payload, OutboxRow.attempts, OutboxRow.state, _age.label("age"))
            .where(OutboxRow.workspace_id == workspace_id, OutboxRow.lane == REPLY, is_due)
            .order_by(OutboxRow.id)
            .limit(limit)
        )
        if not self._any(workspace_id, due):
            return ()
        with self._store.begin(workspace_id) as work:
            rows = work.tx.execute(due.with_for_update(skip_locked=True)).all()
            return [reply for row in rows if (reply := self._claim_reply(work, row))]

    def claim_letters(self, workspace_id: str, limit: int) -> Sequence[ClaimedLetter]:
        due = select(OutboxRow.id).where(
            OutboxRow.workspace_id == workspace_id, OutboxRow.lane != REPLY, is_due
        )
        if not self._any(workspace_id, due):
            return ()
        with self._store.begin(workspace_id) as work:
            self._address_threads(work)
            if not lane_is_free(work.tx, LETTER_METHOD):
                return ()
            return [letter for lane in self._lanes(work, limit) if (letter := self._claim(work, lane))]

    def holds(self, letter_id: int) -> bool:
        statement = select(OutboxRow.id).where(
            OutboxRow.id == letter_id,
            OutboxRow.state == "sending",
            OutboxRow.claimed_by == self._copy,
            OutboxRow.lease_until > _now + SEND_MS,
        )
        return self._any("", statement)

    def sent(self, letter_id: int, ts: str | None, *, kept: bool = True) -> None:
        with self._store.begin("") as work:
            self._mark_sent(work, letter_id, ts, **({} if kept else {"payload": "{}"}))

    def posted(self, letter: ClaimedLetter, ts: str, version: int) -> None:
        """Once, by the copy that holds the letter: another that took it over has found the same message."""
        with self._store.begin("") as work:
            # The deal first, in the order in which a change locks: what is committed meanwhile is seen,
            # and a later change sees the card.
            present = select(DealRow.version).where(DealRow.id == letter.deal_id).with_for_update()
            wanted = work.tx.execute(present).scalar_one()
            team = self._mark_sent(work, letter.id, ts)
            if team is None:
                return
            error = work.tx.execute(select(OutboxRow.error).where(OutboxRow.id == letter.id)).scalar()
            card = {
                "workspace_id": team,
                "deal_id": letter.deal_id,
                "channel_id": letter.channel_id,
                "ts": ts,
                "generation": self._retire(work, letter),
                "state": "living",
                "wanted_version": wanted,
                "painted_version": 0 if error == STALE else version,
            }
            clock = {"posted_at": _now, "looked_at": _now}
            work.tx.execute(insert_once(work.tx.dialect, CardRow).values(**card, **clock))

    def wait(self, letter_id: int, milliseconds: int, error: str, *, unknown: bool) -> None:
        self._set(
            letter_id,
            state="unknown" if unknown else "waiting",
            not_before=_now + milliseconds,
            attempts=OutboxRow.attempts + 1,
            error=error[:255],
        )

    def address(self, letter_id: int, channel_id: str) -> None:
        self._set(letter_id, state="waiting", channel_id=channel_id, lane=channel_id)

    def park(self, letter_id: int, error: str) -> None:
        self._set(letter_id, state="parked", error=error[:255])

    def cancel(self, letter_id: int, reason: str) -> None:
        self._set(letter_id, state="cancelled", error=reason[:255])

    def unpark(self, workspace_id: str, channel_id: str | None) -> int:
        parked = [OutboxRow.workspace_id == workspace_id, OutboxRow.state == "parked"]
        if channel_id is not None:
            parked.append(OutboxRow.channel_id == channel_id)
        with self._store.begin(workspace_id) as work:
            state = case((OutboxRow.error.like("unknown%"), "unknown"), else_="waiting")
            freed = work.tx.execute(update(OutboxRow).where(*parked).values(state=state, not_before=_now))
            return freed.rowcount

    def _set(self, letter_id: int, **columns: Any) -> None:  # noqa: ANN401 - columns
        """File a claimed row; one that another copy took over meanwhile is left to it."""
        with self._store.begin("") as work:
            work.tx.execute(
                _SET.where(OutboxRow.claimed_by == self._copy).values(
                    **columns, claimed_by=None, lease_until=None
                ),
                {"letter": letter_id},
            )

    def _mark_sent(self, work: Work, letter_id: int, ts: str | None, **columns: str) -> str | None:
        """The workspace, or None if another copy took the letter over.

        The lane's gap runs from the answer, however long the call took; lanes are locked first, as by a claim.
        """
        mine = (OutboxRow.id == letter_id, OutboxRow.claimed_by == self._copy)
        row = work.tx.execute(select(OutboxRow.workspace_id, OutboxRow.lane).where(*mine)).first()
        if row is None:
            return None
        free_at = _now + self._letter_gap_ms
        work.tx.execute(
            update(LaneRow)
            .where(LaneRow.workspace_id == row.workspace_id, LaneRow.lane == row.lane)
            .where(LaneRow.next_send_at < free_at)
            .values(next_send_at=free_at)
        )
        seen = case((OutboxRow.error == STALE, STALE), else_=None)
        done = {"state": "sent", "ts": ts, "error": seen, "claimed_by": None, "lease_until": None, **columns}
        marked = work.tx.execute(update(OutboxRow).where(*mine).values(**done))
        return str(row.workspace_id) if marked.rowcount else None

    def _any(self, workspace_id: str, statement: Any) -> bool:  # noqa: ANN401 - any select
        """Look before taking the write lock: most of the time nothing is due."""
        with self._store.read(workspace_id) as work:
            return work.tx.execute(statement.limit(1)).first() is not None

    def _lease(self, work: Work, letter_id: int) -> bool:
        """Unless it was cancelled or taken since it was read."""
        taken = {"state": "sending", "claimed_by": self._copy, "lease_until": _now + LEASE_MS}
        return work.tx.execute(_SET.where(is_due).values(**taken), {"letter": letter_id}).rowcount == 1

    def _claim_reply(self, work: Work, row: Row[Any]) -> ClaimedReply | None:
        """Not one that comes too late, nor a whisper that may have been heard: it cannot be looked up."""
        payload = json.loads(row.payload)
        reason = "too late" if row.age > REPLY_LIFE_MS else ""
        if row.state == "sending" and "ephemeral" in payload:
            reason = "may have been said"
        if reason:
            work.tx.execute(_SET.values(state="cancelled", error=reason), {"letter": row.id})
            return None
        unknown = row.state in ("unknown", "sending")
        return ClaimedReply(row.id, payload, row.attempts, unknown) if self._lease(work, row.id) else None

    def _lanes(self, work: Work, limit: int) -> Sequence[str]:
        """Free lanes whose first letter is due, locked against the other copies until this claim is committed."""
        first = heads(work.workspace_id)
        due = (
            select(OutboxRow.lane)
            .join(first, first.c.id == OutboxRow.id)
            .outerjoin(LaneRow, same_lane)
            .where(is_due, func.coalesce(LaneRow.next_send_at, 0) <= _now)
            .order_by(OutboxRow.id)
            .limit(limit)
        )
        lanes = list(work.tx.execute(due).scalars())
        if not lanes:
            return ()
        work.tx.execute(
            insert_once(work.tx.dialect, LaneRow),
            [{"workspace_id": work.workspace_id, "lane": lane, "next_send_at": 0} for lane in sorted(lanes)],
        )
        free = (
            select(LaneRow.lane)
            .where(
                LaneRow.workspace_id == work.workspace_id,
                LaneRow.lane.in_(lanes),
                LaneRow.next_send_at <= _now,
            )
            .with_for_update(skip_locked=True)
        )
        return list(work.tx.execute(free).scalars())

    def _claim(self, work: Work, lane: str) -> ClaimedLetter | None:
        """The lane's first letter, unless that one waits or is just being sent."""
        first = work.tx.execute(
            select(OutboxRow.__table__)
            .where(OutboxRow.workspace_id == work.workspace_id, OutboxRow.lane == lane, blocks)
            .order_by(OutboxRow.id)
            .limit(1)
        ).first()
        if first is None or not self._lease(work, first.id):
            return None
        hold(work.tx, lane, self._letter_gap_ms)
        return _letter(first)

    def _address_threads(self, work: Work) -> None:
        """A line for a card's thread finds its channel once the card has been posted."""
        due = select(OutboxRow.id, OutboxRow.deal_id, OutboxRow.key).where(
            OutboxRow.workspace_id == work.workspace_id, OutboxRow.lane.like("deal:%"), is_due
        )
        for row in work.tx.execute(due.with_for_update(skip_locked=True)).all():
            work.outbox.amend_spent(row.deal_id)
            card = work.cards.living(row.deal_id)
            if card is None:
                self._wait_for_card(work, row)
                continue
            channel, ts = card
            addressed = {
                "lane": channel,
                "channel_id": channel,
                "thread_ts": ts,
                "key": f"{row.key}:{row.id}",
            }
            work.tx.execute(_SET.values(**addressed), {"letter": row.id})

    @staticmethod
    def _wait_for_card(work: Work, row: Row[Any]) -> None:
        coming = select(OutboxRow.id).where(
            OutboxRow.deal_id == row.deal_id,
            OutboxRow.kind == "card",
            OutboxRow.state.in_((*UNSENT, "parked")),
        )
        if work.tx.execute(coming.limit(1)).first():
            work.tx.execute(_SET.values(not_before=_now + CARD_WAIT_MS), {"letter": row.id})
            return
        gone = {"state": "cancelled", "error": "no card", "key": f"{row.key}:{row.id}"}
        work.tx.execute(_SET.values(**gone), {"letter": row.id})

    @staticmethod
    def _retire(work: Work, letter: ClaimedLetter) -> int:
        """The card's generation; an older card of the channel becomes a link to this one."""
        here = (CardRow.deal_id == letter.deal_id, CardRow.channel_id == letter.channel_id)
        last = work.tx.execute(select(func.max(CardRow.generation)).where(*here)).scalar() or 0
        work.tx.execute(
            update(CardRow)
            .where(*here, CardRow.state == "living")
            .values(state="link", painted_version=CardRow.wanted_version - 1)
        )
        return int(last) + 1


def _letter(row: Row[Any]) -> ClaimedLetter:
    return ClaimedLetter(
        id=row.id,
        kind=LetterKind(row.kind),
        key=row.key,
        channel_id=row.channel_id,
        person_id=row.person_id,
        thread_ts=row.thread_ts,
        deal_id=row.deal_id,
        payload=json.loads(row.payload),
        created=row.created,
        attempts=row.attempts,
        unknown=row.state in ("unknown", "sending"),
    )
