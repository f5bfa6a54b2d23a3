"""Money: hidden from guests in what only they see, and from channels that another firm reads."""

import json
from itertools import product
from typing import Any

import pytest

from pipeline.orders import Edit, New
from pipeline.stages import Field
from tests.running import MAIN, wait_until
from tests.story.scene import BOTH_ENGINES, CROSSED, LEAD, QUALIFICATION, Scene, shown

Json = dict[str, Any]


def without_money(seen: Json) -> None:
    told = {
        name: part for name, part in seen.items() if name not in ("ts", "metadata", "sent", "client_msg_id")
    }
    text = json.dumps(told, ensure_ascii=False)
    for sum_ in ("12,000", "12.000", "1200000", "1500000", "15,000", "€"):
        assert sum_ not in text, text


@CROSSED
@pytest.mark.parametrize("user", ["@gus", "@pat"])
def test_a_guest_sees_no_money_in_what_only_they_see(scene: Scene, user: str) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "value D-1 15k")
    channel = "#sales" if user == "@gus" else "#partners"
    for line in ("show D-1", "history D-1", "move D-1 lost", "value D-1 9", "undo D-1", "won D-1"):
        without_money(scene.deal(user, line, channel=channel).message)
    scene.control.open_home(user)
    without_money(scene.home(user, shows="No open deals"))


def test_a_budget_is_money_too(scene: Scene) -> None:
    scene.done("U0ANA", New({Field.TITLE: "Acme renewal", Field.BUDGET: "about 20 grand"}, channel_id=MAIN))
    deal = scene.done("U0ANA", Edit(1, {Field.BUDGET: "30 grand at most"}))
    assert "30 grand" in scene.told("@ana", f"history {deal.code}")
    assert "grand" not in scene.told("@gus", f"history {deal.code}")


def test_a_guest_who_presses_a_card_sees_no_money_in_the_answer(scene: Scene) -> None:
    scene.at_stage("lead")
    stale = scene.pressed_late("@gus", scene.card(), "Lost")
    scene.deal("@ana", "value D-1 15k")
    without_money(stale())


def test_a_member_sees_money(scene: Scene) -> None:
    scene.at_stage("lead")
    assert "€12,000" in shown(scene.deal("@ben", "show D-1").message)
    assert "€12,000" in shown(scene.card())


def test_a_channel_that_another_firm_reads_shows_no_money(scene: Scene) -> None:
    scene.deal("@ana", "new Acme renewal 12k", channel="#partners")
    card = scene.card("D-1", channel="#partners")
    without_money(card)
    without_money(scene.mention("@ana", "show D-1", channel="#partners"))
    without_money(scene.mention("@ana", "history D-1", channel="#partners"))


def test_a_card_loses_its_money_once_another_firm_reads_along(scene: Scene) -> None:
    scene.at_stage("qualification")
    assert "€12,000" in shown(scene.card(shows=QUALIFICATION))
    scene.control.channel("#sales", fire=True, ext_shared=True)
    wait_until(lambda: "€" not in str(scene.cards("D-1")[0]["blocks"]), what="a card without money")
    without_money(scene.card())
    scene.deal("@ana", "move D-1 lead")
    without_money(scene.card(shows=LEAD))
    scene.control.channel("#sales", fire=True, ext_shared=False)
    scene.card(shows="€12,000")


def test_a_bare_number_is_not_offered_where_another_firm_reads(scene: Scene) -> None:
    scene.deal("@ana", "new First", channel="#partners")
    scene.card("D-1", channel="#partners")
    said = scene.mention("@ana", "new Acme renewal 12000", channel="#partners")
    assert "€" not in shown(said)
    assert not [each for each in json.dumps(said).split() if "EUR" in each]


@CROSSED
def test_an_answer_to_a_mention_shows_what_its_channel_shows_whoever_asked(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card()
    for line in ("show D-1", "board", "list over 1k"):
        assert "€12,000" in shown(scene.mention("@gus", line)), line
    assert "no amounts" in scene.told("@olga", "settings money off")
    for user, line in product(("@ana", "@gus"), ("show D-1", "history D-1", "board", "list")):
        without_money(scene.mention(user, line))
    for line in ("value D-1 12k", "value D-1 15k", "undo D-1", "edit D-1", "move D-1 qualification"):
        wholly_without_money(scene.mention("@ana", line))
    assert "Amounts are not shown here" in shown(scene.mention("@ana", "list over 1k"))
    assert "€12,000" in shown(scene.deal("@ana", "show D-1").message)


def wholly_without_money(message: Json) -> None:
    """Nor in what its buttons carry, or in its metadata."""
    without_money({**message, **{f"the {name}": message.get(name) for name in ("metadata", "sent")}})


@CROSSED
def test_an_answer_to_a_mention_speaks_the_workspaces_language_whoever_asked(scene: Scene) -> None:
    scene.at_stage("lead")
    assert "Lead generation" in shown(scene.mention("@jonas", "zeige D-1"))
    scene.deal("@olga", "settings language de")
    assert "Lead-Generierung" in shown(scene.mention("@ana", "show D-1"))
    assert "Lead generation" in shown(scene.deal("@ana", "show D-1").message)


@BOTH_ENGINES
def test_a_channel_never_seen_shows_money_once_slack_has_described_it(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.control.channel("#random", fire=False, add=["U0BOT"])
    scene.control.channel("#partners", fire=False)
    for channel in ("#random", "#partners"):
        without_money(scene.mention("@ana", "show D-1", channel=channel))
    scene.bot.running.bot.heartbeat.beat()
    assert "€12,000" in shown(scene.mention("@ana", "show D-1", channel="#random"))
    without_money(scene.mention("@ana", "show D-1", channel="#partners"))
