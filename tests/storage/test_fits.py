"""Chances, found out by one and read by all."""

import json
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import event, select, update

from pipeline.chances import within
from pipeline.due_dates import due_offset
from pipeline.hazards import count, fit, recorded_since
from pipeline.history import Record, visits_of
from pipeline.odds import HORIZON
from pipeline.stages import Field, Pipeline
from storage.fits import are_fitted, kept_grounds, last_fit
from storage.fitting import LEAST_OF_A_CURRENCY, refit
from storage.insight import day_of, read_history
from storage.tables import DealRow, FitRow, PipelineRow
from tests.conftest import TEAM
from tests.pipeline.desk import Desk


def later(desk: Desk, days: float) -> None:
    desk.at += timedelta(days=days)


def closed(desk: Desk, won: int, lost: int) -> None:
    """So many deals that were closed three days after they had entered their first stage, long ago."""
    deals = [desk.filled(f"{place}") for place in range(won + lost)]
    later(desk, 3)
    for place, deal in enumerate(deals):
        desk.move(deal, "won" if place < won else "lost", fields={Field.REASON: "Price"})
    later(desk, 60)


def looked(desk: Desk) -> bool:
    return refit(desk.store, TEAM, desk.at, desk.at.date())


def pipeline(desk: Desk) -> Pipeline:
    return desk.pipeline


def test_chances_are_read_with_the_pipeline_once_they_are_found_out(desk: Desk) -> None:
    assert pipeline(desk).odds == {}
    closed(desk, 6, 6)
    assert looked(desk)
    odds = pipeline(desk).odds[""]
    assert (odds.deals, odds.resolved, odds.fitted_at) == (12, 12, desk.at)
    chance = odds.chance(desk.stage("lead").id, desk.at, None, desk.at)
    assert chance
    assert (chance.similar, chance.won) == (12, 6)
    assert 0.2 < chance.share < 0.6


def test_who_holds_a_pipeline_reads_it_anew_after_a_refit_and_stages_keep_their_version(desk: Desk) -> None:
    closed(desk, 6, 0)
    version = pipeline(desk).version
    looked(desk)
    later(desk, 1)
    looked(desk)
    with desk.store.read(TEAM) as work:
        deal = work.deals.by_number(1)
        found = work.stages.pipeline(deal.pipeline_id)
    assert found.odds[""].fitted_at == desk.at
    assert (found.version, found.refits) == (version, 2)


def test_a_look_that_began_earlier_does_not_outlive_a_later_one(desk: Desk) -> None:
    before = desk.at
    closed(desk, 6, 6)
    looked(desk)
    refit(desk.store, TEAM, before, before.date())
    assert pipeline(desk).odds[""].fitted_at == desk.at


def test_a_held_pipeline_costs_no_query_for_its_chances(desk: Desk) -> None:
    closed(desk, 6, 0)
    looked(desk)
    pipeline(desk)
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(desk.store.engine, "before_cursor_execute", note)
    try:
        with desk.store.read(TEAM) as work:
            assert work.stages.pipeline(work.deals.by_number(1).pipeline_id).odds
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", note)
    assert not [each for each in asked if "fits" in each or "stages" in each]


def test_too_few_closed_deals_give_nothing_to_be_shown(desk: Desk) -> None:
    closed(desk, 2, 2)
    assert not looked(desk)
    assert not pipeline(desk).odds[""].are_known


def test_the_database_remembers_that_it_was_done(desk: Desk) -> None:
    today = desk.at.date()
    with desk.store.read(TEAM) as work:
        assert last_fit(work.tx) is None
        assert not are_fitted(work.tx, today)
    looked(desk)
    with desk.store.read(TEAM) as work:
        found = last_fit(work.tx)
        assert found
        assert (found.at, found.deals, found.resolved) == (desk.at, 0, 0)
        assert are_fitted(work.tx, today)
        assert not are_fitted(work.tx, today + timedelta(days=1))


def test_an_undone_win_is_forgotten_at_the_next_refit(desk: Desk) -> None:
    closed(desk, 6, 6)
    looked(desk)
    before = pipeline(desk).odds[""].stages
    deal = desk.filled("late")
    desk.move(deal, "won")
    desk.undo(desk.deal(deal))
    desk.void(desk.deal(deal))
    looked(desk)
    assert pipeline(desk).odds[""].stages == before


