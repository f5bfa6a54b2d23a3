"""Taking back: the last change, within a day, by whoever made it or a manager."""

from pipeline.deal import ChangeKind
from tests.running import wait_until
from tests.story.scene import CROSSED, QUALIFICATION, Json, Scene, labels, shown


@CROSSED
def test_the_undo_below_an_answer_takes_the_change_back(scene: Scene) -> None:
    scene.at_stage("qualification")
    entered = scene.row().entered_at
    said = scene.deal("@ana", "move D-1 lead")
    reply = scene.press("@ana", said.message, "Undo")
    assert "is back in Qualification" in reply["text"]
    assert labels(reply) == []
    assert (scene.stage(), scene.row().version) == ("qualification", 4)
    assert scene.row().entered_at == entered
    scene.card(shows=QUALIFICATION)


def test_the_word_takes_the_last_change_back(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "value D-1 15k")
    scene.deal("@ana", "undo D-1")
    worth = scene.row().value
    assert worth is not None
    assert worth.minor == 1_200_000


def test_an_undoing_is_not_taken_back(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.deal("@ana", "undo D-1")
    assert "cannot be taken back" in scene.told("@ana", "undo D-1")
    assert scene.row().version == 3


def test_an_undo_of_before_is_refused_with_the_card_as_it_stands(scene: Scene) -> None:
    scene.at_stage("qualification")
    said = scene.deal("@ana", "move D-1 lead")
    scene.deal("@mia", "value D-1 15k")
    reply = scene.press("@ana", said.message, "Undo")
    assert "mia changed it a moment ago" in reply["text"]
    assert "€15,000" in shown(reply)
    assert (scene.stage(), scene.row().version) == ("lead", 4)


def test_a_manager_takes_back_what_somebody_else_did(scene: Scene) -> None:
    scene.deal("@olga", "people @mia manager")
    scene.at_stage("qualification")
    assert "is back in Lead generation" in scene.told("@mia", "undo D-1")


def test_nobody_else_takes_back_what_somebody_did(scene: Scene) -> None:
    scene.at_stage("qualification")
    assert "for managers and admins" in scene.told("@ben", "undo D-1")
    assert scene.stage() == "qualification"


def test_taking_back_a_new_deal_voids_it(scene: Scene) -> None:
    said = scene.deal("@ana", "new Acme renewal")
    late = scene.pressed_late("@ana", scene.card(), "Lost")
    assert "is void" in scene.press("@ana", said.message, "Undo")["text"]
    assert scene.row().voided_at is not None
    assert [change.kind for change in scene.changes()] == [ChangeKind.CREATED, ChangeKind.UNDONE]
    assert "ana changed it a moment ago" in late()["text"]
    assert "void" in scene.told("@ana", "move D-1 qualification")


def test_a_guest_is_not_told_that_members_take_back_what_others_did(scene: Scene) -> None:
    scene.at_stage("lead")
    assert "Taking changes back is for full members" in scene.told("@gus", "undo D-1")
    assert "Taking back somebody else's change is for managers" in scene.told("@ben", "undo D-1")


def below(scene: Scene, said: Json) -> Json:
    """A message of the bot as it stands now."""
    there = scene.control.messages("#sales", thread_ts=said["thread_ts"])
    return next(each for each in there if each["ts"] == said["ts"])


@CROSSED
def test_what_everybody_may_press_below_a_mention_is_gone_once_the_deal_has_changed(scene: Scene) -> None:
    scene.at_stage("qualification")
    said = scene.mention("@ana", "move D-1 lead")
    scene.say_at_once()
    scene.card(shows="Qualification")
    assert labels(below(scene, said)) == ["Undo"], "it may still be taken back"
    scene.deal("@mia", "value D-1 15k")
    scene.say_at_once()
    wait_until(lambda: labels(below(scene, said)) == [], what="an answer without a button")
    assert below(scene, said)["text"] == said["text"]


def test_an_undo_that_was_pressed_below_a_mention_is_gone_too(scene: Scene) -> None:
    scene.at_stage("qualification")
    said = scene.mention("@ana", "move D-1 lead")
    assert "is back in Qualification" in scene.press("@ana", said, "Undo")["text"]
    scene.say_at_once()
    wait_until(lambda: labels(below(scene, said)) == [], what="an answer without a button")
    scene.deal("@ana", "note D-1 they called")
    scene.say_at_once()
    wait_until(lambda: not scene.count("outbox", "state = 'waiting'"), what="all to be said")
    assert scene.count("outbox", "kind = 'amend'") == 1, "once is enough"
