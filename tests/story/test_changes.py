"""`/deal changes`: what made the difference since a day, in words that add up."""

import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.texts.languages import texts
from pipeline.acts import carry_out
from pipeline.deal import Deal
from pipeline.money import Money
from pipeline.occasion import Occasion, Outcome
from pipeline.orders import Edit, Move, New, Order, Undo
from pipeline.snapshots import beginning_of
from pipeline.stages import Field
from storage.snapshots import take
from tests.story.scene import CROSSED, REQUIRED, TEAM, Json, Scene, shown

pytestmark = CROSSED
AGO = timedelta(days=1)


@pytest.fixture
def week(scene: Scene) -> Scene:
    """Three deals a month ago; in the last days one came, one was won, one grew and changed hands, one was undone."""
    month = timedelta(days=30)
    at(scene, month, "U0ANA", New({Field.TITLE: "Acme renewal", Field.VALUE: Money(1_200_000, "EUR")}))
    at(scene, month, "U0BEN", New({Field.TITLE: "Beta roof", Field.VALUE: Money(900_000, "USD")}))
    at(scene, month, "U0ANA", New({Field.TITLE: "Gamma pilot", Field.VALUE: Money(500_050, "EUR")}))
    days = timedelta(days=3)
    won = {**REQUIRED["won"], Field.VALUE: Money(1_500_000, "EUR")}
    at(scene, days, "U0ANA", Move(1, scene.stage_id("won"), fields=won))
    at(scene, days, "U0BEN", Edit(2, {Field.VALUE: Money(1_000_000, "USD")}))
    at(scene, days, "U0ANA", Edit(3, {Field.OWNER: "U0BEN"}))
    at(scene, days, "U0BEN", New({Field.TITLE: "Delta", Field.VALUE: Money(10_000, "EUR")}))
    at(scene, days, "U0BEN", Edit(3, {Field.VALUE: Money(1, "EUR")}))
    at(scene, days, "U0MIA", Undo(3))
    return scene


def at(scene: Scene, ago: timedelta, by: str, order: Order) -> Deal:
    """What somebody did some time ago."""
    moment = now(scene) - ago
    with scene.store.begin(TEAM) as work:
        outcome = carry_out(work, Occasion(by, moment), order)
    assert isinstance(outcome, Outcome)
    return outcome.deal


def now(scene: Scene) -> datetime:
    return scene.bot.running.bot.services.clock()


def zone(scene: Scene) -> ZoneInfo:
    return scene.bot.running.bot.services.house.zone


def day(scene: Scene, ago: int) -> date:
    return (now(scene).astimezone(zone(scene)) - timedelta(days=ago)).date()


def lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_each_step_is_told_with_its_deals_and_adds_up(week: Scene) -> None:
    told = lines(week.told("@ana", f"changes since {day(week, 10)}"))
    assert ["New", "1", "+€100"] in told
    assert ["Increased", "1", "+$1,000"] in told
    assert ["Won", "1", "-€12,000"] in told
    assert [line[-2:] for line in told if line[:2] == ["Open", "on"]] == [["3", "€17,000.50"]]
    assert [line for line in told if line[:2] == ["Open", "now"]] == [["Open", "now", "3", "€5,100.50"]]
    assert ["$9,000"] in told
    assert ["$10,000"] in told
    said = week.told("@ana", f"changes since {day(week, 10)}")
    assert "New (1): D-4 Delta €100" in said
    assert "Increased (1): D-2 Beta roof +$1,000" in said
    assert "Won (1): D-1 Acme renewal €12,000, won for €15,000" in said
    assert "As of " in said
    assert "Decreased" not in said


def test_one_owners_part_tells_what_was_handed_over(week: Scene) -> None:
    anas = week.told("@ana", f"changes mine since {day(week, 10)}")
    assert "Owner ana" in anas
    assert ["Handed", "over", "1", "-€5,000.50"] in lines(anas)
    bens = week.told("@ana", f"changes since {day(week, 10)} @ben")
    assert ["Taken", "over", "1", "+€5,000.50"] in lines(bens)


def test_a_period_tells_what_was_pulled_in_and_pushed_out(week: Scene) -> None:
    today = day(week, 0)
    at(week, timedelta(days=20), "U0BEN", Edit(2, {Field.CLOSE_ON: today}))
    at(week, AGO, "U0BEN", Edit(2, {Field.CLOSE_ON: today + timedelta(days=400)}))
    at(week, AGO, "U0BEN", Edit(3, {Field.CLOSE_ON: today}))
    told = week.told("@ana", f"changes since {day(week, 10)} closing this month")
    assert "closing" in told.splitlines()[0]
    assert "Pulled in (1): D-3 Gamma pilot €5,000.50" in told
    assert "Pushed out (1): D-2 Beta roof $9,000" in told


