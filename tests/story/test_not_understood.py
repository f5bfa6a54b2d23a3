"""What was not understood: one sentence that names the word, an example that works, and a button that does."""

from datetime import date
from html import unescape

import pytest

from pipeline.money import Money
from tests.running import wait_until
from tests.story.scene import Scene, button, labels

NOT_UNDERSTOOD = [
    ("frobnicate D-1", "“frobnicate”", "/deal move D-42 negotiation"),
    ("show D-99", "“D-99”", "/deal show D-1"),
    ("show Nobody knows", "“Nobody knows”", "/deal show D-1"),
    ("show @ben", "“@ben”", "/deal show D-1"),
    ("move D-1 nowhere", "“nowhere”", "Qualification"),
    ("move D-1", "Which stage", "/deal move D-1 negotiation"),
    ("help frobnicate", "“frobnicate”", "/deal help"),
    ("stages patience lead soon", "“soon”", "/deal stages patience"),
    ("stages add", "Something is missing", "/deal stages add Demo"),
    ("new Beta 12k @carla", "“@carla”", "in quotes"),
    ("move", "Which deal", "/deal move D-1 negotiation"),
    ("value D-1", "How much", "/deal value D-1 12k"),
    ("value D-1 to", "How much", "/deal value D-1 12k"),
    ("value D-1 auf", "How much", "/deal value D-1 12k"),
    ("value D-1 by 13k", "“by 13k”", "12k"),
    ("merge D-1", "which deal", "/deal merge D-1 D-57"),
    ("merge D-1 into", "which deal", "/deal merge D-1 D-57"),
    ("nurture D-1 until", "Until when", "/deal nurture D-1"),
    ("close-date D-1 by", "Which day", "/deal close-date D-1"),
    ("forget", "Whom", "/deal forget Jo Fields"),
    ("value D-1 lots", "“lots”", "12k"),
    ("value D-1 @ben", "“@ben”", "12k"),
    ("value D-1 -5 EUR", "“-5 EUR”", "12k"),
    ("value D-1 NaN", "“NaN”", "12k"),
    ("value D-1 1e400", "“1e400”", "12k"),
    ("value D-1 12.345,678 €", "“12.345,678 €”", "12"),
    ("value D-1 99999999999999999999 EUR", "“99999999999999999999", "1.5m"),
    ("value D-1 12 XYZ", "XYZ", "12"),
    ("new Beta by 31.02.2027", "“31.02.2027”", "2030-12-15"),
    ("new Beta by mid Decmber", "“mid Decmber”", "by friday"),
    ("neu Beta bis KW 60", "“KW 60”", "2030-12-15"),
    ("new Beta by 12/1", "“12/1”", "2030-12-15"),
    ("new Beta @ana @ben", "“@ben”", "one owner"),
    ("new @ana", "needs a title", "/deal new Acme renewal"),
    ("people carla rep", "“carla”", "/deal people @ana manager"),
    ("people @ana", "Which role", "/deal people @ana manager"),
    ("people @pipeline admin", "“pipeline”", "/deal people @ana manager"),
    ("people @ana boss", "“boss”", "/deal people @ana manager"),
]


def test_f33_what_was_not_understood_is_named_with_an_example(scene: Scene) -> None:
    scene.at_stage("lead")
    before = scene.state()
    for line, word, example in NOT_UNDERSTOOD:
        said = scene.told("@olga", line)
        assert word in said, line
        assert example in said, line
        assert "\n" not in said, line
        assert scene.state() == before, line


def test_the_word_that_was_meant_is_a_button_that_does_it(scene: Scene) -> None:
    scene.at_stage("qualification")
    said = scene.deal("@ana", "mvoe D-1 lead not ready")
    reply = scene.press("@ana", said.message, labels(said.message)[0])
    assert "Qualification → Lead generation" in reply["text"]
    assert scene.changes()[-1].note == "not ready"


def test_the_owner_of_a_mistyped_line_is_not_lost(scene: Scene) -> None:
    said = scene.deal("@ana", "neww Acme renewal @ben")
    scene.press("@ana", said.message, labels(said.message)[0])
    assert (scene.row().title, scene.row().owner_id) == ("Acme renewal", "U0BEN")


def test_the_stage_that_was_meant_is_a_button_that_moves_there(scene: Scene) -> None:
    scene.at_stage("qualification")
    said = scene.deal("@ana", "move D-1 leed not ready")
    reply = said.message if "→" in said.text else scene.press("@ana", said.message, "Lead generation")
    assert "Qualification → Lead generation" in reply["text"]
    assert (scene.stage(), scene.changes()[-1].note) == ("lead", "not ready")


