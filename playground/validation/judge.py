"""One walk over a payload beside the table of what may stand there."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import assert_never

from playground.validation.findings import Place, Problem, json_type, quoted
from playground.validation.shapes import (
    Choice,
    Family,
    Flag,
    Items,
    Kind,
    Number,
    Shape,
    String,
    Unjudged,
    Whole,
)


def judge(kind: Kind, value: object, place: Place) -> Iterator[Problem]:
    match kind:
        case Family():
            yield from _family(kind, value, place)
        case Shape():
            yield from _shape(kind, value, place)
        case Items():
            yield from _items(kind, value, place)
        case String():
            yield from _string(kind, value, place)
        case Choice():
            yield from _choice(kind, value, place)
        case Whole():
            yield from _whole(kind, value, place)
        case Number():
            yield from _number(value, place)
        case Flag():
            yield from _flag(value, place)
        case Unjudged():
            pass
        case _:
            assert_never(kind)


def _family(family: Family, value: object, place: Place) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield _mistyped(place, "an object", value)
    elif "type" not in value:
        yield place.problem("missing_required_field", f"This {family.noun} needs its 'type'.")
    else:
        yield from _member(family, value, place)


def _member(family: Family, value: Mapping[str, object], place: Place) -> Iterator[Problem]:
    name = value["type"]
    shape = family.members.get(name) if isinstance(name, str) else None
    if shape is None:
        sentence = f"This {family.noun} must be {' or '.join(family.members)}; found {quoted(name)}."
        yield (place / "type").problem("unsupported_type", sentence)
    elif place.surface not in shape.surfaces:
        sentence = f"A {place.surface} does not show the {family.noun} {name}."
        yield (place / "type").problem("unsupported_type", sentence)
    else:
        rest = {field: part for field, part in value.items() if field != "type"}
        yield from _shape(shape, rest, place)


def _shape(shape: Shape, value: object, place: Place) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield _mistyped(place, "an object", value)
        return
    for name in shape.required:
        if name not in value:
            yield place.problem("missing_required_field", f"The field {name!r} is required.")
    for name, part in value.items():
        yield from _field(shape, name, part, place / name)
    for rule in shape.rules:
        yield from rule(value, place)


def _field(shape: Shape, name: object, part: object, place: Place) -> Iterator[Problem]:
    kind = shape.kind_of(name)
    if kind is None:
        yield place.problem("unknown_field", f"No field {quoted(name)} is known here.")
    else:
        yield from judge(kind, part, place)


def _items(items: Items, value: object, place: Place) -> Iterator[Problem]:
    if not isinstance(value, list | tuple):
        yield _mistyped(place, "an array", value)
        return
    yield from _bounds(len(value), items.least, items.most, "items", place)
    for index, item in enumerate(value):
        if not (items.gaps and item is None):
            yield from judge(items.item, item, place / index)


def _string(string: String, value: object, place: Place) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield _mistyped(place, "a string", value)
        return
    yield from _bounds(len(value), string.least, string.most, "characters", place)
    if string.form and not re.fullmatch(string.form.pattern, value):
        yield place.problem("failed_constraint", f"Must be {string.form.described}; found {quoted(value)}.")


def _choice(choice: Choice, value: object, place: Place) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield _mistyped(place, "a string", value)
    elif value not in choice.words:
        sentence = f"Must be one of {', '.join(choice.words)}; found {quoted(value)}."
        yield place.problem("failed_constraint", sentence)


def _whole(whole: Whole, value: object, place: Place) -> Iterator[Problem]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield _mistyped(place, "a whole number", value)
    elif whole.least is not None and value < whole.least:
        yield place.problem("failed_constraint", f"Must be at least {whole.least}, found {quoted(value)}.")
    elif whole.most is not None and value > whole.most:
        yield place.problem("failed_constraint", f"Must be at most {whole.most}, found {quoted(value)}.")


def _number(value: object, place: Place) -> Iterator[Problem]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield _mistyped(place, "a number", value)
    elif isinstance(value, float) and not math.isfinite(value):
        yield place.problem("failed_constraint", "JSON has no number that is not finite.")


def _flag(value: object, place: Place) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield _mistyped(place, "a boolean", value)


def _bounds(count: int, least: int, most: int | None, noun: str, place: Place) -> Iterator[Problem]:
    if count < least:
        yield place.problem("failed_constraint", f"Needs at least {least} {noun}, found {count}.")
    elif most is not None and count > most:
        yield place.problem("failed_constraint", f"Holds at most {most} {noun}, found {count}.")


def _mistyped(place: Place, expected: str, value: object) -> Problem:
    return place.problem("invalid_type", f"Must be {expected}, found {json_type(value)}.")
