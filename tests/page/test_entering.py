"""What a person enters is what the page tells, for every kind of input."""

from typing import Any

import pytest
from playwright.sync_api import Page

from playground import forms
from playground.painting import finished
from playground.views import View
from tests.page.conftest import Easel
from tests.page.samples import MOMENT, OPTIONS, PICKERS, TYPED, fields, option, plain

UNTOUCHED = {
    "static": None,
    "grouped": "proposal",
    "person": "U0BEN",
    "channel": None,
    "conversation": "C0WINS",
    "many": ["lead", "proposal"],
    "many_people": ["U0ANA"],
    "many_channels": [],
    "day": "2026-12-15",
    "hour": "08:30",
    "moment": MOMENT,
    "radio": "lead",
    "boxes": [],
    "title": None,
    "note": "two\nlines",
    "chance": "50",
    "email": None,
    "site": None,
    "story": None,
}


def held(easel: Easel) -> dict[str, Any]:
    """Values by the sample's name."""
    return {
        block_id.removeprefix("b_"): value
        for block_id, values in easel.values().items()
        for value in values.values()
    }


def view_of(blocks: list[Any]) -> View:
    return View("V1", "U0ANA", {"type": "modal", "blocks": finished(blocks)}, "hash")


def pick(page: Page, field: str, *names: str) -> None:
    page.get_by_role("combobox", name=field, exact=True).click()
    for name in names:
        page.get_by_role("option", name=name).click()


def test_untouched_fields_tell_what_the_view_proposed(easel: Easel) -> None:
    easel.show(fields(), surface="modal")
    assert held(easel) == UNTOUCHED


def test_what_slack_remembers_goes_before_what_the_view_proposes(easel: Easel) -> None:
    view = view_of(fields())
    entries = {
        "b_static": "won",
        "b_grouped": None,
        "b_person": "U0MIA",
        "b_many": ["won"],
        "b_day": None,
        "b_hour": "17:45",
        "b_moment": MOMENT + 60,
        "b_boxes": ["lead", "proposal"],
        "b_note": None,
        "b_chance": "70",
        "b_title": "Acme",
    }
    forms.fill(view, entries)
    easel.show(fields(), surface="modal", state=forms.values(view))
    assert held(easel) == UNTOUCHED | {name.removeprefix("b_"): value for name, value in entries.items()}


STORY = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "once"}]}],
}
ENTERED = {
    "static": "won",
    "grouped": "lead",
    "external": "42",
    "person": "U0ANA",
    "channel": "C0SALES",
    "conversation": "C0SALES",
    "many": ["proposal", "won"],
    "many_people": ["U0ANA", "U0BEN"],
    "many_channels": ["C0WINS"],
    "day": "2027-01-31",
    "hour": "23:59",
    "moment": 1798131600,
    "radio": "proposal",
    "boxes": ["lead"],
    "title": "<b>Ä</b> 🎉",
    "note": "a\nb",
    "chance": "x",
    "email": "a@x.org",
    "site": "https://x.org",
    "story": STORY,
}


def enter(page: Page) -> None:
    """Something into every field."""
    pick(page, "Field static (optional)", "Won")
    pick(page, "Field grouped", "Lead")
    page.get_by_role("combobox", name="Field external").fill("acme")
    page.get_by_role("option", name="D-42 Acme").click()
    pick(page, "Field person", "Ana")
    pick(page, "Field channel", "#sales")
    pick(page, "Field conversation", "#sales")
    pick(page, "Field many", "Lead", "Won")
    page.keyboard.press("Escape")
    pick(page, "Field many_people", "Ben")
    pick(page, "Field many_channels", "#wins")
    page.get_by_label("Field day").fill("2027-01-31")
    page.get_by_label("Field hour").fill("23:59")
    page.get_by_label("Field moment").fill("2026-12-24T18:00")
    page.get_by_role("radio", name="Proposal").check()
    page.get_by_role("checkbox", name="Lead").check()
    for name, text in {
        "title": "<b>Ä</b> 🎉",
        "note": "a\nb",
        "chance": "x",
        "email": "a@x.org",
        "site": "https://x.org",
    }.items():
        page.get_by_label(f"Field {name}").fill(text)
    page.get_by_label("Field story").fill("once")