def test_won_needs_an_exact_word_and_is_offered_as_a_button(scene: Scene) -> None:
    scene.at_stage("lead")
    said = scene.deal("@ana", "move D-1 wonn")
    assert scene.stage() == "lead"
    scene.press("@ana", said.message, "Won")
    assert scene.stage() == "won"


def test_the_deal_that_was_meant_is_a_button_that_goes_on_with_the_line(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.at_stage("qualification", title="Roof")
    said = scene.deal("@ana", "move Acmee renwal lead not <ready> & @ben")
    assert (labels(said.message), scene.stage()) == (["D-1 Acme renewal"], "qualification")
    reply = scene.press("@ana", said.message, "D-1 Acme renewal")
    assert "Qualification → Lead generation" in reply["text"]
    assert scene.changes()[-1].note == "not <ready> & @ben"


def test_the_other_deal_of_a_merger_is_a_button_that_merges_both(scene: Scene) -> None:
    scene.at_stage("lead", title="Delta")
    for title in ("Epsilon", "Theta one", "Theta two"):
        scene.at_stage("lead", title=title)
    assert labels(scene.deal("@ana", "merge D-1 Delte").message) == []
    near = scene.deal("@ana", "merge D-1 Epsylon")
    assert "D-1 Delta took in D-2" in scene.press("@ana", near.message, "D-2 Epsilon")["text"]
    several = scene.deal("@ana", "merge D-1 into Theta")
    asked = scene.press("@ana", several.message, "D-3 Theta one")
    assert labels(asked) == ["D-3 survives", "D-1 survives"]


def test_a_mention_behind_the_name_goes_with_the_button(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.at_stage("lead", title="Acme rollout")
    several = scene.deal("@ana", "assign acme @ben")
    scene.press("@ana", several.message, "D-1 Acme renewal")
    assert scene.row().owner_id == "U0BEN"


def test_the_person_that_was_meant_is_a_button(scene: Scene) -> None:
    scene.at_stage("lead")
    for line, label in (("assign D-1 benn", "@ben"), ("assign D-1 to ben", "@ben")):
        said = scene.deal("@ana", line)
        assert labels(said.message) == [label]
        scene.press("@ana", said.message, label)
        assert scene.row().owner_id == "U0BEN"
        scene.deal("@ana", "assign D-1 me")
    made = scene.deal("@ana", "new Beta 12k @Benn by 18 Dec")
    assert "D-2 Beta" in scene.press("@ana", made.message, "@ben")["text"]
    assert scene.row(number=2).owner_id == "U0BEN"
    named = scene.deal("@olga", "people ben manager")
    assert "ben" in scene.press("@olga", named.message, "@ben")["text"]


def test_of_several_deals_the_one_that_is_pressed_is_taken(scene: Scene) -> None:
    scene.at_stage("qualification", title="Acme renewal")
    scene.at_stage("qualification", title="Acme rollout")
    said = scene.deal("@ana", "move acme lead")
    assert "Several deals match “acme”" in said.text
    reply = scene.press("@ana", said.message, "D-2 Acme rollout")
    assert "D-2 Acme rollout: Qualification → Lead generation" in reply["text"]
    assert (scene.stage(1), scene.stage(2)) == ("qualification", "lead")


def test_a_picker_carries_what_followed_the_name(scene: Scene) -> None:
    scene.at_stage("lead", title="Acme renewal")
    scene.at_stage("lead", title="Acme rollout")
    said = scene.deal("@ana", "value acme 15k")
    scene.press("@ana", said.message, "D-1 Acme renewal")
    assert scene.row(1).value == Money(1_500_000, "EUR")


def test_a_little_word_may_lead_to_the_value(scene: Scene) -> None:
    scene.at_stage("lead")
    lines = (
        "value D-1 to 13k",
        "wert D-1 auf 14k",
        "value acme is 15k",
        "value D-1 = 16k",
        "wert D-1 ist 17k",
    )
    for thousands, line in enumerate(lines, start=13):
        assert f"€{thousands},000" in scene.told("@ana", line), line
        assert scene.row().value == Money(thousands * 1_000_00, "EUR")


def test_a_date_that_could_be_two_days_has_a_button_for_each(scene: Scene) -> None:
    said = scene.deal("@ana", "new Acme & Söhne 12k @ben by 3/4/2044")
    assert labels(said.message) == ["March 4, 2044", "April 3, 2044"]
    assert scene.count("deals") == 0
    reply = scene.press("@ana", said.message, "April 3, 2044")
    assert "D-1 Acme & Söhne" in unescape(reply["text"])
    row = scene.row()
    assert (row.title, row.owner_id, row.close_on) == ("Acme & Söhne", "U0BEN", date(2044, 4, 3))


@pytest.mark.parametrize("line", ["abschlussdatum D-1 3/4/2044", "abschlussdatum acme bis zum 3-4-2044"])
def test_the_two_days_are_in_the_words_of_the_reader(scene: Scene, line: str) -> None:
    scene.at_stage("lead", by="U0JONAS")
    said = scene.deal("@jonas", line)
    assert "der 4. März 2044 oder der 3. April 2044" in said.text
    assert labels(said.message) == ["4. März 2044", "3. April 2044"]
    scene.press("@jonas", said.message, "4. März 2044")
    assert scene.row().close_on == date(2044, 3, 4)


def test_every_command_of_a_date_asks_which_day(scene: Scene) -> None:
    scene.at_stage("lead")
    for line in ("nurture D-1 until 3/4/2044", "next D-1 call @ben 3/4/2044", "snooze acme until 3/4/2044"):
        said = scene.deal("@ana", line)
        assert "Apr 3, 2044" in scene.press("@ana", said.message, "April 3, 2044")["text"], line
    assert scene.row().next_step == "call @ben"
    said = scene.deal("@ana", "changes since 3/4/2025")
    assert labels(said.message) == ["March 4, 2025", "April 3, 2025"]


def test_in_a_cards_thread_the_button_knows_its_deal(scene: Scene) -> None:
    scene.at_stage("lead")
    said = scene.mention("@ana", "close-date 3/4/2044", thread_ts=scene.card()["ts"])
    scene.touch("@ana", said, "April 3, 2044")
    wait_until(lambda: scene.row().close_on == date(2044, 4, 3), what="the close date")


def test_where_the_day_stands_twice_only_the_sentence_asks(scene: Scene) -> None:
    said = scene.deal("@ana", 'new "Audit 3/4/2044" by 3/4/2044')
    assert "“3/4/2044” could be" in said.text
    assert labels(said.message) == []


def test_a_line_over_several_lines_is_understood(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.deal("@ana", "move\nD-1\nlead first line\nsecond line")
    assert scene.changes()[-1].note == "first line\nsecond line"


def test_who_may_is_said_where_somebody_may_not(scene: Scene) -> None:
    scene.at_stage("qualification", by="U0BEN")
    said = scene.told("@ana", "move D-1 lead")
    assert "ben (its owner), managers and admins" in said
    assert "full members" in scene.told("@gus", "new Acme")


def test_what_is_like_no_command_offers_what_is_understood(scene: Scene) -> None:
    for user, line, label, title in (
        ("@ana", "hello", "Show what I understand", "Your pipeline in Slack"),
        ("@jonas", "danke", "Zeig, was du verstehst", "Deine Pipeline in Slack"),
    ):
        said = scene.deal(user, line)
        assert labels(said.message) == [label]
        assert title in scene.press(user, said.message, label)["text"]


def test_whoever_became_a_viewer_is_refused_in_the_form_too(scene: Scene) -> None:
    """They were a rep when they opened it."""
    assert scene.control.shortcut("@ben", "deal.new").ok
    scene.deal("@olga", "people @ben viewer")
    before = scene.marked()
    assert scene.fill("@ben", title="Acme").ok
    view = scene.control.modal("@ben")
    text = str(view) if view else scene.reply(before)["text"]
    assert "full members" in text
    assert scene.count("deals") == 0


def test_a_very_long_line_has_an_answer_and_no_broken_button(scene: Scene) -> None:
    scene.at_stage("lead")
    for line in (
        "mvoe D-1 " + "x" * 3000,
        "x" * 5000,
        "move D-1 leet " + "\\" * 1500,
        "move D-1 lead " + "n" * 1001,
    ):
        said = scene.deal("@ana", line)
        assert said.text
        assert all(button(said.message, each) for each in labels(said.message))
    assert "1000" in said.text.replace(",", "")
    assert scene.row().version == 1


def test_a_code_alone_shows_the_deal_and_with_more_asks(scene: Scene) -> None:
    scene.at_stage("lead")
    assert "D-1 Acme renewal" in scene.told("@ana", "d-1")
    said = scene.deal("@ana", "D-1 won")
    assert labels(said.message) == ["/deal move D-1 won?"]
    assert "→ Won" in scene.press("@ana", said.message, "/deal move D-1 won?")["text"]


def test_a_little_word_may_stand_before_the_stage(scene: Scene) -> None:
    scene.at_stage("qualification")
    assert "Qualification → Lead generation" in scene.told("@ana", "move D-1 to lead")
    assert scene.changes()[-1].note == ""


def test_no_stage_is_offered_for_a_closed_deal(scene: Scene) -> None:
    scene.at_stage("won")
    said = scene.deal("@ana", "move D-1 nowhere")
    assert labels(said.message) == ["Reopen"]


def test_spaces_do_not_answer_a_gate(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "move D-1 qualification")
    filled = scene.fill("@ana", contact="  ")
    assert filled.body == {"response_action": "errors", "errors": {"contact": "Contact must not be empty."}}
