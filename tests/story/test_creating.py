"""A new deal: by a line, by the form, by the shortcut, by Home."""

import pytest

from pipeline.money import Money
from tests.running import wait_until
from tests.story.scene import CROSSED, EVERYWHERE, Scene, fields, labels, shown


@EVERYWHERE
def test_a_line_makes_a_deal_whose_card_appears_where_it_was_typed(scene: Scene) -> None:
    said = scene.deal("@ana", "new Acme renewal 12k at Acme by 2044-01-31", channel="#leads")
    assert said.text.startswith("D-1 Acme renewal is in Lead generation, €12,000, Acme, expected to close on")
    assert labels(said.message) == ["Undo"]
    deal = scene.row()
    assert (deal.title, deal.company, deal.value, deal.owner_id) == (
        "Acme renewal",
        "Acme",
        Money(1_200_000, "EUR"),
        "U0ANA",
    )
    card = scene.card("D-1", channel="#leads")
    assert "Owner ana" in shown(card)
    assert "€12,000" in shown(card)
    assert not scene.cards("D-1")


def test_a_german_line_makes_the_same_deal_and_is_answered_in_german(scene: Scene) -> None:
    said = scene.told("@jonas", "neu Acme Verlängerung 12.000 € bei Acme bis 31.1.2044")
    deal = scene.row()
    assert (deal.title, deal.company, deal.value) == ("Acme Verlängerung", "Acme", Money(1_200_000, "EUR"))
    assert "Lead-Generierung" in said
    assert "Lead generation" in shown(scene.card("D-1"))


def test_the_owner_is_the_person_who_is_named(scene: Scene) -> None:
    said = scene.told("@ana", "new Acme renewal @ben")
    assert "owner ben" in said
    assert scene.row().owner_id == "U0BEN"
    assert "Owner ben" in shown(scene.card("D-1"))


def test_the_first_deal_of_an_unknown_channel_says_that_its_card_follows(scene: Scene) -> None:
    first = scene.told("@ana", "new Acme renewal")
    assert "follows as soon as I know this channel" in first
    scene.card("D-1")
    assert "Its card is coming here." in scene.told("@ana", "new Beta rollout")
    scene.card("D-2")


def test_a_deal_typed_in_a_direct_message_has_its_card_in_the_main_channel(scene: Scene) -> None:
    scene.deal("@ana", "new Acme renewal", channel="@ana")
    assert scene.card("D-1", channel="#sales")
    assert "Its card is coming in #sales." in scene.told("@ana", "new Beta rollout", channel="@ana")


def test_where_the_bot_is_no_member_the_card_goes_to_the_main_channel(scene: Scene) -> None:
    scene.deal("@ana", "new Acme renewal", channel="#random")
    assert scene.card("D-1", channel="#sales")
    assert not scene.cards("D-1", "#random")


def test_typed_again_within_two_minutes_it_asks_and_makes_another_on_request(scene: Scene) -> None:
    scene.deal("@ana", "new Acme renewal 12k")
    again = scene.deal("@ana", "new acme  RENEWAL 15k")
    assert again.text == "You made D-1 Acme renewal a minute ago; create another?"
    assert scene.count("deals") == 1
    made = scene.press("@ana", again.message, "Create another")
    assert "D-2 acme RENEWAL is in Lead generation, €15,000" in made["text"]
    assert scene.count("deals") == 2


def test_somebody_else_may_make_a_deal_of_the_same_title(scene: Scene) -> None:
    scene.deal("@ana", "new Acme renewal")
    assert "D-2" in scene.told("@ben", "new Acme renewal")


def test_a_bare_number_is_offered_as_the_value(scene: Scene) -> None:
    said = scene.deal("@ana", "new Acme renewal 9000")
    assert scene.row().value is None
    assert "€9,000" in said.text
    set_ = scene.press("@ana", said.message, "Set value €9,000")
    assert "Value: €9,000" in set_["text"]
    assert scene.row().value == Money(900_000, "EUR")
    assert scene.row().title == "Acme renewal 9000"


@CROSSED
def test_a_bare_deal_opens_the_form_and_saving_makes_the_deal(scene: Scene) -> None:
    said = scene.deal("@ana", "")
    assert not said.message
    before = scene.marked()
    done = scene.fill("@ana", title="Acme renewal", value="12k", company="Acme", close_on="2044-01-31")
    assert done.ok, done
    reply = scene.reply(before) if not done.shown.get("view") else {"text": shown(done.shown["view"])}
    assert "D-1 Acme renewal is in Lead generation, €12,000" in reply["text"]
    assert scene.row().value == Money(1_200_000, "EUR")
    assert scene.card("D-1")


