"""Calls and targets, as people say them and as the forecast tells them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from pipeline.calls import Span, following, preceding, span_at
from pipeline.kept_forecasts import Period
from pipeline.money import Money
from pipeline.orders import Edit, Move, New, Said
from pipeline.stages import Field
from storage.call_tables import CallRow
from storage.tables import DealRow
from tests.story.scene import CROSSED, TEAM, Scene, shown
from tests.story.test_forecast import with_a_past
from tests.story.test_money_hidden import without_money

pytestmark = CROSSED
NOW = datetime.now(UTC)
TODAY = NOW.date()
MONTH, QUARTER = (span_at(period, TODAY) for period in (Period.MONTH, Period.QUARTER))


def made(scene: Scene, title: str, euros: int, by: str = "U0ANA", *, won: bool = False) -> int:
    """A deal that closes on the quarter's last day, or was won just now."""
    said: Said = {
        Field.TITLE: title,
        Field.VALUE: Money(euros * 100, "EUR"),
        Field.CLOSE_ON: QUARTER.last,
        Field.OWNER: by,
    }
    number = scene.done("U0OLGA", New(said)).number
    if won:
        scene.done("U0OLGA", Move(number, scene.stage_id("won")))
    return number


# Targets.


def test_a_target_says_how_far_it_is_and_what_covers_it(scene: Scene) -> None:
    made(scene, "Open", 540)
    made(scene, "Won", 120, won=True)
    said = scene.deal("@mia", "target 300")
    assert "This quarter" in said.text
    assert "the target is €300 now: €120 won so far, €180 left." in said.text
    assert "hold €540, 3 times what is left" in said.text
    again = scene.deal("@mia", "target 400 quarter")
    assert "the target is €400 now (before it was €300)" in again.text
    back = scene.press("@mia", again.message, "Back to €300")
    assert "the target is €300 now (before it was €400)" in back["text"]
    assert "Target €300: €120 won so far" in scene.told("@ana", "target")
    assert "Ziel 300 €: bisher 120 € gewonnen" in shown(scene.deal("@jonas", "ziel quartal").message).replace(
        "\xa0", " "
    )
    assert "the target of €300 is taken away" in scene.told("@mia", "target off")
    assert "No target is set" in scene.told("@ana", "target")
    assert "there is no target in EUR" in scene.told("@mia", "target off")


def test_a_target_that_is_reached_or_that_nothing_covers(scene: Scene) -> None:
    made(scene, "Won", 120, won=True)
    assert "No open deal with an amount closes in time" in scene.told("@mia", "target 300")
    assert "€120 won, so it is reached and nothing is left to win" in scene.told("@mia", "target 100")


def test_a_button_goes_back_in_the_period_that_it_was_of(scene: Scene) -> None:
    scene.deal("@mia", "target 300 next quarter")
    said = scene.deal("@mia", "target 400 next quarter")
    assert "Next quarter" in said.text
    run = next(
        element["value"]
        for block in said.message["blocks"]
        for element in block.get("elements", ())
        if element["type"] == "button"
    )
    first = following(QUARTER).first
    assert f"{first.year}-Q{(first.month + 2) // 3}" in run


def test_only_managers_set_targets(scene: Scene) -> None:
    assert "Setting targets is for managers and admins" in scene.told("@ana", "target 300k")
    assert scene.count("targets") == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("-5k", "cannot be negative. For example: 12k"),
        ("10 xyz", "no currency that I know. For example: 12,000 EUR"),
        ("€12k USD", "for example: 12,000 USD"),
        ("120k EUR 20k USD", "is no amount and no period that I know. For example: /deal {} "),
        ("lots", "“lots” is no amount and no period that I know. For example: /deal {} "),
        ("300k decade", "“300k decade” is no amount and no period"),
        ("300k month quarter", "One period at a time"),
        ("300k 2020-Q1", "That period ended on Mar 31, 2020"),
        ("300k in Nowhere", "Nowhere"),
    ],
)
def test_what_is_not_understood_is_said_with_an_example(scene: Scene, line: str, said: str) -> None:
    for word in ("call", "target"):
        assert said.format(word) in scene.told("@mia", f"{word} {line}")
    assert (scene.count("calls"), scene.count("targets")) == (0, 0)


