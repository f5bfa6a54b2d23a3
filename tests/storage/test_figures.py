"""What waits in the outbox is counted without reading what has been sent."""

import time

from sqlalchemy import text

from storage.figures import FIGURES, post_figures
from storage.outbox import UNSENT
from storage.pictures import Pictures
from tests.conftest import TEAM
from tests.pipeline.desk import Desk
from tests.storage.post import pass_time, put


def test_what_is_unsent_is_counted_and_the_oldest_tells_the_lag(desk: Desk) -> None:
    def figures() -> tuple[dict[str, int], int]:
        found = post_figures(desk.store, time.monotonic() + 10)
        return dict(found.unsent), round(found.lag_seconds)

    assert figures() == ({"waiting": 0, "sending": 0, "unknown": 0}, 0)
    put(desk, "later", delay=3_600_000)
    assert figures()[1] == 0, "what is not due yet is not late"
    for key in ("one", "two", "three"):
        put(desk, key)
    pass_time(desk, 90)
    assert figures() == ({"waiting": 4, "sending": 0, "unknown": 0}, 90)
    (letter,) = Pictures(desk.store, "one").claim_letters(TEAM, 1)
    assert figures()[0] == {"waiting": 3, "sending": 1, "unknown": 0}
    Pictures(desk.store, "one").sent(letter.id, "1.1")
    assert figures()[0] == {"waiting": 3, "sending": 0, "unknown": 0}


def test_a_scrape_reads_the_index_of_what_is_due(desk: Desk) -> None:
    statement = str(FIGURES.compile(desk.store.engine, compile_kwargs={"literal_binds": True}))
    with desk.store.read(TEAM) as work:
        if work.tx.dialect == "sqlite":
            steps = work.tx.execute(text(f"EXPLAIN QUERY PLAN {statement}")).all()
        else:
            work.tx.execute(text("SET LOCAL enable_seqscan = off"))
            steps = work.tx.execute(text(f"EXPLAIN {statement}")).all()
    assert "ix_outbox_due" in str(steps), steps
    assert all(f"'{state}'" in statement for state in UNSENT)