def test_the_shortcut_opens_the_form_and_the_card_goes_to_the_main_channel(scene: Scene) -> None:
    assert scene.control.shortcut("@ana", "deal.new").ok
    done = scene.fill("@ana", title="Acme renewal")
    assert "D-1 Acme renewal" in shown(scene.control.modal("@ana")), done
    assert scene.card("D-1", channel="#sales")


def test_a_guest_learns_from_the_shortcut_at_once_who_may_make_deals(scene: Scene) -> None:
    assert scene.control.shortcut("@gus", "deal.new").ok
    assert scene.told("@gus", "new Acme renewal") in shown(scene.control.modal("@gus"))
    assert fields(scene.control.modal("@gus")) == []
    assert scene.count("deals") == 0


def test_another_shortcut_opens_nothing(scene: Scene) -> None:
    scene.control.shortcut("@ana", "deal.other")
    assert not scene.control.modal("@ana")


def test_the_button_on_home_opens_the_form(scene: Scene) -> None:
    scene.control.open_home("@ana")
    home = scene.home("@ana", shows="No open deals are yours")
    assert scene.control.click("@ana", "deal.new", view_id=home["id"]).ok
    done = scene.fill("@ana", title="Acme renewal")
    assert "D-1 Acme renewal" in shown(scene.control.modal("@ana")), done
    assert scene.home("@ana", shows="D-1  Acme renewal")


def test_the_form_asks_before_it_makes_the_same_deal_again_and_keeps_what_was_typed(scene: Scene) -> None:
    scene.deal("@ana", "new Acme renewal")
    scene.deal("@ana", "")
    asked = scene.fill("@ana", title="Acme renewal", value="15k", company="Acme")
    view = asked.shown["view"]
    assert "You made D-1 Acme renewal a minute ago; create another?" in shown(view)
    assert view["submit"]["text"] == "Create another"
    assert scene.count("deals") == 1
    assert scene.fill("@ana").ok
    assert (scene.row(2).company, scene.row(2).value) == ("Acme", Money(1_500_000, "EUR"))


def test_what_a_field_cannot_hold_is_said_below_it_and_everything_else_stays(scene: Scene) -> None:
    scene.deal("@ana", "")
    for field, typed, complaint in (
        ("value", "-5 EUR", "negative"),
        ("value", "12 XYZ", "XYZ"),
        ("value", "1e400", "“1e400”"),
        ("title", "\u200b\u200b", "must not be empty"),
    ):
        refused = scene.fill("@ana", **{"title": "Acme renewal", "company": "Acme", field: typed})
        assert complaint in refused.shown["errors"][field], typed
        assert scene.count("deals") == 0
        kept = scene.control.modal("@ana")["state"]["values"]
        assert kept["company"]["company"]["value"] == "Acme"


def test_an_owner_nobody_knows_is_refused_below_the_field(scene: Scene) -> None:
    scene.deal("@ana", "")
    refused = scene.fill("@ana", title="Acme renewal", owner="U0NOBODY")
    assert "owner" in refused.shown.get("errors", {}), refused
    assert scene.count("deals") == 0


class TestWithoutMainChannel:
    """The bot was installed, and nobody said where cards go."""

    @pytest.fixture
    def main_channel(self) -> None:
        return None

    def test_a_card_that_has_no_place_follows_an_invitation(self, scene: Scene) -> None:
        scene.deal("@ana", "new Acme renewal", channel="#random")
        wait_until(lambda: scene.control.messages("@ana"), what="word that there is no card")
        assert "invite me to the channel" in scene.control.messages("@ana")[0]["text"]
        assert "invite me to a channel" in scene.told("@ana", "new Beta rollout", channel="#random")
        assert scene.control.channel("#random", fire=True, add=["U0BOT"])["deliveries"][0]["ok"]
        card = scene.deal("@ana", "show D-2", channel="#random")
        assert "coming here" in scene.press("@ana", card.message, "Post card here")["text"]
        assert scene.card("D-2", channel="#random")


def gated(scene: Scene, needs: str = "contact, need") -> None:
    assert "needs" in scene.told("@olga", f"stages gate lead {needs}")


