"""Small valid messages and views for the tests of the local Slack."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "Hello", **more: object) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str, value: str | None = None) -> Json:
    made = {"type": "button", "text": plain("Press"), "action_id": action_id}
    return made if value is None else {**made, "value": value}


def actions(*elements: Json, block_id: str = "acts") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def field(block_id: str, element: Json | None = None, **more: object) -> Json:
    entry = element or {"type": "plain_text_input", "action_id": f"{block_id}_entry"}
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": entry, **more}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def select(action_id: str, *values: str, **more: object) -> Json:
    return {"type": "static_select", "action_id": action_id, "options": [*map(option, values)], **more}


def modal(*blocks: Json, **more: object) -> Json:
    shape = {"type": "modal", "title": plain("A form"), "submit": plain("Save"), "blocks": list(blocks)}
    return {**shape, **more}


def home(*blocks: Json, **more: object) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}
