"""What time alone has changed of a deal is painted anew, and nothing else is."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from pipeline.deal import Deal
from pipeline.health import health_of
from pipeline.orders import Said
from pipeline.stages import Field
from pipeline.stays import LEAST_EXITS
from storage.engine import insert_once
from storage.post_tables import CardRow
from storage.stays import refit
from storage.store import Store
from tests.conftest import ANA, TEAM, settled
from tests.pipeline.desk import Desk


@pytest.fixture
def desk(store: Store, moment: datetime) -> Desk:
    return Desk(settled(store, moment), TEAM, moment, ANA)


def hung(desk: Desk, title: str, said: Said | None = None) -> Deal:
    deal = desk.new(title, fields=said)
    card = {"workspace_id": TEAM, "deal_id": deal.id, "channel_id": "C0SALES", "ts": f"1.{deal.id}"}
    state = {"generation": 1, "state": "living", "wanted_version": 1, "painted_version": 1}
    with desk.store.begin(TEAM) as work:
        insert = insert_once(work.tx.dialect, CardRow)
        work.tx.execute(insert.values(**card, **state, posted_at=0, looked_at=0))
    return deal


def repainted(desk: Desk, since: datetime, now: datetime) -> set[str]:
    with desk.store.begin(TEAM) as work:
        work.cards.repaint_turned(since, now, since.date(), now.date())
        stale = select(CardRow.deal_id).where(CardRow.painted_version == 0)
        found = {work.deals.by_id(row.deal_id).title for row in work.tx.execute(stale).all()}
        work.tx.execute(update(CardRow).values(painted_version=1))
    return found


def test_a_card_follows_the_calendar_once(desk: Desk) -> None:
    now, today = desk.at, desk.at.date()
    hung(desk, "closes today", {Field.CLOSE_ON: today})
    hung(desk, "step today", {Field.NEXT_STEP: "Call", Field.NEXT_STEP_ON: today})
    hung(desk, "rests until tomorrow", {Field.NURTURE_UNTIL: today + timedelta(days=1)})
    hung(
        desk,
        "later",
        {Field.CLOSE_ON: today + timedelta(days=20), Field.NEXT_STEP_ON: today + timedelta(days=9)},
    )
    tomorrow = now + timedelta(days=1)
    assert repainted(desk, now, now + timedelta(hours=1)) == set()
    assert repainted(desk, now, tomorrow) == {"closes today", "step today", "rests until tomorrow"}
    assert repainted(desk, tomorrow, tomorrow + timedelta(hours=1)) == set()


def test_a_card_follows_its_stages_patience_to_the_hour(desk: Desk) -> None:
    hung(desk, "waiting")
    closed = hung(desk, "closed")
    desk.lose(closed)
    patience = desk.stage("lead").patience
    assert patience is not None
    over = desk.at + timedelta(days=patience)
    hour = timedelta(hours=1)
    assert repainted(desk, over - 2 * hour, over - hour) == set()
    assert repainted(desk, over - hour, over + hour) == {"waiting"}
    assert repainted(desk, over + hour, over + 2 * hour) == set()


def test_cards_follow_a_limit_that_was_measured(desk: Desk) -> None:
    """At once those that another limit makes stale, or not stale any more; the others when their time comes."""
    patience = desk.stage("lead").patience
    assert patience is not None
    start, day = desk.at, timedelta(days=1)
    young = hung(desk, "young")
    desk.at = start + timedelta(days=4)
    quick = [desk.filled(f"Quick {place}") for place in range(LEAST_EXITS)]
    desk.at += 2 * day
    for deal in quick:
        desk.move(deal, "proposal")
    hung(desk, "fresh")
    closed = hung(desk, "closed")
    desk.lose(closed)
    assert not health_of(young, desk.pipeline, desk.at.date(), desk.at).stale
    assert refitted(desk) == {"young"}
    assert desk.stage("lead").limit == 3
    assert health_of(young, desk.pipeline, desk.at.date(), desk.at).stale
    assert refitted(desk) == set()
    due = desk.at + 3 * day
    assert repainted(desk, due - day, due) == set()
    assert repainted(desk, due, due + day) == {"fresh"}
    for deal in quick:
        desk.void(desk.deal(deal))
    assert refitted(desk) == {"young"}
    assert desk.stage("lead").limit == patience


def refitted(desk: Desk) -> set[str]:
    refit(desk.store, TEAM, desk.at, desk.at.date())
    return repainted(desk, desk.at, desk.at)
