"""Imported deals in the ledger: once, whole or not at all, and a part of history like any other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from pipeline import acts, errors
from pipeline.deal import ChangeKind, Deal
from pipeline.imports import Fate, ImportedDeal, ImportReport, Skipped, SkipReason, Unimportable, Visit
from pipeline.money import Money
from pipeline.occasion import Occasion, Outcome
from pipeline.orders import Move, New, Order, Reopen, Undo
from pipeline.stages import Field
from storage import imports
from storage.post_tables import OutboxRow
from storage.store import Store, Work
from storage.tables import ChangeRow, DealRow, MoveRow, WorkspaceRow
from tests.conftest import ANA, MIA, TEAM

START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def roof(number: int = 1, *stages: str, **said: object) -> ImportedDeal:
    """A deal that stays a day in each stage."""
    visits = [Visit(stage, START + timedelta(days=day)) for day, stage in enumerate(stages or ("lead",))]
    fields = {Field.TITLE: f"Roof {number}", Field.COMPANY: "Acme", Field.VALUE: Money(500_00, "EUR")}
    told = {Field(name): value for name, value in said.items()}
    return ImportedDeal(number + 1, str(number), {**fields, **told}, visits, past_known=True)  # type: ignore[dict-item]


def bring(
    store: Store, deals: Sequence[ImportedDeal | Skipped], moment: datetime, *, writing: bool = True
) -> ImportReport:
    report = ImportReport(rows=len(deals))
    with store.begin(TEAM) as work:
        task = imports.Task(imports.find_target(work, None, ()), "deal id", moment)
        (imports.apply if writing else imports.rehearse)(work, iter(deals), task, report)
    return report


def act(store: Store, order: Order, moment: datetime, by: str = MIA) -> Outcome:
    with store.begin(TEAM) as work:
        outcome = acts.carry_out(work, Occasion(by, moment), order)
    assert isinstance(outcome, Outcome)
    return outcome


def stage(store: Store, key: str) -> int:
    with store.read(TEAM) as work:
        found = work.stages.pipeline().keyed(key)
    assert found is not None
    return found.id


def deal(store: Store, number: int = 1) -> Deal:
    with store.read(TEAM) as work:
        return work.deals.by_number(number)


def rows(store: Store) -> tuple[int, int, int, int]:
    with store.read(TEAM) as work:
        counts = [count(work, table) for table in (DealRow, ChangeRow, MoveRow, OutboxRow)]
    return counts[0], counts[1], counts[2], counts[3]


def count(work: Work, table: type[DealRow | ChangeRow | MoveRow | OutboxRow]) -> int:
    return int(work.tx.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_deal_is_stored_with_all_that_the_file_says(store: Store, moment: datetime) -> None:
    bring(store, [roof(1, "lead", "proposal", "won", owner=ANA, close_on=START.date())], moment)
    imported = deal(store)
    assert (imported.title, imported.company, imported.value) == ("Roof 1", "Acme", Money(500_00, "EUR"))
    assert (imported.owner_id, imported.close_on, imported.version) == (ANA, START.date(), 3)
    assert (imported.created_at, imported.created_by) == (START, "import")
    assert imported.entered_at == imported.closed_at == START + timedelta(days=2)


def test_history_replays_and_every_change_counts(store: Store, moment: datetime) -> None:
    bring(store, [replace(roof(1, "lead", "proposal", "won", "lead"), note="Owner: Al")], moment)
    with store.read(TEAM) as work:
        history = work.deals.history(work.deals.by_number(1), 10)
    assert [change.version for change in history] == [4, 3, 2, 1]
    assert {change.kind for change in history} == {ChangeKind.IMPORTED}
    assert history[-1].note == "Owner: Al"
    moves = [change.move for change in reversed(history) if change.move]
    assert [(move.from_stage_id, move.to_stage_id) for move in moves] == [
        (stage(store, "lead"), stage(store, "proposal")),
        (stage(store, "proposal"), stage(store, "won")),
        (stage(store, "won"), stage(store, "lead")),
    ]
    assert [move.since for move in moves] == [START + timedelta(days=day) for day in range(3)]
    assert deal(store).closed_at is None


def test_the_seconds_of_each_stay_are_kept(store: Store, moment: datetime) -> None:
    bring(store, [roof(1, "lead", "proposal")], moment)
    with store.read(TEAM) as work:
        assert work.tx.execute(select(MoveRow.seconds)).scalars().all() == [86_400]


def test_the_same_a_second_time_changes_nothing(store: Store, moment: datetime) -> None:
    deals = [roof(number, "lead", "won") for number in range(1, 6)]
    bring(store, deals, moment)
    before = rows(store)
    report = bring(store, deals, moment + timedelta(days=1))
    assert report.fates == {Fate.UNCHANGED: 5}
    assert rows(store) == before
    assert next_number(store) == 6


def next_number(store: Store) -> int:
    with store.read(TEAM) as work:
        return int(work.tx.execute(select(WorkspaceRow.next_number)).scalar_one())


def test_numbers_go_on_in_the_order_of_the_file(store: Store, moment: datetime) -> None:
    act(store, New({Field.TITLE: "By hand"}), moment)
    bring(store, [roof(7), roof(5), roof(9)], moment)
    act(store, New({Field.TITLE: "By hand again"}), moment)
    titles = ["By hand", "Roof 7", "Roof 5", "Roof 9", "By hand again"]
    assert [deal(store, number).title for number in range(1, 6)] == titles


def test_nothing_is_said_to_any_channel(store: Store, moment: datetime) -> None:
    bring(store, [roof(1, "won")], moment)
    assert rows(store)[3] == 0


def test_a_dry_run_says_the_same_and_writes_nothing(store: Store, moment: datetime) -> None:
    deals: list[ImportedDeal | Skipped] = [roof(1), Skipped(3, "x", SkipReason.NO_STAGE), roof(3, "proposal")]
    dry = bring(store, deals, moment, writing=False)
    assert rows(store) == (0, 0, 0, 0)
    assert bring(store, deals, moment) == dry
    assert (dry.deals, dry.fates.total(), dry.skipped.total()) == (3, 2, 1)


def test_unmet_gates_are_named_and_stop_nothing(store: Store, moment: datetime) -> None:
    report = bring(store, [roof(1, "proposal"), roof(2, "lost"), roof(3, "won", value=None)], moment)
    assert report.gaps == {Field.NEED: 1, Field.BUDGET: 1, Field.REASON: 1, Field.VALUE: 1}


def test_a_failure_in_the_middle_leaves_nothing(
    store: Store, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "BATCH", 2)

    def torn() -> Iterator[ImportedDeal]:
        yield from (roof(number, "lead", "won") for number in range(1, 6))
        raise Unimportable("the file changed while it was read", 7)

    def bring_torn() -> None:
        with store.begin(TEAM) as work:
            task = imports.Task(imports.find_target(work, None, ()), "id", moment)
            imports.apply(work, torn(), task, ImportReport())

    with pytest.raises(Unimportable):
        bring_torn()
    assert rows(store) == (0, 0, 0, 0)
    assert next_number(store) == 1


def test_deals_of_other_id_columns_and_pipelines_are_others(store: Store, moment: datetime) -> None:
    report = ImportReport()
    with store.begin(TEAM) as work:
        for name, column in ((None, "deal id"), (None, "record id"), ("Roofs", "deal id")):
            task = imports.Task(imports.find_target(work, name, ["lead"] if name else ()), column, moment)
            imports.apply(work, [roof(1)], task, report)
    assert report.fates == {Fate.CREATED: 3}


def test_a_pipeline_is_made_once_and_must_be_named_with_its_own_stages(
    store: Store, moment: datetime
) -> None:
    with store.begin(TEAM) as work:
        target = imports.find_target(work, "Roof  Works", ["Survey", "Offer sent"])
        imports.apply(work, [roof(1, "survey", "won")], imports.Task(target, "id", moment), ImportReport())
    with store.read(TEAM) as work:
        made = imports.find_target(work, "roof works", ["survey", "OFFER SENT"])
        assert made.pipeline is not None
        assert [each.english for each in made.pipeline.open_stages] == ["Survey", "Offer sent"]
        with pytest.raises(Unimportable, match="has the stages Survey, Offer sent"):
            imports.find_target(work, "Roof Works", ["Survey"])
        with pytest.raises(Unimportable, match="name its open stages"):
            imports.find_target(work, "Other", [])
        with pytest.raises(Unimportable, match="named twice"):
            imports.find_target(work, "Other", ["Won", "Offer"])
        with pytest.raises(Unimportable, match="1 to 150"):
            imports.find_target(work, "Other", ["x" * 151])


def test_a_renamed_pipeline_is_found_by_its_new_name_and_by_the_one_it_was_made_with(
    store: Store, moment: datetime
) -> None:
    with store.begin(TEAM) as work:
        target = imports.find_target(work, "Roof Works", ["Survey", "Offer sent"])
        imports.apply(work, [roof(1, "survey")], imports.Task(target, "id", moment), ImportReport())
        work.stages.rename(work.stages.keyed("roof-works"), "Carpentry")
    with store.read(TEAM) as work:
        for name in ("carpentry", "Roof works"):
            assert imports.find_target(work, name, ()).key == "roof-works"


def test_an_imported_change_cannot_be_taken_back_a_later_move_can(store: Store, moment: datetime) -> None:
    bring(store, [roof(1, "lead", "proposal")], moment)
    with pytest.raises(errors.NothingToUndo):
        act(store, Undo(1), moment)
    act(store, Move(1, stage(store, "lead")), moment)
    act(store, Undo(1), moment + timedelta(minutes=1))
    back = deal(store)
    assert (back.stage_id, back.entered_at) == (stage(store, "proposal"), START + timedelta(days=1))


def test_an_imported_win_cannot_be_taken_back_on_the_day_it_happened(store: Store) -> None:
    bring(store, [roof(1, "lead", "won")], START + timedelta(days=1, hours=1))
    with pytest.raises(errors.NothingToUndo):
        act(store, Undo(1), START + timedelta(days=1, hours=2))


def test_a_deal_that_was_imported_as_lost_is_reopened_where_it_was_lost(
    store: Store, moment: datetime
) -> None:
    bring(store, [roof(1, "lead", "proposal", "lost", reason="price")], moment)
    fields = {Field.NEED: "Roof", Field.BUDGET: "Some"}
    assert act(store, Reopen(1, fields=fields), moment).deal.stage_id == stage(store, "proposal")
