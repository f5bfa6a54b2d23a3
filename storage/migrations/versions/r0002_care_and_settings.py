"""A deal that rests, is pushed or is merged; a workspace's own settings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SETTINGS = {"zone": 64, "language": 8, "currency": 3, "main_channel": 32}


def upgrade() -> None:
    op.add_column("deals", sa.Column("nurture_until", sa.Date(), nullable=True))
    op.add_column("deals", sa.Column("pushes", sa.Integer(), server_default=sa.text("0"), nullable=False))
    # No foreign key: SQLite would have to write the table anew, and a merged deal is never deleted.
    op.add_column("deals", sa.Column("merged_into", ID, nullable=True))
    for name, length in SETTINGS.items():
        op.add_column("workspaces", sa.Column(name, sa.String(length=length), nullable=True))
