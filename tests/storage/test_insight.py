"""A pipeline's past, as the ledger tells it in columns."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from sqlalchemy import text

from pipeline.history import History, standing_at
from pipeline.money import Money
from pipeline.shapes import ArchiveStage
from pipeline.shaping import shape
from pipeline.stages import Field
from storage import lives
from storage.insight import day_of, read_history
from tests.conftest import OLGA, TEAM
from tests.pipeline.desk import FILLED, Desk
from tests.storage.test_stays import anything, walked

Entries = list[list[tuple[str, float]]]


def past(desk: Desk, currency: str | None = None) -> History:
    with desk.store.read(TEAM) as work:
        return read_history(work.tx, work.stages.pipeline(), desk.at, currency)


def entries(desk: Desk) -> Entries:
    """Of each deal the stages it entered, and how many days ago."""
    history, now = past(desk), day_of(desk.at)
    names = [*(stage.key for stage in desk.pipeline.open_stages), "won", "lost"]
    found: Entries = [[] for _ in history.created]
    for deal, stage, at in zip(history.deal, history.stage, history.at, strict=True):
        found[deal].append((names[stage], round(now - float(at), 3)))
    return found


def later(desk: Desk, days: float) -> None:
    desk.at += timedelta(days=days)


def test_a_deal_enters_its_first_stage_and_then_what_each_move_leads_to(desk: Desk) -> None:
    deal = desk.filled()
    later(desk, 3)
    desk.move(deal, "proposal")
    later(desk, 4)
    desk.move(deal, "won")
    other = desk.filled("other")
    later(desk, 1)
    assert entries(desk) == [[("lead", 8), ("proposal", 5), ("won", 1)], [("lead", 1)]]
    assert other.number == 2


def test_undo_restores_every_figure(desk: Desk) -> None:
    deal = desk.filled()
    later(desk, 3)
    before = [*entries(desk)]
    desk.move(deal, "won")
    desk.undo(desk.deal(deal))
    desk.edit(desk.deal(deal), {Field.CLOSE_ON: date(2027, 3, 1)})
    desk.undo(desk.deal(deal))
    assert entries(desk) == before
    assert [float(each) for each in past(desk).due] == [days(FILLED[Field.CLOSE_ON])]


def test_void_and_merged_deals_are_left_out_and_a_reopened_one_is_in(desk: Desk) -> None:
    kept, merged, mistaken, reopened = (desk.filled(name) for name in ("a", "b", "c", "d"))
    desk.merge(kept, merged)
    desk.void(mistaken)
    later(desk, 0.25)
    desk.lose(reopened)
    later(desk, 0.25)
    desk.reopen(desk.deal(reopened))
    assert entries(desk) == [[("lead", 0.5)], [("lead", 0.5), ("lost", 0.25), ("lead", 0)]]
    desk.undo(desk.deal(mistaken))
    assert len(entries(desk)) == 3


@pytest.mark.parametrize("batch", [1, 3, 1000])
def test_the_columns_are_what_each_deals_own_history_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(lives, "_BATCH", batch)
    chance = Random(f"insight {batch}")
    for title in map(str, range(12)):
        desk.filled(title)
    for _ in range(150):
        later(desk, chance.choice([0.2, 1, 3]))
        anything(desk, chance)
    told = [
        [stage for stage, _, _ in walked(desk, deal)]
        for number in range(1, 13)
        if not (deal := desk.deal(number)).voided_at
    ]
    closed = {"won", "lost"}
    assert [[stage for stage, _ in each if stage not in closed] for each in entries(desk)] == [
        [stage for stage in each if stage not in closed] for each in told
    ]


def test_an_archived_stage_counts_as_the_one_before_it(desk: Desk) -> None:
    deal = desk.filled()
    later(desk, 1)
    desk.move(deal, "proposal")
    later(desk, 1)
    desk.move(deal, "negotiation")
    with desk.store.begin(TEAM) as work:
        shape(work, desk.occasion(OLGA), ArchiveStage(desk.stage("proposal").id))
    assert entries(desk) == [[("lead", 2), ("qualification", 1), ("negotiation", 0)]]


def test_values_are_of_one_currency_and_a_lost_deals_nothing_is_none(desk: Desk) -> None:
    for name, value in (("a", Money(500, "EUR")), ("b", Money(700, "USD")), ("c", None)):
        desk.new(name, fields={Field.VALUE: value} if value else {})
    lost = desk.filled("d")
    desk.lose(desk.edit(lost, {Field.VALUE: Money(0, "EUR")}).deal)
    assert np.array_equal(past(desk, "EUR").value, [500, np.nan, np.nan], equal_nan=True)
    assert np.array_equal(past(desk, "USD").value, [700, np.nan], equal_nan=True)
    assert len(past(desk).value) == 4
    assert np.isnan(past(desk).value).all()


def days(said: object) -> float:
    assert isinstance(said, date)
    return float((said - date(1970, 1, 1)).days)


def test_expected_closes_are_told_as_they_became_known(desk: Desk) -> None:
    deal = desk.new(fields={Field.CLOSE_ON: date(2026, 12, 1)})
    made = day_of(desk.at)
    later(desk, 2)
    desk.edit(deal, {Field.CLOSE_ON: date(2027, 1, 1)})
    later(desk, 2)
    desk.edit(desk.deal(deal), {Field.CLOSE_ON: None})
    bare = desk.new("bare")
    later(desk, 1)
    desk.edit(bare, {Field.CLOSE_ON: date(2026, 12, 24)})
    later(desk, 1)
    history = past(desk)
    assert [float(each) for each in standing_at(history, made + 1).due] == [days(date(2026, 12, 1))]
    assert [float(each) for each in standing_at(history, made + 3).due] == [days(date(2027, 1, 1))]
    known = standing_at(history, day_of(desk.at)).due
    assert np.isnan(known[0])
    assert float(known[1]) == days(date(2026, 12, 24))


def test_when_an_imported_deals_close_was_expected_is_known_only_now(desk: Desk) -> None:
    desk.new(fields={Field.CLOSE_ON: date(2026, 12, 1)})
    later(desk, 5)
    with desk.store.begin(TEAM) as work:
        work.tx.execute(text("UPDATE deals SET origin = 'csv:x', origin_id = '1'"))
    history = past(desk)
    assert np.isnan(standing_at(history, day_of(desk.at) - 1).due).all()
    assert [float(each) for each in standing_at(history, day_of(desk.at)).due] == [days(date(2026, 12, 1))]
