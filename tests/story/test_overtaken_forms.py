"""A form over a deal that somebody else has changed meanwhile."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.orders import Edit
from pipeline.stages import Field
from tests.story.scene import CROSSED, Scene, shown
from tests.story.test_care import menu


def test_a_form_over_a_deal_that_changed_meanwhile_keeps_what_was_typed(scene: Scene) -> None:
    scene.at_stage("lead")
    menu(scene, "@ana", "Edit")
    scene.deal("@mia", "value D-1 99k")
    scene.fill("@ana", title="Acme rollout")
    view = scene.control.modal("@ana")
    assert "The deal changed while you typed" in shown(view)
    assert scene.row().title == "Acme renewal"
    assert scene.fill("@ana").ok
    assert scene.row().title == "Acme rollout"


@CROSSED
def test_what_a_colleague_changed_meanwhile_stays_where_it_was_not_touched(scene: Scene) -> None:
    scene.at_stage("lead")
    menu(scene, "@ana", "Edit")
    scene.deal("@mia", "value D-1 6k")
    scene.deal("@mia", "next D-1 Call Carla 2044-01-15")
    scene.fill("@ana", need="Fewer tickets", source="Fair")
    overtaken = scene.control.modal("@ana")
    scene.deal("@mia", "close-date D-1 2044-03-31")
    assert scene.fill("@ana").ok
    again = scene.control.modal("@ana")
    assert set(block_ids(overtaken)).isdisjoint(block_ids(again)), "Slack keeps what stands in a block"
    before = scene.marked()
    assert scene.fill("@ana").ok
    assert scene.reply(before)["text"].startswith("D-1 Acme renewal: Need: Fewer tickets, Source: Fair.")
    row = scene.row()
    assert (row.value and row.value.minor, row.next_step, row.need) == (
        600_000,
        "Call Carla",
        "Fewer tickets",
    )
    assert (row.next_step_on, row.close_on) == (date(2044, 1, 15), date(2044, 3, 31))


def test_a_field_that_both_changed_keeps_what_was_typed_and_one_that_was_emptied_stays_empty(
    scene: Scene,
) -> None:
    deal = scene.at_stage("lead")
    scene.done("U0ANA", Edit(deal.number, {Field.SOURCE: "Fair", Field.COMPANY: "Smith & Söhne <3"}))
    menu(scene, "@ana", "Edit")
    scene.done("U0MIA", Edit(deal.number, {Field.SOURCE: "Web", Field.COMPANY: "Smith"}))
    scene.deal("@mia", "value D-1 6k")
    scene.fill("@ana", value="7k", source=None)
    assert "What you typed is kept" in shown(scene.control.modal("@ana"))
    assert scene.fill("@ana").ok
    row = scene.row()
    assert (row.value and row.value.minor, row.source, row.company) == (700_000, "", "Smith")


def test_what_cannot_be_read_is_said_below_its_field_in_a_renewed_form_too(scene: Scene) -> None:
    scene.at_stage("lead")
    menu(scene, "@ana", "Edit")
    scene.deal("@mia", "next D-1 Call Carla 2044-01-15")
    scene.fill("@ana", need="Fewer tickets")
    block = next(each for each in block_ids(scene.control.modal("@ana")) if each.startswith("value"))
    refused = scene.fill("@ana", **{block: "a lot"})
    assert block in str(refused.body)
    assert scene.row().need == ""


def test_a_step_that_opened_a_form_is_kept_when_the_deal_changes(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.deal("@ana", "next D-1 call Carla")
    scene.deal("@mia", "value D-1 6k")
    scene.fill("@ana", next_step_on="2044-01-15")
    assert scene.fill("@ana").ok
    assert (scene.row().next_step, scene.row().next_step_on) == ("call Carla", date(2044, 1, 15))


def block_ids(view: Mapping[str, Any]) -> list[str]:
    return [each["block_id"] for each in view["blocks"] if each["type"] == "input"]
