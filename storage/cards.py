"""Cards: the living messages that show deals."""

from datetime import date, datetime

from sqlalchemy import BigInteger, bindparam, case, literal, or_, select, true, update
from sqlalchemy.sql import ColumnElement

from storage.engine import database_ms
from storage.hot import Hot
from storage.post_tables import STALE, CardRow, OutboxRow
from storage.schema import to_micros
from storage.tables import DealRow, StageRow
from storage.transaction import Transaction
from storage.waiting import LIMIT, has_waited, until

# Days: longer than any limit.
_NEVER = 100_000
_WANT = Hot(
    update(CardRow)
    .where(CardRow.deal_id == bindparam("deal"), CardRow.state == "living")
    .values(wanted_version=bindparam("version"))
)
_LIVING = (
    select(CardRow.channel_id, CardRow.ts, CardRow.posted_at)
    .where(CardRow.deal_id == bindparam("deal"), CardRow.state == "living")
    .order_by(CardRow.id.desc())
)
_LIVES = (CardRow.workspace_id == bindparam("workspace"), CardRow.state == "living")
# Whoever paints the card now paints what was: the claim ends, and the next one paints it twice.
_REPAINT = (
    update(CardRow)
    .where(*_LIVES)
    .values(
        painted_version=0,
        claimed_by=None,
        lease_until=case((CardRow.lease_until.is_(None), CardRow.lease_until), else_=0),
    )
)
_ON_ITS_WAY = (
    update(OutboxRow)
    .where(
        OutboxRow.workspace_id == bindparam("workspace"),
        OutboxRow.kind == "card",
        OutboxRow.state.in_(("sending", "unknown")),
    )
    .values(error=STALE)
)
_LOOK = (
    update(CardRow)
    .where(CardRow.deal_id == bindparam("deal"), CardRow.state == "living")
    .values(looked_at=database_ms())
)


class Cards:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def want(self, deal_id: int, version: int) -> None:
        self._tx.run(_WANT, {"deal": deal_id, "version": version})

    def looked_at(self, deal_id: int) -> None:
        self._tx.execute(_LOOK, {"deal": deal_id})

    def repaint_in(self, channel_id: str) -> None:
        self._repaint(CardRow.channel_id == channel_id, OutboxRow.channel_id == channel_id)

    def repaint_all(self, pipeline_id: int | None = None) -> None:
        if pipeline_id is None:
            self._repaint(true(), true())
            return
        deals = select(DealRow.id).where(DealRow.pipeline_id == pipeline_id)
        self._repaint(CardRow.deal_id.in_(deals), OutboxRow.deal_id.in_(deals))

    def repaint_owned(self, person_id: str) -> None:
        deals = select(DealRow.id).where(
            DealRow.workspace_id == self._tx.workspace_id,
            DealRow.owner_id == person_id,
            DealRow.closed_at.is_(None),
            DealRow.voided_at.is_(None),
        )
        self._repaint(CardRow.deal_id.in_(deals), OutboxRow.deal_id.in_(deals))

    def repaint_open(self, pipeline_id: int) -> None:
        """Cards of a pipeline's open deals: their chances were found out anew."""
        self._repaint_open(DealRow.pipeline_id == pipeline_id)

    def repaint_turned(self, since: datetime, now: datetime, first_day: date, today: date) -> None:
        """Cards of deals that have become stale or overdue, or whose rest is over, though nobody touched them."""
        waited = until(LIMIT, DealRow.entered_at)
        turned = or_(
            (waited >= to_micros(since)) & (waited < to_micros(now)),
            (DealRow.close_on >= first_day) & (DealRow.close_on < today),
            (DealRow.next_step_on >= first_day) & (DealRow.next_step_on < today),
            (DealRow.nurture_until > first_day) & (DealRow.nurture_until <= today),
        )
        self._repaint_open(turned)

    def repaint_limited(self, stage_id: int, before: int | None, after: int | None, now: datetime) -> None:
        """Cards of a stage's deals for which so many days are too long, and so many are not."""
        days = [_NEVER if limit is None else limit for limit in (before, after)]
        shorter, longer = (literal(limit, BigInteger) for limit in sorted(days))
        self._repaint_open(DealRow.stage_id == stage_id, has_waited(shorter, now), ~has_waited(longer, now))

    def _repaint_open(self, *which: ColumnElement[bool]) -> None:
        deals = (
            select(DealRow.id)
            .join(StageRow, StageRow.id == DealRow.stage_id)
            .where(
                DealRow.workspace_id == self._tx.workspace_id,
                DealRow.closed_at.is_(None),
                DealRow.voided_at.is_(None),
                *which,
            )
        )
        self._repaint(CardRow.deal_id.in_(deals), OutboxRow.deal_id.in_(deals))

    def _repaint(self, cards: ColumnElement[bool], letters: ColumnElement[bool]) -> None:
        """First those that are on their way, so that each is found either there or here."""
        team = {"workspace": self._tx.workspace_id}
        self._tx.execute(_ON_ITS_WAY.where(letters), team)
        self._tx.execute(_REPAINT.where(cards), team)

    def living(self, deal_id: int) -> tuple[str, str] | None:
        """Channel and `ts` of the newest living card."""
        row = self._tx.execute(_LIVING, {"deal": deal_id}).first()
        return (row.channel_id, row.ts) if row else None

    def deal_shown(self, channel_id: str, ts: str) -> int | None:
        statement = select(CardRow.deal_id).where(
            CardRow.workspace_id == self._tx.workspace_id, CardRow.channel_id == channel_id, CardRow.ts == ts
        )
        shown: int | None = self._tx.execute(statement).scalar()
        return shown

    def living_in(self, deal_id: int, channel_id: str) -> tuple[str, int] | None:
        """`ts` and age in milliseconds of the living card in a channel."""
        statement = (
            select(CardRow.ts, (database_ms() - CardRow.posted_at).label("age"))
            .where(CardRow.deal_id == deal_id, CardRow.channel_id == channel_id, CardRow.state == "living")
            .order_by(CardRow.id.desc())
        )
        row = self._tx.execute(statement).first()
        return (row.ts, row.age) if row else None
