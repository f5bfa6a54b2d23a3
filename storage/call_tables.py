"""What people say will be won and what should be: rows are added, and the newest counts.

Nothing of them is altered but a call's `foreseen`, once, where it was not there yet.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Id, Moment, Table, key, team


class CallRow(Table):
    """Without an amount the call was taken back; `foreseen` is what the forecast said then, or first said after."""

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_period", "pipeline_id", "period", "first"),)
    id: Mapped[int] = key()
    workspace_id: Mapped[str] = team()
    pipeline_id: Mapped[int] = mapped_column(Id, ForeignKey("pipelines.id"))
    person_id: Mapped[str] = mapped_column(String(32))
    team: Mapped[bool] = mapped_column(Boolean)
    period: Mapped[str] = mapped_column(String(8))
    first: Mapped[Any] = mapped_column(Date)
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    foreseen: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Moment)


class TargetRow(Table):
    """Without an amount the target was taken away."""

    __tablename__ = "targets"
    __table_args__ = (Index("ix_targets_period", "pipeline_id", "period", "first"),)
    id: Mapped[int] = key()
    workspace_id: Mapped[str] = team()
    pipeline_id: Mapped[int] = mapped_column(Id, ForeignKey("pipelines.id"))
    period: Mapped[str] = mapped_column(String(8))
    first: Mapped[Any] = mapped_column(Date)
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
