"""What is told of the archive at every scrape: how much post waits and for how long, and when its jobs succeeded.

Post is counted by its index alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from storage.engine import database_ms
from storage.fits import LastFit, last_fit
from storage.outbox import UNSENT
from storage.post_tables import OutboxRow
from storage.snapshots import LastCopy, last_copy
from storage.store import Store

# Spelled out, as in the index that is to be used.
_unsent = OutboxRow.state.in_(bindparam("unsent", UNSENT, expanding=True, literal_execute=True))
_waits = (database_ms() - func.min(OutboxRow.not_before)).label("waits")
FIGURES = select(OutboxRow.state, func.count().label("rows"), _waits).where(_unsent).group_by(OutboxRow.state)


@dataclass(frozen=True, slots=True)
class PostFigures:
    unsent: Mapping[str, int]
    lag_seconds: float
    fit: LastFit | None = None
    copy: LastCopy | None = None


def post_figures(store: Store, until: float) -> PostFigures:
    """Raises ArchiveDown."""
    with store.read("", until) as work:
        found = {row.state: (row.rows, row.waits) for row in work.tx.execute(FIGURES)}
        fit, copy = last_fit(work.tx), last_copy(work.tx)
    waits = found.get("waiting", (0, 0))[1]
    return PostFigures(
        {state: found.get(state, (0, 0))[0] for state in UNSENT}, max(waits, 0) / 1000, fit, copy
    )
