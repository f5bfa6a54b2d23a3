"""Each pipeline is copied once a week, whoever does it, and late rather than never."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from storage.snapshot_tables import SnapshotRow
from tests.bot.test_nightly import Copy
from tests.conftest import TEAM, Clock
from tests.pipeline.desk import Desk

ZONE = ZoneInfo("Europe/Berlin")


def copies(desk: Desk) -> list[tuple[str, datetime]]:
    with desk.store.read(TEAM) as work:
        found = select(SnapshotRow.week, SnapshotRow.taken_at).order_by(SnapshotRow.id)
        return [(row.week, row.taken_at.astimezone(ZONE)) for row in work.tx.execute(found)]


def test_each_week_is_copied_once_by_all_bots_together(desk: Desk, clock: Clock) -> None:
    bots = [Copy(desk.store, clock) for _ in range(2)]
    for _ in range(3):
        for bot in bots:
            bot.keeping.snapshot()
    assert copies(desk) == [("2026-W47", clock.at.astimezone(ZONE))]
    clock.at = datetime(2026, 11, 22, 23, 59, 50, tzinfo=ZONE)
    bots[0].keeping.snapshot()
    assert len(copies(desk)) == 1
    clock.advance(seconds=20)
    for bot in bots[::-1]:
        bot.keeping.snapshot()
    Copy(desk.store, clock).keeping.snapshot()
    assert copies(desk)[1:] == [("2026-W48", datetime(2026, 11, 23, 0, 0, 10, tzinfo=ZONE))]


def test_a_bot_that_was_down_on_monday_copies_when_it_is_back(desk: Desk, clock: Clock) -> None:
    bot = Copy(desk.store, clock)
    bot.keeping.snapshot()
    clock.at = datetime(2026, 12, 3, 14, 0, tzinfo=ZONE)
    bot.keeping.snapshot()
    assert copies(desk)[1:] == [("2026-W49", clock.at)]


def test_a_bot_that_was_shut_out_copies_nothing(desk: Desk, clock: Clock) -> None:
    desk.store.superseded = True
    Copy(desk.store, clock).keeping.snapshot()
    assert copies(desk) == []
