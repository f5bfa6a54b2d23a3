"""The ledger: people, stages, deals and what was done to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Id, Moment, Table, key, team


class WorkspaceRow(Table):
    __tablename__ = "workspaces"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(255), server_default="")
    bot_user_id: Mapped[str] = mapped_column(String(32), server_default="")
    bot_id: Mapped[str] = mapped_column(String(32), server_default="")
    app_id: Mapped[str] = mapped_column(String(32), server_default="")
    url: Mapped[str] = mapped_column(String(255), server_default="")
    next_number: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    # What an admin has set in Slack; where nothing is, the environment's settings hold.
    zone: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str | None] = mapped_column(String(8))
    currency: Mapped[str | None] = mapped_column(String(3))
    main_channel: Mapped[str | None] = mapped_column(String(32))


class PipelineRow(Table):
    __tablename__ = "pipelines"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)
    id: Mapped[int] = key()
    workspace_id: Mapped[str] = team()
    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(150))
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    # How often its chances were found out anew.
    refits: Mapped[int] = mapped_column(Integer, server_default=text("0"))


class FitRow(Table):
    """The chances of all deals of a pipeline, or of those in one currency, as JSON; `grounds` explain them."""

    __tablename__ = "fits"
    pipeline_id: Mapped[int] = mapped_column(Id, ForeignKey("pipelines.id"), primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    workspace_id: Mapped[str] = team()
    fitted_at: Mapped[datetime] = mapped_column(Moment)
    looked_on: Mapped[Any] = mapped_column(Date)
    deals: Mapped[int] = mapped_column(Integer)
    resolved: Mapped[int] = mapped_column(Integer)
    odds: Mapped[str] = mapped_column(Text)
    grounds: Mapped[str] = mapped_column(Text)


class ForecastRow(Table):
    """What is expected of a pipeline in one currency, by period, as JSON."""

    __tablename__ = "forecasts"
    pipeline_id: Mapped[int] = mapped_column(Id, ForeignKey("pipelines.id"), primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    workspace_id: Mapped[str] = team()
    as_of: Mapped[datetime] = mapped_column(Moment)
    body: Mapped[str] = mapped_column(Text)


class StageRow(Table):
    __tablename__ = "stages"
    __table_args__ = (UniqueConstraint("pipeline_id", "key"),)
    id: Mapped[int] = key()
    pipeline_id: Mapped[int] = mapped_column(Id, ForeignKey("pipelines.id"))
    key: Mapped[str] = mapped_column(String(150))
    english: Mapped[str] = mapped_column(String(150))
    german: Mapped[str] = mapped_column(String(150))
    kind: Mapped[str] = mapped_column(String(8))
    position: Mapped[int] = mapped_column(Integer)
    chance: Mapped[int] = mapped_column(Integer)
    patience: Mapped[int | None] = mapped_column(Integer)
    gate: Mapped[str] = mapped_column(String(255))
    category: Mapped[str] = mapped_column(String(16))
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    # What pipeline.stays has found out, and on which day it looked; all but the day empty where data are thin.
    stay_limit: Mapped[int | None] = mapped_column(Integer)
    stay_seconds: Mapped[int | None] = mapped_column(Integer)
    stay_visits: Mapped[int | None] = mapped_column(Integer)
    stay_looked_on: Mapped[Any] = mapped_column(Date, nullable=True)


class PersonRow(Table):
    __tablename__ = "people"
    workspace_id: Mapped[str] = mapped_column(String(32), ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    slack_role: Mapped[str] = mapped_column(String(16))
    stored_role: Mapped[str | None] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(16))
    zone: Mapped[str | None] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(Boolean, server_default=true())
    standing: Mapped[str] = mapped_column(String(16), server_default="member")
    direct_channel: Mapped[str | None] = mapped_column(String(32))
    refreshed_at: Mapped[datetime] = mapped_column(Moment)


class ChannelRow(Table):
    __tablename__ = "channels"
    workspace_id: Mapped[str] = mapped_column(String(32), ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    member: Mapped[bool] = mapped_column(Boolean)
    private: Mapped[bool] = mapped_column(Boolean)
    shared: Mapped[bool] = mapped_column(Boolean)
    archived: Mapped[bool] = mapped_column(Boolean)
    direct: Mapped[bool] = mapped_column(Boolean)
    money_off: Mapped[bool] = mapped_column(Boolean)
    refreshed_at: Mapped[datetime] = mapped_column(Moment)


class DealRow(Table):
    __tablename__ = "deals"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("workspace_id", "origin", "origin_id"),
        Index(
            # Holds all that lists filter, sort and sum by, so that they read no rows but those they show.
            "ix_deals_open",
            "workspace_id",
            "owner_id",
            "entered_at",
            "pipeline_id",
            "stage_id",
            "currency",
            "value",
            "changed_at",
            "close_on",
            "next_step_on",
            "nurture_until",
            "snoozed_until",
            "id",
            sqlite_where=text("closed_at IS NULL AND voided_at IS NULL"),
            postgresql_where=text("closed_at IS NULL AND voided_at IS NULL"),
        ),
        Index(
            # In the order of the board, which adds up all that is open. The last condition, which always holds, keeps
            # SQLite from going through it for lists, and looking up every row: who means this index says so.
            "ix_deals_staged",
            "workspace_id",
            "pipeline_id",
            "stage_id",
            "currency",
            "value",
            "nurture_until",
            "snoozed_until",
            sqlite_where=text("closed_at IS NULL AND voided_at IS NULL AND stage_id > 0"),
            postgresql_where=text("closed_at IS NULL AND voided_at IS NULL AND stage_id > 0"),
        ),
        Index(
            "ix_deals_made",
            "workspace_id",
            "created_by",
            "created_at",
        ),
        # Not by workspace: SQLite would go by it where only the workspace is asked for, and look up every row.
        Index("ix_deals_changed", "changed_at"),
        Index(
            "ix_deals_closed",
            "workspace_id",
            "stage_id",
            "closed_at",
            sqlite_where=text("closed_at IS NOT NULL AND voided_at IS NULL"),
            postgresql_where=text("closed_at IS NOT NULL AND voided_at IS NULL"),
        ),
    )
    id: Mapped[int] = key()
    workspace_id: Mapped[str] = team()
    number: Mapped[int] = mapped_column(Integer)
    pipeline_id: Mapped[int] = mapped_column(Id, ForeignKey("pipelines.id"))
    stage_id: Mapped[int] = mapped_column(Id, ForeignKey("stages.id"))
    title: Mapped[str] = mapped_column(String(150))
    folded_title: Mapped[str] = mapped_column(Text)
    company: Mapped[str] = mapped_column(String(150), server_default="")
    folded_company: Mapped[str] = mapped_column(Text, server_default="")
    contact: Mapped[str] = mapped_column(String(150), server_default="")
    folded_contact: Mapped[str] = mapped_column(Text, server_default="")
    value: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))
    owner_id: Mapped[str | None] = mapped_column(String(32))
    need: Mapped[str] = mapped_column(Text, server_default="")
    budget: Mapped[str] = mapped_column(String(150), server_default="")
    source: Mapped[str] = mapped_column(String(100), server_default="")
    close_on: Mapped[Any] = mapped_column(Date, nullable=True)
    next_step: Mapped[str] = mapped_column(String(200), server_default="")
    next_step_on: Mapped[Any] = mapped_column(Date, nullable=True)
    reason: Mapped[str] = mapped_column(String(300), server_default="")
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str] = mapped_column(String(32))
    entered_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    voided_at: Mapped[datetime | None] = mapped_column(Moment)
    nurture_until: Mapped[Any] = mapped_column(Date, nullable=True)
    snoozed_until: Mapped[Any] = mapped_column(Date, nullable=True)
    pushes: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    merged_into: Mapped[int | None] = mapped_column(Id)
    origin: Mapped[str | None] = mapped_column(String(64))
    origin_id: Mapped[str | None] = mapped_column(String(150))
    origin_digest: Mapped[str | None] = mapped_column(String(64))


class ChangeRow(Table):
    __tablename__ = "changes"
    __table_args__ = (UniqueConstraint("deal_id", "version"), UniqueConstraint("undoes_id"))
    id: Mapped[int] = key()
    workspace_id: Mapped[str] = team()
    deal_id: Mapped[int] = mapped_column(Id, ForeignKey("deals.id"))
    version: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text, server_default="")
    undoes_id: Mapped[int | None] = mapped_column(Id, ForeignKey("changes.id"))


class MoveRow(Table):
    """`seconds` spent in the stage that was left, so that durations need no window function."""

    __tablename__ = "moves"
    __table_args__ = (Index("ix_moves_deal", "deal_id"),)
    change_id: Mapped[int] = mapped_column(
        Id, ForeignKey("changes.id"), primary_key=True, autoincrement=False
    )
    deal_id: Mapped[int] = mapped_column(Id, ForeignKey("deals.id"))
    from_stage_id: Mapped[int] = mapped_column(Id, ForeignKey("stages.id"))
    to_stage_id: Mapped[int] = mapped_column(Id, ForeignKey("stages.id"))
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    since: Mapped[datetime] = mapped_column(Moment)
    seconds: Mapped[int] = mapped_column(BigInteger)


class BottlenecksRow(Table):
    """What pipeline.bottlenecks has found out on a day, as JSON; without a currency in deals rather than money."""

    __tablename__ = "bottlenecks"
    pipeline_id: Mapped[int] = mapped_column(
        Id, ForeignKey("pipelines.id"), primary_key=True, autoincrement=False
    )
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    workspace_id: Mapped[str] = team()
    looked_on: Mapped[Any] = mapped_column(Date)
    deals: Mapped[int] = mapped_column(Integer)
    report: Mapped[str] = mapped_column(Text)


class FieldChangeRow(Table):
    __tablename__ = "field_changes"
    change_id: Mapped[int] = mapped_column(
        Id, ForeignKey("changes.id"), primary_key=True, autoincrement=False
    )
    field: Mapped[str] = mapped_column(String(16), primary_key=True)
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
