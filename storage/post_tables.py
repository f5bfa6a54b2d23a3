"""The post: receipts, letters, replies and pictures."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Id, Moment, Table, key, team


class ReceiptRow(Table):
    __tablename__ = "receipts"
    __table_args__ = (Index("ix_receipts_at", "at"),)
    workspace_id: Mapped[str] = mapped_column(String(32), ForeignKey("workspaces.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    request_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class OutboxRow(Table):
    """Letters and replies; `lane` is the channel or person whose order is kept."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(
            "ix_outbox_due",
            "workspace_id",
            "lane",
            "id",
            sqlite_where=text("state IN ('waiting', 'sending', 'unknown')"),
            postgresql_where=text("state IN ('waiting', 'sending', 'unknown')"),
        ),
        Index("ix_outbox_deal", "deal_id"),
    )
    id: Mapped[int] = key()
    workspace_id: Mapped[str] = team()
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(300))
    lane: Mapped[str] = mapped_column(String(64))
    channel_id: Mapped[str | None] = mapped_column(String(32))
    person_id: Mapped[str | None] = mapped_column(String(32))
    thread_ts: Mapped[str | None] = mapped_column(String(32))
    deal_id: Mapped[int | None] = mapped_column(Id, ForeignKey("deals.id"))
    payload: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    not_before: Mapped[int] = mapped_column(BigInteger)
    created: Mapped[int] = mapped_column(BigInteger)
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[int | None] = mapped_column(BigInteger)
    ts: Mapped[str | None] = mapped_column(String(32))
    error: Mapped[str | None] = mapped_column(String(255))


class LaneRow(Table):
    """When the next call on a lane (a channel, a person, a method) may be made; database milliseconds."""

    __tablename__ = "lanes"
    workspace_id: Mapped[str] = mapped_column(String(32), ForeignKey("workspaces.id"), primary_key=True)
    lane: Mapped[str] = mapped_column(String(64), primary_key=True)
    next_send_at: Mapped[int] = mapped_column(BigInteger)


# The mark of a card's letter that is on its way and shows what no longer holds.
STALE = "stale"
_STALE = text("wanted_version > painted_version")


class CardRow(Table):
    """A living message that shows a deal; stale while another version is wanted than painted."""

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("deal_id", "channel_id", "generation"),
        Index("ix_cards_stale", "workspace_id", "looked_at", sqlite_where=_STALE, postgresql_where=_STALE),
        Index("ix_cards_message", "workspace_id", "channel_id", "ts"),
    )
    id: Mapped[int] = key()
    workspace_id: Mapped[str] = team()
    deal_id: Mapped[int] = mapped_column(Id, ForeignKey("deals.id"))
    channel_id: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str] = mapped_column(String(32))
    generation: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    wanted_version: Mapped[int] = mapped_column(Integer)
    painted_version: Mapped[int] = mapped_column(Integer)
    posted_at: Mapped[int] = mapped_column(BigInteger)
    looked_at: Mapped[int] = mapped_column(BigInteger)
    not_before: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None] = mapped_column(String(255))


class HomeRow(Table):
    """A person's Home tab; stale like a card, counted by touches instead of versions."""

    __tablename__ = "homes"
    __table_args__ = (
        Index("ix_homes_stale", "workspace_id", "not_before", sqlite_where=_STALE, postgresql_where=_STALE),
    )
    workspace_id: Mapped[str] = mapped_column(String(32), ForeignKey("workspaces.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    wanted_version: Mapped[int] = mapped_column(Integer)
    painted_version: Mapped[int] = mapped_column(Integer)
    notice: Mapped[str | None] = mapped_column(Text)
    notice_until: Mapped[datetime | None] = mapped_column(Moment)
    not_before: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[int | None] = mapped_column(BigInteger)
