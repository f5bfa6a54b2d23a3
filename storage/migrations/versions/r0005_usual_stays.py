"""How long deals usually stay in a stage, beside the stage."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("stay_limit", "stay_seconds", "stay_visits"):
        op.add_column("stages", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("stages", sa.Column("stay_looked_on", sa.Date(), nullable=True))
