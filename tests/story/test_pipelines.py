"""A second pipeline: made by an admin, filled by everybody, and named wherever it matters."""

import pytest

from tests.running import wait_until
from tests.story.scene import CROSSED, Scene, labels, shown

pytestmark = CROSSED
MADE = "stages new Partners: Contact / Kontakt, Pilot, Contract / Vertrag"


def german_admin(scene: Scene) -> None:
    scene.control.person("@olga", fire=True, locale="de-DE")
    wait_until(lambda: scene.count("people", "id = 'U0OLGA' AND language = 'de-DE'"), what="the language")


def test_an_admin_makes_a_pipeline_and_shapes_it(scene: Scene) -> None:
    made = scene.deal("@olga", MADE)
    assert "The pipeline Partners is there: Contact → Pilot → Contract → Won → Lost." in made.text
    assert "/deal new Acme renewal 12k in Partners" in made.text
    seen = scene.press("@olga", made.message, "See its stages")
    assert "Stages: Partners" in shown(seen)
    assert "Pilot\n  50 % chance" in shown(seen)
    assert scene.told("@olga", "stages in Partners: gate pilot contact") == "Pilot needs Contact from now on."


def test_the_same_in_german(scene: Scene) -> None:
    german_admin(scene)
    made = scene.told("@olga", "phasen neu Partner: Kontakt, Pilot; Vertrag")
    assert made.startswith("Die Pipeline Partner steht: Kontakt → Pilot → Vertrag → Gewonnen → Verloren.")
    told = scene.told("@olga", "phasen umbenennen Pipeline Partner in Händler")
    assert told == "Die Pipeline Partner heißt jetzt Händler."
    assert scene.told("@olga", "phasen in händler: geduld pilot 9").startswith("Pilot: Ein Deal darf 9 Tage")


@pytest.mark.parametrize("line", [MADE, "stages rename pipeline Sales to Direct"])
def test_nobody_else_makes_or_renames_one(scene: Scene, line: str) -> None:
    for user in ("@ana", "@mia"):
        assert "is for admins" in scene.told(user, line)
    assert scene.count("pipelines", "version = 1 AND name = 'Sales'") == scene.count("pipelines") == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("stages new SALES: Contact, Pilot", "means the pipeline Sales already"),
        ("stages new Partners: Contact", "2 to 20 open stages"),
        ("stages new Partners:", "For example: /deal stages new Partners: Contact, Pilot, Contract"),
        ("stages new pipeline Partners", "For example: /deal stages new Partners: Contact, Pilot, Contract"),
        ("stages new Partners: Contact, contact", "The stage contact would be there twice"),
        ("stages new Partners: Contact, Won", "won and lost come by themselves"),
        (f"stages new Partners: Contact, {'x' * 51}", "1 to 50 characters"),
        (f"stages new {'x' * 51}: Contact, Pilot", "1 to 50 characters without a colon"),
        ("stages rename pipeline Nobody to Somebody", "/deal stages rename pipeline Partners to Channel"),
        ("stages rename pipeline", "For example: /deal stages rename pipeline Partners to Channel"),
    ],
)
def test_what_no_pipeline_can_be_is_said_with_an_example(scene: Scene, line: str, says: str) -> None:
    assert says in scene.told("@olga", line)
    assert scene.count("pipelines", "version = 1") == scene.count("pipelines") == 1


def test_a_pipeline_is_renamed_by_its_name_or_from_within(scene: Scene) -> None:
    scene.told("@olga", MADE)
    told = scene.told("@olga", "stages rename pipeline partners to Channel")
    assert told == "The pipeline Partners is called Channel now."
    told = scene.told("@olga", "stages in Channel: rename pipeline to Resellers")
    assert told == "The pipeline Channel is called Resellers now."
    assert (
        scene.told("@olga", "stages rename pipeline to Direct") == "The pipeline Sales is called Direct now."
    )
    assert labels(scene.deal("@ana", "stages in resellers").message) == []


def test_the_board_shows_one_pipeline_and_leads_to_the_others(scene: Scene) -> None:
    scene.at_stage("proposal")
    assert scene.told("@ana", "board").startswith("Pipeline\n")
    assert "no pipeline “partners”" in scene.told("@ana", "board partners")
    scene.told("@olga", MADE)
    board = scene.deal("@ana", "board")
    assert board.text.startswith("Sales pipeline\n")
    assert labels(board.message) == ["Partners"]
    there = scene.press("@ana", board.message, "Partners")
    assert there["replace_original"] is True
    assert there["text"].startswith("There are no open deals in Partners.")
    assert labels(there) == ["Sales"]
    for line in ("board PARTNERS", "board in Partners", "board partner", "board part"):
        assert "in Partners" in scene.told("@ana", line), line
    assert scene.told("@jonas", "tafel Partners").startswith("In Partners gibt es keine offenen Deals.")
    assert "only Sales, Partners. For example: /deal board Sales" in scene.told("@ana", "board elsewhere")
    assert "no pipeline “pa”" in scene.told("@ana", "board pa")
    assert "Sales pipeline" in shown(scene.mention("@ana", "board"))


def test_many_other_pipelines_are_in_a_menu(scene: Scene) -> None:
    for name in ("Partners", "Renewals", "Tenders", "Retail", "Public sector"):
        scene.told("@olga", f"stages new {name}: Contact, Pilot")
    board = scene.deal("@ana", "board").message
    assert labels(board) == []
    menu = next(block for block in board["blocks"] if block["type"] == "actions")
    before = scene.marked()
    clicked = scene.control.click(
        "@ana", "deal.board", on=board, block_id=menu["block_id"], select="Public sector"
    )
    assert clicked.ok, clicked
    assert "no open deals in Public sector" in scene.reply(before)["text"]


def test_a_parked_deal_is_counted_on_the_board_and_weighs_nothing(scene: Scene) -> None:
    scene.at_stage("proposal")
    scene.at_stage("proposal", title="Beta roof")
    scene.deal("@ana", "nurture D-2 until 2099-01-01")
    board = scene.deal("@ana", "board")
    assert ["Proposal", "2", "€24,000", "€6,000"] in [line.split() for line in board.text.splitlines()]
    assert "1 of these deals is parked: counted, but in no weighted value." in shown(board.message)
    assert "1 dieser Deals ruht: mitgezählt" in shown(scene.deal("@jonas", "tafel").message)
    assert "1 of these deals is parked." in shown(scene.deal("@gus", "board").message)
    scene.deal("@ana", "nurture D-2 off")
    assert "parked" not in shown(scene.deal("@ana", "board").message)
