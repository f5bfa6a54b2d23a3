"""Saying something of a deal: by a line, the card's menu, a form, a mention, the message shortcut."""

from datetime import date

from pipeline.deal import ChangeKind
from pipeline.stages import Field
from tests.running import wait_until
from tests.story.scene import CROSSED, EVERYWHERE, Scene, fields, labels, shown


def menu(scene: Scene, user: str, option: str, code: str = "D-1") -> None:
    card = scene.card(code)
    assert scene.control.click(user, "deal.menu", on=card, select=option).ok


@CROSSED
def test_lines_say_things_of_a_deal_and_each_can_be_taken_back(scene: Scene) -> None:
    scene.at_stage("lead")
    for line, said in {
        "close-date D-1 2044-03-31": "Expected close: Mar 31, 2044",
        "next D-1 send the offer 2044-01-15": "Next step: send the offer, Next step due: Jan 15, 2044",
        "assign D-1 @ben": "Owner: ben",
        "nurture D-1 until 2044-02-01": "Parked until: Feb 1, 2044",
    }.items():
        told = scene.deal("@mia", line)
        assert said in told.text, told.text
        assert labels(told.message) == ["Undo"]
    row = scene.row()
    assert (row.close_on, row.next_step, row.next_step_on) == (
        date(2044, 3, 31),
        "send the offer",
        date(2044, 1, 15),
    )
    assert (row.owner_id, row.nurture_until) == ("U0BEN", date(2044, 2, 1))
    assert "the last change was taken back. Not parked any more" in scene.told("@mia", "undo D-1")
    assert scene.row().nurture_until is None


def test_german_lines_say_the_same(scene: Scene) -> None:
    scene.at_stage("lead", by="U0JONAS")
    assert "Nächster Schritt: Angebot senden" in scene.told("@jonas", "nächster D-1 Angebot senden 15.1.2044")
    assert "Notiz von jonas: sie wollen eine Referenz" in scene.told(
        "@jonas", "notiz D-1 sie wollen eine Referenz"
    )
    assert "Nächster Schritt geleert" in scene.told("@jonas", "schritt D-1 erledigt")
    assert "liegt nicht in der Zukunft" in scene.told("@jonas", "ruhen D-1 bis 1.1.2020")


@EVERYWHERE
def test_the_menu_on_a_card_opens_the_form_with_what_is_said_already(scene: Scene) -> None:
    scene.at_stage("lead")
    menu(scene, "@ana", "Edit")
    view = scene.control.modal("@ana")
    assert fields(view)[:3] == ["title", "value", "company"]
    before = scene.marked()
    assert scene.fill("@ana", title="Acme rollout", value="13k", company="Acme").ok
    assert "Title: Acme rollout" in scene.reply(before)["text"]
    row = scene.row()
    assert (row.title, row.company, row.value and row.value.minor) == ("Acme rollout", "Acme", 1_300_000)
    scene.card(shows="Acme rollout")


