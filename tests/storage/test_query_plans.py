"""The statements that run all the time read only what they need, however much has been done before."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Engine, event

from pipeline.calls import span_at
from pipeline.finding import Wanted
from pipeline.kept_forecasts import KeptForecast, Period, PeriodForecast
from pipeline.money import Money
from pipeline.stages import Field
from storage import hot
from storage.pictures import Pictures
from storage.store import Store
from tests.conftest import ANA, MAIN_CHANNEL, TEAM, settled
from tests.pipeline.desk import Desk
from tests.storage.post import carded, pass_time

GROWING = ("outbox", "deals", "cards", "changes", "moves", "field_changes", "receipts")


class Noting:
    """A cursor that notes what it is told."""

    def __init__(self, cursor: Any, said: list[tuple[str, Any]]) -> None:
        self.cursor = cursor
        self.said = said

    def execute(self, statement: str, parameters: Any) -> None:
        self.said.append((statement, tuple(parameters)))
        self.cursor.execute(statement, parameters)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Every statement with its parameters, by SQLAlchemy's way and by the short one."""
    noted: list[tuple[str, Any]] = []
    run = hot._Compiled.run

    def run_and_note(self: hot._Compiled, cursor: Any, given: Any) -> None:
        run(self, cast("hot.Cursor", Noting(cursor, noted)), given)

    monkeypatch.setattr(hot._Compiled, "run", run_and_note)
    return noted


def test_no_statement_of_a_change_or_of_the_courier_reads_a_whole_table(
    sqlite_url: str, connected: Callable[..., Engine], moment: datetime, said: list[tuple[str, Any]]
) -> None:
    engine = connected(sqlite_url)

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        said.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    desk = Desk(settled(Store(engine), moment), TEAM, moment, ANA)
    box = Pictures(desk.store, "one")
    deal = carded(desk, box)
    pass_time(desk, 100)
    said.clear()
    a_day(desk, box, deal.number)
    whole = {f"SCAN {table}" for table in GROWING}
    assert {(step, statement) for statement, step in plans(engine, list(said)) if step in whole} == set()
    seen = " ".join(statement for statement, _ in said)
    assert all(table in seen for table in GROWING)


@pytest.mark.parametrize(
    ("narrowed", "read"),
    [
        ({}, "SCAN deals USING INDEX ix_deals_open"),
        ({"owner_ids": (ANA,)}, "SEARCH deals USING INDEX ix_deals_open (workspace_id=? AND owner_id=?)"),
        ({"stale": True}, "SCAN deals USING INDEX ix_deals_open"),
        ({"overdue": True}, "SCAN deals USING INDEX ix_deals_open"),
        ({"over": Money(1, "EUR")}, "SCAN deals USING INDEX ix_deals_open"),
        ({"closing": (date(2026, 11, 1), date(2026, 11, 30))}, "SCAN deals USING INDEX ix_deals_open"),
        ({"words": "acme", "closed_too": True}, "SCAN deals"),
    ],
    ids=["list", "mine", "stale", "overdue", "over", "closing", "find"],
)
def test_a_list_is_found_in_the_index_of_open_deals_and_words_in_one_walk_through_the_table(
    sqlite_url: str, connected: Callable[..., Engine], moment: datetime, narrowed: dict[str, Any], read: str
) -> None:
    engine = connected(sqlite_url)
    desk = Desk(settled(Store(engine), moment), TEAM, moment, ANA)
    desk.new("Acme", fields={Field.VALUE: Money(5, "EUR"), Field.CLOSE_ON: date(2026, 11, 1)})
    said: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, *told: said.append((told[0], told[1])))
    wanted = Wanted(moment.date(), moment + timedelta(days=400), **narrowed)
    with desk.store.read(TEAM) as work:
        assert work.deals.find(wanted, 1, 10).total <= 1
    steps = {step for statement, step in plans(engine, list(said)) if " deals" in step}
    assert steps <= {read, "SEARCH deals USING INTEGER PRIMARY KEY (rowid=?)"}
    assert read in steps


