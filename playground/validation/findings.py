"""A problem, and the place in a payload where it was found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

Code = Literal[
    "duplicate_id",
    "failed_constraint",
    "invalid_type",
    "missing_required_field",
    "unknown_field",
    "unsupported_type",
]

LONGEST_QUOTE = 40
LARGEST_NUMBER = 10**12


@dataclass(frozen=True)
class Problem:
    pointer: str
    code: str
    message: str


class Surface(StrEnum):
    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True)
class Place:
    """Where in the payload we are, and on which surface it would be shown."""

    surface: Surface
    pointer: str = ""

    def __truediv__(self, step: object) -> "Place":
        return replace(self, pointer=f"{self.pointer}/{_escaped(step)}")

    def problem(self, code: Code, message: str) -> Problem:
        return Problem(self.pointer, code, message)


def quoted(value: object) -> str:
    """A value for a sentence: a long text is cut, a long number or a structure is named by its type."""
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST_QUOTE else value[:LONGEST_QUOTE] + "…")
    return str(value) if _short_number(value) else json_type(value)


def json_type(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case Mapping():
            return "an object"
    return "an array" if isinstance(value, list | tuple) else "no JSON value"


def _escaped(step: object) -> str:
    if isinstance(step, str):
        return step.replace("~", "~0").replace("/", "~1")
    return str(step) if _short_number(step) else json_type(step)


def _short_number(value: object) -> bool:
    # Python refuses to print an integer of more than 4300 digits.
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_NUMBER
