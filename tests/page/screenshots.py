"""The README's pictures: `python -m tests.page.screenshots FOLDER`, with Debian's chromium."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.page.browsing import found, opened
from tests.page.tried import House, sitting, tried

WIDE = {"width": 1180, "height": 720}
TALL = {"width": 980, "height": 1600}
PHONE = {"width": 390, "height": 760}


def main(folder: Path) -> int:
    chromium = found()
    if chromium is None:
        sys.stderr.write("There is no chromium here: `apt-get install chromium` brings it.\n")
        return 1
    with tempfile.TemporaryDirectory() as place, opened(chromium) as browser, tried(Path(place)) as house:
        _talk(browser, house, folder)
        _home(browser, house, folder)
        _report(browser, house, folder)
        _phone(browser, house, folder)
    return 0


def _talk(browser: Browser, house: House, folder: Path) -> None:
    """A deal is written down; its gate asks for what is missing."""
    with sitting(browser, house, viewport=WIDE) as desk:
        number = desk.created("Coffee machines")
        desk.page.screenshot(path=folder / "page.png")
        desk.press(desk.card(f"D-{number}"), "Qualification")
        expect(desk.form).to_be_visible()
        desk.form.get_by_label("Contact").fill("Bob Miller")
        desk.page.screenshot(path=folder / "form.png")
        desk.form.get_by_role("button", name="Save").click()
        expect(desk.card(f"D-{number}")).to_contain_text("Qualification, entered")


def _home(browser: Browser, house: House, folder: Path) -> None:
    with sitting(browser, house, viewport=WIDE, color_scheme="dark") as desk:
        desk.page.get_by_role("navigation").get_by_role("button", name="Pipeline").click()
        desk.page.get_by_role("tab", name="Home").click()
        home = desk.page.get_by_role("region", name="Home tab")
        expect(home.locator("button").first).to_be_visible()
        desk.page.get_by_role("button", name="Inspector").click()
        expect(desk.page.locator(".wire li").first).to_be_visible()
        desk.page.screenshot(path=folder / "home.png")


def _report(browser: Browser, house: House, folder: Path) -> None:
    """The pipeline as a picture, and nothing around it."""
    with sitting(browser, house, viewport=TALL) as desk:
        desk.type("/deal board")
        told = desk.told("Open value by stage")
        told.screenshot(path=folder / "report.png")


def _phone(browser: Browser, house: House, folder: Path) -> None:
    with sitting(browser, house, viewport=PHONE, device_scale_factor=2) as desk:
        desk.type("/deal top")
        desk.told("Top deals")
        desk.page.screenshot(path=folder / "phone.png")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
