"""What a card offers is offered on Home too, and answered there."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pipeline.orders import Edit, New
from pipeline.stages import Field
from tests.running import wait_until
from tests.story.scene import CROSSED, Scene, fields, labels, shown

Json = dict[str, Any]
TODAY = datetime.now(UTC).date()


def opened(scene: Scene, user: str = "@ana", *, shows: str = "Acme renewal") -> Json:
    scene.control.open_home(user)
    return scene.home(user, shows=shows)


def asked(scene: Scene, user: str, option: str, number: int = 1) -> Json:
    """The form behind a choice in the menu beside a deal."""
    home = scene.control.home(user)
    clicked = scene.control.click(
        user, "deal.menu", view_id=home["id"], block_id=f"home-{number}", select=option
    )
    assert clicked.ok, clicked
    return scene.control.modal(user)


def pressed(scene: Scene, user: str, label: str) -> None:
    home = scene.control.home(user)
    found = next(
        each
        for block in home["blocks"]
        for each in block.get("elements", ())
        if each.get("type") == "button" and each["text"]["text"] == label
    )
    assert scene.control.click(user, found["action_id"], view_id=home["id"], value=found["value"]).ok


@CROSSED
def test_a_deal_is_moved_won_and_taken_back_on_home(scene: Scene) -> None:
    scene.at_stage("qualification")
    opened(scene)
    scene.choose("@ana", "D-1", "Lead generation")
    scene.home("@ana", shows="Qualification → Lead generation by ana")
    pressed(scene, "@ana", "Undo")
    scene.home("@ana", shows="is back in Qualification")
    scene.choose("@ana", "D-1", "Won")
    assert "No open deals" in shown(scene.home("@ana", shows="Qualification → Won by ana"))
    pressed(scene, "@ana", "Undo")
    scene.home("@ana", shows="1 open")
    assert scene.stage() == "qualification"


@CROSSED
def test_a_deal_is_lost_on_home_once_the_reason_is_given(scene: Scene) -> None:
    scene.at_stage("qualification")
    opened(scene)
    scene.choose("@ana", "D-1", "Lost")
    assert fields(scene.control.modal("@ana")) == ["reason"]
    assert scene.fill("@ana", reason="too expensive").ok
    assert "Qualification → Lost by ana" in shown(scene.control.modal("@ana"))
    scene.home("@ana", shows="Qualification → Lost by ana")
    pressed(scene, "@ana", "Undo")
    scene.home("@ana", shows="1 open")
    assert scene.stage() == "qualification"


@CROSSED
@pytest.mark.parametrize(
    ("option", "filled", "said"),
    [
        ("Next step", {"next_step": "Call Carla", "next_step_on": "2044-01-15"}, "Next step: Call Carla"),
        ("Expected close", {"close_on": "2044-03-31"}, "Expected close: Mar 31, 2044"),
        ("Note", {"note": "They called"}, "note by ana: They called"),
        ("Park", {"nurture_until": "2099-01-31"}, "Parked until: Jan 31, 2099"),
        ("Edit", {"title": "Acme rollout"}, "Title: Acme rollout"),
    ],
)
def test_the_menu_on_home_asks_and_home_gives_the_answer(
    scene: Scene, option: str, filled: dict[str, str], said: str
) -> None:
    scene.at_stage("lead")
    opened(scene)
    assert set(filled) <= set(fields(asked(scene, "@ana", option)))
    assert scene.fill("@ana", **filled).ok
    told = scene.control.modal("@ana")
    assert said in shown(told)
    assert labels(told) == []
    scene.home("@ana", shows=said)
    assert scene.row().version == 2
    if option != "Note":
        pressed(scene, "@ana", "Undo")
        wait_until(lambda: scene.row().version == 3, what="the undoing")


def test_home_is_german_for_whoever_reads_german(scene: Scene) -> None:
    scene.at_stage("lead", by="U0JONAS")
    scene.done("U0MIA", New({Field.TITLE: "Beta", Field.OWNER: None}))
    scene.done("U0JONAS", Edit(1, {Field.CLOSE_ON: TODAY - timedelta(days=3)}))
    home = shown(opened(scene, "@jonas", shows="Brauchen Aufmerksamkeit"))
    assert "Noch ohne Besitzer" in home
    assert fields(asked(scene, "@jonas", "Erwarteter Abschluss")) == ["close_on"]
    assert scene.fill("@jonas", close_on="2044-03-31").ok
    scene.home("@jonas", shows="Erwarteter Abschluss: 31.03.2044")
    pressed(scene, "@jonas", "Übernehmen")
    scene.home("@jonas", shows="2 offen")


@CROSSED
def test_a_deal_without_an_owner_is_claimed_on_home_by_the_first_who_presses(scene: Scene) -> None:
    scene.done("U0MIA", New({Field.TITLE: "Acme renewal", Field.OWNER: None}))
    for user in ("@ana", "@ben"):
        assert "Nobody's yet" in shown(opened(scene, user))
    pressed(scene, "@ana", "Claim")
    assert "Owner: ana" in shown(scene.home("@ana", shows="1 open"))
    pressed(scene, "@ben", "Claim")
    late = shown(scene.home("@ben", shows="is owned by ana"))
    assert "Nobody's yet" not in late
    assert scene.row().owner_id == "U0ANA"


@CROSSED
def test_home_begins_with_what_needs_attention_and_ends_with_what_rests(scene: Scene) -> None:
    for title, said in {
        "Resting": {Field.NURTURE_UNTIL: date(2099, 1, 1), Field.CLOSE_ON: TODAY - timedelta(days=9)},
        "Well": {Field.CLOSE_ON: date(2099, 1, 1)},
        "Late": {Field.CLOSE_ON: TODAY - timedelta(days=2)},
    }.items():
        deal = scene.done("U0ANA", New({Field.TITLE: title}))
        scene.done("U0ANA", Edit(deal.number, said))
    home = shown(opened(scene, shows="Late"))
    wanted = ["Need attention", "Late", "overdue", "On track", "Well", "Parked", "Resting"]
    places = [home.index(each) for each in wanted]
    assert places == sorted(places)


@CROSSED
def test_what_home_showed_before_a_change_is_refused_and_home_shows_the_present(scene: Scene) -> None:
    scene.at_stage("lead")
    home = opened(scene)
    late = scene.control.prepare(
        "click", user="@ana", view_id=home["id"], action_id="deal.move/home", block_id="home-1", select="Won"
    )
    form = asked(scene, "@ana", "Edit")
    scene.deal("@mia", "value D-1 99k")
    scene.home("@ana", shows="€99,000")
    scene.send(late)
    assert "mia changed it" in shown(scene.home("@ana", shows="mia changed it"))
    assert scene.fill("@ana", title="Acme rollout").ok
    assert "The deal changed while you typed" in shown(scene.control.modal("@ana"))
    assert form["callback_id"] == "deal.say"
    assert (scene.row().title, scene.stage()) == ("Acme renewal", "lead")


def test_a_guest_is_offered_nothing_to_press_and_no_deal_to_claim(scene: Scene) -> None:
    scene.done("U0MIA", New({Field.TITLE: "Beta", Field.OWNER: None}))
    home = opened(scene, "@gus", shows="No open deals")
    assert "Beta" not in shown(home)
    assert "/deal list shows everybody's" in shown(home)
    assert "/deal new" not in shown(home)
    assert not [block for block in home["blocks"] if block["type"] == "actions"]
