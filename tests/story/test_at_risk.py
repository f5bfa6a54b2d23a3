"""The deals at risk below the top list, from the typed line to what is read and pressed."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from handlers.texts.languages import texts
from pipeline.creating import create
from pipeline.money import Money
from pipeline.moving import move
from pipeline.occasion import Occasion
from pipeline.orders import Move, New, Said
from pipeline.stages import Field
from storage.fitting import refit
from storage.tables import DealRow
from tests.story.scene import CROSSED, TEAM, Scene, labels, shown
from tests.story.test_money_hidden import without_money
from tests.story.test_top import made

pytestmark = CROSSED
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def with_a_past(scene: Scene) -> None:
    """Of 32 deals six lie for 40 days, and are lost; the others are won within five."""
    begun = NOW - 120 * DAY
    won, lost = scene.stage_id("won"), scene.stage_id("lost")
    with scene.store.begin(TEAM) as work:
        for place in range(32):
            said: Said = {Field.TITLE: f"Past {place}", Field.VALUE: Money(100_000, "EUR")}
            number = create(work, Occasion("U0ANA", begun), New(said, again=True)).deal.number
            if place < 6:
                order = Move(number, lost, fields={Field.REASON: "Price"})
                move(work, Occasion("U0ANA", begun + 40 * DAY), order)
            else:
                move(work, Occasion("U0ANA", begun + 5 * DAY), Move(number, won))
    refit(scene.store, TEAM, datetime.now(UTC), NOW.date())


def with_old_and_new(scene: Scene) -> int:
    """Five dear ones that are new, one that lies for 31 days, and one that is neither dear nor old."""
    for place in range(5):
        made(scene, f"Dear {place}", VALUE=Money(9_000_000 + place, "EUR"))
    old = made(scene, "Old", VALUE=Money(1_200_000, "EUR"))
    made(scene, "Cheap", VALUE=Money(1_000, "EUR"))
    with scene.store.begin(TEAM) as work:
        lying = update(DealRow).where(DealRow.number == old)
        work.tx.execute(lying.values(entered_at=NOW - 31 * DAY))
    return old


def test_deals_at_risk_come_below_the_first_with_what_they_are_worth_and_have_lost(scene: Scene) -> None:
    with_a_past(scene)
    old = with_old_and_new(scene)
    answer = scene.deal("@ana", "top").message
    first, _, below = shown(answer).partition("At risk")
    assert "5 of 7" in first
    assert f"D-{old} " not in first
    assert below.count("longer than 8 of 10 stay") == 1
    assert f"D-{old}  Old" in below
    assert "€12,000" in below
    assert (
        "Lead generation for 31 days, longer than 8 of 10 stay (5 days): the chance to be won at all fell from 8"
        in below
    )
    assert "by 6 comparable visits" in below
    rows = [block for block in answer["blocks"] if block.get("block_id") == f"top-{old}"]
    scene.press("@ana", {**answer, "blocks": rows}, "Snooze 3 days")
    assert "At risk" not in shown(scene.deal("@ana", "top").message)


def test_in_german_and_of_others_too(scene: Scene) -> None:
    with_a_past(scene)
    with_old_and_new(scene)
    below = shown(scene.deal("@jonas", "prioritäten team").message).partition("Gefährdet")[2]
    assert "seit 31 Tagen, länger als 8 von 10 Deals (5 Tage)" in below
    assert "die Chance, überhaupt gewonnen zu werden, fiel von 8" in below
    assert "At risk" in scene.told("@ben", "top @ana")
    assert "At risk" in scene.told("@ana", "top lead")
    assert "At risk" not in scene.told("@ana", "top negotiation")


def test_what_is_at_risk_is_found_by_value_and_not_told_to_whoever_sees_no_amounts(scene: Scene) -> None:
    with_a_past(scene)
    old = with_old_and_new(scene)
    answer = scene.deal("@gus", "top").message
    without_money(answer)
    assert "At risk" not in shown(answer)
    assert shown(answer).index(f"D-{old} ") < shown(answer).index("Dear")
    assert labels(answer) == []


def test_before_the_first_night_nothing_is_at_risk(scene: Scene) -> None:
    with_old_and_new(scene)
    assert texts("en").at_risk not in scene.told("@ana", "top")
