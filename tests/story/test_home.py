"""The Home tab: my open deals, painted again whenever one of them changes."""

from pipeline.orders import New
from pipeline.stages import Field
from tests.story.scene import CROSSED, Scene, shown


@CROSSED
def test_home_shows_my_open_deals_and_nobody_elses(scene: Scene) -> None:
    scene.at_stage("lead", title="Mine")
    scene.at_stage("lead", by="U0BEN", title="Theirs")
    scene.at_stage("lost", title="Gone")
    scene.control.open_home("@ana")
    home = shown(scene.home("@ana", shows="Mine"))
    assert "1 open" in home
    assert "Theirs" not in home
    assert "Gone" not in home
    assert "€12,000" in home


def test_home_speaks_the_language_of_its_person(scene: Scene) -> None:
    scene.at_stage("lead", by="U0JONAS")
    scene.control.open_home("@jonas")
    scene.home("@jonas", shows="Lead-Generierung")


def test_home_is_painted_again_whoever_changes_the_deal(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.control.open_home("@ana")
    scene.home("@ana", shows="Acme renewal")
    scene.deal("@mia", "value D-1 15k")
    scene.home("@ana", shows="€15,000")
    scene.deal("@mia", "lost D-1 no budget")
    scene.home("@ana", shows="No open deals")


def test_home_with_more_deals_than_it_holds_gives_the_true_count(scene: Scene) -> None:
    for number in range(45):
        scene.done("U0ANA", New({Field.TITLE: f"Deal number {number}"}))
    scene.control.open_home("@ana")
    home = scene.home("@ana", shows="of 45")
    assert len(home["blocks"]) <= 100


def test_a_guest_has_a_home_without_money(scene: Scene) -> None:
    scene.control.person("@gus", fire=True, is_restricted=False)
    scene.done("U0MIA", New({Field.TITLE: "Acme renewal", Field.OWNER: "U0GUS"}))
    scene.deal("@mia", "value D-1 12k")
    scene.control.person("@gus", fire=True, is_restricted=True)
    scene.control.open_home("@gus")
    home = scene.home("@gus", shows="Acme renewal")
    assert "12" not in shown(home)
    assert "no owner - was gus, who is a guest" in shown(home)
