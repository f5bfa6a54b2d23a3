"""`list` and `find` with a million deals, through the command, beside the same statements run by the driver alone."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

from handlers.views.lists import PAGE
from pipeline.finding import Wanted
from pipeline.money import Money
from storage.engine import connect
from storage.store import Work
from tests.bench.crowd import ASKING, settle_crowd
from tests.bench.databases import Databases
from tests.bench.lookups import Read, grown, looking
from tests.bench.table import Row

DEALS = 1_000_000


def asked() -> Mapping[str, Read]:
    """What the commands come down to."""
    now = datetime.now(UTC)
    anything: dict[str, Any] = {"today": now.date(), "now": now}
    wanted = {
        "list": Wanted(**anything),
        "list mine": Wanted(**anything, owner_ids=(ASKING,)),
        "list stale": Wanted(**anything, stale=True),
        "list over 50k": Wanted(**anything, over=Money(50_000_00, "EUR")),
        "find ACME": Wanted(**anything, words="ACME", closed_too=True),
    }
    return {words: _first_page(each) for words, each in wanted.items()}


def _first_page(wanted: Wanted) -> Read:
    def read(work: Work) -> object:
        return work.deals.find(wanted, 1, PAGE)

    return read


def measure_lists(databases: Databases, report: Callable[[str], None]) -> list[Row]:
    rows: list[Row] = []
    for engine in ("SQLite", "PostgreSQL"):
        with ExitStack() as stack:
            url = stack.enter_context(databases.fresh(engine))
            opened = connect(url, pool_size=1)
            stack.callback(opened.dispose)
            report(f"lists {engine}: putting in {DEALS:,} deals")
            settle_crowd(opened, DEALS)
            bot = stack.enter_context(looking(databases, engine, opened, url))
            rows += grown("lists", bot, asked(), report)
    return rows
