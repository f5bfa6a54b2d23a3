"""`pipeline-bot try` in this process, and a window of a browser before it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from bot.trying import Wishes, raised
from bot.trying_backstage import Backstage
from playground.server import LocalSlack
from tests.page.desk import Desk

House = tuple[LocalSlack, Backstage]


@contextmanager
def tried(folder: Path) -> Iterator[House]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        with raised(Wishes(folder / "pipeline.db", port=0, slack_port=0)) as house:
            yield house
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


@contextmanager
def sitting(browser: Browser, house: House, **window: Any) -> Iterator[Desk]:
    """At its end nothing has gone wrong in the browser, and Slack found no fault with what the bot said."""
    slack, backstage = house
    context = browser.new_context(**window)
    page = context.new_page()
    page.set_default_timeout(20_000)
    desk = Desk(page, slack, backstage)
    page.on("console", desk.heard)
    page.on("pageerror", lambda error: desk.trouble.append(str(error)))
    page.goto(slack.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("#sales")
    expect(desk.timeline.locator(".message").first).to_be_visible()
    yield desk
    slack.control.lift_faults()
    context.close()
    assert not desk.trouble
    assert not [entry["problems"] for entry in desk.wire() if entry["problems"]]
