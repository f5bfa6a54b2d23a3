"""The README's picture: `python -m tests.picture > docs/card.svg` draws a deal's card from its real view."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape

from handlers.texts.english import English
from handlers.views.deal_card import CardFacts, deal_card
from pipeline.deal import Deal
from pipeline.money import Money
from pipeline.ownership import Owner
from tests.views.gallery.sitter import PIPELINE

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
WIDTH = 760
LEFT = 76
INVISIBLE = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u2060"))
FONT = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
STYLES = {"primary": "#007a5a", "danger": "#c01343"}


@dataclass
class Drawing:
    """Slack's blocks from top to bottom, as a message looks in a channel."""

    y: int = 62

    def parts(self, blocks: list[dict[str, Any]]) -> Iterator[str]:
        for block in blocks:
            match block["type"]:
                case "rich_text":
                    yield from self._rich(block)
                case "context":
                    yield from self._context(block)
                case "actions":
                    yield from self._buttons(block)
                case other:
                    raise ValueError(f"a {other} block cannot be drawn")

    def _rich(self, block: dict[str, Any]) -> Iterator[str]:
        for section in block["elements"]:
            spans = "".join(_span(each) for each in section["elements"])
            yield f'<text x="{LEFT}" y="{self.y}" class="line" xml:space="preserve">{spans}</text>'
            self.y += 23

    def _context(self, block: dict[str, Any]) -> Iterator[str]:
        line = " ".join(each["text"] for each in block["elements"])
        yield f'<text x="{LEFT}" y="{self.y}" class="small">{_clean(line)}</text>'
        self.y += 21

    def _buttons(self, block: dict[str, Any]) -> Iterator[str]:
        x = LEFT
        self.y += 2
        for element in block["elements"]:
            face = _clean(element["text"]["text"]) if "text" in element else "⋯"
            width = round(len(face) * 7.4) + 26
            if x + width > WIDTH - 20:
                x, self.y = LEFT, self.y + 40
            yield _button(face, x, self.y - 10, width, STYLES.get(element.get("style", "")))
            x += width + 8
        self.y += 44


def _span(span: dict[str, Any]) -> str:
    text = _clean(span.get("text", ""))
    if span["type"] == "date":
        days = (NOW.date() - datetime.fromtimestamp(span["timestamp"], UTC).date()).days
        text = f"{days} days ago"
    bold = ' font-weight="700"' if span.get("style", {}).get("bold") else ""
    return f"<tspan{bold}>{text}</tspan>"


def _clean(text: str) -> str:
    return escape(text.translate(INVISIBLE).rstrip("\n"))


def _button(face: str, x: int, y: int, width: int, colour: str | None) -> str:
    fill, stroke, ink = (colour, colour, "#ffffff") if colour else ("#ffffff", "#bbbbbc", "#1d1c1d")
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="32" rx="6" fill="{fill}" stroke="{stroke}"/>'
        f'<text x="{x + width // 2}" y="{y + 21}" class="face" style="fill: {ink}">{face}</text>'
    )


def picture() -> str:
    drawing = Drawing()
    parts = "\n".join(drawing.parts(deal_card(_facts(), English())))
    height = drawing.y
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" \
height="{height}" role="img" aria-label="The card of a deal in a Slack channel">
<style>
text {{ font-family: {FONT}; fill: #1d1c1d; font-size: 15px }}
.small {{ fill: #616061; font-size: 13px }}
.face {{ font-size: 13px; font-weight: 700; text-anchor: middle }}
</style>
<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="10" fill="#ffffff" stroke="#dddddd"/>
<rect x="22" y="20" width="40" height="40" rx="8" fill="#1d4d4f"/>
<path d="M31 47 v-7 M38 47 v-12 M45 47 v-17 M52 47 v-22" stroke="#ffffff" stroke-width="4" fill="none"/>
<text x="{LEFT}" y="34" font-weight="700">pipeline</text>
<rect x="{LEFT + 62}" y="22" width="32" height="15" rx="3" fill="#e8e8e8"/>
<text x="{LEFT + 78}" y="33" style="font-size: 10px; text-anchor: middle; fill: #616061">APP</text>
<text x="{LEFT + 102}" y="34" class="small">10:30</text>
{parts}
</svg>
"""


def _facts() -> CardFacts:
    deal = Deal(
        id=1, workspace_id="T0SALES", number=42, pipeline_id=1, stage_id=3,
        title="Field service app for 25 technicians", version=7, created_at=NOW, created_by="U0ANA",
        entered_at=datetime(2026, 11, 6, 8, 12, tzinfo=UTC), changed_at=NOW, company="Nordlicht Energie",
        contact="Frauke Petersen", value=Money(2_480_000, "EUR"), owner_id="U0ANA",
        need="Technicians write on paper", budget="approved", close_on=date(2026, 12, 15),
        next_step="Send Frauke Petersen the revised offer", next_step_on=date(2026, 11, 20),
    )  # fmt: skip
    return CardFacts(deal, PIPELINE, Owner("Ana"), money=True, now=NOW)


if __name__ == "__main__":
    sys.stdout.write(picture())
