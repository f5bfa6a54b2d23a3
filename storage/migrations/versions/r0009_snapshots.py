"""Weekly copies of what is open, and an index by which what changed last is found."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "snapshots",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("pipeline_id", ID, nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_snapshots_workspace_id")),
        sa.ForeignKeyConstraint(["pipeline_id"], ["pipelines.id"], name=op.f("fk_snapshots_pipeline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint(
            "workspace_id", "pipeline_id", "week", name=op.f("uq_snapshots_workspace_id_pipeline_id_week")
        ),
    )
    op.create_table(
        "snapshot_stages",
        sa.Column("snapshot_id", ID, autoincrement=False, nullable=False),
        sa.Column("stage_id", ID, autoincrement=False, nullable=False),
        sa.Column("chance", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_snapshot_stages_snapshot_id")
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_snapshot_stages_stage_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "stage_id", name=op.f("pk_snapshot_stages")),
    )
    op.create_table(
        "snapshot_deals",
        sa.Column("snapshot_id", ID, autoincrement=False, nullable=False),
        sa.Column("deal_id", ID, autoincrement=False, nullable=False),
        sa.Column("stage_id", ID, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("category", sa.String(length=16), nullable=False),
        sa.Column("chance", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_snapshot_deals_snapshot_id")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_snapshot_deals_deal_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_snapshot_deals_stage_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "deal_id", name=op.f("pk_snapshot_deals")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_deals_changed", "deals", ["changed_at"])
