"""Rules between the fields of one object; what they cannot read is judged elsewhere."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from playground.validation.findings import Place, Problem, quoted
from playground.validation.shapes import Rule


def at_least_one_of(*names: str) -> Rule:
    def rule(value: Mapping[str, object], place: Place) -> Iterator[Problem]:
        if not any(name in value for name in names):
            yield place.problem("missing_required_field", f"At least one of {', '.join(names)} is required.")

    return rule


def exactly_one_of(*names: str) -> Rule:
    def rule(value: Mapping[str, object], place: Place) -> Iterator[Problem]:
        found = [name for name in names if name in value]
        if not found:
            yield place.problem("missing_required_field", f"One of {', '.join(names)} is required.")
        elif len(found) > 1:
            yield place.problem("failed_constraint", f"Only one of {', '.join(names)} may be given.")

    return rule


def distinct_action_ids(block: Mapping[str, object], place: Place) -> Iterator[Problem]:
    elements = ((place / "elements" / index, element) for index, element in objects(block.get("elements")))
    yield from distinct("action_id", elements, "block")


def distinct(name: str, parts: Iterator[tuple[Place, Mapping[str, object]]], whole: str) -> Iterator[Problem]:
    seen = set()
    for place, part in parts:
        mark = part.get(name)
        if isinstance(mark, str) and mark in seen:
            sentence = f"Each {name} is used once in a {whole}; {quoted(mark)} comes again."
            yield (place / name).problem("duplicate_id", sentence)
        elif isinstance(mark, str):
            seen.add(mark)


def initial_option_is_offered(select: Mapping[str, object], place: Place) -> Iterator[Problem]:
    if "initial_option" in select and _face(select["initial_option"]) not in _offered(select):
        sentence = "The initial option must be one of the options."
        yield (place / "initial_option").problem("failed_constraint", sentence)


def initial_options_are_offered(select: Mapping[str, object], place: Place) -> Iterator[Problem]:
    offered = _offered(select)
    for index, option in objects(select.get("initial_options")):
        if _face(option) not in offered:
            sentence = "Each initial option must be one of the options."
            yield (place / "initial_options" / index).problem("failed_constraint", sentence)


def _offered(select: Mapping[str, object]) -> set[tuple[str, str]]:
    groups = [select, *(group for _, group in objects(select.get("option_groups")))]
    faces = (_face(option) for group in groups for _, option in objects(group.get("options")))
    return {face for face in faces if face}


def _face(option: object) -> tuple[str, str] | None:
    """Value and label: Slack finds the initial option by comparing both."""
    if not isinstance(option, Mapping):
        return None
    value, label = option.get("value"), option.get("text")
    shown = label.get("text") if isinstance(label, Mapping) else None
    return (value, shown) if isinstance(value, str) and isinstance(shown, str) else None


def text_lengths_agree(field: Mapping[str, object], place: Place) -> Iterator[Problem]:
    least, most, start = (field.get(name) for name in ("min_length", "max_length", "initial_value"))
    if not isinstance(most, int):
        return
    if isinstance(least, int) and least > most:
        yield (place / "min_length").problem("failed_constraint", "min_length must not exceed max_length.")
    if isinstance(start, str) and len(start) > most:
        sentence = f"The initial value must fit max_length, found {len(start)} characters."
        yield (place / "initial_value").problem("failed_constraint", sentence)


def numbers_agree(field: Mapping[str, object], place: Place) -> Iterator[Problem]:
    least, most, start = (_decimal(field.get(name)) for name in ("min_value", "max_value", "initial_value"))
    if least is not None and most is not None and least > most:
        yield (place / "min_value").problem("failed_constraint", "min_value must not exceed max_value.")
    if start is not None and ((least is not None and start < least) or (most is not None and start > most)):
        sentence = "The initial value must lie between min_value and max_value."
        yield (place / "initial_value").problem("failed_constraint", sentence)


def whole_unless_decimal(field: Mapping[str, object], place: Place) -> Iterator[Problem]:
    if field.get("is_decimal_allowed") is not False:
        return
    for name in ("initial_value", "min_value", "max_value"):
        figure = field.get(name)
        if isinstance(figure, str) and "." in figure:
            sentence = f"Decimals are not allowed in this input, found {quoted(figure)}."
            yield (place / name).problem("failed_constraint", sentence)


def _decimal(figure: object) -> Decimal | None:
    if isinstance(figure, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", figure):
        return Decimal(figure)
    return None


def objects(value: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The objects of an array with their places in it; of anything else, none."""
    if isinstance(value, list | tuple):
        yield from ((index, item) for index, item in enumerate(value) if isinstance(item, Mapping))
