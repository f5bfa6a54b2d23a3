"""A deal's forecast category, as people say it and see it."""

from datetime import UTC, datetime

from pipeline.kept_forecasts import Period, span_of
from pipeline.orders import Edit, Merge, Move, New, Said
from pipeline.stages import Category, Field
from tests.running import MAIN, wait_until
from tests.story.scene import CROSSED, Scene, labels, shown

pytestmark = CROSSED
SOON = span_of(Period.QUARTER, datetime.now(UTC).date())[1]


def test_a_category_is_said_shown_and_taken_back(scene: Scene) -> None:
    scene.at_stage("lead")
    said = scene.deal("@ana", "category D-1 commit")
    assert "Forecast category: commit" in said.text
    assert scene.row().category is Category.COMMIT
    scene.card(shows="Forecast category: commit, set by hand")
    assert "Forecast category: commit" in shown(scene.deal("@ben", "show D-1").message)
    assert "Forecast category: commit" in shown(scene.deal("@ben", "history D-1").message)
    assert "was taken back" in scene.press("@ana", said.message, "Undo")["text"]
    assert scene.row().category is None
    assert "Forecast category" not in shown(scene.deal("@ben", "show D-1").message)


def test_it_lasts_over_moves_until_it_is_set_back(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "category D-1 best-case")
    scene.deal("@ana", "move D-1 qualification")
    scene.done("U0ANA", Move(1, scene.stage_id("closing"), fields=_gates()))
    assert scene.row().category is Category.BEST_CASE
    assert "as its stage says" in scene.told("@ana", "category D-1 auto")
    assert scene.row().category is None
    assert scene.row().version == len(scene.changes())


def _gates() -> Said:
    return {
        Field.CONTACT: "Jo",
        Field.NEED: "Order",
        Field.BUDGET: "50k",
        Field.NEXT_STEP: "Call",
        Field.NEXT_STEP_ON: SOON,
        Field.CLOSE_ON: SOON,
    }


def test_in_a_cards_thread_the_deal_may_be_left_out(scene: Scene) -> None:
    scene.at_stage("lead")
    card = scene.card()
    wait_until(lambda: scene.count("cards", "ts > ''"), what="the card to be known")
    said = scene.mention("@ana", "category as best case", thread_ts=card["ts"])
    assert "Forecast category: best case" in shown(said)
    assert scene.row().category is Category.BEST_CASE


def test_without_a_category_it_is_asked_for_and_a_button_says_it(scene: Scene) -> None:
    scene.at_stage("lead")
    asked = scene.deal("@ana", "category D-1")
    assert "D-1 Acme renewal counts as pipeline, as Lead generation does" in asked.text
    assert labels(asked.message) == ["pipeline", "best case", "commit", "omitted"]
    scene.press("@ana", asked.message, "omitted")
    assert scene.row().category is Category.OMITTED
    assert labels(scene.deal("@ana", "category D-1").message)[-1] == "as its stage says"
    wrong = scene.deal("@ana", "category D-1 closed")
    assert (
        "“closed” is no category that a deal can have. For example: /deal category D-1 commit" in wrong.text
    )


def test_a_closed_deal_has_none_to_be_said(scene: Scene) -> None:
    scene.done("U0ANA", Move(scene.at_stage("lead").number, scene.stage_id("won")))
    for line in ("category D-1 commit", "category D-1"):
        assert "is closed (Won)" in scene.told("@ana", line)
    assert scene.row().category is None
    scene.deal("@ana", "edit D-1")
    assert "category" not in [block["block_id"] for block in scene.control.modal("@ana")["blocks"]]


def test_the_form_says_it_too(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "edit D-1")
    assert scene.fill("@ana", category="commit").ok
    assert scene.row().category is Category.COMMIT
    scene.deal("@ana", "edit D-1")
    assert scene.fill("@ana", source="fair").ok
    assert (scene.row().category, scene.row().source) == (Category.COMMIT, "fair")
    scene.deal("@ana", "edit D-1")
    assert scene.fill("@ana", category="auto").ok
    assert scene.row().category is None


def test_somebody_elses_deal_is_not_for_a_rep_to_judge(scene: Scene) -> None:
    scene.at_stage("lead", by="U0BEN")
    assert "Nothing was changed" in scene.told("@ana", "category D-1 commit")
    scene.deal("@mia", "category D-1 commit")
    assert scene.row().category is Category.COMMIT


def test_the_survivor_of_a_merger_keeps_its_category(scene: Scene) -> None:
    first, second = (scene.at_stage("lead", title=title).number for title in ("One", "Two"))
    scene.done("U0ANA", Edit(second, {Field.CATEGORY: Category.COMMIT}))
    merged = scene.done("U0ANA", Merge(first, second))
    assert merged.category is Category.COMMIT
    assert "Forecast category: commit" in shown(scene.deal("@ana", f"show D-{first}").message)


def test_cards_are_painted_with_it(scene: Scene) -> None:
    scene.done("U0ANA", New({Field.TITLE: "Acme renewal"}, channel_id=MAIN))
    scene.deal("@ana", "category D-1 omitted")
    scene.card(shows="Forecast category: omitted, set by hand")
    scene.deal("@ana", "category D-1 auto")
    scene.card(shows="◉")
