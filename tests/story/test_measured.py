"""A limit that was measured holds at every door, and says where it comes from."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from pipeline.creating import create
from pipeline.moving import move
from pipeline.occasion import Occasion
from pipeline.orders import Move, New
from pipeline.stages import Field
from pipeline.stays import LEAST_EXITS
from storage.stays import refit
from storage.tables import DealRow
from tests.story.scene import CROSSED, TEAM, Scene, shown

pytestmark = CROSSED
DAY = timedelta(days=1)


def many_left_after(scene: Scene, days: int) -> None:
    now = datetime.now(UTC)
    into = scene.stage_id("lost")
    with scene.store.begin(TEAM) as work:
        for place in range(LEAST_EXITS):
            made = Occasion("U0BEN", now - 30 * DAY)
            deal = create(work, made, New({Field.TITLE: f"Quick {place}"}, again=True)).deal
            left = replace(made, at=made.at + days * DAY)
            move(work, left, Move(deal.number, into, fields={Field.REASON: "Price"}))


def test_card_list_home_and_stages_tell_of_the_same_limit(scene: Scene) -> None:
    now = datetime.now(UTC)
    scene.at_stage("lead")
    assert "stale" not in shown(scene.card())
    with scene.store.begin(TEAM) as work:
        aged = {"entered_at": now - 4 * DAY, "changed_at": now - 4 * DAY, "created_at": now - 4 * DAY}
        work.tx.execute(update(DealRow).values(**aged))
    many_left_after(scene, 2)
    assert "D-1" not in scene.told("@ana", "list stale")
    assert "7 days" in scene.told("@ana", "stages")
    assert refit(scene.store, TEAM, now, now.date())
    scene.bot.running.bot.services.wake()
    scene.card(shows="stale")
    assert "D-1" in scene.told("@ana", "list stale")
    assert "stale after 3 days: 1.5 times the median of 21 visits" in scene.told("@ana", "stages")
    told = scene.told("@olga", "stages patience lead 30")
    assert told.endswith("for now a deal is stale after 3 days: 1.5 times the median of 21 visits.")
    assert "D-1" in scene.told("@ana", "list stale")
