"""Looking: one deal, its history, help, and who has which role."""

import pytest

from handlers.grammar import COMMANDS
from pipeline.orders import Note
from tests.running import wait_until
from tests.story.doors import Doors
from tests.story.scene import CROSSED, Json, Scene, labels, shown


def test_show_gives_the_deal_with_its_stages_and_the_way_to_its_card(scene: Scene) -> None:
    scene.at_stage("lead")
    card = scene.card()
    # The message is there a moment before the archive has heard of it.
    wait_until(lambda: "Go to card" in labels(scene.deal("@ben", "show acme").message), what="the card")
    said = scene.deal("@ben", "show acme")
    assert {"Qualification", "Won", "Lost", "Go to card"} <= set(labels(said.message))
    link = next(e for b in said.message["blocks"] for e in b.get("elements", ()) if e.get("url"))
    assert link["url"].endswith(f"/archives/C0SALES/p{card['ts'].replace('.', '')}")
    assert scene.touch("@ben", said.message, "Go to card").ok


def test_a_stage_is_pressed_on_what_show_gave(scene: Scene) -> None:
    scene.at_stage("qualification")
    said = scene.deal("@ana", "show D-1")
    reply = scene.press("@ana", said.message, "Lead generation")
    assert reply["replace_original"] is True
    assert "Qualification → Lead generation" in reply["text"]


def test_history_tells_everything_newest_first_and_strikes_what_was_taken_back(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.deal("@ana", "undo D-1")
    said = scene.deal("@ben", "history D-1").message
    lines = [block for block in said["blocks"] if block["type"] == "rich_text"]
    assert len(lines) == 3
    assert "Qualification → Lead generation (taken back) by ana" in shown(lines[0])
    struck = [each["elements"][0]["elements"][0].get("style", {}).get("strike") for each in lines]
    assert struck == [None, True, None]


def with_notes(scene: Scene, count: int) -> None:
    """The first of them is the second change of the deal."""
    scene.done("U0ANA", *(Note(1, f"Note {place}") for place in range(1, count + 1)))


def told(said: Json) -> list[str]:
    lines = [shown(block) for block in said["blocks"] if block["type"] == "rich_text"]
    return [line.rpartition("\n")[2] for line in lines]


@CROSSED
@pytest.mark.parametrize("door", ["command", "mention"])
def test_a_long_history_is_turned_page_by_page_at_both_doors(scene: Scene, door: str) -> None:
    scene.at_stage("lead")
    with_notes(scene, 44)
    if door == "command":
        first = scene.deal("@gus", "history acme").message
    else:
        # In the thread of a card its deal is left out, and the page still knows it.
        first = answered_below(scene, scene.card()["ts"])
    assert told(first) == [f"Note {place}" for place in range(44, 24, -1)]
    assert "1-20 of 45, newest first" in first["text"]
    assert labels(first) == ["Next page"]
    second = scene.press("@gus", first, "Next page")
    assert second.get("replace_original", False) is (door == "command")
    assert told(second) == [f"Note {place}" for place in range(24, 4, -1)]
    assert labels(second) == ["Previous page", "Next page"]
    third = pressed_in(scene, second, "Next page")
    assert told(third)[:-1] == ["Note 4", "Note 3", "Note 2", "Note 1"]
    assert "41-45 of 45" in third["text"]
    assert labels(third) == ["Previous page"]


def answered_below(scene: Scene, thread: str) -> Json:
    """Beside what the thread tells of the changes themselves."""
    scene.mention("@gus", "history", thread_ts=thread)

    def found() -> list[Json]:
        there = scene.control.messages("#sales", thread_ts=thread)
        return [each for each in there if "History of D-1" in each["text"]]

    wait_until(found, what="the history")
    return found()[0]


def pressed_in(scene: Scene, reply: Json, label: str) -> Json:
    """On an answer that came as a reply: the one that this person read last."""
    read = [each for each in scene.control.messages("#sales", user="@gus") if each["ephemeral"]]
    assert shown(read[-1]["blocks"]) == shown(reply["blocks"])
    return scene.press("@gus", read[-1], label)


def test_what_was_taken_back_on_the_page_before_is_struck_on_this_one(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.deal("@ana", "move D-1 lead")
    scene.deal("@ana", "undo D-1")
    with_notes(scene, 19)
    first = scene.deal("@ana", "history D-1").message
    assert "(taken back)" in shown([block for block in first["blocks"] if block["type"] == "rich_text"][-1])
    second = scene.press("@ana", first, "Next page")
    lines = [block for block in second["blocks"] if block["type"] == "rich_text"]
    struck = [each["elements"][0]["elements"][0].get("style", {}).get("strike") for each in lines]
    assert struck == [True, None, None]


def test_a_page_of_a_history_that_has_none_so_late_is_its_last(scene: Scene) -> None:
    scene.at_stage("lead")
    assert "zuerst" not in scene.told("@jonas", "verlauf D-1")
    with_notes(scene, 20)
    assert "1-20 von 21, die neuesten zuerst" in scene.told("@jonas", "verlauf D-1")
    scene.control.open_home("@ana")
    scene.home("@ana", shows="Acme renewal")
    Doors(scene).click("U0ANA", "deal.run/next", {"run": "history D-1", "page": 99}, home=True)
    scene.home("@ana", shows="21-21 of 21, newest first")


@pytest.mark.parametrize(("user", "word"), [("@olga", "help"), ("@jonas", "hilfe"), ("@olga", "?")])
def test_help_names_every_word_and_the_stages_in_ones_own_language(
    scene: Scene, user: str, word: str
) -> None:
    scene.deal("@olga", "people @jonas admin")
    said = shown(scene.deal(user, word).message)
    german = user == "@jonas"
    for command in COMMANDS:
        assert f"/deal {command.usage[1 if german else 0]}" in said
    assert ("Lead-Generierung" if german else "Lead generation") in said


def test_help_on_one_word_gives_an_example_and_who_may(scene: Scene) -> None:
    said = shown(scene.deal("@ana", "help verschiebe").message)
    assert "move D-42 negotiation" in said
    assert "full members" in said


def test_people_lists_who_was_seen_with_their_roles(scene: Scene) -> None:
    said = shown(scene.deal("@ana", "people").message)
    assert said.index("ana") < said.index("gus") < said.index("olga")
    assert "viewer" in said
    assert "admin" in said


def test_an_admin_appoints_and_the_right_holds_at_once(scene: Scene) -> None:
    scene.at_stage("qualification", by="U0BEN")
    assert "managers and admins" in scene.told("@ana", "move D-1 lead")
    assert scene.told("@olga", "people @ana manager") == "ana is manager now."
    assert "Qualification → Lead generation by ana" in scene.told("@ana", "move D-1 lead")
    scene.deal("@olga", "people @ana auto")
    assert "managers and admins" in scene.told("@ana", "value D-1 9k")


def test_nobody_else_appoints(scene: Scene) -> None:
    assert "is for admins" in scene.told("@ana", "people @ana admin")
    assert scene.count("people", "stored_role = 'admin'") == 0


def test_the_last_admin_stays(scene: Scene) -> None:
    assert "last admin" in scene.told("@olga", "people @olga rep")
    scene.deal("@olga", "people @mia admin")
    assert "olga is rep now" in scene.told("@olga", "people @olga rep")
    assert "last admin" in scene.told("@mia", "people @mia viewer")


def test_an_unknown_role_or_person_is_named(scene: Scene) -> None:
    assert "“boss” is no role" in scene.told("@olga", "people @ana boss")
    assert "“carla”" in scene.told("@olga", "people carla rep")
