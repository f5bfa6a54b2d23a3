"""Reading what was drawn: every object in a payload, and every string."""

from collections.abc import Iterator
from typing import Any

from playground.validation import Problem, message_problems, view_problems


def objects(payload: Any) -> Iterator[dict[str, Any]]:
    if isinstance(payload, dict):
        yield payload
        for part in payload.values():
            yield from objects(part)
    elif isinstance(payload, list):
        for part in payload:
            yield from objects(part)


def strings(payload: Any) -> Iterator[str]:
    for each in objects(payload):
        yield from (part for part in each.values() if isinstance(part, str))


def figures(payload: Any) -> Iterator[float]:
    """What is drawn or sorted by, whether or not it is written out."""
    for each in objects(payload):
        yield from (part for name, part in each.items() if name == "value" and isinstance(part, int | float))


def problems(payload: dict[str, Any]) -> list[Problem]:
    return view_problems(payload) if "type" in payload else message_problems(payload)


def is_message(payload: dict[str, Any]) -> bool:
    return "type" not in payload
