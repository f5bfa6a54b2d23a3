"""The weekly copies: once for each pipeline and week, and never another afterwards."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from threading import Barrier
from typing import Any

from sqlalchemy import select

from pipeline.money import Money
from pipeline.shapes import AddStage, ArchiveStage
from pipeline.shaping import shape
from pipeline.snapshots import Frozen, frozen
from pipeline.stages import Category, Field, StagePlan, evenly_planned
from storage.migrate import METADATA
from storage.snapshot_tables import SnapshotDealRow, SnapshotRow
from storage.snapshots import LastCopy, last_copy, take
from tests.conftest import BEN, MIA, OLGA, TEAM
from tests.pipeline.desk import Desk
from tests.storage.bridged import later
from tests.storage.mornings import told
from tests.storage.test_past_lived import anything

PLANS: tuple[StagePlan, ...] = evenly_planned(["Talk", "Sign"])


def taken(desk: Desk) -> int:
    return take(desk.store, TEAM, desk.at, desk.at.date())


def rows(desk: Desk) -> dict[str, Sequence[Any]]:
    tables = [table for table in METADATA.sorted_tables if table.name.startswith("snapshot")]
    with desk.store.read(TEAM) as work:
        return {
            table.name: work.tx.execute(select(table).order_by(*table.primary_key)).all() for table in tables
        }


def copies(desk: Desk) -> list[Frozen]:
    with desk.store.read(TEAM) as work:
        found = work.tx.execute(select(SnapshotDealRow.__table__).order_by(SnapshotDealRow.deal_id)).all()
    return [
        Frozen(
            row.deal_id,
            row.stage_id,
            None if row.value is None else Money(row.value, row.currency),
            row.close_on,
            row.owner_id,
            Category(row.category),
            row.chance,
        )
        for row in found
    ]


def test_a_copy_holds_each_open_deal_as_the_rule_says(desk: Desk) -> None:
    open_ = [desk.filled("filled"), desk.new("bare", BEN), desk.filled("parked"), desk.filled("moved")]
    desk.edit(open_[2], {Field.NURTURE_UNTIL: desk.at.date() + timedelta(days=1)})
    desk.move(open_[3], "negotiation")
    desk.edit(open_[0], {Field.CATEGORY: Category.BEST_CASE})
    desk.lose(desk.filled("lost"))
    desk.void(desk.filled("void"))
    assert taken(desk) == 1
    stages = {stage.id: stage for stage in desk.pipeline.stages}
    expected = [frozen(deal, stages[deal.stage_id], desk.at.date()) for deal in map(desk.deal, open_)]
    assert copies(desk) == expected
    assert (expected[0].category, expected[0].chance) == (Category.BEST_CASE, 10)
    assert (expected[2].category, expected[2].chance) == (Category.OMITTED, 0)
    assert (expected[3].category, expected[3].chance) == (Category.COMMIT, 70)


def test_each_pipeline_is_copied_once_a_week(desk: Desk) -> None:
    desk.filled()
    with desk.store.begin(TEAM) as work:
        work.stages.establish("partners", "Partners", PLANS)
    assert taken(desk) == 2
    assert taken(desk) == 0
    later(desk, days=5)
    assert taken(desk) == 0, "a Sunday"
    later(desk, days=1)
    assert taken(desk) == 2
    with desk.store.read(TEAM) as work:
        weeks = work.tx.execute(select(SnapshotRow.week).order_by(SnapshotRow.id)).scalars().all()
    assert weeks == ["2026-W47", "2026-W47", "2026-W48", "2026-W48"]


def test_nothing_changes_a_copy_afterwards(desk: Desk) -> None:
    """No deal, no stage, no chance that people set, and no rate that a night finds out."""
    chance = Random("copies")
    desk.filled()
    for _ in range(40):
        later(desk, hours=1)
        anything(desk, chance, 6)
    desk.new("Jo asks", MIA, {Field.CONTACT: "Jo Fields", Field.VALUE: Money(5, "EUR")})
    taken(desk)
    before = rows(desk)
    assert len(before["snapshot_deals"]) > 2
    for _ in range(60):
        later(desk, minutes=20)
        anything(desk, chance, 6)
    desk.forget("Jo Fields", OLGA)
    with desk.store.begin(TEAM) as work:
        pipeline = work.stages.pipeline()
        work.stages.save(pipeline, list(reversed(pipeline.stages)), desk.at)
        work.tx.connection.exec_driver_sql("UPDATE stages SET chance = 1, category = 'omitted'")
        shape(work, desk.occasion(OLGA), AddStage("Legal", "Recht", desk.stage("lead").id))
        into = desk.stage("lead").id
        shape(work, desk.occasion(OLGA), ArchiveStage(desk.stage("proposal").id, into))
    told(desk)
    taken(desk)
    assert rows(desk) == before


def test_copies_that_are_taken_at_once_are_one(desk: Desk) -> None:
    for title in map(str, range(20)):
        desk.filled(title)
    start = Barrier(4)

    def begin(_copy: int) -> int:
        start.wait()
        return taken(desk)

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(begin, range(4))) == 1
    found = rows(desk)
    assert (len(found["snapshots"]), len(found["snapshot_deals"])) == (1, 20)


def test_the_newest_copy_is_known_by_its_week_and_moment(desk: Desk) -> None:
    with desk.store.read(TEAM) as work:
        assert last_copy(work.tx) is None
    taken(desk)
    later(desk, days=8)
    taken(desk)
    with desk.store.read("") as work:
        assert last_copy(work.tx) == LastCopy(desk.at, "2026-W48")


def test_a_late_copy_says_when_it_was_taken(desk: Desk) -> None:
    desk.filled()
    later(desk, days=8, hours=3)
    taken(desk)
    (row,) = rows(desk)["snapshots"]
    assert (row.week, row.taken_at) == ("2026-W48", desk.at)