def test_the_names_of_the_deals_that_changed_last_are_read_in_their_order(
    sqlite_url: str, connected: Callable[..., Engine], moment: datetime
) -> None:
    engine = connected(sqlite_url)
    store = settled(Store(engine), moment)
    said: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, *told: said.append((told[0], told[1])))
    with store.read(TEAM) as work:
        assert work.deals.called_lately(1000) == ()
    assert {step for _, step in plans(engine, list(said))} == {"SCAN deals USING INDEX ix_deals_changed"}


def test_the_board_and_the_count_of_the_top_list_go_by_stage_and_sort_nothing_that_is_open(
    sqlite_url: str, connected: Callable[..., Engine], moment: datetime
) -> None:
    engine = connected(sqlite_url)
    desk = Desk(settled(Store(engine), moment), TEAM, moment, ANA)
    said: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, *told: said.append((told[0], told[1])))
    with desk.store.read(TEAM) as work:
        work.deals.board(desk.pipeline.id, moment.date())
        work.deals.candidates(Wanted(moment.date(), moment), 10)
        work.deals.candidates(Wanted(moment.date(), moment, owner_ids=(ANA,)), 10)
    steps = [[step for each, step in plans(engine, [one])] for one in list(said) if " deals" in one[0]]
    by_stage = "SEARCH deals USING INDEX ix_deals_staged (workspace_id=?"
    assert steps[0][0] == f"{by_stage} AND pipeline_id=? AND stage_id>?)"
    assert "USE TEMP B-TREE FOR GROUP BY" not in steps[0]
    assert steps[1] == [f"{by_stage})"]
    assert steps[2][0] == "SCAN deals USING INDEX ix_deals_open"
    assert {each[0] for each in steps[3:]} == {
        "SEARCH deals USING INDEX ix_deals_open (workspace_id=? AND owner_id=?)"
    }


def plans(engine: Engine, said: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    with engine.connect() as connection:
        for statement, parameters in said:
            if statement.startswith(("SELECT", "UPDATE", "INSERT")):
                for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                    yield statement, step.detail


def a_day(desk: Desk, box: Pictures, number: int) -> None:
    desk.channel = MAIN_CHANNEL
    desk.filled("Another")
    desk.move(number, "proposal")
    desk.move(number, "won", fields={Field.CONTACT: "Kim"})
    deal = desk.deal(number)
    desk.reopen(deal)
    desk.undo(deal)
    with desk.store.begin(TEAM) as work:
        work.homes.opened(ANA, desk.at)
        work.outbox.reply("click", {})
        work.receipts.keep("click", "click", {}, desk.at)
        work.receipts.find("click", "click")
        for wanted in ({"owner_ids": (ANA,), "neediest": True}, {"unowned": True, "newest": True}):
            work.deals.find(Wanted(desk.at.date(), desk.at, **wanted), 1, 30)
    box.idle_for(TEAM)
    box.claim_replies(TEAM, 5)
    for letter in box.claim_letters(TEAM, 5):
        box.sent(letter.id, "1.1")
    for card in box.claim_cards(TEAM, 5):
        box.painted(card, 2)
    box.claim_homes(TEAM, 5)


def test_what_closes_in_a_period_is_found_in_the_index_of_open_deals(
    sqlite_url: str, connected: Callable[..., Engine], moment: datetime
) -> None:
    engine = connected(sqlite_url)
    desk = Desk(settled(Store(engine), moment), TEAM, moment, ANA)
    span = span_at(Period.QUARTER, moment.date())
    said: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, *told: said.append((told[0], told[1])))
    with desk.store.read(TEAM) as work:
        work.calls.closing(desk.pipeline.id, span, moment.date())
        work.calls.won(desk.pipeline.id, moment, moment)
        work.calls.said(desk.pipeline.id, span)
    with desk.store.begin(TEAM) as work:
        found = PeriodForecast(*span, 0, 1, 0, 2, 1, 0, 0, None)
        work.calls.foresee(desk.pipeline.id, KeptForecast("EUR", moment, 5, 0, 0, 0, 0, [found]))
    steps = {step for _, step in plans(engine, list(said))}
    assert "SCAN deals USING INDEX ix_deals_open" in steps
    assert not steps & {"SCAN deals", "SCAN calls"}