def test_a_currency_that_is_not_said_is_the_pipelines_or_the_workspaces(scene: Scene) -> None:
    assert "€5,000" in scene.told("@ana", "call 5k")
    assert "$5,000" in scene.told("@ana", "call 5k USD")
    scene.deal("@olga", "settings currency USD")
    assert "$7,000" in scene.told("@ana", "call 7k")
    with_a_past(scene)
    assert "€8,000" in scene.told("@ana", "call 8k"), "the only one that the pipeline is forecast in"


# Calls.


def test_calls_stand_beside_each_other_and_the_forecast(scene: Scene) -> None:
    with_a_past(scene)
    assert "Nobody has called it yet" in scene.told("@ben", "call")
    assert "you call €120,000 for your own deals." in scene.told("@ana", "call 120k")
    assert "Until now you called €120,000." in scene.told("@ana", "call 110k quarter")
    scene.deal("@ben", "call 80k")
    assert "you call €480,000 for everybody." in scene.told("@mia", "call 480k")
    said = shown(scene.deal("@ben", "call").message)
    assert "ana: €110,000 for their own deals, €" in said
    assert "ben: €80,000 for their own deals, nothing won so far" in said
    assert "mia: €480,000 for everybody" in said
    assert "Together 2 people call €190,000 for their own deals." in said
    assert "The forecast says €" in said
    assert said.index("This quarter") < said.index("The forecast says")
    told = shown(scene.deal("@ben", "forecast quarter").message)
    assert "Called for their own deals: ana €110,000, ben €80,000; together €190,000." in told
    assert "mia calls €480,000 for everybody, €" in told
    assert " more than the forecast." in told


def test_a_call_is_taken_back_by_its_button(scene: Scene) -> None:
    said = scene.deal("@ana", "call 120k month")
    scene.press("@ana", said.message, "Take it away")
    assert "Nobody has called it yet" in scene.told("@ana", "call month")
    assert scene.count("calls") == 2, "what was said is kept"


def test_whoever_left_calls_no_more(scene: Scene) -> None:
    scene.deal("@ana", "call 120k")
    scene.deal("@ben", "call 80k")
    scene.control.person("@ben", fire=True, deleted=True)
    scene.bot.running.bot.services.directory.forget_person(TEAM, "U0BEN")
    said = shown(scene.deal("@ana", "call").message)
    assert "ben: €80,000 for their own deals, nothing won so far (of somebody who left" in said
    assert "Together" not in said
    assert "Called for their own deals: ana €120,000." in scene.told("@ana", "forecast quarter")


def test_who_sees_no_money_sees_no_calls(scene: Scene) -> None:
    scene.deal("@ana", "call 12k")
    scene.deal("@mia", "target 15k")
    made(scene, "Open", 12_000)
    for line in ("call", "target", "forecast", "call quarter"):
        without_money(scene.deal("@gus", line).message)
    scene.at_stage("lead")
    scene.card()
    assert "no amounts any more" in scene.told("@olga", "settings money off")
    without_money(scene.mention("@ana", "call 15k"))
    without_money(scene.mention("@mia", "target 12k"))
    assert "Noted" in shown(scene.mention("@ana", "call 15k"))