@EVERYWHERE
def test_a_line_that_lacks_what_the_first_stage_needs_opens_the_form_and_saving_makes_the_deal(
    scene: Scene,
) -> None:
    gated(scene)
    scene.deal("@ana", "new Acme renewal 12k at Acme by 2044-01-31", channel="#leads")
    form = scene.control.modal("@ana")
    assert "A new deal begins in Lead generation, which needs Contact, Need." in shown(form)
    assert {"contact", "need", "title", "value", "company", "close_on"} <= set(fields(form))
    assert scene.count("deals") == 0
    assert scene.fill("@ana", contact="Carla", need="A pump").ok
    assert "D-1 Acme renewal is in Lead generation" in shown(scene.control.modal("@ana"))
    deal = scene.row()
    assert (deal.title, deal.company, deal.contact, deal.need) == ("Acme renewal", "Acme", "Carla", "A pump")
    assert deal.value == Money(1_200_000, "EUR")
    assert scene.card("D-1", channel="#leads")


def test_a_german_line_is_asked_in_german(scene: Scene) -> None:
    gated(scene, "contact")
    scene.deal("@jonas", "neu Acme Verlängerung 12.000 €")
    form = shown(scene.control.modal("@jonas"))
    assert "Ein neuer Deal beginnt in Lead-Generierung, und dafür fehlt noch Kontakt." in form
    assert scene.fill("@jonas", contact="Carla").ok
    assert scene.row().contact == "Carla"


@CROSSED
def test_the_form_asks_for_what_the_first_stage_needs_from_the_start(scene: Scene) -> None:
    gated(scene)
    scene.deal("@ana", "")
    required = [
        block["block_id"] for block in scene.control.modal("@ana")["blocks"] if not block.get("optional")
    ]
    assert required == ["title", "contact", "need"]
    assert scene.fill("@ana", title="Acme renewal", contact="Carla", need="A pump").ok
    assert scene.row().need == "A pump"


@CROSSED
def test_a_form_opened_before_the_first_stage_had_a_gate_is_asked_once_more(scene: Scene) -> None:
    scene.deal("@ana", "")
    gated(scene)
    assert scene.fill("@ana", title="Acme renewal", value="12k").ok
    form = scene.control.modal("@ana")
    assert "which needs Contact, Need" in shown(form)
    assert "Acme renewal" in str(form)
    assert scene.fill("@ana", contact="Carla", need="A pump").ok
    assert (scene.row().title, scene.row().value) == ("Acme renewal", Money(1_200_000, "EUR"))


@CROSSED
def test_a_title_typed_again_through_a_gate_is_asked_about_and_nothing_is_lost(scene: Scene) -> None:
    gated(scene)
    for _ in range(2):
        scene.deal("@ana", "new Acme renewal 12k")
        assert scene.fill("@ana", contact="Carla", need="A pump").ok
    assert scene.count("deals") == 1
    form = scene.control.modal("@ana")
    assert "create another?" in shown(form)
    assert scene.fill("@ana").ok
    assert (scene.row(2).contact, scene.row(2).need) == ("Carla", "A pump")


@CROSSED
def test_a_mention_that_lacks_what_the_first_stage_needs_offers_the_form_with_what_was_typed(
    scene: Scene,
) -> None:
    gated(scene, "contact")
    said = scene.mention("@ana", "new Acme renewal 12k")
    assert "which needs Contact" in shown(said)
    scene.touch("@ana", said, "Open form")
    assert "Acme renewal" in str(scene.control.modal("@ana"))
    assert scene.fill("@ana", contact="Carla").ok
    assert (scene.row().value, scene.row().contact) == (Money(1_200_000, "EUR"), "Carla")


def test_a_form_that_slack_refuses_to_open_is_offered_as_a_button(scene: Scene) -> None:
    gated(scene, "contact")
    scene.control.fault("error", "views.open", error="expired_trigger_id", count=1)
    said = scene.deal("@ana", "new Acme renewal 12k")
    assert "which needs Contact" in said.text
    before = scene.control.messages("#sales", user="@ana")
    scene.touch("@ana", said.message, "Open form")
    assert "Acme renewal" in str(scene.control.modal("@ana"))
    assert scene.control.messages("#sales", user="@ana") == before


def test_a_deal_begun_on_home_goes_through_the_gate_too(scene: Scene) -> None:
    gated(scene, "contact")
    scene.control.open_home("@ana")
    home = scene.home("@ana", shows="No open deals")
    assert scene.control.click("@ana", "deal.new", view_id=home["id"], value="new").ok
    assert scene.fill("@ana", title="Acme renewal", contact="Carla").ok
    scene.home("@ana", shows="1 open")
