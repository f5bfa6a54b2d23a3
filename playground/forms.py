"""A person fills in a view: their entries, the state that follows, and what Slack's form refuses."""

from collections.abc import Iterator

from playground import inputs
from playground.painting import STATELESS, Element, elements
from playground.refusals import ImpossibleError
from playground.views import View
from playground.words import Json

Values = dict[str, dict[str, Json]]


def fill(view: View, entries: Json) -> None:
    """Enters values by block id; a block with several elements takes {action_id: value}."""
    for block_id, value in entries.items():
        there = [e for e in _stateful(view.blocks) if e.block_id == block_id]
        if not there:
            known = sorted({e.block_id for e in _stateful(view.blocks)})
            raise ImpossibleError(f"no field {block_id!r} in this view; there are {known}", 404)
        for element, entry in _entries(there, value):
            state = inputs.entered(element, entry, view.suggested.get(element.action_id, []))
            view.typed.setdefault(block_id, {})[element.action_id] = state


def _entries(there: list[Element], value: object) -> Iterator[tuple[Element, object]]:
    by_action = {element.action_id: element for element in there}
    if isinstance(value, dict) and value and set(value) <= set(by_action):
        yield from ((by_action[name], entry) for name, entry in value.items())
    elif len(there) == 1:
        yield there[0], value
    else:
        raise ImpossibleError(f"several fields in one block: name them, {sorted(by_action)}")


def values(view: View) -> Values:
    return state_of(view.blocks, view.typed)


def state_of(blocks: list[Json], typed: Values) -> Values:
    """`state.values`: every element that keeps a value, touched or not."""
    state: Values = {}
    for element in _stateful(blocks):
        held = typed.get(element.block_id, {}).get(element.action_id)
        state.setdefault(element.block_id, {})[element.action_id] = held or inputs.untouched(element)
    return state


def complaints(view: View) -> dict[str, str]:
    state = values(view)
    found = {}
    for element in _stateful(view.blocks):
        if element.block.get("type") != "input":
            continue
        sentence = inputs.complaint(element, state[element.block_id][element.action_id])
        if sentence:
            found[element.block_id] = sentence
    return found


def keep_typed(view: View, blocks: list[Json]) -> None:
    """After an update only fields whose block id, action id and kind stayed keep what was typed."""
    there = {(e.block_id, e.action_id): e.kind for e in _stateful(blocks)}
    kept: Values = {}
    for block_id, held in view.typed.items():
        for action_id, state in held.items():
            if there.get((block_id, action_id)) == state["type"]:
                kept.setdefault(block_id, {})[action_id] = state
    view.typed = kept


def input_blocks(view: View) -> set[str]:
    return {str(block.get("block_id")) for block in view.blocks if block.get("type") == "input"}


def _stateful(blocks: list[Json]) -> list[Element]:
    return [element for element in elements(blocks) if element.kind not in STATELESS]
