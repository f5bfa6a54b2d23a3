"""Keyboard, screen reader, small screens: as far as axe and a browser can tell."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.page.desk import Desk
from tests.page.tried import House, sitting

pytestmark = pytest.mark.slow


@pytest.fixture(params=[("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)], ids=str)
def sat(browser: Browser, house: House, request: pytest.FixtureRequest) -> Iterator[Desk]:
    scheme, width = request.param
    with sitting(browser, house, color_scheme=scheme, viewport={"width": width, "height": 740}) as desk:
        yield desk


def violations(page: Page) -> list[tuple[str, list[Any]]]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found]


def test_axe_finds_nothing_on_the_page_a_form_and_the_home_tab(sat: Desk) -> None:
    assert violations(sat.page) == []
    sat.type("/deal new")
    expect(sat.form).to_be_visible()
    assert violations(sat.page) == []
    sat.page.keyboard.press("Escape")
    expect(sat.form).to_be_hidden()
    if sat.page.get_by_role("button", name="Menu").is_visible():
        sat.page.get_by_role("button", name="Menu").click()
    sat.page.get_by_role("navigation").get_by_role("button", name="Pipeline").click()
    sat.page.get_by_role("tab", name="Home").click()
    expect(sat.page.get_by_role("region", name="Home tab").locator("button").first).to_be_visible()
    assert violations(sat.page) == []


def test_nothing_is_wider_than_the_screen(sat: Desk) -> None:
    sat.type("/deal list mine")
    sat.told("deals")
    assert sat.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_a_deal_is_moved_without_a_mouse(desk: Desk) -> None:
    number = desk.created("By keyboard")
    desk.card(f"D-{number}").locator("button", has_text="Lost").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.form).to_be_visible()
    desk.page.keyboard.type("No budget")
    desk.page.keyboard.press("Tab")
    desk.form.get_by_role("button", name="Save").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.form).to_be_hidden()
    assert desk.stage_of(number) == "lost"


def test_the_focus_stays_where_it_was_when_a_card_is_repainted(desk: Desk) -> None:
    number = desk.created("Repainted")
    desk.card(f"D-{number}").locator("button", has_text="Closing").focus()
    desk.slack.control.command("@ana", "/deal", f"value D-{number} 77k")
    expect(desk.card(f"D-{number}")).to_contain_text("€77,000")
    assert desk.page.evaluate("() => document.activeElement.textContent") == "Closing"


def test_commands_are_completed_while_typed(desk: Desk) -> None:
    field = desk.page.locator("#composer-text")
    field.press_sequentially("/deal mo")
    option = desk.page.get_by_role("listbox").get_by_role("option").first
    expect(option).to_contain_text("move DEAL STAGE")
    field.press("Tab")
    expect(field).to_have_value("/deal move ")
