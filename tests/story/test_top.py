"""The top list, from the typed line to what is read and pressed; and deals that are snoozed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from pipeline.creating import create
from pipeline.deal import ChangeKind
from pipeline.money import Money
from pipeline.moving import move
from pipeline.occasion import Occasion
from pipeline.orders import Edit, Move, New, Said
from pipeline.stages import Field
from storage.fitting import refit
from storage.tables import ChangeRow, DealRow, MoveRow
from tests.running import MAIN
from tests.story.scene import CROSSED, TEAM, Scene, labels, shown
from tests.story.test_money_hidden import without_money

pytestmark = CROSSED
NOW = datetime.now(UTC)
TODAY = NOW.date()


def made(scene: Scene, title: str, by: str = "U0ANA", **said: Money | str | date) -> int:
    fields: Said = {Field.TITLE: title, Field.OWNER: by, **{Field[name]: each for name, each in said.items()}}
    return scene.done(by, New(fields, channel_id=MAIN)).number


def with_a_past(scene: Scene, won: int = 12, lost: int = 8) -> None:
    """Deals of long ago, without cards, that took ten days in their first stage."""
    ends = [scene.stage_id("won")] * won + [scene.stage_id("lost")] * lost
    with scene.store.begin(TEAM) as work:
        for place, end in enumerate(ends):
            said: Said = {Field.TITLE: f"Past {place}", Field.VALUE: Money(100_000, "EUR")}
            number = create(work, Occasion("U0ANA", NOW), New(said)).deal.number
            move(work, Occasion("U0ANA", NOW), Move(number, end, fields={Field.REASON: "Price"}))
    ago, closed = NOW - timedelta(days=90), NOW - timedelta(days=80)
    with scene.store.begin(TEAM) as work:
        dated = {"created_at": ago, "entered_at": closed, "changed_at": closed, "closed_at": closed}
        work.tx.execute(update(DealRow).values(**dated))
        work.tx.execute(update(ChangeRow).values(at=ago))
        work.tx.execute(update(MoveRow).values(at=closed, since=ago))
    refit(scene.store, TEAM, datetime.now(UTC), TODAY)


def test_value_times_chance_orders_the_list_and_says_why(scene: Scene) -> None:
    with_a_past(scene)
    small = made(scene, "Small", VALUE=Money(1_000_000, "EUR"))
    large = made(scene, "Large", VALUE=Money(4_000_000, "EUR"), NEXT_STEP="Call", NEXT_STEP_ON=TODAY)
    scene.done("U0ANA", Edit(large, {Field.NEXT_STEP_ON: TODAY - timedelta(days=1)}))
    said = scene.told("@ana", "top")
    assert said.index(f"D-{large} ") < said.index(f"D-{small} ")
    assert "Top deals: Owner ana" in said
    assert "2 of 2, by value times chance to be won within 30 days" in said
    assert "Lead generation since today: " in said
    assert " % chance to be won within 30 days, by 20 comparable visits" in said
    assert "next step overdue since " in said
    answer = scene.deal("@ana", "top").message
    assert "Chances from 20 closed deals" in shown(answer)


def test_in_german_too(scene: Scene) -> None:
    with_a_past(scene)
    made(scene, "Groß", by="U0JONAS", VALUE=Money(4_000_000, "EUR"), CLOSE_ON=TODAY)
    said = shown(scene.deal("@jonas", "prioritäten").message)
    assert "1 von 1, nach Wert mal Chance auf den Gewinn in 30 Tagen" in said
    assert "% Chance auf den Gewinn in 30 Tagen, nach 20 vergleichbaren Verläufen" in said
    assert "Abschluss diese Woche" in said
    assert "Chancen aus 20 geschlossenen Deals" in said
    snoozed = scene.told("@jonas", "schlummern D-21 3t")
    assert "fehlt bis" in snoozed
    assert "Ein weiterer ruht oder schlummert." in scene.told("@jonas", "vorrang meine")


def test_before_chances_are_known_value_decides_and_it_is_said(scene: Scene) -> None:
    for title, value in (("a", 10), ("b", 30), ("c", 20)):
        made(scene, title, VALUE=Money(value * 100_000, "EUR"))
    answer = scene.deal("@ana", "top").message
    said = shown(answer)
    assert said.index("D-2 ") < said.index("D-3 ") < said.index("D-1 ")
    assert "%" not in said
    assert "Chances are not known yet" in said


def test_five_of_how_many(scene: Scene) -> None:
    for place in range(7):
        made(scene, f"Deal {place}", by="U0BEN", VALUE=Money((place + 1) * 100_000, "EUR"))
    for line in ("top", "top team", "top @ben"):
        assert "5 of 7" in scene.told("@ana", line), line
    assert "There is no open deal to be put first: Owner ana" in scene.told("@ana", "top mine")
    assert "5 of 7" in scene.told("@ana", "prioritäten alle")


@pytest.mark.parametrize("known", [False, True])
def test_that_currencies_take_turns_is_said_where_there_are_several(scene: Scene, *, known: bool) -> None:
    if known:
        with_a_past(scene)
    for title, value in (("a", 9), ("b", 8)):
        made(scene, title, VALUE=Money(value * 100_000, "EUR"))
    made(scene, "c")
    assert "turns" not in scene.told("@ana", "top")
    made(scene, "d", VALUE=Money(1_000, "USD"))
    said = scene.told("@ana", "top")
    assert said.index("€9,000") < said.index("$10") < said.index("€8,000")
    assert ", currencies taking turns\n" in said
    assert ", Währungen im Wechsel\n" in scene.told("@jonas", "prioritäten team")
    assert "turns" not in scene.told("@gus", "top")


def test_parked_and_snoozed_deals_are_left_out_until_their_day(scene: Scene) -> None:
    for title in ("a", "b", "c"):
        made(scene, title, VALUE=Money(100_000, "EUR"))
    scene.deal("@ana", f"nurture D-1 until {TODAY + timedelta(days=9)}")
    assert "out of the top list until" in scene.told("@ana", "snooze D-2 3d")
    said = shown(scene.deal("@ana", "top").message)
    assert "1 of 1" in said
    assert "2 more are parked or snoozed." in said
    assert scene.row(2).snoozed_until == TODAY + timedelta(days=3)
    with scene.store.begin(TEAM) as work:
        work.tx.execute(update(DealRow).where(DealRow.number == 2).values(snoozed_until=TODAY))
    assert "2 of 2" in scene.told("@ana", "top")


def test_a_snooze_is_taken_back_and_is_no_sign_of_life(scene: Scene) -> None:
    number = made(scene, "Acme", VALUE=Money(100_000, "EUR"))
    before = scene.row(number).changed_at
    scene.deal("@ana", "snooze D-1 2 weeks")
    assert scene.changes(number)[-1].kind is ChangeKind.SNOOZED
    assert scene.row(number).changed_at == before
    assert "Not snoozed any more" in scene.told("@ana", "undo D-1")
    assert (scene.row(number).snoozed_until, scene.row(number).changed_at) == (None, before)
    assert "snoozed" in scene.told("@ana", "history D-1")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("snooze D-1", "For how long?"),
        ("snooze D-1 2020-01-01", "is not ahead"),
        ("snooze D-1 0d", "is not ahead"),
        ("snooze D-1 whenever", "whenever"),
        ("snooze D-1 off", "has nothing under “Snoozed until”"),
    ],
)
def test_a_snooze_that_cannot_be_is_explained(scene: Scene, line: str, said: str) -> None:
    made(scene, "Acme")
    assert said in scene.told("@ana", line)
    assert scene.row(1).version == 1


def test_whose_deal_it_is_not_snoozes_nothing(scene: Scene) -> None:
    made(scene, "Acme")
    scene.told("@ben", "snooze D-1 3d")
    assert scene.row(1).snoozed_until is None
    scene.told("@mia", "snooze D-1 tomorrow")
    assert scene.row(1).snoozed_until == TODAY + timedelta(days=1)


def test_outcomes_are_one_tap_away_and_the_list_stays(scene: Scene) -> None:
    soon = TODAY + timedelta(days=1)
    made(scene, "a", VALUE=Money(200_000, "EUR"), NEXT_STEP="Call", NEXT_STEP_ON=soon)
    made(scene, "b", VALUE=Money(100_000, "EUR"))
    listed = scene.deal("@ana", "top").message
    assert labels(listed).count("Next step done") == 1
    done = scene.press("@ana", listed, "Next step done")
    assert not done.get("replace_original")
    assert (scene.row(1).next_step, scene.row(1).next_step_on) == ("", None)
    rows = [block for block in listed["blocks"] if block.get("block_id") == "top-2"]
    scene.press("@ana", {**listed, "blocks": rows}, "Snooze 3 days")
    assert scene.row(2).snoozed_until == TODAY + timedelta(days=3)
    second = scene.press("@ana", {**listed, "blocks": rows}, "Snooze 3 days")
    assert "out of the top list until" in shown(second), "pressed twice, the same answer"
    assert scene.row(2).version == 2


def test_guests_see_no_amounts_and_no_acts(scene: Scene) -> None:
    with_a_past(scene)
    made(scene, "Acme", VALUE=Money(1_200_000, "EUR"))
    answer = scene.deal("@gus", "top").message
    without_money(answer)
    assert "D-21" in shown(answer)
    assert labels(answer) == []


@pytest.mark.parametrize("known", [False, True])
def test_who_sees_no_amounts_is_not_told_their_order(scene: Scene, *, known: bool) -> None:
    """What is late comes first, then what has stayed long; whatever it is worth."""
    if known:
        with_a_past(scene)
    first, large, late, middle = (
        made(scene, title, by="U0BEN", VALUE=Money(value * 100_000, "EUR"))
        for title, value in (("Old", 1), ("Large", 90), ("Late", 2), ("Middle", 3))
    )
    scene.done("U0BEN", Edit(late, {Field.CLOSE_ON: TODAY - timedelta(days=1)}))
    for line in ("top", "top team", "top @ben", "top lead"):
        said = scene.told("@gus", line)
        places = [said.index(f"D-{number} ") for number in (late, first, large, middle)]
        assert places == sorted(places), line
        assert "4 of 4, what needs attention first" in said
        assert "value" not in said
    assert "by value" in scene.told("@ben", "top")
    assert scene.told("@ben", "top").index(f"D-{large} ") < scene.told("@ben", "top").index(f"D-{late} ")


def test_a_mention_in_a_channel_without_money_tells_no_order_of_amounts_either(scene: Scene) -> None:
    small = made(scene, "Small", VALUE=Money(100_000, "EUR"))
    large = made(scene, "Large", VALUE=Money(900_000, "EUR"))
    scene.card(f"D-{large}", shows="€9,000")  # Slack has described the channel
    told = shown(scene.mention("@ana", "top"))
    assert told.index(f"D-{large} ") < told.index(f"D-{small} ")
    scene.deal("@olga", "settings money off")
    told = shown(scene.mention("@ana", "top"))
    assert told.index(f"D-{small} ") < told.index(f"D-{large} ")
    assert "what needs attention first" in told


def test_a_card_shows_the_chance_with_its_sample(scene: Scene) -> None:
    with_a_past(scene)
    number = made(scene, "Acme", VALUE=Money(1_200_000, "EUR"))
    card = shown(scene.card(f"D-{number}", shows="Won within 30 days: "))
    assert " %, 20 similar" in card
    assert "20 similar" in shown(scene.deal("@ana", f"show D-{number}").message)


def test_a_card_shows_no_chance_while_data_are_thin(scene: Scene) -> None:
    with_a_past(scene, won=2, lost=2)
    number = made(scene, "Acme", VALUE=Money(1_200_000, "EUR"))
    assert "%" not in shown(scene.card(f"D-{number}"))


def test_a_word_that_is_none_is_named_with_an_example_of_the_top_list(scene: Scene) -> None:
    assert "“soon”. For example: /deal top" in scene.told("@ana", "top soon")
    assert "/deal prioritäten Verhandlung Team" in scene.told("@jonas", "top bald")