def test_a_currency_with_enough_closed_deals_has_chances_of_its_own(desk: Desk) -> None:
    closed(desk, LEAST_OF_A_CURRENCY, 3)
    looked(desk)
    assert [*pipeline(desk).odds] == [""], "one market"
    with desk.store.begin(TEAM) as work:
        abroad = update(DealRow).where(DealRow.number > LEAST_OF_A_CURRENCY)
        work.tx.execute(abroad.values(currency="USD"))
    looked(desk)
    assert sorted(pipeline(desk).odds) == ["", "EUR"]
    assert pipeline(desk).odds["EUR"].resolved == LEAST_OF_A_CURRENCY


def test_what_was_expected_is_allowed_for(desk: Desk) -> None:
    """Deals due soon are won, deals due late are not."""
    for round_ in range(4):
        soon = [desk.filled(f"soon {round_} {place}") for place in range(10)]
        late = [desk.filled(f"late {round_} {place}") for place in range(10)]
        for deals, ahead in ((soon, 20), (late, 200)):
            for deal in deals:
                desk.edit(deal, {Field.CLOSE_ON: desk.at.date() + timedelta(days=ahead)})
        later(desk, 16)
        for deal in soon:
            desk.move(desk.deal(deal), "won")
    looked(desk)
    odds, lead = pipeline(desk).odds[""], desk.stage("lead").id
    days = (5, 200, -3, -90, 44)
    said = [odds.reckon(lead, desk.at, desk.at.date() + timedelta(days=each), desk.at) for each in days]
    with desk.store.read(TEAM) as work:
        history = read_history(work.tx, work.stages.pipeline(), desk.at)
    assumed = [stage.chance / 100 for stage in desk.pipeline.open_stages]
    now = day_of(desk.at)

    visits = visits_of(history.before(now))
    chances = within(fit(count(visits, now, recorded_since(visits, now)), assumed), HORIZON)
    offset = due_offset(Record(history), now, HORIZON, chances)
    stage, zero = np.zeros(5, np.int16), np.zeros(5)
    until = np.array(days) - now % 1
    wanted = offset.apply(chances.at(stage, zero), stage, until)
    assert [each.share for each in said if each] == pytest.approx(wanted.tolist(), abs=2e-4)
    assert said[0]
    assert said[1]
    assert said[0].share > 2 * said[1].share


def test_the_numbers_behind_are_kept(desk: Desk) -> None:
    closed(desk, 6, 6)
    looked(desk)
    with desk.store.read(TEAM) as work:
        grounds = kept_grounds(work.tx, desk.pipeline.id, "")
    lead = grounds["stages"][str(desk.stage("lead").id)]
    exits = dict(zip(grounds["ends"], map(sum, zip(*lead["exits"], strict=True)), strict=True))
    assert exits[desk.stage("won").id] == exits[desk.stage("lost").id] == 6


def test_what_is_needed_to_tell_of_risks_is_kept_beside_what_older_versions_read(desk: Desk) -> None:
    closed(desk, 6, 6)
    looked(desk)
    lead = desk.stage("lead").id
    risk = pipeline(desk).odds[""].stages[lead].risk
    assert risk
    assert (risk.usual, len(risk.ever)) == (3, 400)
    assert pipeline(desk).odds[""].stages[desk.stage("negotiation").id].risk is None
    with desk.store.begin(TEAM) as work:
        body = json.loads(work.tx.execute(select(FitRow.odds)).scalar_one())
        assert {len(columns) for columns in body["stages"].values()} == {4}
        assert body.pop("risks").keys() == {str(lead)}
        work.tx.execute(update(FitRow).values(odds=json.dumps(body)))
        work.tx.execute(update(PipelineRow).values(refits=PipelineRow.refits + 1))
    older = pipeline(desk).odds[""]
    assert older.stages.keys() == {int(each) for each in body["stages"]}
    assert older.highest_drop == 0.0
    assert older.risk(lead, 300) is None
