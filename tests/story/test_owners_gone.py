"""Owners who left, became guests or are of another organisation: their deals stay, and wait for somebody else."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from pipeline.orders import Edit, New
from pipeline.stages import Field
from storage.tables import PersonRow
from tests.story.scene import BOTH_ENGINES, CROSSED, NOW, TEAM, Scene, labels, shown

WAYS: Mapping[str, tuple[Mapping[str, Any], str, str]] = {
    "deactivated": ({"deleted": True}, "who left", "nicht mehr dabei"),
    "guest": ({"is_restricted": True}, "who is a guest", "hier zu Gast"),
    "guest of one channel": ({"is_ultra_restricted": True}, "who is a guest", "hier zu Gast"),
    "another team": (
        {"team_id": "T0PARTNER"},
        "who is of another organisation",
        "aus einer anderen Organisation",
    ),
    "stranger": ({"is_stranger": True}, "who is of another organisation", "aus einer anderen Organisation"),
}
ways = pytest.mark.parametrize("way", WAYS)


def repaints(scene: Scene) -> int:
    return len(scene.control.log(method="chat.update"))


def aged(scene: Scene, *people: str) -> None:
    """Slack was asked about them two days ago."""
    with scene.store.begin(TEAM) as work:
        long_ago = update(PersonRow).values(refreshed_at=NOW - timedelta(days=2))
        work.tx.execute(long_ago.where(PersonRow.id.in_(people)))


@CROSSED
@ways
def test_f24_a_deal_whose_owner_is_gone_stays_and_stands_without_one(scene: Scene, way: str) -> None:
    change, why, warum = WAYS[way]
    deal = scene.at_stage("lead")
    card, posts = scene.card(shows="Owner ana"), len(scene.control.messages("#sales"))
    scene.control.person("@ana", fire=True, **change)
    painted = scene.card(shows=f"no owner - was ana, {why}")
    assert painted["ts"] == card["ts"]
    assert "Claim" in labels(painted)
    assert len(scene.control.messages("#sales")) == posts, "nothing is posted"
    assert (scene.row().owner_id, scene.row().version) == ("U0ANA", deal.version)
    assert f"ohne Besitzer - war ana, {warum}" in scene.told("@jonas", "liste ohne Besitzer")
    assert scene.press("@ben", painted, "Claim")["text"] == "D-1 Acme renewal: Owner: ben."
    assert scene.row().owner_id == "U0BEN"
    scene.card(shows="Owner ben")


@BOTH_ENGINES
def test_f24_whoever_comes_back_owns_their_deals_again(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card(shows="Owner ana")
    scene.control.person("@ana", fire=True, deleted=True)
    scene.card(shows="no owner - was ana, who left")
    assert "Owner" not in scene.told("@ben", "value D-1 13k")
    scene.control.person("@ana", fire=True, deleted=False)
    scene.card(shows="Owner ana")
    assert "managers and admins" in scene.told("@ben", "value D-1 14k")
    scene.control.person("@ana", fire=True, name="anathegreat")
    assert scene.told("@mia", "list unowned") == "No deal fits: no owner."


@BOTH_ENGINES
@ways
def test_f24_who_is_gone_is_found_out_by_the_daily_refresh(scene: Scene, way: str) -> None:
    change, why, _ = WAYS[way]
    scene.at_stage("lead")
    scene.card(shows="Owner ana")
    scene.control.person("@ana", **change)
    aged(scene, "U0ANA", "U0BEN")
    scene.bot.running.bot.heartbeat.beat()
    scene.card(shows=f"no owner - was ana, {why}")
    before = repaints(scene)
    aged(scene, "U0ANA", "U0BEN")
    scene.bot.running.bot.heartbeat.beat()
    assert repaints(scene) == before, "what has not changed is not painted again"


class TestAStranger:
    """Nobody has told the bot who they are."""

    @pytest.fixture
    def acquainted(self) -> bool:
        return False

    @BOTH_ENGINES
    @ways
    def test_f24_whom_slack_describes_as_gone_is_given_nothing(self, scene: Scene, way: str) -> None:
        scene.control.person("@ben", **WAYS[way][0])
        scene.done("U0OLGA", New({Field.TITLE: "Acme renewal", Field.OWNER: "U0BEN"}))
        scene.done("U0OLGA", New({Field.TITLE: "Beta roof"}))
        scene.card(shows="Owner U0BEN")
        refused = scene.told("@olga", "assign D-2 @ben")
        assert "and cannot own a deal. Name somebody else, for example: /deal assign D-42 @ana" in refused
        assert "und kann keinen Deal besitzen" in scene.told("@jonas", "neu Gamma @ben")
        assert scene.row(2).owner_id == "U0OLGA"
        assert scene.count("deals") == 2
        scene.bot.running.bot.heartbeat.beat()
        scene.card(shows=f"no owner - was ben, {WAYS[way][1]}")


@CROSSED
def test_what_nobody_owns_is_listed_for_whoever_takes_it(scene: Scene) -> None:
    scene.at_stage("lead", title="Acme renewal")
    scene.at_stage("lead", by="U0BEN", title="Beta roof")
    scene.at_stage("lead", by="U0MIA", title="Gamma pilot")
    scene.done("U0MIA", Edit(3, {Field.OWNER: None}))
    scene.control.person("@ana", fire=True, deleted=True)
    listed = scene.deal("@ben", "list unowned")
    assert "Open deals: no owner" in listed.text
    assert "2 deals" in listed.text
    assert "Acme renewal  €12,000 · no owner - was ana, who left" in listed.text
    assert "Gamma pilot  €12,000 · no owner" in listed.text
    assert labels(listed.message) == ["Show", "Claim", "Show", "Claim"]
    assert "D-1 Acme renewal" in scene.told("@ben", "list @ana").replace("  ", " ")
    assert "Owner ana, who left" in scene.told("@ben", "list @ana")
    assert "2 deals have no owner: /deal list unowned" in shown(scene.deal("@ben", "board").message)
    assert "2 Deals haben keinen Besitzer" in shown(scene.deal("@jonas", "tafel").message)
    claimed = scene.press("@ben", listed.message, "Claim")
    assert (claimed["text"], claimed["replace_original"]) == ("D-1 Acme renewal: Owner: ben.", False)
    assert "1 deal" in scene.told("@mia", "list unowned")
    assert "Owner: ben" in scene.told("@mia", "assign D-3 @ben")
    assert scene.told("@mia", "list unowned") == "No deal fits: no owner."


@CROSSED
def test_what_rests_is_listed_in_both_languages(scene: Scene) -> None:
    scene.at_stage("lead", title="Acme renewal")
    scene.at_stage("lead", by="U0BEN", title="Beta roof")
    scene.deal("@ana", "nurture D-1 until 2044-02-01")
    said = scene.told("@ben", "list parked")
    assert "Open deals: parked" in said
    assert "parked until Feb 1, 2044" in said
    assert "Beta roof" not in said
    assert "Acme renewal" in scene.told("@jonas", "liste geparkt")
    assert "ruht bis" in scene.told("@jonas", "liste ruht")


def test_a_card_says_it_in_the_workspaces_language(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@olga", "settings language de")
    scene.card(shows="Besitzer ana")
    scene.control.person("@ana", fire=True, deleted=True)
    scene.card(shows="ohne Besitzer - war ana, nicht mehr dabei")


@BOTH_ENGINES
def test_a_form_over_a_deal_of_somebody_gone_leaves_them_written_down(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.control.person("@ana", fire=True, deleted=True)
    card = scene.card(shows="who left")
    assert scene.control.click("@ben", "deal.menu", on=card, select="Edit").ok
    owner = next(each for each in scene.control.modal("@ben")["blocks"] if each["block_id"] == "owner")
    assert "initial_user" not in owner["element"], "Slack takes nobody who is gone"
    refused = scene.fill("@ben", title="Acme rollout", owner="U0GUS")
    assert "gus is a guest here and cannot own a deal" in str(refused.body)
    assert scene.row().title == "Acme renewal"
    assert scene.fill("@ben", title="Acme rollout", owner="").ok
    assert (scene.row().title, scene.row().owner_id) == ("Acme rollout", "U0ANA")


def test_a_form_for_a_new_deal_gives_it_to_nobody_who_is_gone(scene: Scene) -> None:
    assert scene.control.command("@jonas", "/deal", "", channel="#sales").ok
    refused = scene.fill("@jonas", title="Acme renewal", owner="U0GUS")
    assert "gus ist hier zu Gast und kann keinen Deal besitzen" in str(refused.body)
    assert scene.count("deals") == 0


def test_an_admins_word_repaints_too(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card(shows="Owner ana")
    scene.deal("@olga", "people @ana viewer")
    scene.card(shows="no owner - was ana, who may only look")
    scene.deal("@olga", "people @ana auto")
    scene.card(shows="Owner ana")


def test_a_closed_deal_stays_its_owners(scene: Scene) -> None:
    scene.at_stage("lost")
    scene.control.person("@ana", fire=True, deleted=True)
    seen: Any = scene.deal("@ben", "show D-1").message
    assert "Owner ana, who left" in shown(seen)
    assert "no owner" not in shown(seen)
