"""What a guest is offered in answers that nobody else reads."""

from typing import Any

import pytest

from handlers.grammar import COMMANDS
from pipeline.orders import New
from pipeline.permissions import Role, may
from pipeline.stages import Field
from playground.painting import elements
from tests.running import MAIN, wait_until
from tests.story.doors import Doors
from tests.story.scene import CROSSED, Scene, labels, shown

Json = dict[str, Any]
LINES = (
    *("show D-1", "zeige D-2", "history D-1", "list", "list unowned", "find acme", "top", "top team"),
    *("board", "board partners", "bottlenecks", "changes since monday", "forecast", "call", "target"),
    *("help", "people", "stages", "settings"),
    # What is not understood is asked about; what may not be done is refused.
    *("show acme", "move D-1 nowhere", "move D-2 lead", "mvoe D-1 lead", "won acme", "merge D-1 into D-2"),
    *("category D-1", "new Acme 12k", "edit D-1", "D-1 lead"),
)


def pipelines_and_deals(scene: Scene) -> None:
    scene.at_stage("lead", title="Acme renewal")
    scene.at_stage("lost", title="Acme rollout")
    scene.done("U0MIA", New({Field.TITLE: "Acme pilot", Field.OWNER: None}, channel_id=MAIN))
    scene.deal("@olga", "stages new Partners: Contact, Pilot")


@CROSSED
def test_whatever_a_guest_is_offered_is_not_refused(scene: Scene) -> None:
    pipelines_and_deals(scene)
    doors, pressed = Doors(scene), set[str]()
    for line in LINES:
        message = scene.deal("@gus", line).message
        assert [each.kind for each in elements(message["blocks"])] == ["button"] * len(labels(message)), line
        for label in dict.fromkeys(labels(message)):
            # An answer gives way to the one that is pressed on it.
            scene.touch("@gus", scene.deal("@gus", line).message, label)
            wait_until(lambda: doors.heard[-1].door == "click", what="the press")
            assert doors.heard[-1].verdict != "NoRight", (line, label)
            pressed.add(label)
    assert "Show" in pressed


@CROSSED
@pytest.mark.parametrize(
    ("line", "offered"),
    [("show D-1", {"Go to card"}), ("list", {"Show"}), ("top", set()), ("show D-2", set())],
)
def test_a_guest_is_offered_the_way_on_and_no_act(scene: Scene, line: str, offered: set[str]) -> None:
    pipelines_and_deals(scene)
    scene.card("D-1")
    wait_until(lambda: "Go to card" in labels(scene.deal("@ben", "show D-1").message), what="the card")
    assert set(labels(scene.deal("@gus", line).message)) - {"Go to card"} == offered - {"Go to card"}
    assert len(labels(scene.deal("@ana", line).message)) > len(labels(scene.deal("@gus", line).message))


def test_what_a_guest_opens_from_a_list_offers_no_act_either(scene: Scene) -> None:
    pipelines_and_deals(scene)
    answer = scene.press("@gus", scene.deal("@gus", "list unowned").message, "Show")
    assert "Acme pilot" in shown(answer)
    assert {each.content["text"]["text"] for each in elements(answer["blocks"])} <= {"Go to card"}


def test_a_card_in_a_channel_is_for_all(scene: Scene) -> None:
    scene.at_stage("lead")
    assert {"Qualification", "Won", "Lost"} <= set(labels(scene.card()))
    said = scene.mention("@gus", "show D-1")
    assert {"Qualification", "Won", "Lost"} <= set(labels(said))


@pytest.mark.parametrize(("line", "new"), [("list", "/deal new"), ("board", "/deal new")])
def test_nobody_is_told_to_make_a_deal_who_may_not(scene: Scene, line: str, new: str) -> None:
    assert new in scene.told("@ana", line)
    said = scene.told("@gus", line)
    assert "There are no open deals." in said
    assert new not in said


@pytest.mark.parametrize(("user", "role"), [("@gus", Role.VIEWER), ("@ana", Role.REP), ("@olga", Role.ADMIN)])
def test_help_names_what_ones_role_may_use_and_a_word_explains_itself_to_all(
    scene: Scene, user: str, role: Role
) -> None:
    said = shown(scene.deal(user, "help").message)
    for command in COMMANDS:
        usable = may(role, command.act, own=True)
        assert (f"/deal {command.usage[0]}" in said) is usable, command.subject
    assert "full members" in scene.told(user, "help move")
