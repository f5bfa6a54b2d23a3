"""The first schema: workspace, stages, people, deals, history, receipts, outbox and pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), server_default="", nullable=False),
        sa.Column("bot_user_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("bot_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("app_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("url", sa.String(length=255), server_default="", nullable=False),
        sa.Column("next_number", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "channels",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("money_off", sa.Boolean(), nullable=False),
        sa.Column("refreshed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_channels_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_channels")),
    )
    op.create_table(
        "homes",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("painted_version", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("notice_until", sa.BigInteger(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("claimed_by", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_homes_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_homes")),
    )
    op.create_index(
        "ix_homes_stale",
        "homes",
        ["workspace_id", "not_before"],
        unique=False,
        sqlite_where=sa.text("wanted_version > painted_version"),
        postgresql_where=sa.text("wanted_version > painted_version"),
    )
    op.create_table(
        "lanes",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("next_send_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_lanes_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "lane", name=op.f("pk_lanes")),
    )
    op.create_table(
        "people",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("slack_role", sa.String(length=16), nullable=False),
        sa.Column("stored_role", sa.String(length=16), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("direct_channel", sa.String(length=32), nullable=True),
        sa.Column("refreshed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_people_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_people")),
    )
    op.create_table(
        "pipelines",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_pipelines_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pipelines")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_pipelines_workspace_id_key")),
    )
    op.create_table(
        "receipts",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=255), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_receipts_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "kind", "request_id", name=op.f("pk_receipts")),
    )
    op.create_index("ix_receipts_at", "receipts", ["at"], unique=False)
    op.create_table(
        "stages",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("pipeline_id", ID, nullable=False),
        sa.Column("key", sa.String(length=150), nullable=False),
        sa.Column("english", sa.String(length=150), nullable=False),
        sa.Column("german", sa.String(length=150), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("chance", sa.Integer(), nullable=False),
        sa.Column("patience", sa.Integer(), nullable=True),
        sa.Column("gate", sa.String(length=255), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=False),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["pipeline_id"], ["pipelines.id"], name=op.f("fk_stages_pipeline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stages")),
        sa.UniqueConstraint("pipeline_id", "key", name=op.f("uq_stages_pipeline_id_key")),
    )
    op.create_table(
        "deals",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pipeline_id", ID, nullable=False),
        sa.Column("stage_id", ID, nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("folded_title", sa.Text(), nullable=False),
        sa.Column("company", sa.String(length=150), server_default="", nullable=False),
        sa.Column("folded_company", sa.Text(), server_default="", nullable=False),
        sa.Column("contact", sa.String(length=150), server_default="", nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("need", sa.Text(), server_default="", nullable=False),
        sa.Column("budget", sa.String(length=150), server_default="", nullable=False),
        sa.Column("source", sa.String(length=100), server_default="", nullable=False),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("next_step", sa.String(length=200), server_default="", nullable=False),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("voided_at", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.String(length=64), nullable=True),
        sa.Column("origin_id", sa.String(length=150), nullable=True),
        sa.Column("origin_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["pipeline_id"], ["pipelines.id"], name=op.f("fk_deals_pipeline_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_deals_stage_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_deals_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deals")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_deals_workspace_id_number")),
        sa.UniqueConstraint(
            "workspace_id", "origin", "origin_id", name=op.f("uq_deals_workspace_id_origin_origin_id")
        ),
    )
    op.create_index(
        "ix_deals_closed",
        "deals",
        ["workspace_id", "stage_id", "closed_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NOT NULL AND voided_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NOT NULL AND voided_at IS NULL"),
    )
    op.create_index("ix_deals_made", "deals", ["workspace_id", "created_by", "created_at"], unique=False)
    op.create_index(
        "ix_deals_open_owner",
        "deals",
        ["workspace_id", "owner_id", "entered_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL AND voided_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL AND voided_at IS NULL"),
    )
    op.create_table(
        "cards",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("deal_id", ID, nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("painted_version", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("claimed_by", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_cards_deal_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_cards_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint(
            "deal_id", "channel_id", "generation", name=op.f("uq_cards_deal_id_channel_id_generation")
        ),
    )
    op.create_index("ix_cards_message", "cards", ["workspace_id", "channel_id", "ts"], unique=False)
    op.create_index(
        "ix_cards_stale",
        "cards",
        ["workspace_id", "looked_at"],
        unique=False,
        sqlite_where=sa.text("wanted_version > painted_version"),
        postgresql_where=sa.text("wanted_version > painted_version"),
    )
    op.create_table(
        "changes",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("deal_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("undoes_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_changes_deal_id")),
        sa.ForeignKeyConstraint(["undoes_id"], ["changes.id"], name=op.f("fk_changes_undoes_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_changes_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sa.UniqueConstraint("deal_id", "version", name=op.f("uq_changes_deal_id_version")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_changes_undoes_id")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("thread_ts", sa.String(length=32), nullable=True),
        sa.Column("deal_id", ID, nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("claimed_by", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("error", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_outbox_deal_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_outbox_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_outbox_workspace_id_key")),
    )
    op.create_index("ix_outbox_deal", "outbox", ["deal_id"], unique=False)
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["workspace_id", "lane", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'sending', 'unknown')"),
        postgresql_where=sa.text("state IN ('waiting', 'sending', 'unknown')"),
    )
    op.create_table(
        "field_changes",
        sa.Column(
            "change_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name=op.f("fk_field_changes_change_id")),
        sa.PrimaryKeyConstraint("change_id", "field", name=op.f("pk_field_changes")),
    )
    op.create_table(
        "moves",
        sa.Column(
            "change_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("deal_id", ID, nullable=False),
        sa.Column("from_stage_id", ID, nullable=False),
        sa.Column("to_stage_id", ID, nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name=op.f("fk_moves_change_id")),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_moves_deal_id")),
        sa.ForeignKeyConstraint(["from_stage_id"], ["stages.id"], name=op.f("fk_moves_from_stage_id")),
        sa.ForeignKeyConstraint(["to_stage_id"], ["stages.id"], name=op.f("fk_moves_to_stage_id")),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_moves")),
    )
    op.create_index("ix_moves_deal", "moves", ["deal_id"], unique=False)