def test_what_is_entered_is_read_back_and_the_local_slack_takes_it(easel: Easel) -> None:
    easel.page.evaluate("(options) => { easel.offered.a_external = options; }", [option("D-42 Acme", "42")])
    easel.show(fields(), surface="modal")
    enter(easel.page)
    assert held(easel) == ENTERED
    view = view_of(fields())
    view.suggested["a_external"] = [option("D-42 Acme", "42")]
    forms.fill(view, easel.values())
    assert forms.complaints(view) == {
        "b_chance": "Must be a valid number.",
        "b_many_external": "Please complete this required field.",
    }
    assert easel.acts == []
    assert easel.trouble == []


def test_a_choice_that_is_optional_can_be_taken_back(easel: Easel) -> None:
    easel.show(fields({"static": {**PICKERS["static"], "initial_option": OPTIONS[0]}}), surface="modal")
    easel.page.get_by_role("button", name="Clear").click()
    assert held(easel) == {"static": None}


def test_a_field_is_named_described_and_marked_where_it_is_wrong(easel: Easel) -> None:
    easel.show(fields(), surface="modal", errors={"b_title": "Choose another title.", "b_person": "Nobody."})
    title = easel.page.get_by_role("textbox", name="Field title")
    assert title.get_attribute("aria-invalid") == "true"
    described = title.evaluate(
        "(node) => node.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent)"
    )
    assert described == ["As it was agreed", "⚠ Error: Choose another title.", "0 of 80"]
    assert easel.page.get_by_role("combobox", name="Field person").get_attribute("aria-invalid") == "true"
    assert easel.page.locator("[aria-invalid]").count() == 2


def test_a_picker_works_by_keys_alone(easel: Easel) -> None:
    page = easel.page
    easel.show(
        fields({"grouped": PICKERS["grouped"], "many": {**PICKERS["many"], "max_selected_items": 2}}),
        surface="modal",
    )
    page.get_by_role("combobox", name="Field grouped").focus()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).all_text_contents() == ["Proposal"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert held(easel)["grouped"] == "won"
    page.keyboard.type("lé")
    assert page.get_by_role("option").all_text_contents() == []
    page.keyboard.press("Escape")
    assert page.get_by_role("combobox", name="Field grouped").input_value() == "Won"
    page.get_by_role("combobox", name="Field many").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="Won").click(force=True)
    assert page.get_by_text("At most 2").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Backspace")
    assert held(easel) == {"grouped": "won", "many": ["lead"]}


def test_the_bot_is_asked_for_choices_only_from_so_many_letters_on(easel: Easel) -> None:
    page = easel.page
    easel.show(
        fields({"external": {"type": "external_select", "placeholder": plain("Find")}}), surface="modal"
    )
    page.get_by_role("combobox").click()
    assert page.get_by_text("Type at least 3 letters").is_visible()
    page.keyboard.type("acm")
    page.get_by_text("No results").wait_for()
    assert page.evaluate("() => easel.asked") == ["acm"]


@pytest.mark.parametrize(
    ("name", "typed", "counter"), [("title", "🎉" * 81, "81 of 80"), ("title", "abc", "3 of 80")]
)
def test_a_counter_counts_as_slack_does_and_stops_nobody(
    easel: Easel, name: str, typed: str, counter: str
) -> None:
    easel.show(fields({name: TYPED[name]}), surface="modal")
    easel.page.get_by_label(f"Field {name}").fill(typed)
    assert easel.page.locator(".counter").text_content() == counter
    assert held(easel) == {name: typed}