def test_a_mention_tells_everybody_alike(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card()
    assert "you call €12,000" in shown(scene.mention("@ana", "call 12k"))
    assert "ana: €12,000" in shown(scene.mention("@ben", "call"))
    assert "Forecast category: commit" in shown(scene.mention("@ana", "category D-1 commit"))


# Beside the forecast.


def test_a_forecast_tells_what_closes_by_category_as_it_stands_now(scene: Scene) -> None:
    with_a_past(scene)
    first, second = made(scene, "Sure", 300), made(scene, "Maybe", 40)
    made(scene, "Gone", 5, won=True)
    scene.deal("@ana", f"category D-{first} commit")
    scene.deal("@ana", f"category D-{second} omitted")
    said = shown(scene.deal("@ana", "forecast quarter").message)
    assert "Closing in it: commit €300 (1 deal), omitted €40 (1 deal)." in said
    scene.deal("@mia", "target 1m quarter")
    said = shown(scene.deal("@ana", "forecast").message)
    # In a quarter's last month the deals close within the month as well.
    _, _, quarter = said.partition("This quarter")
    assert quarter.index("Target €1,000,000") < quarter.index("Closing in it: commit")
    assert quarter.index("Closing in it: commit") < quarter.rindex("Next 30 days")


def test_what_closes_without_an_amount_is_told_once_under_the_currency_that_it_belongs_to(
    scene: Scene,
) -> None:
    with_a_past(scene)
    made(scene, "Euros", 300)
    dollars, bare = made(scene, "Dollars", 40), made(scene, "Bare", 5)
    scene.done("U0OLGA", Edit(dollars, {Field.VALUE: Money(40_00, "USD")}), Edit(bare, {Field.VALUE: None}))
    for user, line, unvalued, pipeline in (
        ("@ana", "forecast quarter", "One more has no amount.", "pipeline"),
        ("@jonas", "prognose quartal", "Einer mehr hat keinen Betrag.", "Pipeline"),
    ):
        said = shown(scene.deal(user, line).message).replace("\xa0", " ")
        assert said.count(unvalued) == 1
        assert (
            f"{pipeline} {'€300' if user == '@ana' else '300 €'} (1 Deal). {unvalued}".lower() in said.lower()
        )


def test_without_a_forecast_targets_and_calls_are_told_all_the_same(scene: Scene) -> None:
    assert "There is no forecast yet" in scene.told("@ana", "forecast")
    scene.deal("@mia", "target 300k quarter")
    said = shown(scene.deal("@ana", "forecast").message)
    assert "Target €300,000: nothing won so far, €300,000 left." in said
    assert "There is no forecast yet" in said


def called_before(scene: Scene, span: Span, person: str, euros: int, foreseen: int, *, team: bool) -> None:
    at = datetime.combine(span.first, datetime.min.time(), UTC) + timedelta(days=1)
    row = {
        "workspace_id": TEAM,
        "period": span.period.value,
        "first": span.first,
        "at": at,
        "person_id": person,
        "team": team,
        "currency": "EUR",
        "amount": euros * 100,
        "foreseen": foreseen * 100,
    }
    with scene.store.begin(TEAM) as work:
        work.tx.execute(insert(CallRow).values(**row, pipeline_id=work.stages.pipeline().id))
        closed = at + timedelta(days=5)
        work.tx.execute(update(DealRow).where(DealRow.closed_at.is_not(None)).values(closed_at=closed))


def test_what_became_of_the_last_call_is_said(scene: Scene) -> None:
    number = made(scene, "Won then", 97_000, won=True)
    assert scene.row(number).closed_at
    called_before(scene, preceding(MONTH), "U0MIA", 120_000, 101_000, team=True)
    called_before(scene, preceding(MONTH), "U0ANA", 90_000, 101_000, team=False)
    said = shown(scene.deal("@mia", "forecast").message) + shown(scene.deal("@mia", "call").message)
    assert "Last month you called €120,000; it became €97,000." in said
    assert "The forecast then said €101,000." in said
    assert "Last month ana called €90,000 for their own deals and won €97,000." in said
    assert "In the last month calls were off by 15 %, the forecast by 4 %" in said
    said = shown(scene.deal("@ana", "forecast month").message)
    assert "Last month you called €90,000 for your own deals and won €97,000." in said
    assert "mia" not in said
    assert "Last month" not in scene.told("@ben", "forecast month")
