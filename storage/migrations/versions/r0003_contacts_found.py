"""A contact is found as title and company are: by its folded name."""

import sqlalchemy as sa
from alembic import op

from pipeline.names import fold

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DEALS = sa.table("deals", sa.column("id"), sa.column("contact"), sa.column("folded_contact"))


def upgrade() -> None:
    op.add_column("deals", sa.Column("folded_contact", sa.Text(), server_default="", nullable=False))
    connection = op.get_bind()
    named = connection.execute(sa.select(DEALS.c.id, DEALS.c.contact).where(DEALS.c.contact != "")).all()
    if named:
        folding = (
            sa.update(DEALS)
            .where(DEALS.c.id == sa.bindparam("row"))
            .values(folded_contact=sa.bindparam("folded"))
        )
        connection.execute(folding, [{"row": row.id, "folded": fold(row.contact)} for row in named])
