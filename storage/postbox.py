"""Letters and replies as the courier claims, sends and files them."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, case, func, or_, select, update

from pipeline.letters import LetterKind
from pipeline.postbox import ClaimedLetter, ClaimedReply
from storage.engine import database_ms, insert_once
from storage.lanes import hold, lane_is_free
from storage.outbox import REPLY, UNSENT
from storage.post_tables import CardRow, LaneRow, OutboxRow
from storage.store import Store, Work
from storage.tables import DealRow

LEASE_MS = 60_000
# A send may take ten seconds; with less of the lease left it is not begun.
SEND_MS = 12_000
LETTER_GAP_MS = 1000
REPLY_LIFE_MS = 30 * 60 * 1000
LETTER_METHOD = "method:chat.postMessage"
CARD_WAIT_MS = 15_000

_now = database_ms()
_SET = update(OutboxRow).where(OutboxRow.id == bindparam("letter"))
_is_due = or_(
    OutboxRow.state.in_(("waiting", "unknown")) & (OutboxRow.not_before <= _now),
    (OutboxRow.state == "sending") & (OutboxRow.lease_until < _now),
)
_blocks = OutboxRow.state.in_(UNSENT) & ((OutboxRow.not_before <= _now) | (OutboxRow.attempts > 0))


class Letters:
    """The part of the postbox that deals with letters and replies; `copy` names this process."""

    def __init__(self, store: Store, copy: str) -> None:
        self._store = store
        self._copy = copy

    def claim_replies(self, workspace_id: str, limit: int) -> Sequence[ClaimedReply]:
        due = (
            select(OutboxRow.id, OutboxRow.payload, OutboxRow.attempts, OutboxRow.created)
            .where(OutboxRow.workspace_id == workspace_id, OutboxRow.lane == REPLY, _is_due)
            .order_by(OutboxRow.id)
            .limit(limit)
        )
        if not self._any(workspace_id, due):
            return ()
        with self._store.begin(workspace_id) as work:
            rows = work.tx.execute(due.with_for_update(skip_locked=True)).all()
            for row in rows:
                self._lease(work, row.id)
        return [ClaimedReply(row.id, json.loads(row.payload), row.attempts) for row in rows]

    def claim_letters(self, workspace_id: str, limit: int) -> Sequence[ClaimedLetter]:
        due = select(OutboxRow.id).where(
            OutboxRow.workspace_id == workspace_id, OutboxRow.lane != REPLY, _is_due
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

    def sent(self, letter_id: int, ts: str | None) -> None:
        self._set(letter_id, state="sent", ts=ts, error=None)

    def posted(self, letter: ClaimedLetter, ts: str, version: int) -> None:
        with self._store.begin("") as work:
            mine = OutboxRow.id == letter.id
            team = work.tx.execute(select(OutboxRow.workspace_id).where(mine)).scalar_one()
            work.tx.execute(update(OutboxRow).where(mine).values(state="sent", ts=ts, error=None))
            generation = self._retire(work, letter)
            # Locked, so that a change committed meanwhile is seen and a later one sees the card.
            present = select(DealRow.version).where(DealRow.id == letter.deal_id).with_for_update()
            card = {
                "workspace_id": team,
                "deal_id": letter.deal_id,
                "channel_id": letter.channel_id,
                "ts": ts,
                "generation": generation,
                "state": "living",
                "wanted_version": work.tx.execute(present).scalar_one(),
                "painted_version": version,
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
            freed = work.tx.execute(update(OutboxRow).where(*parked).values(state="waiting", not_before=_now))
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

    def _any(self, workspace_id: str, statement: Any) -> bool:  # noqa: ANN401 - any select
        """Look before taking the write lock: most of the time nothing is due."""
        with self._store.read(workspace_id) as work:
            return work.tx.execute(statement.limit(1)).first() is not None

    def _lease(self, work: Work, letter_id: int) -> None:
        taken = {"state": "sending", "claimed_by": self._copy, "lease_until": _now + LEASE_MS}
        work.tx.execute(_SET.values(**taken), {"letter": letter_id})

    def _lanes(self, work: Work, limit: int) -> Sequence[str]:
        """Free lanes with due letters, locked against the other copies until this claim is committed."""
        due = (
            select(OutboxRow.lane)
            .where(
                OutboxRow.workspace_id == work.workspace_id,
                OutboxRow.lane != REPLY,
                OutboxRow.lane.not_like("deal:%"),
                _is_due,
            )
            .group_by(OutboxRow.lane)
            .order_by(func.min(OutboxRow.id))
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
        """The lane's first letter, unless that one is just being sent."""
        first = work.tx.execute(
            select(OutboxRow.__table__, (OutboxRow.lease_until < _now).label("expired"))
            .where(OutboxRow.workspace_id == work.workspace_id, OutboxRow.lane == lane, _blocks)
            .order_by(OutboxRow.id)
            .limit(1)
        ).first()
        if first is None or (first.state == "sending" and not first.expired):
            return None
        if work.tx.execute(select(OutboxRow.id).where(OutboxRow.id == first.id, _is_due)).first() is None:
            return None
        self._lease(work, first.id)
        hold(work.tx, lane, LETTER_GAP_MS)
        return _letter(first)

    def _address_threads(self, work: Work) -> None:
        """A line for a card's thread finds its channel once the card has been posted."""
        due = select(OutboxRow.id, OutboxRow.deal_id, OutboxRow.key).where(
            OutboxRow.workspace_id == work.workspace_id, OutboxRow.lane.like("deal:%"), _is_due
        )
        for row in work.tx.execute(due.with_for_update(skip_locked=True)).all():
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


def idle_statement(workspace_id: str) -> Any:  # noqa: ANN401 - a scalar select
    """Milliseconds until the earliest letter, reply or lease is due."""
    at = case((OutboxRow.state == "sending", OutboxRow.lease_until), else_=OutboxRow.not_before)
    return select(func.min(at) - _now).where(
        OutboxRow.workspace_id == workspace_id, OutboxRow.state.in_(UNSENT)
    )
