"""The sample deals of `pipeline-bot try`: a past that adds up, and one that could have been."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.samples import write_samples
from bot.samples_lives import ANA, BEN, JONAS, MIA, MONTHS, lives
from bot.trying_guide import next_move
from pipeline.deal import Change, ChangeKind, Deal
from pipeline.people import Person, Workspace
from pipeline.stages import DEFAULT_STAGES, Field, Pipeline, Stage, StageKind
from storage.engine import connect
from storage.store import Store
from tests.conftest import TEAM
from tests.running import MAIN

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAYS = (NOON.date(), date(2027, 1, 1), date(2028, 2, 29), date(2027, 3, 28))
MUCH = 1000


@contextmanager
def without_deals(template: Path, folder: Path) -> Iterator[Store]:
    file = shutil.copy(template, folder / "samples.db")
    engine = connect(f"sqlite:///{file}")
    store = Store(engine)
    store.found(Workspace(TEAM, "Sales", "U0BOT", "B0BOT", "A0BOT", "https://sales.slack.com/"))
    with store.begin(TEAM) as work:
        for person_id in (ANA, BEN, JONAS, MIA):
            work.people.keep(Person(TEAM, person_id, person_id.removeprefix("U0").title()), NOON)
    yield store
    engine.dispose()


@pytest.fixture(scope="module")
def sampled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with without_deals(sqlite_template, tmp_path_factory.mktemp("samples")) as store:
        assert write_samples(store, TEAM, NOON, MAIN) == 366
        yield store


@pytest.fixture(scope="module")
def told(sampled: Store) -> list[tuple[Deal, Sequence[Change]]]:
    with sampled.read(TEAM) as work:
        deals = [work.deals.by_number(number) for number in range(1, 367)]
        return [(deal, work.deals.history(deal, MUCH)) for deal in deals]


@pytest.mark.parametrize(
    "later", [0, *(pytest.param(days, marks=pytest.mark.slow) for days in range(61, 366, 61))]
)
def test_on_any_day_the_rules_allow_it_and_there_is_a_deal_to_move_on(
    sqlite_template: Path, tmp_path: Path, later: int
) -> None:
    with without_deals(sqlite_template, tmp_path) as store:
        assert write_samples(store, TEAM, NOON + timedelta(days=later), MAIN) == 366
        assert next_move(store, TEAM)[1].startswith("move D-")


def test_every_history_leads_to_the_present(
    told: list[tuple[Deal, Sequence[Change]]], sampled: Store
) -> None:
    with sampled.read(TEAM) as work:
        pipeline = work.stages.pipeline()
    for deal, history in told:
        assert [change.version for change in history] == list(range(deal.version, 0, -1))
        first = deal
        by_id = {change.id: change for change in history}
        for change in history[:-1]:
            first = taken_back(first, change, by_id, pipeline)
        assert history[-1].kind is ChangeKind.CREATED
        assert (first.stage_id, first.entered_at) == (pipeline.first.id, first.created_at)
        assert history[-1].at == first.created_at


def taken_back(deal: Deal, change: Change, by_id: dict[int, Change], pipeline: Pipeline) -> Deal:
    """The deal before a change, which has to have made what is there."""
    assert (deal.version, deal.changed_at) >= (change.version, change.at)
    for each in change.fields:
        assert deal.said(each.field) == each.new
    deal = replace(deal.saying({each.field: each.old for each in change.fields}), version=change.version - 1)
    if change.move is None:
        return deal
    undone = by_id.get(change.undoes_id or 0)
    entered = undone.move.since if undone and undone.move else change.at
    assert (deal.stage_id, deal.entered_at) == (change.move.to_stage_id, entered)
    stage = pipeline.stage(deal.stage_id)
    assert deal.closed_at == (None if stage.is_open else entered)
    was = pipeline.stage(change.move.from_stage_id)
    since = change.move.since
    return replace(deal, stage_id=was.id, entered_at=since, closed_at=None if was.is_open else since)


def test_the_past_is_a_believable_one(told: list[tuple[Deal, Sequence[Change]]], sampled: Store) -> None:
    with sampled.read(TEAM) as work:
        pipeline = work.stages.pipeline()
        mia = work.people.get(MIA)
    deals = [deal for deal, _ in told]
    standing = Counter(pipeline.stage(deal.stage_id).key for deal in deals)
    assert set(standing) == {plan.key for plan in DEFAULT_STAGES}
    assert all(count >= 3 for count in standing.values())
    assert {deal.owner_id for deal in deals} == {ANA, BEN, JONAS, MIA, None}
    assert mia
    assert mia.role == "manager"
    today = NOON.date()
    opened = [deal for deal in deals if pipeline.stage(deal.stage_id).is_open]
    late = [deal for deal in opened if deal.next_step_on and deal.next_step_on < today]
    assert 0 < len(late) < len(opened) / 2
    assert [deal for deal in opened if deal.next_step_on and deal.next_step_on >= today]
    assert [deal for deal in opened if deal.close_on and deal.close_on < today]
    assert [deal for deal in opened if is_stale(deal, pipeline.stage(deal.stage_id))]
    moves = [(deal, change) for deal, history in told for change in history if change.move]
    backwards = [1 for _, change in moves if goes_back(change, pipeline) and change.kind is ChangeKind.MOVED]
    assert len(backwards) >= 5
    kinds = Counter(change.kind for _, history in told for change in history)
    assert kinds[ChangeKind.REOPENED] > 0
    assert kinds[ChangeKind.UNDONE] > 0


def is_stale(deal: Deal, stage: Stage) -> bool:
    return stage.patience is not None and NOON - deal.entered_at > timedelta(days=1.5 * stage.patience)


def goes_back(change: Change, pipeline: Pipeline) -> bool:
    if change.move is None:
        return False
    there, here = (pipeline.stage(each) for each in (change.move.from_stage_id, change.move.to_stage_id))
    return here.is_open and here.position < there.position


def test_what_is_won_is_worth_something_and_what_is_lost_has_its_reason(
    told: list[tuple[Deal, Sequence[Change]]], sampled: Store
) -> None:
    with sampled.read(TEAM) as work:
        pipeline = work.stages.pipeline()
    for deal, _ in told:
        stage = pipeline.stage(deal.stage_id)
        assert not deal.missing(stage.gate)
        assert (stage.kind is StageKind.LOST) == deal.holds(Field.REASON)
        assert deal.value is None or deal.value.currency == "EUR"
        assert deal.voided_at is None


def test_only_the_newest_deals_get_a_card_and_nothing_else_is_said(sampled: Store) -> None:
    with sampled.read(TEAM) as work:
        rows = work.tx.connection.exec_driver_sql("SELECT kind, channel_id, deal_id FROM outbox").all()
        newest = [work.deals.by_number(number).id for number in (364, 365, 366)]
    assert [tuple(row) for row in rows] == [("card", MAIN, deal_id) for deal_id in newest]


@pytest.mark.parametrize("day", DAYS)
def test_the_same_day_has_the_same_past_in_working_hours(day: date, pipeline: Pipeline) -> None:
    told = lives(pipeline, day)
    assert lives(pipeline, day) == told
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for life in told:
        moments = [step.at for step in life.steps]
        assert moments == sorted(set(moments))
        assert moments[-1] < midnight
        assert moments[0] > midnight - timedelta(days=MONTHS * 31 + 150)
        assert all(at.weekday() < 5 for at in moments)


@pytest.fixture
def pipeline() -> Pipeline:
    stages = tuple(
        Stage(
            place, plan.key, plan.english, plan.german, plan.kind, place, plan.chance, plan.patience, plan.gate,
            plan.category,
        )
        for place, plan in enumerate(DEFAULT_STAGES, start=1)
    )  # fmt: skip
    return Pipeline(1, "default", "Sales", 1, stages)