def test_it_speaks_german(week: Scene) -> None:
    told = week.told("@jonas", f"änderungen seit {day(week, 10):%d.%m.%Y}")
    assert told.startswith("Änderungen seit ")
    assert ["Gewonnen", "1", "-12.000", "€"] in lines(told)
    assert "Gewonnen (1): D-1 Acme renewal 12.000\u00a0€, gewonnen für 15.000\u00a0€" in told
    assert "Stand: " in told


def test_a_guest_gets_counts_and_names_only(week: Scene) -> None:
    line = f"changes since {day(week, 10)}"
    assert "Won (1): D-1 Acme renewal" in week.told("@gus", line)
    said = shown(week.deal("@gus", line).message)
    for hidden in ("€", "$", "12,000", "15,000", "Value", "5,100"):
        assert hidden not in said


def test_the_frozen_copy_of_a_monday_is_where_the_week_begins(week: Scene) -> None:
    today = day(week, 0)
    monday = today - timedelta(days=today.weekday() + 7)
    begin = beginning_of(monday, zone(week))
    take(week.store, TEAM, begin + timedelta(seconds=20), monday)
    deal = week.done("U0ANA", New({Field.TITLE: "Epsilon", Field.VALUE: Money(70_000, "EUR")}))
    told = week.told("@ana", "changes since last week")
    assert f"New (1): {deal.code} Epsilon €700" in told
    assert "the weekly copy that was frozen" in told
    context = shown(week.deal("@ana", "changes since last week").message)
    assert "Weighted by the stages' chances: €510.05 → €580.05, +€70 by what became of deals." in context
    assert "Changed chances" not in context
    assert "$1,000 →" not in context, "no difference"
    week.deal("@olga", "stages chance lead 20")
    context = shown(week.deal("@ana", "changes since last week").message)
    assert "€510.05 → €1,160.10, +€70 by what became of deals." in context
    assert "Changed chances of stages: +€580.05 weighted." in context


def test_where_nothing_has_changed_one_sentence_says_so(scene: Scene) -> None:
    assert scene.told("@ana", "changes since monday").endswith("no deal was open then, and none is now.")
    at(scene, timedelta(days=30), "U0ANA", New({Field.TITLE: "Acme", Field.VALUE: Money(500, "EUR")}))
    said = scene.told("@ana", "changes since 2 weeks ago")
    assert said.startswith("No deal has come, gone or changed its value since ")
    assert said.endswith(": 1 open deal, worth €5.")
    assert scene.told("@gus", "changes since 2 weeks ago").endswith(": 1 open deal.")
    assert "ein offener Deal im Wert von 5\u00a0€." in scene.told("@jonas", "änderungen seit vorgestern")


def test_what_was_not_understood_is_named_with_an_example(scene: Scene) -> None:
    for line, word in (
        ("changes since xyzzy", "“xyzzy”"),
        ("changes stale", "“stale”"),
        ("changes since monday xyzzy", "“xyzzy”"),
        ("changes over 50k", "“over 50k”"),
        ("changes since 2099-01-01", "still to come"),
    ):
        said = scene.told("@ana", line)
        assert word in said, line
        assert "/deal changes" in said, line
        assert "\n" not in said, line
    assert "could be" in scene.told("@ana", "changes since 3/4")
    assert "/deal änderungen" in scene.told("@jonas", "änderungen seit xyzzy")


def test_another_pipeline_has_changes_of_its_own(scene: Scene) -> None:
    scene.deal("@olga", "stages new Partners: Talk, Sign")
    scene.deal("@ana", "new Acme 12k in Partners")
    scene.deal("@ana", "new Beta 5k")
    assert "New (1): D-1 Acme €12,000" in scene.told("@ana", "changes since today in Partners")
    said = scene.told("@ana", "changes since today")
    assert "New (1): D-2 Beta €5,000" in said
    assert "pipeline" in said.splitlines()[0]


@pytest.mark.parametrize("deals", [0, 1])
def test_as_of_is_the_workspaces_day_where_slack_shows_no_moment(scene: Scene, deals: int) -> None:
    """Of these two zones one has another day than UTC, at any hour."""
    for place in range(deals):
        scene.done("U0ANA", New({Field.TITLE: f"Deal {place}"}))
    for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        scene.deal("@olga", f"settings zone {name}")
        said = scene.deal("@ana", "changes since 3 days ago" if deals else "changes since monday").message
        today = texts("en").day(now(scene).astimezone(ZoneInfo(name)).date())
        assert _fallbacks(said["blocks"])[-1] == today
        assert (f"As of {today}" in said["text"]) is (deals > 0)


def _fallbacks(blocks: list[Json]) -> list[str]:
    found = json.dumps(blocks)
    return re.findall(r'"fallback": "([^"]*)"', found)
