"""A person in front of the page, and eyes for the rows behind it."""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from bot.trying_backstage import Backstage
from pipeline.deal import Deal
from playground.server import LocalSlack

TEAM = "T0SALES"


@dataclass
class Desk:
    """What the page shows is read as its reader reads it: by roles, labels and text."""

    page: Page
    slack: LocalSlack
    backstage: Backstage
    trouble: list[str] = field(default_factory=list)

    def be(self, name: str) -> None:
        option = self.page.get_by_label("You are").locator("option", has_text=name)
        with self.page.expect_response("**/page/history"):
            self.page.get_by_label("You are").select_option(value=str(option.get_attribute("value")))

    def go(self, channel: str) -> None:
        with self.page.expect_response("**/page/history"):
            self.page.get_by_role("navigation").get_by_role("button", name=channel).click()

    def type(self, line: str) -> None:
        self.page.locator("#composer-text").fill(line)
        self.page.keyboard.press("Enter")

    @property
    def timeline(self) -> Locator:
        return self.page.locator("#timeline")

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("dialog")

    def card(self, code: str) -> Locator:
        """The newest card of the deal that everybody sees."""
        cards = self.timeline.locator(".message:not(.ephemeral)").filter(has_text=code)
        return cards.filter(has=self.page.locator("button", has_text="Lost")).last

    def told(self, sentence: str) -> Locator:
        """Waits for an answer that only this person sees."""
        answer = self.timeline.locator(".ephemeral").filter(has_text=sentence).last
        expect(answer).to_be_visible()
        return answer

    def created(self, title: str, line: str = "12k at Acme by friday") -> int:
        """Its number, once its card is there."""
        self.type(f"/deal new {title} {line}")
        told = self.told(f"{title} is in Lead generation").inner_text()
        number = int(told.partition("D-")[2].split()[0])
        expect(self.card(f"D-{number}")).to_be_visible()
        return number

    def press(self, on: Locator, label: str) -> None:
        """By what stands on it; a screen reader hears more."""
        on.locator("button").filter(has_text=re.compile(f"^{re.escape(label)}$")).click()

    def deal(self, number: int) -> Deal:
        assert self.backstage.running is not None
        with self.backstage.running.bot.store.read(TEAM) as work:
            return work.deals.by_number(number)

    def stage_of(self, number: int) -> str:
        deal = self.deal(number)
        assert self.backstage.running is not None
        with self.backstage.running.bot.store.read(TEAM) as work:
            return work.stages.pipeline(deal.pipeline_id).stage(deal.stage_id).key

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.trouble.append(message.text)

    def wire(self, **wanted: Any) -> list[dict[str, Any]]:
        return self.slack.control.log(**wanted)
