"""The weekly copies: rows are added, never altered."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Id, Moment, Table, key, team


class SnapshotRow(Table):
    """`taken_at` is later than the week's beginning where the bot was down then."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("workspace_id", "pipeline_id", "week"),)
    id: Mapped[int] = key()
    workspace_id: Mapped[str] = team()
    pipeline_id: Mapped[int] = mapped_column(Id, ForeignKey("pipelines.id"))
    week: Mapped[str] = mapped_column(String(8))
    taken_at: Mapped[datetime] = mapped_column(Moment)


class SnapshotStageRow(Table):
    """What each stage of the pipeline counted for, whether a deal stood in it or not."""

    __tablename__ = "snapshot_stages"
    snapshot_id: Mapped[int] = mapped_column(
        Id, ForeignKey("snapshots.id"), primary_key=True, autoincrement=False
    )
    stage_id: Mapped[int] = mapped_column(Id, ForeignKey("stages.id"), primary_key=True, autoincrement=False)
    chance: Mapped[int] = mapped_column(Integer)
    category: Mapped[str] = mapped_column(String(16))


class SnapshotDealRow(Table):
    """As pipeline.snapshots.Frozen."""

    __tablename__ = "snapshot_deals"
    # A copy lies together, because it is read as a whole.
    __table_args__ = ({"sqlite_with_rowid": False},)
    snapshot_id: Mapped[int] = mapped_column(
        Id, ForeignKey("snapshots.id"), primary_key=True, autoincrement=False
    )
    deal_id: Mapped[int] = mapped_column(Id, ForeignKey("deals.id"), primary_key=True, autoincrement=False)
    stage_id: Mapped[int] = mapped_column(Id, ForeignKey("stages.id"))
    value: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))
    close_on: Mapped[Any] = mapped_column(Date, nullable=True)
    owner_id: Mapped[str | None] = mapped_column(String(32))
    category: Mapped[str] = mapped_column(String(16))
    chance: Mapped[int] = mapped_column(Integer)
