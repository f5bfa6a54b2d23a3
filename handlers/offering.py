"""What may be pressed: by one who reads an answer alone, what that person may do; by everybody, what still counts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from handlers.actions import NOTE, Action, read_value, whole
from handlers.answer import Answer
from handlers.grammar import command_of, parse
from handlers.slack_text import decode
from pipeline.deal import Deal
from pipeline.letters import JSONDict, JSONValue
from pipeline.permissions import Act

May = Callable[[Act], bool]


def offered(answer: Answer, may: May) -> Answer:
    return replace(answer, blocks=allowed(answer.blocks, may), newer=allowed(answer.newer, may))


def allowed(blocks: Sequence[JSONDict], may: May) -> Sequence[JSONDict]:
    """A row of buttons of which none is left is left out."""
    return [kept for block in blocks if (kept := _block(block, may)) is not None]


def _block(block: JSONDict, may: May) -> JSONDict | None:
    accessory = block.get("accessory")
    if isinstance(accessory, dict) and _element(accessory, may) is None:
        return {name: part for name, part in block.items() if name != "accessory"}
    if block["type"] != "actions":
        return block
    elements = map(partial(_element, may=may), cast("list[JSONDict]", block["elements"]))
    kept = [each for each in elements if each is not None]
    return {**block, "elements": list(kept)} if kept else None


def _element(element: JSONDict, may: May) -> JSONDict | None:
    """A menu keeps the options that may be chosen."""
    action = str(element["action_id"]).partition("/")[0]
    if "options" not in element:
        return element if may(_act_of(action, element)) else None
    options = [each for each in cast("list[JSONDict]", element["options"]) if may(_act_of(action, each))]
    return {**element, "options": list(options)} if options else None


def _act_of(action: str, pressed: JSONDict) -> Act:
    """A button of another version is left to the listener."""
    known = ACTS.get(action, Act.LOOK)
    return known if isinstance(known, Act) else known(read_value(str(pressed.get("value"))))


def _asking(carried: JSONDict) -> Act:
    return Act.NOTE if carried.get("f") == NOTE else Act.CHANGE


def _running(carried: JSONDict) -> Act:
    """What the repeated command takes; one that nobody knows is answered with a sentence."""
    subject = parse(decode(str(carried.get("run")))).subject
    return command_of(subject).act if subject else Act.LOOK


ACTS: Mapping[str, Act | Callable[[JSONDict], Act]] = {
    Action.MOVE: Act.CHANGE,
    Action.UNDO: Act.UNDO,
    Action.REOPEN: Act.CHANGE,
    Action.FORM: Act.CHANGE,
    Action.NEW: Act.CREATE,
    Action.CARD: Act.CREATE,
    Action.RUN: _running,
    Action.LINK: Act.LOOK,
    Action.MENU: _asking,
    Action.ASK: _asking,
    Action.CLAIM: Act.CHANGE,
    Action.BOARD: Act.LOOK,
}


def unspent(shown: Sequence[JSONDict], deal: Deal | None) -> Iterator[JSONDict]:
    """Without the buttons for a version of the deal that it has left behind: they would be refused."""
    for block in shown:
        if deal is None or block["type"] != "actions":
            yield block
            continue
        offered = cast("list[JSONDict]", block["elements"])
        kept: list[JSONValue] = [each for each in offered if not _is_spent(each, deal)]
        if kept:
            yield {**block, "elements": kept}


def _is_spent(element: JSONDict, deal: Deal) -> bool:
    carried = read_value(str(element.get("value") or ""))
    version = whole(carried, "v")
    return whole(carried, "d") == deal.number and version is not None and version < deal.version
