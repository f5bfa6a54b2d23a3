"""Ids of buttons, menus and forms, and what their values carry."""

import json
from enum import StrEnum

from pipeline.letters import JSONDict


class Action(StrEnum):
    """An id may go on after a slash, so that several of a kind stand in one block."""

    MOVE = "deal.move"
    UNDO = "deal.undo"
    REOPEN = "deal.reopen"
    FORM = "deal.form"
    NEW = "deal.new"
    CARD = "deal.card"
    RUN = "deal.run"
    LINK = "deal.link"
    MENU = "deal.menu"
    ASK = "deal.ask"
    CLAIM = "deal.claim"
    BOARD = "deal.board"


class Form(StrEnum):
    """Callback ids of modals and shortcuts."""

    NEW = "deal.new"
    GATE = "deal.gate"
    SAY = "deal.say"
    NOTE = "deal.note"
    RESULT = "deal.result"


# What is asked for by a form of its own; everything else is a field of the deal.
NOTE = "note"


# Made once: a Home of twenty deals carries some two hundred values.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def value(**parts: str | int | bool | None) -> str:
    """What a button carries: ids, versions and words, re-checked when it comes back."""
    return _encode(parts)


def read_value(text: str) -> JSONDict:
    """Empty for anything that no button of ours carried."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def whole(parts: JSONDict, name: str) -> int | None:
    """A whole number that a database can look up."""
    found = parts.get(name)
    is_whole = isinstance(found, int) and not isinstance(found, bool)
    return found if is_whole and 0 < found < 2**31 else None  # type: ignore[operator,return-value]
