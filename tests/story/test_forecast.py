"""`/deal forecast`, as people ask for it; what is reckoned is kept by the night."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from handlers.texts.english import English
from pipeline.calls import span_at
from pipeline.creating import create
from pipeline.kept_forecasts import Period
from pipeline.money import Money
from pipeline.moving import move
from pipeline.occasion import Occasion
from pipeline.orders import Move, New, Said
from pipeline.stages import Field
from storage.foreseeing import refit
from storage.tables import ChangeRow, DealRow, MoveRow
from tests.story.scene import CROSSED, TEAM, Scene, labels, shown
from tests.story.test_money_hidden import without_money

pytestmark = CROSSED
NOW = datetime.now(UTC)
TEXTS = English()


def with_a_past(scene: Scene, wins: int = 20) -> None:
    """A win of 10,000 € each week, ten days after the deal was made, and one deal that is open."""
    with scene.store.begin(TEAM) as work:
        for place in range(wins + 1):
            said: Said = {Field.TITLE: f"Past {place}", Field.VALUE: Money(1_000_000, "EUR")}
            number = create(work, Occasion("U0ANA", NOW), New(said)).deal.number
            closed = NOW - timedelta(weeks=place, hours=1)
            made = closed - timedelta(days=10)
            if place:
                move(work, Occasion("U0ANA", NOW), Move(number, scene.stage_id("won")))
            deal = work.deals.by_number(number)
            ended = closed if place else None
            dated = {"created_at": made, "entered_at": ended or made, "closed_at": ended}
            work.tx.execute(update(DealRow).where(DealRow.id == deal.id).values(**dated))
            work.tx.execute(update(ChangeRow).where(ChangeRow.deal_id == deal.id).values(at=made))
            work.tx.execute(update(MoveRow).where(MoveRow.deal_id == deal.id).values(at=closed, since=made))
    refit(scene.store, TEAM, datetime.now(UTC), UTC)


def test_a_forecast_has_its_band_its_sources_and_its_record(scene: Scene) -> None:
    with_a_past(scene)
    said = scene.told("@ana", "forecast 30 days")
    assert "Next 30 days: €" in said
    assert "(80 %: €" in said
    assert " from one open deal, €" in said
    assert "In the last 12 checks I was off by " in said
    assert "Weighted pipeline would have said €1,000" in said
    assert "This month" not in said
    answer = shown(scene.deal("@ana", "forecast").message)
    assert "As of" in answer
    assert answer.index("This month, to ") < answer.index("This quarter, ") < answer.index("Next 30 days: ")


def test_in_german_and_for_several_periods(scene: Scene) -> None:
    with_a_past(scene)
    said = shown(scene.deal("@jonas", "prognose monat und 30 Tage").message)
    assert "Dieser Monat, bis " in said
    assert "Nächste 30 Tage: " in said
    assert "Quartal" not in said
    assert "lag ich im Mittel um " in said


def test_a_few_wins_are_no_ground(scene: Scene) -> None:
    with_a_past(scene, 3)
    assert "Nothing can be forecast yet: 3 deals were won so far." in scene.told("@ana", "forecast")


def test_an_unknown_period_is_named_with_an_example(scene: Scene) -> None:
    assert "but not decade. For example: /deal forecast quarter" in scene.told("@ana", "forecast decade")
    assert "but not next month." in scene.told("@ana", "forecast quarter and next month")
    assert "nicht für nächstes Quartal." in scene.told("@jonas", "prognose nächstes Quartal")
    assert "Nowhere" in scene.told("@ana", "forecast quarter in Nowhere")


def test_what_can_be_forecast_instead_is_a_button(scene: Scene) -> None:
    with_a_past(scene)
    faces = ["This month", "This quarter", "Next 30 days"]
    for face in faces:
        refused = scene.deal("@ana", "forecast next month").message
        assert labels(refused) == faces
        assert face in shown(scene.press("@ana", refused, face))


def test_a_month_or_quarter_of_today_may_be_called_by_its_name(scene: Scene) -> None:
    with_a_past(scene)
    month, quarter = (span_at(period, NOW.date()) for period in (Period.MONTH, Period.QUARTER))
    assert "This month, " in shown(scene.deal("@ana", f"forecast {month.first:%B}").message)
    named = f"Q{(quarter.first.month + 2) // 3} {quarter.first.year}"
    assert "This quarter, " in shown(scene.deal("@ana", f"forecast in {named}").message)


def test_a_month_that_has_begun_is_not_told_with_the_forecast_of_the_last(scene: Scene) -> None:
    with_a_past(scene)
    assert scene.bot.running.bot.heartbeat.stop(), "or it would reckon the month"
    month = span_at(Period.MONTH, NOW.date())
    refit(
        scene.store, TEAM, datetime.combine(month.first, datetime.min.time(), UTC) - timedelta(minutes=1), UTC
    )
    scene.deal("@mia", "target 300k month")
    said = shown(scene.deal("@ana", "forecast month").message)
    assert f"This month, to {TEXTS.day(month.last)}: \nNot reckoned yet." in said
    assert "Target €300,000: " in said
    assert "80 %" not in said
    scene.deal("@mia", "call 90k month")
    assert "The forecast says" not in scene.told("@mia", "call month")
    assert "The forecast says" not in scene.told("@mia", f"call {month.first - timedelta(days=1):%Y-%m}")
    assert "Noch nicht ausgerechnet." in shown(scene.deal("@jonas", "prognose monat").message)


def test_where_money_is_hidden_so_is_a_forecast(scene: Scene) -> None:
    with_a_past(scene)
    without_money(scene.deal("@gus", "forecast").message)
    assert "a forecast is nothing else" in shown(scene.deal("@gus", "forecast").message)
