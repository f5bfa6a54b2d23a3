"""An index of open deals in the order of the board."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL AND voided_at IS NULL AND stage_id > 0")
COLUMNS = (
    *("workspace_id", "pipeline_id", "stage_id", "currency", "value", "nurture_until", "snoozed_until"),
)


def upgrade() -> None:
    op.create_index("ix_deals_staged", "deals", COLUMNS, sqlite_where=OPEN, postgresql_where=OPEN)
