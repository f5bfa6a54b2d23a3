"""A second pipeline: made by an admin, filled by everybody, and named wherever it matters."""

import pytest

from pipeline.money import Money
from tests.running import wait_until
from tests.story.scene import CROSSED, LEAD, Scene, fields, labels, shown

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


def place(scene: Scene, number: int = 1) -> tuple[str, str]:
    """A deal's pipeline and its stage."""
    deal = scene.row(number)
    with scene.store.read("T0SALES") as work:
        pipeline = work.stages.pipeline(deal.pipeline_id)
    return pipeline.name, pipeline.stage(deal.stage_id).english


def test_a_line_puts_a_deal_into_the_pipeline_that_it_names(scene: Scene) -> None:
    scene.told("@olga", MADE)
    said = scene.told("@ana", "new Acme renewal 12k at Globex in partners")
    assert said.startswith("D-1 Acme renewal is in Contact, pipeline Partners, €12,000, Globex.")
    assert place(scene) == ("Partners", "Contact")
    assert "Partners pipeline" in shown(scene.card("D-1"))
    said = scene.told("@jonas", "neu Beta Dach 9.000 € bei Globex in Partners bis Freitag")
    assert said.startswith("D-2 Beta Dach steht in Kontakt, Pipeline Partners, 9.000")
    scene.mention("@ana", "new Gamma in the Partners pipeline")
    assert place(scene, 3) == ("Partners", "Contact")
    scene.deal("@ana", "move D-3 pilot")
    assert place(scene, 3) == ("Partners", "Pilot")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("new Rollout in 3 weeks", "Rollout in 3 weeks"),
        ("new Training in Partners skills", "Training in Partners skills"),
        ("new Training in Part", "Training in Part"),
        ("new “Trust in Partners”", "Trust in Partners"),
        ("neu Umbau in Berlin", "Umbau in Berlin"),
    ],
)
def test_any_other_in_stays_in_the_title_and_the_first_pipeline_is_named(
    scene: Scene, line: str, title: str
) -> None:
    scene.told("@olga", MADE)
    scene.told("@olga", "stages new 3 weeks: Contact, Pilot")
    assert "pipeline Sales" in scene.told("@ana", line)
    assert scene.row().title == title
    assert place(scene) == ("Sales", "Lead generation")


def test_where_there_is_one_pipeline_nobody_hears_its_name(scene: Scene) -> None:
    said = scene.told("@ana", "new Training in Sales")
    assert "pipeline" not in said.replace("/invite @pipeline", "")
    assert scene.row().title == "Training in Sales"
    assert "Sales pipeline" not in shown(scene.card("D-1"))
    assert "Sales pipeline" not in scene.told("@ana", "list")
    scene.deal("@ana", "")
    assert "pipeline" not in fields(scene.control.modal("@ana"))


def test_a_second_pipeline_is_named_at_once_on_cards_that_stand_already(scene: Scene) -> None:
    scene.at_stage("lead")
    assert "pipeline" not in shown(scene.card(shows=LEAD))
    scene.control.open_home("@ana")
    scene.told("@olga", MADE)
    scene.card(shows="Sales pipeline")
    scene.home("@ana", shows="Sales pipeline")
    scene.told("@olga", "stages rename pipeline Sales to Direct")
    scene.card(shows="Direct pipeline")


def test_the_form_for_a_new_deal_asks_which_pipeline(scene: Scene) -> None:
    scene.told("@olga", MADE)
    scene.deal("@ana", "")
    form = scene.control.modal("@ana")
    assert fields(form)[:2] == ["title", "pipeline"]
    assert "Which pipeline" in shown(form)
    assert scene.fill("@ana", title="Acme renewal", pipeline="Partners").ok
    assert place(scene) == ("Partners", "Contact")
    scene.deal("@ana", "")
    assert scene.fill("@ana", title="Acme extension").ok
    assert place(scene, 2) == ("Sales", "Lead generation")


def test_a_form_sent_twice_asks_with_the_pipeline_that_was_chosen(scene: Scene) -> None:
    scene.told("@olga", MADE)
    for _ in range(2):
        scene.deal("@ana", "")
        asked = scene.fill("@ana", title="Acme renewal", pipeline="Partners")
    assert "create another?" in shown(asked.shown)
    assert scene.count("deals") == 1
    scene.fill("@ana")
    assert place(scene, 2) == ("Partners", "Contact")


