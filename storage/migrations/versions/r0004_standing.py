"""What somebody is to the workspace: a member, a guest, or of another organisation."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everybody is a member until Slack is asked again, within a day."""
    op.add_column(
        "people", sa.Column("standing", sa.String(length=16), server_default="member", nullable=False)
    )
