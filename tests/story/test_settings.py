"""Stages and settings are an admin's, and what everybody sees follows at once."""

import json
import re
from zoneinfo import ZoneInfo

import pytest

from handlers.texts.languages import texts
from pipeline.orders import New
from pipeline.stages import Field, evenly_planned
from tests.running import wait_until
from tests.story.scene import CROSSED, LEAD, Scene, labels, shown

pytestmark = CROSSED


def test_everybody_reads_the_stages_and_how_many_deals_are_in_them(scene: Scene) -> None:
    scene.at_stage("qualification")
    listed = shown(scene.deal("@ana", "stages").message)
    assert "Qualification\n  25 % chance · 14 days · pipeline · 1 deal\n" in listed
    assert "Needs: Contact" in listed
    assert "Phasen" in shown(scene.deal("@jonas", "phasen").message)


def test_a_rep_changes_none_of_them(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card(shows=LEAD)
    for line in (
        "stages rename proposal to Offer",
        "stages archive closing",
        "stages chance lead 90",
        "settings language de",
        "settings money off",
    ):
        assert "is for admins" in scene.told("@ana", line), line
    assert scene.count("pipelines", "version > 1") == 0
    assert scene.count("workspaces", "language IS NOT NULL") == 0
    assert scene.count("channels", "money_off") == 0


def test_a_new_name_is_on_every_card_and_is_understood_at_once(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card(shows="Proposal")
    told = scene.told("@olga", "stages rename proposal to Offer / Angebot")
    assert told == "Proposal is called Offer / Angebot now."
    assert "Offer" in labels(scene.card(shows="Offer"))
    scene.deal("@ana", "edit D-1")
    assert "needs" in scene.told("@ana", "move D-1 offer") or scene.stage() == "lead"
    scene.told("@olga", "stages gate offer none")
    scene.deal("@ana", "move D-1 angebot")
    assert scene.stage() == "proposal"


def test_chance_patience_gate_category_and_order(scene: Scene) -> None:
    assert scene.told("@olga", "stages chance proposal 40%") == "Proposal: 40 % chance of winning."
    assert scene.told("@olga", "stages patience proposal 10 days").endswith("for 10 days.")
    assert scene.told("@olga", "stages gate lead generation contact, value").endswith(
        "needs Contact, Value from now on."
    )
    assert scene.told("@olga", "stages category proposal commit").endswith(
        "counts as commit in the forecast."
    )
    assert "Closing → Lead" in scene.told("@olga", "stages order closing first")
    assert "Lead generation → Closing" in scene.told("@olga", "stages order closing after lead")
    assert "Demo → Proposal" in scene.told("@olga", "stages add Demo after qualification")
    with scene.store.read("T0SALES") as work:
        pipeline = work.stages.pipeline()
    proposal, lead = pipeline.keyed("proposal"), pipeline.keyed("lead")
    assert proposal
    assert lead
    assert (proposal.chance, proposal.patience, proposal.category) == (40, 10, "commit")
    assert lead.gate == (Field.CONTACT, Field.VALUE)
    assert pipeline.version == 8


def test_the_same_in_german(scene: Scene) -> None:
    scene.control.person("@olga", fire=True, locale="de-DE")
    wait_until(lambda: scene.count("people", "id = 'U0OLGA' AND language = 'de-DE'"), what="the language")
    for line, said in (
        ("phasen umbenennen Verhandlung in Endrunde", "Verhandlung heißt jetzt Endrunde."),
        ("phasen wahrscheinlichkeit Endrunde 65 %", "Endrunde: 65 % Wahrscheinlichkeit."),
        ("phasen geduld Endrunde 9 Tage", "Endrunde: Ein Deal darf 9 Tage bleiben."),
        ("phasen pflichtfelder Endrunde Kontakt und Wert", "Endrunde verlangt ab jetzt Kontakt, Wert."),
        ("phasen kategorie Endrunde Bestfall", "Endrunde zählt in der Prognose als Bestfall."),
        ("phasen archivieren Abschluss", "Abschluss ist archiviert."),
        ("phasen wiederherstellen Abschluss", "Abschluss ist wieder da."),
        ("einstellungen währung USD", "Die Währung ist jetzt USD."),
        ("einstellungen zeitzone Berlin", "Die Zeitzone ist jetzt Europe/Berlin."),
        ("einstellungen hauptkanal hier", "Der Hauptkanal ist jetzt dieser Kanal."),
        ("einstellungen sprache englisch", "Die Sprache ist jetzt Englisch."),
    ):
        assert scene.told("@olga", line) == said


def test_a_stage_with_deals_offers_where_they_could_go(scene: Scene) -> None:
    scene.at_stage("qualification")
    refused = scene.deal("@olga", "stages archive qualification")
    assert "D-1 Acme renewal" in refused.text
    scene.press("@olga", refused.message, "Archive, deals to Lead generation")
    wait_until(lambda: scene.stage() == "lead", what="the move")
    assert [change.version for change in scene.changes()] == [1, 2, 3]
    assert scene.changes()[-1].by == "U0OLGA"
    assert "Qualification" not in labels(scene.card(shows="◉━○━○━○"))
    assert "is archived" not in scene.told("@olga", "stages restore qualification")


NOT_UNDERSTOOD = [
    ("stages frobnicate", "I don't know “frobnicate”"),
    ("stages rename", "For example: /deal stages rename"),
    ("stages rename nowhere to there", "There is no stage “nowhere”"),
    ("stages chance proposal lots", "For example: /deal stages chance"),
    ("stages chance proposal 400", "from 0 to 100"),
    ("stages patience proposal 0", "at least 1 day"),
    ("stages gate proposal moonlight", "cannot ask for “moonlight”"),
    ("stages category proposal great", "“great” is no category"),
    ("stages archive won", "Won can be renamed"),
    ("stages add Lost", "already"),
    ("settings mood good", "There is no setting “mood”"),
    ("settings language klingon", "I speak no “klingon”"),
    ("settings zone Atlantis", "I don't know the time zone “Atlantis”"),
    ("settings currency doubloons", "I don't know the currency “doubloons”"),
    ("settings main-channel nowhere", "“nowhere” is no channel"),
    ("settings money maybe", "/deal settings money off"),
]


def test_what_is_not_understood_is_named_with_an_example(scene: Scene) -> None:
    for line, says in NOT_UNDERSTOOD:
        assert says in scene.told("@olga", line), line
    assert scene.count("pipelines", "version > 1") == 0


def test_the_settings_tell_where_each_comes_from(scene: Scene) -> None:
    before = shown(scene.deal("@ana", "settings").message)
    assert before.count("from the environment") == 4
    scene.told("@olga", "settings currency USD")
    after = shown(scene.deal("@ana", "settings").message)
    assert "USD (set in Slack)" in after
    assert after.count("from the environment") == 3
    scene.told("@olga", "settings currency auto")
    assert shown(scene.deal("@ana", "settings").message) == before


def test_the_currency_holds_for_the_next_amount(scene: Scene) -> None:
    scene.told("@olga", "settings currency USD")
    scene.deal("@ana", "new Acme renewal 12k")
    value = scene.row().value
    assert value
    assert value.currency == "USD"


def test_the_language_of_shared_messages_follows(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card(shows="Proposal")
    assert scene.told("@olga", "settings language de") == "The language is German now."
    scene.card(shows="Angebotserstellung")


def test_a_deal_from_elsewhere_gets_its_card_in_the_main_channel(scene: Scene) -> None:
    assert (
        scene.told("@olga", "settings main-channel here", channel="#leads")
        == "The main channel is this channel now."
    )
    scene.deal("@ana", "new Acme renewal", channel="@ana")
    scene.card(channel="#leads")


def test_a_channel_may_show_no_money(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card(shows="€")
    assert "no amounts" in scene.told("@olga", "settings money off")
    wait_until(lambda: "€" not in shown(scene.card()), what="a card without money")
    assert "show no amounts" in shown(scene.deal("@ana", "settings").message)
    assert "show amounts" in scene.told("@olga", "settings money on")
    scene.card(shows="€")


def test_another_copy_paints_with_what_was_settled_here(scene: Scene) -> None:
    """Its courier reads the settings with each card, whatever it remembered."""
    scene.done("U0ANA", New({Field.TITLE: "Acme"}))
    house = scene.bot.running.bot.services.house
    with scene.store.begin("T0SALES") as work:
        work.tx.connection.exec_driver_sql("UPDATE workspaces SET language = 'de'")
    assert house.texts.locale == "en"
    with scene.store.read("T0SALES") as work:
        house.heed(work)
    assert house.texts.locale == "de"


def test_the_stages_of_another_pipeline_are_shaped_by_its_name(scene: Scene) -> None:
    with scene.store.begin("T0SALES") as work:
        work.stages.establish("partners", "Partners", evenly_planned(["Proposal", "Pilot"]))
    assert "Other pipelines: Partners" in shown(scene.deal("@ana", "stages").message)
    assert "Pilot" in shown(scene.deal("@ana", "stages in partners").message)
    assert "no pipeline “nobody”" in scene.told("@ana", "stages in nobody")
    assert scene.told("@olga", "stages in Partners: chance pilot 33") == "Pilot: 33 % chance of winning."
    assert "There is no stage “pilot”" in scene.told("@olga", "stages chance pilot 33")
    assert scene.count("pipelines", "version = 2 AND key = 'partners'") == 1
    assert scene.count("pipelines", "version = 1 AND key = 'default'") == 1


def test_settings_are_read_as_people_say_them(scene: Scene) -> None:
    assert "The main channel is" in scene.told("@olga", "settings main channel here", channel="#leads")
    assert "I have not met it yet" in scene.told("@olga", "settings main channel #random")
    scene.at_stage("lead")
    scene.card("D-1")
    assert "show no amounts" in scene.told("@olga", "settings money off here")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_day_is_the_workspaces_where_slack_shows_no_moment(scene: Scene, zone: str) -> None:
    """Of these two zones one has another day than UTC, at any hour."""
    scene.deal("@olga", f"settings zone {zone}")
    scene.deal("@ana", "new Acme renewal")
    entered = texts("en").day(scene.row().entered_at.astimezone(ZoneInfo(zone)).date())
    seen = [scene.deal("@ana", line).message for line in ("show D-1", "history D-1", "list")]
    for message in (*seen, scene.card()):
        written = re.findall(r'"fallback": "([^"]*)"', json.dumps(message["blocks"]))
        assert set(written) == {entered}
