"""A team with a million deals, a fifth of them open, put into its table past the product."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select

from storage.engine import take_time
from storage.schema import to_micros
from storage.tables import StageRow
from tests.bench.databases import TEAM
from tests.bench.raw import Row, insert

OWNERS = 200
ASKING = "U0ANA"
_COMPANIES = 50_000
_ACME = 977
_OPEN = 5
_COLUMNS = (
    *("id", "workspace_id", "number", "pipeline_id", "stage_id", "title", "folded_title"),
    *("company", "folded_company", "contact", "folded_contact", "value", "currency", "owner_id"),
    *("close_on", "version", "created_at", "created_by", "entered_at", "changed_at", "closed_at"),
)


def settle_crowd(engine: Engine, deals: int) -> None:
    """Every 977th company is an Acme, every tenth deal has no value, and one of 200 people asks."""
    wanted = select(StageRow.id, StageRow.pipeline_id, StageRow.kind).order_by(StageRow.position)
    with engine.begin() as connection:
        take_time(connection)
        stages = connection.execute(wanted).all()
        insert(connection, "deals", _COLUMNS, _deals(stages, deals))
    if engine.dialect.name == "postgresql":
        # As its own housekeeping would have done within minutes; SQLite has none.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            take_time(connection)
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM ANALYZE deals")


def _deals(stages: Any, deals: int) -> Iterator[Row]:
    chance = random.Random(4)
    opened = [stage for stage in stages if stage.kind == "open"]
    closed = [stage for stage in stages if stage.kind != "open"]
    now = datetime.now(UTC)
    for number in range(1, deals + 1):
        is_open = chance.randrange(_OPEN) == 0
        stage = chance.choice(opened if is_open else closed)
        entered = now - timedelta(minutes=chance.randrange(60_000 if is_open else 1_500_000))
        company = chance.randrange(_COMPANIES)
        name = f"Acme {company}" if company % _ACME == 0 else f"Company {company}"
        owner = chance.randrange(OWNERS)
        at = to_micros(entered)
        yield (
            *(number, TEAM, number, stage.pipeline_id, stage.id, f"Deal {number}", f"deal {number}"),
            *(name, name.lower(), f"Person {company}", f"person {company}"),
            *((None, None) if chance.randrange(10) == 0 else (chance.randrange(50_000, 10_000_000), "EUR")),
            ASKING if owner == 0 else f"U{owner:03}",
            str((entered + timedelta(days=chance.randrange(90))).date()),
            *(3, at - 86_400_000_000, "import", at, at, None if is_open else at),
        )
