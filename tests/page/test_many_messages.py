"""A channel with ten thousand messages opens as fast as one with ten."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from slack_sdk import WebClient

from playground.server import LocalSlack
from tests.page.tried import House, sitting

pytestmark = pytest.mark.slow
MESSAGES = 10_000
CARDS = 200
SCRIPTING_MS = 200
# Of a trace's events those that are no scripts.
DRAWING = {"Layout", "UpdateLayoutTree", "PrePaint", "Paint", "Layerize", "Commit", "HitTest"}


def test_opening_ten_thousand_messages_costs_little(browser: Browser, house: House, tmp_path: Path) -> None:
    slack, _ = house
    file = tmp_path / "trace.json"
    with sitting(browser, house) as desk:
        card = next(m for m in slack.control.messages() if m["text"].startswith("D-"))
        _fill(slack, card)
        desk.go("#random")
        browser.start_tracing(
            page=desk.page,
            path=file,
            categories=["devtools.timeline", "disabled-by-default-devtools.timeline"],
        )
        desk.go("#leads")
        expect(desk.timeline).to_contain_text(f"number {MESSAGES - 1}")
        desk.page.wait_for_timeout(300)
        browser.stop_tracing()
        shown = desk.timeline.locator(".message").count()
        scripting = _scripting_ms(json.loads(file.read_text())["traceEvents"])
        print(f"{MESSAGES} messages: {scripting:.0f} ms of scripting, {shown} in the document")
        assert scripting < SCRIPTING_MS
        assert shown <= 120
        _scroll_up(desk.page)
        assert desk.timeline.locator(".message").count() <= 120
        expect(desk.timeline).not_to_contain_text(f"number {MESSAGES - 1}")


def _scroll_up(page: Any) -> None:
    """Through four pages; each is fetched as the one before comes to its end."""
    for _ in range(4):
        with page.expect_response("**/page/history"):
            page.evaluate("() => { document.getElementById('timeline').scrollTop = 0; }")
        page.wait_for_timeout(200)


def _fill(slack: LocalSlack, card: dict[str, Any]) -> None:
    """Talk, and cards at its end, where they are drawn."""
    for number in range(MESSAGES - CARDS):
        slack.control.say("@ana", f"number {number}", channel="#leads")
    client = WebClient(slack.identity.bot_token, slack.api_url, retry_handlers=[])
    for number in range(MESSAGES - CARDS, MESSAGES):
        blocks = _numbered(card["blocks"], number)
        client.chat_postMessage(channel="C0LEADS", text=f"number {number}", blocks=blocks)


def _numbered(blocks: Sequence[Any], number: int) -> list[Any]:
    title = {"type": "section", "text": {"type": "plain_text", "text": f"number {number}"}}
    return [title, *({k: v for k, v in block.items() if k != "block_id"} for block in blocks)]


def _scripting_ms(events: Sequence[dict[str, Any]]) -> float:
    """What the page's main thread did, less what was drawing: the scripts, and a little more."""
    main = {
        (e["pid"], e["tid"])
        for e in events
        if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    there = [e for e in events if (e["pid"], e["tid"]) in main and e["ph"] == "X"]
    assert any(e["name"] == "RunTask" and e.get("tdur") for e in there)
    busy = _processor(e for e in there if e["name"] == "RunTask")
    return (busy - _processor(e for e in there if e["name"] in DRAWING)) / 1000


def _processor(events: Iterable[dict[str, Any]]) -> float:
    """Microseconds of the processor, whatever else the machine does; what lies within another counts once."""
    total, end = 0.0, 0.0
    for event in sorted(events, key=lambda e: e["ts"]):
        if event["ts"] >= end:
            total += event.get("tdur", 0)
            end = event["ts"] + event.get("dur", 0)
    return total
