"""Where deals get stuck, from the typed line to what is read."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.creating import create
from pipeline.money import Money
from pipeline.moving import move
from pipeline.occasion import Occasion
from pipeline.orders import Edit, Move, New, Said
from pipeline.stage_reports import LEAST_SURE
from pipeline.stages import Field
from storage.looking import look_for_bottlenecks
from tests.story.scene import CROSSED, TEAM, Scene, shown
from tests.story.test_money_hidden import without_money

pytestmark = CROSSED
DAY = timedelta(days=1)


def look(scene: Scene) -> None:
    """Once more, whatever the bot itself has seen at its start."""
    scene.bot.running.bot.heartbeat.beat()
    now = datetime.now(UTC)
    look_for_bottlenecks(scene.store, TEAM, now, now.date())


def many_left(scene: Scene, count: int, currency: str = "EUR") -> None:
    """The lead takes them two days; every second one is lost there and the others are won a month later."""
    begun = datetime.now(UTC) - 60 * DAY
    won, lost, negotiation = (scene.stage_id(key) for key in ("won", "lost", "negotiation"))
    gates: Said = {Field.CONTACT: "Jo", Field.CLOSE_ON: begun.date()}
    with scene.store.begin(TEAM) as work:
        for place in range(count):
            said: Said = {Field.TITLE: f"{currency} {place}", Field.VALUE: Money(120_000, currency)}
            deal = create(work, Occasion("U0BEN", begun), New(said, again=True)).deal
            later = Occasion("U0BEN", begun + 2 * DAY)
            if place % 2:
                move(work, later, Move(deal.number, lost, fields={Field.REASON: "Price"}))
                continue
            move(work, later, Move(deal.number, negotiation, fields=gates))
            move(work, Occasion("U0BEN", begun + 32 * DAY), Move(deal.number, won))


def line_of(text: str, stage: str, *, table: int = 0) -> list[str]:
    return [line.removeprefix(stage).split() for line in text.splitlines() if line.startswith(stage + "  ")][
        table
    ]


def test_the_bottleneck_comes_first_and_each_figure_has_its_sample(scene: Scene) -> None:
    many_left(scene, 2 * LEAST_SURE)
    scene.at_stage("lead")
    look(scene)
    said = scene.deal("@ana", "bottlenecks")
    assert said.text.startswith("Bottlenecks\nThe bottleneck is ")
    assert "the next 90 days would bring €" in said.text
    assert "exits from it were seen." in said.text
    assert "1 open × 50 % won (20 of 40 closed in 90 days) × €" in said.text
    assert line_of(said.text, "Lead generation") == ["1", "€12,000", "2", "d", "2", "d", "41"]
    assert line_of(said.text, "Negotiation")[:3] == ["0", "30", "d"]
    won, _, of, *_, exits = line_of(said.text, "Lead generation", table=1)
    assert (won, of, exits) == ("50", "40", "40")
    assert line_of(said.text, "Qualification", table=1) == ["-", "0", "-", "-", "0"]
    assert "from 41 deals" in shown(said.message)
    assert "As of " in shown(said.message)


def test_open_deals_are_those_of_this_moment(scene: Scene) -> None:
    many_left(scene, 1)
    look(scene)
    scene.at_stage("lead")
    assert line_of(scene.told("@ana", "bottlenecks"), "Lead generation")[:2] == ["1", "€12,000"]


def test_parked_deals_are_in_no_figure_of_what_is_open(scene: Scene) -> None:
    many_left(scene, 1)
    look(scene)
    scene.at_stage("lead")
    parked = scene.at_stage("lead", title="Beta roof")
    rest = datetime.now(UTC).date() + 9 * DAY
    scene.done("U0ANA", Edit(parked.number, {Field.NURTURE_UNTIL: rest}))
    assert line_of(scene.told("@ana", "bottlenecks"), "Lead generation")[:2] == ["1", "€12,000"]


def test_with_too_few_exits_no_bottleneck_is_named(scene: Scene) -> None:
    many_left(scene, LEAST_SURE - 1)
    look(scene)
    said = scene.told("@ana", "bottlenecks")
    assert "No stage can be called the bottleneck yet: that takes 20 exits" in said
    assert "the most there have been is 19" in said


@pytest.mark.parametrize("line", ["engpässe", "engpass", "bottlenecks"])
def test_the_report_speaks_german(scene: Scene, line: str) -> None:
    many_left(scene, 2 * LEAST_SURE)
    look(scene)
    said = scene.deal("@jonas", line)
    assert said.text.startswith("Engpässe\nDer Engpass ist ")
    assert "die nächsten 90 Tage" in said.text
    assert "Abgänge." in said.text
    assert "Tempo: " in said.text
    assert line_of(said.text, "Verhandlung")[:3] == ["0", "30", "d"]
    assert "Stand " in shown(said.message)
    assert "aus 40 Deals" in shown(said.message)


def test_each_currency_has_its_own_report(scene: Scene) -> None:
    many_left(scene, 2 * LEAST_SURE)
    many_left(scene, LEAST_SURE - 2, "USD")
    look(scene)
    scene.done("U0ANA", New({Field.TITLE: "Swiss", Field.VALUE: Money(100, "CHF")}))
    said = scene.deal("@ana", "bottlenecks")
    assert "no value" not in shown(said.message)
    euro, dollar = said.text.split("\nUSD\n")
    assert "\nEUR\nThe bottleneck is" in euro
    assert "$" not in euro
    assert "€" not in dollar
    assert "the most there have been is 18" in dollar
    assert "Deals in CHF are in none of these figures." in shown(said.message)


def test_a_deal_without_a_value_stands_in_the_report_of_the_most_frequent_currency(scene: Scene) -> None:
    many_left(scene, 2)
    many_left(scene, 3, "USD")
    scene.done("U0ANA", New({Field.TITLE: "Bare"}))
    look(scene)
    said = scene.deal("@ana", "bottlenecks")
    euro, dollar = said.text.split("\nUSD\n")
    assert (line_of(euro, "Lead generation")[0], line_of(dollar, "Lead generation")[0]) == ("0", "1")
    assert "from 2 deals" in shown(said.message)
    assert "from 4 deals" in shown(said.message)
    told = "One deal without a value is in no sum. What has no value is counted with USD."
    assert told in shown(said.message)
    german = scene.deal("@jonas", "engpässe")
    assert "Was keinen Wert hat, ist bei USD mitgezählt." in shown(german.message)


def test_where_money_is_hidden_the_report_counts_deals(scene: Scene) -> None:
    many_left(scene, 2 * LEAST_SURE)
    scene.at_stage("lead")
    look(scene)
    said = scene.deal("@gus", "bottlenecks")
    without_money(said.message)
    assert "The bottleneck is" in said.text
    assert "deals more than the" in said.text
    assert "deals more than the" in shown(scene.mention("@ana", "bottlenecks", channel="#partners"))


def test_another_pipeline_is_named_and_shown(scene: Scene) -> None:
    scene.told("@olga", "stages new Partners: First call, Pilot")
    look(scene)
    for line in ("bottlenecks Partners", "engpässe in partners"):
        said = scene.told("@ana", line)
        assert said.startswith("Bottlenecks in Partners\nNo stage can be called the bottleneck yet")
        assert "First call" in said
    assert scene.told("@ana", "bottlenecks").startswith("Bottlenecks in Sales\n")
    assert "no pipeline “nowhere”" in scene.told("@ana", "bottlenecks nowhere")


def test_a_stage_that_came_later_is_shown_without_figures(scene: Scene) -> None:
    many_left(scene, 2 * LEAST_SURE)
    look(scene)
    scene.told("@olga", "stages add Legal after Proposal")
    assert line_of(scene.told("@ana", "bottlenecks"), "Legal") == ["0", "-", "-", "-"]
