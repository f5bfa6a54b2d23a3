"""Whatever the bot shows, the page can draw, in both themes and by the policy."""

import json
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.page.conftest import Easel, PageAt, set_up
from tests.page.samples import BUTTONS, MESSAGE, SURFACES
from tests.views.conftest import GOLDEN

Theme = Literal["light", "dark"]
UNKNOWN = ".unknown-block, .unknown-element"
REPORTS = ("board_of_eight", "bottlenecks_of_two_currencies", "changes_many", "forecast")
ERRORS = {"b_title": "Choose another title.", "b_radio": "Choose one.", "b_many": "Too many."}


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    chosen: Theme = request.param
    return chosen


@pytest.fixture
def themed(easel: Easel, theme: Theme) -> Iterator[Easel]:
    easel.page.emulate_media(color_scheme=theme)
    yield easel
    easel.page.emulate_media(color_scheme=None)


def golden_views() -> dict[str, Any]:
    files = sorted(GOLDEN.rglob("*.json"))
    return {f"{file.parent.name}/{file.stem}": json.loads(file.read_text(encoding="utf-8")) for file in files}


def test_every_view_of_the_bot_is_drawn(themed: Easel) -> None:
    views = golden_views()
    undrawn = themed.page.evaluate(
        """([views, unknown]) => Object.entries(JSON.parse(views)).filter(([, view]) => {
            easel.show(view.blocks ?? [], { surface: view.type ?? "message" });
            const root = document.getElementById("easel");
            return root.querySelector(unknown) || (view.blocks?.length && !root.textContent.trim());
        }).map(([name]) => name)""",
        [json.dumps(views), UNKNOWN],
    )
    assert len(views) > 100
    assert undrawn == []
    assert themed.trouble == []


@pytest.mark.parametrize("surface", SURFACES)
def test_every_kind_of_block_and_element_is_drawn(themed: Easel, surface: str) -> None:
    themed.show(SURFACES[surface], surface=surface, errors=ERRORS)
    assert themed.page.locator(UNKNOWN).count() == 0
    assert themed.page.locator(".block").count() >= len(SURFACES[surface])
    assert themed.trouble == []


@pytest.mark.parametrize("surface", SURFACES)
def test_axe_finds_nothing(themed: Easel, surface: str) -> None:
    themed.show(SURFACES[surface], surface=surface, errors=ERRORS)
    found = Axe().run(themed.page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("report", REPORTS)
def test_axe_finds_nothing_in_a_report(themed: Easel, report: str, language: str) -> None:
    themed.show(golden_views()[f"{language}/{report}_pictured"]["blocks"])
    found = Axe().run(themed.page)
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_in_an_open_list_menu_and_dialog(themed: Easel) -> None:
    page = themed.page
    themed.show(SURFACES["home"], surface="home")
    page.get_by_role("combobox", name="Choose the grouped").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="More actions").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    themed.show([{"type": "actions", "elements": [BUTTONS[2]]}])
    page.get_by_role("button", name="Void").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_an_unknown_block_is_shown_as_it_came(easel: Easel) -> None:
    easel.show([{"type": "hologram", "depth": "<b>3</b>"}, {"type": "constructor"}])
    summaries = easel.page.locator(".unknown-block summary")
    assert summaries.all_text_contents() == ["Unknown block: hologram", "Unknown block: constructor"]
    assert '"depth": "<b>3</b>"' in (easel.page.locator(".unknown-block pre").first.text_content() or "")


def test_no_two_nodes_share_an_id_even_where_a_message_is_drawn_twice(easel: Easel) -> None:
    for surface, blocks in [*SURFACES.items(), *SURFACES.items()]:
        easel.add(blocks, surface=surface)
    ids = easel.page.evaluate("() => [...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))


def test_nothing_is_wider_than_a_small_phone(page_at: PageAt) -> None:
    small = set_up(page_at, viewport={"width": 320, "height": 640})
    for surface, blocks in SURFACES.items():
        small.show(blocks, surface=surface, errors=ERRORS)
        assert small.page.evaluate("() => document.documentElement.scrollWidth") <= 320, surface
    for name, view in golden_views().items():
        if name.endswith("_pictured"):
            small.show(view["blocks"])
            assert small.page.evaluate("() => document.documentElement.scrollWidth") <= 320, name


def test_headings_begin_where_the_page_says(easel: Easel) -> None:
    easel.page.evaluate("(blocks) => easel.show(blocks, {})", MESSAGE[:1])
    assert easel.page.locator("h2").text_content() == "Deals 🎉"
