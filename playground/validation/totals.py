"""Rules over a whole payload: ids, sums, size, and what one block asks of the view around it."""

import json
from collections.abc import Iterator, Mapping

from playground.validation.findings import Place, Problem, json_type
from playground.validation.rules import distinct, objects

TABLE_TEXT = 10_000
MOST_CHARTS = 2
VIEW_BYTES = 250_000  # "250 kB"; the smaller reading, so that what passes here passes there


def distinct_block_ids(payload: Mapping[str, object], place: Place) -> Iterator[Problem]:
    yield from distinct("block_id", _blocks(payload, place), "payload")


def table_text_within_limit(payload: Mapping[str, object], place: Place) -> Iterator[Problem]:
    """Counted apart for tables and for those that can be sorted; an older page has as little for these."""
    for kind in ("table", "data_table"):
        found = 0
        for at, block in _blocks(payload, place):
            if block.get("type") != kind:
                continue
            found += sum(map(len, _texts(block.get("rows"))))
            if found > TABLE_TEXT:
                sentence = (
                    f"The tables of one payload hold at most {TABLE_TEXT} characters, found {found} so far."
                )
                yield (at / "rows").problem("failed_constraint", sentence)


def charts_within_limit(payload: Mapping[str, object], place: Place) -> Iterator[Problem]:
    charts = [at for at, block in _blocks(payload, place) if block.get("type") == "data_visualization"]
    for at in charts[MOST_CHARTS:]:
        yield at.problem("failed_constraint", f"A message shows at most {MOST_CHARTS} charts.")


def focus_at_most_once(view: Mapping[str, object], place: Place) -> Iterator[Problem]:
    focused = [at for at, element in _elements(view, place) if element.get("focus_on_load") is True]
    for at in focused[1:]:
        yield (at / "focus_on_load").problem("failed_constraint", "One element of a view takes the focus.")


def submit_beside_inputs(view: Mapping[str, object], place: Place) -> Iterator[Problem]:
    inputs = any(block.get("type") == "input" for _, block in _blocks(view, place))
    if inputs and "submit" not in view:
        yield place.problem("missing_required_field", "A modal with an input block needs 'submit'.")


def view_size_within_limit(view: Mapping[str, object], place: Place) -> Iterator[Problem]:
    try:
        size = len(json.dumps(view, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except (TypeError, ValueError, RecursionError):
        yield place.problem("invalid_type", "A view is made of JSON values only.")
        return
    if size > VIEW_BYTES:
        yield place.problem("failed_constraint", f"A view takes at most {VIEW_BYTES} bytes, found {size}.")


def flat_metadata(metadata: Mapping[str, object], place: Place) -> Iterator[Problem]:
    """An empty object clears what a message carried; anything else needs both fields."""
    for name in ("event_type", "event_payload"):
        if metadata and name not in metadata:
            yield place.problem("missing_required_field", f"Metadata needs {name!r}.")
    payload = metadata.get("event_payload", {})
    at = place / "event_payload"
    if not isinstance(payload, Mapping):
        yield at.problem("invalid_type", f"Must be an object, found {json_type(payload)}.")
        return
    for name, value in payload.items():
        if not _flat(value) and not _flat_objects(value):
            sentence = "A value is a string, number or boolean, or an array of objects of such values."
            yield (at / name).problem("failed_constraint", sentence)


def _flat(value: object) -> bool:
    return isinstance(value, str | int | float | bool)


def _flat_objects(value: object) -> bool:
    return isinstance(value, list | tuple) and all(
        isinstance(item, Mapping) and all(map(_flat, item.values())) for item in value
    )


def _blocks(payload: Mapping[str, object], place: Place) -> Iterator[tuple[Place, Mapping[str, object]]]:
    for index, block in objects(payload.get("blocks")):
        yield place / "blocks" / index, block
    for index, attachment in objects(payload.get("attachments")):
        yield from _blocks({"blocks": attachment.get("blocks")}, place / "attachments" / index)


def _elements(view: Mapping[str, object], place: Place) -> Iterator[tuple[Place, Mapping[str, object]]]:
    for at, block in _blocks(view, place):
        for name in ("accessory", "element"):
            element = block.get(name)
            if isinstance(element, Mapping):
                yield at / name, element
        for index, element in objects(block.get("elements")):
            yield at / "elements" / index, element


def _texts(value: object) -> Iterator[str]:
    """Every text inside, however deep; by hand, because a hostile payload outgrows the call stack."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            waiting += [inner for name, inner in part.items() if name != "text" or not isinstance(inner, str)]
            yield from (inner for name, inner in part.items() if name == "text" and isinstance(inner, str))
        elif isinstance(part, list | tuple):
            waiting += part
