"""Slack's own finish on blocks: ids where the sender left them out; and finding what can be pressed."""

import copy
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from playground.refusals import ImpossibleError
from playground.words import Json

INTERACTIVE: Final = frozenset(
    {
        "button",
        "workflow_button",
        "icon_button",
        "feedback_buttons",
        "static_select",
        "external_select",
        "users_select",
        "conversations_select",
        "channels_select",
        "multi_static_select",
        "multi_external_select",
        "multi_users_select",
        "multi_conversations_select",
        "multi_channels_select",
        "overflow",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "radio_buttons",
        "checkboxes",
        "plain_text_input",
        "number_input",
        "email_text_input",
        "url_text_input",
        "rich_text_input",
        "file_input",
    }
)
STATELESS: Final = frozenset({"button", "workflow_button", "icon_button", "feedback_buttons", "overflow"})


@dataclass(frozen=True)
class Element:
    block_id: str
    block: Json
    content: Json

    @property
    def kind(self) -> str:
        return str(self.content["type"])

    @property
    def action_id(self) -> str:
        return str(self.content.get("action_id", ""))


def finished(blocks: Sequence[Json]) -> list[Json]:
    """A deep copy in which every block and every interactive element has an id."""
    copied = copy.deepcopy(list(blocks))
    for block in copied:
        _name(block)
    return copied


def _name(block: Json) -> None:
    if block.get("type") != "markdown" and not block.get("block_id"):
        block["block_id"] = secrets.token_urlsafe(4)
    for child in _children(block):
        _name(child)
    for element in _own_elements(block):
        if not element.get("action_id"):
            element["action_id"] = secrets.token_urlsafe(4)


def elements(blocks: Sequence[Json]) -> Iterator[Element]:
    for block in blocks:
        for content in _own_elements(block):
            yield Element(str(block.get("block_id", "")), block, content)
        yield from elements(_children(block))


def _children(block: Json) -> list[Json]:
    nested = list(block.get("child_blocks") or ())
    if block.get("type") == "carousel":
        nested += block.get("elements") or ()
    return nested


def _own_elements(block: Json) -> list[Json]:
    kind = block.get("type")
    found: list[Json] = []
    if kind in {"actions", "context_actions"}:
        found += block.get("elements") or ()
    if kind == "card":
        found += block.get("actions") or ()
    found += [part for part in (block.get("accessory"), block.get("element")) if part]
    return [element for element in found if element.get("type") in INTERACTIVE]


def pick(blocks: Sequence[Json], *, action_id: str, block_id: str = "", value: object = None) -> Element:
    """The one element that a person presses; naming it must be enough to know which."""
    fitting = [
        e
        for e in elements(blocks)
        if e.action_id == action_id
        and (not block_id or e.block_id == block_id)
        and (value is None or e.kind != "button" or e.content.get("value") == value)
    ]
    if not fitting:
        there = sorted({e.action_id for e in elements(blocks)})
        raise ImpossibleError(f"nothing to press is called {action_id!r}; there are {there}", 404)
    if len(fitting) > 1:
        raise ImpossibleError(f"{action_id!r} is painted {len(fitting)} times: give block_id or value")
    return fitting[0]