def test_a_note_without_words_asks_for_them(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card()
    scene.deal("@ben", "note D-1")
    before = scene.marked()
    assert scene.fill("@ben", note="They ask for a <!channel> reference").ok
    assert "note by ben: They ask for a &lt;!channel&gt; reference" in scene.reply(before)["text"]
    assert (scene.changes()[-1].kind, scene.changes()[-1].by) == (ChangeKind.NOTED, "U0BEN")


def test_a_message_becomes_a_note_on_the_deal_that_is_named(scene: Scene) -> None:
    scene.at_stage("lead")
    said = scene.control.say("@ben", "They like the pilot", channel="#sales")
    assert scene.control.message_action("@ben", "deal.note", channel="#sales", ts=said["ts"]).ok
    assert fields(scene.control.modal("@ben")) == ["deal", "note"]
    refused = scene.fill("@ben", deal="nowhere")
    assert "There is no deal" in str(refused.body)
    assert scene.fill("@ben", deal="acme").ok
    assert scene.changes()[-1].note == "They like the pilot"


def test_a_message_in_the_thread_of_a_card_becomes_a_note_on_its_deal(scene: Scene) -> None:
    scene.at_stage("lead")
    card = scene.card()
    wait_until(lambda: scene.count("cards", "ts IS NOT NULL"), what="its place, written down")
    said = scene.control.say("@ben", "Budget is fixed", channel="#sales", thread_ts=card["ts"])
    assert scene.control.message_action("@ben", "deal.note", channel="#sales", ts=said["ts"]).ok
    assert fields(scene.control.modal("@ben")) == ["note"]
    assert scene.fill("@ben").ok
    assert scene.changes()[-1].note == "Budget is fixed"


def test_an_unowned_deal_is_claimed_by_a_tap(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "assign D-1 nobody")
    card = scene.card(shows="no owner")
    assert scene.press("@ben", card, "Claim")["text"] == "D-1 Acme renewal: Owner: ben."
    assert scene.row().owner_id == "U0BEN"
    assert "is owned by ben" in scene.told("@ana", "claim D-1")


def test_a_void_deal_is_in_the_way_of_nothing_and_counts_again_once_taken_back(scene: Scene) -> None:
    scene.at_stage("lead")
    menu(scene, "@ana", "Void: it was a mistake")
    scene.card(shows="void")
    assert "was voided" in scene.told("@ana", "value D-1 5k")
    assert "the last change was taken back" in scene.told("@ana", "undo D-1")
    scene.card(shows="◉━○━○━○━○")


def test_the_code_of_a_merged_deal_shows_the_one_that_took_it_in(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.at_stage("lead", title="ACME Corp")
    scene.card("D-2")
    assert "took in D-2" in scene.told("@ana", "merge D-1 D-2")
    assert "D-1 Acme renewal" in scene.told("@ana", "show D-2")
    scene.card("D-2", shows="merged into D-1")
    assert "cannot be merged with itself" in scene.told("@ana", "merge D-1 D-2")


def test_a_mention_offers_the_form_as_a_button(scene: Scene) -> None:
    scene.at_stage("lead")
    said = scene.mention("@ana", "edit D-1")
    scene.touch("@ana", said, "Open form")
    assert "title" in fields(scene.control.modal("@ana"))


def test_a_step_without_a_day_is_asked_for_its_day(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "next D-1 call Carla")
    assert "call Carla" in str(scene.control.modal("@ana"))
    assert scene.fill("@ana", next_step_on="2044-01-15").ok
    assert (scene.row().next_step, scene.row().next_step_on) == ("call Carla", date(2044, 1, 15))


def test_whoever_may_not_change_a_deal_learns_it_before_typing(scene: Scene) -> None:
    scene.at_stage("lead")
    before = scene.state()
    for line in ("edit D-1", "next D-1", "assign D-1 @ben", "void D-1", "nurture D-1 until 2044-02-01"):
        assert "is for" in scene.told("@ben", line), line
    assert scene.state() == before
    assert not scene.row().holds(Field.NEXT_STEP)


def test_words_that_name_no_day_or_person_are_told_what_would(scene: Scene) -> None:
    scene.at_stage("lead")
    for line, hint in {
        "assign D-1 ana": "To whom?",
        "close-date D-1": "Which day?",
        "close-date D-1 someday": "someday",
        "nurture D-1 until 2020-01-01": "is not ahead",
        "nurture D-1 until yesterday": "is not ahead",
        "snooze D-1 until yesterday": "is not ahead",
        "merge D-1": "with which deal?",
        "merge D-1 D-99": "There is no deal",
    }.items():
        assert hint in scene.told("@ana", line), line


def test_an_admin_has_a_contact_forgotten_after_being_asked(scene: Scene) -> None:
    scene.at_stage("qualification")
    assert "is for admins" in scene.told("@ana", "forget Carla")
    asked = scene.deal("@olga", "forget Carla")
    assert "One deal has this contact" in asked.text
    assert scene.row().contact == "Carla"
    reply = scene.press("@olga", asked.message, "Forget")
    assert "forgotten the contact" in reply["text"]
    assert scene.row().contact == ""
    assert "contact forgotten" in shown(scene.deal("@olga", "history D-1").message)
    assert "No deal has that contact" in scene.told("@olga", "forget Carla")


ALREADY = [
    ("value D-1 12k", "D-1 Acme renewal has “Value: €12,000” already"),
    ("close-date D-1 KW 25 2044", "has “Expected close: Jun 24, 2044” already"),
    ("assign D-1 me", "has “Owner: ana” already"),
    ("next D-1 call @ben 2044-01-15", "has “Next step: call @ben, Next step due: Jan 15, 2044” already"),
    ("nurture D-1 until 2044-02-01", "has “Parked until: Feb 1, 2044” already"),
    ("snooze D-1 2044-02-01", "has “Snoozed until: Feb 1, 2044” already"),
    ("category D-1 commit", "has “Forecast category: commit” already"),
    ("category D-1 auto", "has “Forecast category: as its stage says” already"),
    ("close-date D-1 off", "has nothing under “Expected close”"),
    ("assign D-1 nobody", "has nothing under “Owner”"),
    ("next D-1 done", "has nothing under “Next step, Next step due”"),
    ("nurture D-1 off", "has nothing under “Parked until”"),
]


def test_where_nothing_changes_it_is_said_what_was_understood(scene: Scene) -> None:
    scene.at_stage("lead")
    for line, said in ALREADY:
        scene.told("@mia" if "nobody" in line else "@ana", line)
        before = scene.row().version
        again = scene.told("@mia" if "nobody" in line else "@ana", line)
        assert again.startswith("Nothing to change: "), again
        assert said in again, again
        assert scene.row().version == before, line


def test_where_nothing_changes_a_german_reader_is_told_in_german(scene: Scene) -> None:
    scene.at_stage("lead", by="U0JONAS")
    assert "steht schon „Wert: 12.000\u00a0€“." in scene.told("@jonas", "wert D-1 auf 12k")
    assert "steht nichts unter „Erwarteter Abschluss“." in scene.told("@jonas", "abschlussdatum D-1 aus")


def test_little_words_are_dropped_only_where_they_lead(scene: Scene) -> None:
    scene.at_stage("lead", title="Delta")
    scene.at_stage("lead", title="Epsilon Rand")
    assert "Jan 15, 20" in scene.told("@ana", "close-date D-1 jan 15")
    assert "Jan 15, 20" in scene.told("@ana", "close-date D-2 by jan 15")
    for code in ("D-1", "D-2"):
        assert "Dec 24, 20" in scene.told("@ana", f"close-date {code} Christmas")
        assert "Dec 31, 20" in scene.told("@ana", f"abschlussdatum {code} bis Silvester")
        scene.told("@ana", f"close-date {code} KW 25 2044")
        assert scene.row(int(code[2:])).close_on == date(2044, 6, 24)
    assert "D-1 Delta took in D-2" in scene.told("@ana", "merge Delta with Epsilon Rand")


def test_merging_into_a_deal_asks_which_one_survives(scene: Scene) -> None:
    scene.at_stage("lead", title="Delta")
    scene.at_stage("lead", title="Epsilon")
    said = scene.deal("@ana", "merge D-1 into D-2")
    assert labels(said.message) == ["D-2 survives", "D-1 survives"]
    assert "D-2 Epsilon took in D-1" in scene.press("@ana", said.message, "D-2 survives")["text"]


def test_taking_a_merger_back_names_the_deal_that_lives_again(scene: Scene) -> None:
    scene.at_stage("lead", title="Delta")
    scene.at_stage("lead", title="Epsilon")
    scene.deal("@ana", "merge D-1 D-2")
    assert "D-2 is a deal of its own again" in scene.told("@ana", "undo D-1")


def test_a_deal_is_given_to_oneself_and_in_any_order(scene: Scene) -> None:
    scene.at_stage("lead")
    assert "Owner: ben" in scene.told("@mia", "assign @ben D-1")
    assert "Owner: mia" in scene.told("@mia", "assign D-1 to me")


@CROSSED
def test_a_person_of_the_workspace_is_not_forgotten_and_their_open_deals_are_told(scene: Scene) -> None:
    scene.at_stage("proposal")
    told = scene.told("@olga", "forget @ana")
    assert "ana is a person of this workspace and owns one open deal" in told
    assert "/deal list @ana shows it" in told
    scene.told("@olga", "assign D-1 @ben")
    assert scene.told("@olga", "forget @ana").startswith("ana is a person of this workspace. Only contacts")
    assert "is for admins" in scene.told("@ben", "forget @ana")
    assert scene.row().owner_id == "U0BEN"
