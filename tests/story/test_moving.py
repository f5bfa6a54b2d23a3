"""A deal moves: by a line, a tap, Home, a mention; with what a stage asks for."""

from pipeline.deal import ChangeKind
from tests.running import wait_until
from tests.story.scene import CROSSED, EVERYWHERE, LEAD, QUALIFICATION, Scene, carried, fields, labels, shown


@EVERYWHERE
def test_a_tap_on_a_stage_opens_its_form_and_saving_finishes_the_move(scene: Scene) -> None:
    scene.deal("@ana", "new Acme renewal 12k")
    scene.touch("@ana", scene.card(), "Qualification")
    view = scene.control.modal("@ana")
    assert fields(view) == ["contact"]
    before = scene.marked()
    assert scene.fill("@ana", contact="Carla").ok
    reply = scene.reply(before)
    assert reply["text"] == "D-1 Acme renewal: Lead generation → Qualification by ana."
    assert labels(reply) == ["Undo"]
    assert (scene.stage(), scene.row().contact, scene.row().version) == ("qualification", "Carla", 2)
    assert "Qualification" not in labels(scene.card(shows=QUALIFICATION))


@EVERYWHERE
def test_a_line_moves_a_deal_and_the_card_follows(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.card(shows=QUALIFICATION)
    said = scene.deal("@ana", "move D-1 lead not ready yet")
    assert said.text.startswith("D-1 Acme renewal: Qualification → Lead generation by ana")
    assert labels(said.message) == ["Undo"]
    assert scene.changes()[-1].note == "not ready yet"
    scene.card(shows=LEAD)


def test_a_german_line_moves_a_deal_and_is_answered_in_german(scene: Scene) -> None:
    scene.at_stage("qualification", by="U0JONAS")
    said = scene.told("@jonas", "verschiebe acme lead-generierung noch nicht")
    assert "Qualifizierung → Lead-Generierung" in said
    assert (scene.stage(), scene.changes()[-1].note) == ("lead", "noch nicht")
    assert "Lead generation" in shown(scene.card(shows=LEAD))


def test_the_menu_on_home_moves_a_deal_and_answers_on_top_with_undo(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.control.open_home("@ana")
    scene.home("@ana", shows="D-1  Acme renewal")
    scene.choose("@ana", "D-1", "Lead generation")
    home = scene.home("@ana", shows="Qualification → Lead generation by ana")
    assert scene.stage() == "lead"
    assert scene.control.click("@ana", "deal.undo", view_id=home["id"]).ok
    scene.home("@ana", shows="is back in Qualification")
    assert scene.stage() == "qualification"


def test_the_menu_on_home_opens_the_form_of_a_stage(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.control.open_home("@ana")
    scene.home("@ana", shows="D-1  Acme renewal")
    scene.choose("@ana", "D-1", "Qualification")
    assert scene.fill("@ana", contact="Carla").ok
    assert "Lead generation → Qualification" in shown(scene.control.modal("@ana"))
    scene.home("@ana", shows="Qualification")


@CROSSED
def test_a_mention_moves_a_deal_and_is_answered_below_it(scene: Scene) -> None:
    scene.at_stage("qualification")
    said = scene.mention("@ana", "move D-1 lead not ready")
    assert "Qualification → Lead generation by ana" in said["text"]
    assert scene.changes()[-1].note == "not ready"


def test_in_the_thread_of_its_card_a_deal_need_not_be_named(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.deal("@ana", "new Lead magnet")
    card = scene.card("D-1")
    said = scene.mention("@ana", "move lead not ready", thread_ts=card["ts"])
    assert "D-1 Acme renewal: Qualification → Lead generation by ana" in said["text"]
    assert (scene.stage(1), scene.changes(1)[-1].note, scene.row(2).version) == ("lead", "not ready", 1)


def test_in_the_thread_of_a_card_a_note_never_closes_another_deal(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "new Price list for Beta")
    card = scene.card("D-1")
    scene.mention("@ana", "lost price too high", thread_ts=card["ts"])
    assert (scene.stage(1), scene.row(1).reason, scene.stage(2)) == ("lost", "price too high", "lead")


def test_in_the_thread_of_a_card_another_deal_may_be_named(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.at_stage("lead", title="Beta rollout")
    card = scene.card("D-1")
    scene.mention("@ana", "lost D-2 no budget", thread_ts=card["ts"])
    assert (scene.stage(1), scene.stage(2)) == ("lead", "lost")


def test_a_mention_that_lacks_fields_offers_a_button_that_opens_the_form(scene: Scene) -> None:
    scene.at_stage("lead")
    said = scene.mention("@ana", "move D-1 qualification first call went well")
    assert "Qualification needs Contact" in said["text"]
    scene.touch("@ana", said, "Open form")
    assert scene.fill("@ana", contact="Carla").ok
    wait_until(lambda: scene.stage() == "qualification", what="the move")
    assert scene.changes()[-1].note == "first call went well"


def test_the_note_of_a_line_waits_for_the_form(scene: Scene) -> None:
    scene.at_stage("lead")
    said = scene.deal("@ana", "move D-1 qualification first call went well")
    assert not said.message
    assert scene.fill("@ana", contact="Carla").ok
    assert scene.changes()[-1].note == "first call went well"


def test_the_form_asks_for_just_what_is_missing(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "move D-1 negotiation")
    assert fields(scene.control.modal("@ana")) == ["close_on"]


def test_an_amount_that_cannot_be_read_is_said_below_its_field(scene: Scene) -> None:
    scene.deal("@ana", "new Acme renewal")
    scene.deal("@ana", "move D-1 negotiation")
    for typed, complaint in (("12,5,5 €", "12,5,5"), ("-1 EUR", "negative"), ("NaN", "NaN")):
        refused = scene.fill("@ana", value=typed, close_on="2044-01-31")
        assert complaint in refused.shown["errors"]["value"], typed
        assert (scene.stage(), scene.row().version) == ("lead", 1)
    assert scene.fill("@ana", value="12k").ok
    assert scene.stage() == "negotiation"


def test_a_text_over_its_limit_is_refused_with_the_limit(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "move D-1 qualification")
    prepared = scene.control.prepare("submit", user="@ana", values={"contact": "C" * 150})
    answer = scene.send(prepared, prepared.body.replace("C" * 150, "C" * 151))
    assert "150" in answer.json()["errors"]["contact"]
    assert scene.row().version == 1


@CROSSED
def test_a_form_over_a_deal_that_changed_shows_the_present_facts_and_keeps_what_was_typed(
    scene: Scene,
) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "move D-1 proposal")
    scene.deal("@mia", "value D-1 15k")
    again = scene.fill("@ana", need="A pipeline", budget="20k")
    view = again.shown["view"]
    assert "mia changed it a moment ago" in shown(view)
    assert view["state"]["values"]["need"]["need"]["value"] == "A pipeline"
    assert (scene.stage(), scene.row().version) == ("lead", 2)
    assert scene.fill("@ana").ok
    assert (scene.stage(), scene.row().need, scene.row().budget) == ("proposal", "A pipeline", "20k")
    assert [change.kind for change in scene.changes()] == [
        ChangeKind.CREATED,
        ChangeKind.EDITED,
        ChangeKind.MOVED,
    ]


def test_a_form_that_cannot_open_any_more_becomes_a_button_that_opens_it(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.control.fault("error", "views.open", error="expired_trigger_id", count=1)
    said = scene.deal("@ana", "move D-1 qualification first call")
    assert "Qualification needs Contact" in said.text
    scene.touch("@ana", said.message, "Open form")
    assert scene.fill("@ana", contact="Carla").ok
    assert (scene.stage(), scene.changes()[-1].note) == ("qualification", "first call")


def test_where_a_deal_stands_already_is_said(scene: Scene) -> None:
    scene.at_stage("lead")
    assert "is in Lead generation already" in scene.told("@ana", "move D-1 lead")
    assert scene.row().version == 1


def test_an_answer_to_a_card_that_heads_a_thread_stands_in_the_channel(scene: Scene) -> None:
    scene.at_stage("qualification")
    card = scene.card(shows=QUALIFICATION)
    scene.control.say("@ben", "any news?", thread_ts=card["ts"])
    reply = scene.press("@ana", card, "Lead generation")
    assert "thread_ts" not in reply
    assert carried(reply, "Undo") == {"d": 1, "v": 3}
