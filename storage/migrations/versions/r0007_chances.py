"""Chances as they were found out, and deals that leave the top list for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


OPEN = sa.text("closed_at IS NULL AND voided_at IS NULL")
COLUMNS = (
    *("workspace_id", "owner_id", "entered_at", "pipeline_id", "stage_id", "currency", "value"),
    *("changed_at", "close_on", "next_step_on", "nurture_until", "snoozed_until", "id"),
)


def upgrade() -> None:
    op.create_table(
        "fits",
        sa.Column("pipeline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("fitted_at", sa.BigInteger(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("deals", sa.Integer(), nullable=False),
        sa.Column("resolved", sa.Integer(), nullable=False),
        sa.Column("odds", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pipeline_id"], ["pipelines.id"], name=op.f("fk_fits_pipeline_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_fits_workspace_id")),
        sa.PrimaryKeyConstraint("pipeline_id", "currency", name=op.f("pk_fits")),
    )
    op.drop_index("ix_deals_open", table_name="deals")
    op.add_column("deals", sa.Column("snoozed_until", sa.Date(), nullable=True))
    op.add_column("pipelines", sa.Column("refits", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_index("ix_deals_open", "deals", COLUMNS, sqlite_where=OPEN, postgresql_where=OPEN)
