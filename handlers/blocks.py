"""Block Kit words as plain dicts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from handlers.slack_text import isolate
from pipeline.letters import JSONDict

Block = JSONDict
Span = JSONDict

BUTTON_TEXT = 75
BUTTON_VALUE = 2000
SECTION_TEXT = 3000


def shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def fitted(text: str, limit: int) -> str:
    """Isolated, and shortened before that: cut afterwards, it could turn around what stands beside it."""
    shown, kept = isolate(text), len(text)
    while len(shown) > limit:
        kept = max(kept - (len(shown) - limit), 1)
        shown = isolate(shorten(text, kept))
    return shown


def plain(text: str, limit: int = SECTION_TEXT) -> JSONDict:
    """Shown as typed: no markup, no emoji, no mention."""
    return {"type": "plain_text", "text": fitted(text, limit), "emoji": False}


def section(text: str, accessory: JSONDict | None = None) -> Block:
    block: Block = {"type": "section", "text": plain(text)}
    return block if accessory is None else {**block, "accessory": accessory}


def context(text: str) -> Block:
    return {"type": "context", "elements": [plain(text, 2000)]}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, 150)}


def divider() -> Block:
    return {"type": "divider"}


def button(
    text: str,
    action_id: str,
    value: str,
    *,
    style: str | None = None,
    url: str | None = None,
    label: str | None = None,
) -> JSONDict:
    element: JSONDict = {
        "type": "button",
        "text": plain(text, BUTTON_TEXT),
        "action_id": action_id,
        "value": value,
    }
    spoken = fitted(label, BUTTON_TEXT) if label else None
    optional = {"style": style, "url": url, "accessibility_label": spoken}
    return {**element, **{name: given for name, given in optional.items() if given}}


def option(text: str, value: str) -> JSONDict:
    return {"text": plain(text, 75), "value": value}


def static_select(placeholder: str, action_id: str, options: Sequence[JSONDict]) -> JSONDict:
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, 150),
        "options": list(options[:100]),
    }


def overflow(action_id: str, options: Sequence[JSONDict]) -> JSONDict:
    return {"type": "overflow", "action_id": action_id, "options": list(options[:5])}


def actions(*elements: JSONDict) -> Block:
    return {"type": "actions", "elements": list(elements[:25])}


def words(text: str, *, bold: bool = False, strike: bool = False) -> Span:
    span: Span = {"type": "text", "text": isolate(text)}
    style: JSONDict = {name: True for name, on in (("bold", bold), ("strike", strike)) if on}
    return {**span, "style": style} if style else span


def moment(at: datetime, written: str, *, form: str = "{date_short_pretty} {time}") -> Span:
    """A moment in each reader's own zone."""
    return {"type": "date", "timestamp": int(at.timestamp()), "format": form, "fallback": written}


def ago(at: datetime, written: str) -> Span:
    return moment(at, written, form="{ago}")


def rich(*lines: Sequence[Span]) -> Block:
    """Each line a section; text stands as typed."""
    sections: list[JSONDict] = []
    for place, line in enumerate(lines):
        spans = [span for span in line if span.get("text") != ""]
        tail = [words("\n")] if place < len(lines) - 1 else []
        sections.append({"type": "rich_text_section", "elements": [*spans, *tail]})
    return {"type": "rich_text", "elements": list(sections)}


def preformatted(text: str) -> Block:
    """Every character as wide as any other."""
    table: JSONDict = {"type": "rich_text_preformatted", "elements": [words(text)]}
    return {"type": "rich_text", "elements": [table]}


def read_out(blocks: Sequence[Block]) -> str:
    """What stands in headers, sections and rich text, as one text for those who cannot see it."""
    return "\n".join(line for block in blocks if (line := _read_block(block).strip()))


def _read_block(block: Any) -> str:  # noqa: ANN401 - JSON that was built here
    if block["type"] != "rich_text":
        return str(block.get("text", {}).get("text", ""))
    spans = (span for line in block["elements"] for span in line["elements"])
    return "".join(span.get("text") or span.get("fallback", "") for span in spans)


def text_input(
    field: str,
    label: str,
    *,
    initial: str = "",
    limit: int = 3000,
    multiline: bool = False,
    optional: bool = False,
    hint: str = "",
    focus: bool = False,
) -> Block:
    element: JSONDict = {"type": "plain_text_input", "action_id": field, "max_length": min(limit, 3000)}
    if multiline:
        element["multiline"] = True
    if initial:
        element["initial_value"] = initial
    if focus:
        element["focus_on_load"] = True
    return _input(field, label, element, optional=optional, hint=hint)


def date_input(field: str, label: str, *, initial: date | None = None, optional: bool = False) -> Block:
    element: JSONDict = {"type": "datepicker", "action_id": field}
    if initial:
        element["initial_date"] = initial.isoformat()
    return _input(field, label, element, optional=optional, hint="")


def select_input(field: str, label: str, options: Sequence[JSONDict], *, initial: JSONDict) -> Block:
    element: JSONDict = {
        "type": "static_select",
        "action_id": field,
        "options": list(options[:100]),
        "initial_option": initial,
    }
    return _input(field, label, element, optional=False, hint="")


def person_input(field: str, label: str, *, initial: str | None = None, optional: bool = False) -> Block:
    element: JSONDict = {"type": "users_select", "action_id": field}
    if initial:
        element["initial_user"] = initial
    return _input(field, label, element, optional=optional, hint="")


def _input(field: str, label: str, element: JSONDict, *, optional: bool, hint: str) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    return {**block, "hint": plain(hint, 2000)} if hint else block
