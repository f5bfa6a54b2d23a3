"""What people say of the forecast: a deal's category, calls, targets."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("closed_at IS NULL AND voided_at IS NULL")
COLUMNS = (
    *("workspace_id", "owner_id", "entered_at", "pipeline_id", "stage_id", "currency", "value"),
    *("changed_at", "close_on", "next_step_on", "nurture_until", "snoozed_until", "category", "id"),
)


def upgrade() -> None:
    op.drop_index("ix_deals_open", table_name="deals")
    op.add_column("deals", sa.Column("category", sa.String(length=16), nullable=True))
    op.create_index("ix_deals_open", "deals", COLUMNS, sqlite_where=OPEN, postgresql_where=OPEN)
    _said_of_periods(
        "calls",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("team", sa.Boolean(), nullable=False),
        sa.Column("foreseen", sa.BigInteger(), nullable=True),
    )
    _said_of_periods("targets", sa.Column("by", sa.String(length=32), nullable=False))


def _said_of_periods(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("pipeline_id", ID, nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{name}_workspace_id")),
        sa.ForeignKeyConstraint(["pipeline_id"], ["pipelines.id"], name=op.f(f"fk_{name}_pipeline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_period", name, ["pipeline_id", "period", "first"])
