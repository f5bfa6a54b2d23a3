"""The index of open deals holds all that lists filter, sort and sum by."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL AND voided_at IS NULL")
COLUMNS = (
    *("workspace_id", "owner_id", "entered_at", "pipeline_id", "stage_id", "currency", "value"),
    *("changed_at", "close_on", "next_step_on", "nurture_until", "id"),
)


def upgrade() -> None:
    op.drop_index("ix_deals_open_owner", table_name="deals")
    op.create_index("ix_deals_open", "deals", COLUMNS, sqlite_where=OPEN, postgresql_where=OPEN)