def test_the_gate_of_a_first_stage_asks_without_losing_what_was_typed(scene: Scene) -> None:
    scene.told("@olga", MADE)
    scene.told("@olga", "stages in Partners: gate contact contact, need")
    said = scene.deal("@ana", "new Acme renewal 12k at Globex in Partners")
    assert not said.message
    form = scene.control.modal("@ana")
    assert {"need", "contact", "pipeline"} <= set(fields(form))
    assert scene.fill("@ana", contact="Carla", need="A pipeline").ok
    deal = scene.row()
    assert (deal.title, deal.company, deal.contact, deal.value) == (
        "Acme renewal",
        "Globex",
        "Carla",
        Money(1_200_000, "EUR"),
    )
    assert place(scene) == ("Partners", "Contact")


def test_a_form_whose_pipeline_asks_for_more_is_shown_again(scene: Scene) -> None:
    scene.told("@olga", MADE)
    scene.told("@olga", "stages in Partners: gate contact need")
    scene.deal("@ana", "")
    scene.fill("@ana", title="Acme renewal", pipeline="Partners")
    assert "need" in fields(scene.control.modal("@ana"))
    assert scene.count("deals") == 0
    scene.fill("@ana", need="A pipeline")
    assert place(scene) == ("Partners", "Contact")


def test_a_mention_that_lacks_something_gets_a_button_that_opens_the_form(scene: Scene) -> None:
    scene.told("@olga", MADE)
    scene.told("@olga", "stages in Partners: gate contact contact")
    answer = scene.mention("@ana", "new Acme renewal 12k in Partners")
    assert "A new deal begins in Contact, which needs Contact." in answer["text"]
    scene.touch("@ana", answer, "Open form")
    scene.fill("@ana", contact="Carla")
    assert place(scene) == ("Partners", "Contact")
    assert scene.row().title == "Acme renewal"


def test_a_pipeline_that_nobody_offered_is_not_taken(scene: Scene) -> None:
    scene.told("@olga", MADE)
    scene.deal("@ana", "")
    held = scene.control.prepare("submit", user="@ana", values={"title": "Acme", "pipeline": "Partners"})
    forged = held.body.replace("%7B%5C%22p%5C%22%3A2%7D", "%7B%5C%22p%5C%22%3A99%7D")
    assert forged != held.body
    scene.send(held, forged)
    assert scene.count("deals") == 0


def test_a_list_is_narrowed_down_to_a_pipeline(scene: Scene) -> None:
    scene.told("@olga", MADE)
    scene.at_stage("proposal")
    scene.told("@ana", "new Beta roof in Partners")
    scene.told("@ben", "new Gamma in Partners")
    scene.told("@ben", "move D-3 pilot")
    every = scene.told("@ana", "list")
    assert "D-1  Acme renewal  €12,000 · Owner ana · Sales pipeline" in every
    assert "D-2  Beta roof  Owner ana · Partners pipeline" in every
    for line, found in (
        ("list in Partners", ["D-2", "D-3"]),
        ("list in partner", ["D-2", "D-3"]),
        ("liste in der Partners-Pipeline", ["D-2", "D-3"]),
        ("list pilot in partners", ["D-3"]),
        ("list in Partners mine", ["D-2"]),
        ("list in Sales", ["D-1"]),
        ("list in proposal", ["D-1"]),
        ("list pilot", ["D-3"]),
    ):
        said = scene.told("@ana", line)
        assert [code for code in ("D-1", "D-2", "D-3") if f"{code} " in said] == found, line
    assert scene.told("@ana", "list in Partners").startswith("Open deals: Partners pipeline\n2 deals")
    assert scene.told("@jonas", "liste in Partners").startswith("Offene Deals: Pipeline Partners\n2 Deals")
    assert "No deal fits: Partners pipeline · Contract." in scene.told("@ana", "list contract in Partners")
    assert "by “nowhere”" in scene.told("@ana", "list in nowhere")


def test_a_closed_deal_is_listed_whichever_pipeline_it_was_won_in(scene: Scene) -> None:
    scene.told("@olga", MADE)
    scene.told("@ana", "new Beta roof 9k in Partners")
    scene.told("@ana", "won D-1")
    assert "D-1  Beta roof" in scene.told("@ana", "list won")
    assert "D-1" not in scene.told("@ana", "list won in Sales")


def test_a_deal_does_not_leave_its_pipeline(scene: Scene) -> None:
    scene.told("@olga", MADE)
    scene.at_stage("lead")
    assert "There is no stage “pilot”" in scene.told("@ana", "move D-1 pilot")
    assert place(scene) == ("Sales", "Lead generation")
