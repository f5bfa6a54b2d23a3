"""Won, lost, opened again."""

import pytest

from pipeline.deal import ChangeKind
from tests.story.scene import CROSSED, Scene, fields, labels, shown


@CROSSED
def test_a_deal_is_won_by_a_word_and_the_first_win_is_told_to_the_channel(scene: Scene) -> None:
    scene.at_stage("lead")
    said = scene.told("@ana", "won D-1 signed today")
    assert "Lead generation → Won by ana" in said
    assert (scene.stage(), scene.changes()[-1].note) == ("won", "signed today")
    assert scene.row().closed_at is not None
    assert "won" in scene.said_aloud("🎉")["text"]
    assert labels(scene.card(shows="✔")) == ["Reopen"]


def test_winning_without_a_value_asks_for_it(scene: Scene) -> None:
    scene.deal("@ana", "new Acme renewal")
    scene.deal("@ana", "won D-1 signed")
    assert fields(scene.control.modal("@ana")) == ["value"]
    assert scene.fill("@ana", value="12k").ok
    assert (scene.stage(), scene.changes()[-1].note) == ("won", "signed")


def test_a_deal_is_lost_with_its_reason_by_a_word(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "lost D-1 too expensive")
    assert (scene.stage(), scene.row().reason) == ("lost", "too expensive")
    assert "Reason: too expensive" in shown(scene.card(shows="✘"))


@pytest.mark.parametrize("line", ["move D-1 lost too expensive", "move D-1 to lost too expensive"])
def test_words_behind_a_move_to_lost_are_the_reason_and_no_note(scene: Scene, line: str) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", line)
    assert (scene.stage(), scene.row().reason) == ("lost", "too expensive")
    assert scene.changes()[-1].note == ""


def test_losing_without_a_reason_asks_for_it(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.touch("@ana", scene.card(), "Lost")
    assert fields(scene.control.modal("@ana")) == ["reason"]
    before = scene.marked()
    assert scene.fill("@ana", reason="no budget").ok
    assert "Lost" in scene.reply(before)["text"]
    assert (scene.stage(), scene.row().reason) == ("lost", "no budget")


def test_a_lost_deal_goes_back_to_where_it_was_closed(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.deal("@ana", "lost D-1 too expensive")
    reply = scene.press("@ana", scene.card(shows="✘"), "Reopen")
    assert "Lost → Qualification by ana" in reply["text"]
    assert (scene.stage(), scene.row().reason, scene.row().closed_at) == ("qualification", "", None)
    assert scene.changes()[-1].kind is ChangeKind.REOPENED


def test_opening_again_passes_the_gate_of_the_stage(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.deal("@ana", "lost D-1 too expensive")
    with scene.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE deals SET contact = ''")
    scene.touch("@ana", scene.card(shows="✘"), "Reopen")
    assert fields(scene.control.modal("@ana")) == ["contact"]
    assert scene.fill("@ana", contact="Carla").ok
    assert (scene.stage(), scene.row().contact) == ("qualification", "Carla")


def test_opening_again_works_by_the_button_where_its_form_could_not_open(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.deal("@ana", "lost D-1 too expensive")
    with scene.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE deals SET contact = ''")
    scene.control.fault("error", "views.open", error="expired_trigger_id", count=1)
    said = scene.deal("@ana", "reopen D-1")
    scene.touch("@ana", said.message, "Open form")
    assert scene.fill("@ana", contact="Carla").ok
    assert scene.stage() == "qualification"


def test_a_closed_deal_does_not_move_and_offers_to_be_opened(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "won D-1")
    said = scene.deal("@ana", "move D-1 qualification")
    assert "is closed (Won)" in said.text
    assert "Won → Lead generation" in scene.press("@ana", said.message, "Reopen")["text"]


def test_an_open_deal_cannot_be_opened(scene: Scene) -> None:
    scene.at_stage("lead")
    assert "is open already" in scene.told("@ana", "reopen D-1")


def test_a_win_taken_back_is_taken_back_where_it_was_told(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "won D-1")
    scene.said_aloud("🎉")
    scene.deal("@ana", "undo D-1")
    assert "the win was taken back" in scene.said_aloud("taken back")["text"]
    assert scene.stage() == "lead"
