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
