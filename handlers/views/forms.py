"""Forms: a new deal, and the fields that a stage requires."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from typing import cast

from handlers import blocks
from handlers.actions import Form, value
from handlers.blocks import Block
from handlers.texts.english import English
from handlers.views.naming import called
from pipeline.deal import Deal
from pipeline.letters import JSONDict, JSONValue
from pipeline.money import Money
from pipeline.orders import Said
from pipeline.stages import CATEGORIES, LIMITS, NOTE_LIMIT, Field, Pipeline, Stage

NEW_FIELDS = (
    Field.TITLE,
    Field.VALUE,
    Field.COMPANY,
    Field.CONTACT,
    Field.OWNER,
    Field.CLOSE_ON,
    Field.SOURCE,
)
_DATES = (Field.CLOSE_ON, Field.NEXT_STEP_ON, Field.NURTURE_UNTIL, Field.SNOOZED_UNTIL)
_LONG = (Field.NEED, Field.REASON)
PIPELINE = "pipeline"
# In an origin, beside ids: what the deal said of each field when its form was opened.
MARKS = "o"
_HELD = {
    "initial_value": "value",
    "initial_date": "selected_date",
    "initial_option": "selected_option",
    "initial_user": "selected_user",
}
BY_STAGE = "auto"


@dataclass(frozen=True, slots=True)
class Choice:
    """Of pipelines, and the one that is chosen at first; the first one where none is."""

    pipelines: Sequence[Pipeline] = ()
    chosen_id: int | None = None

    def inputs(self, texts: English) -> Sequence[Block]:
        """Nothing to choose from one."""
        if len(self.pipelines) < 2:  # noqa: PLR2004 - a choice
            return ()
        options = {each.id: blocks.option(each.name, value(p=each.id)) for each in self.pipelines}
        initial = options.get(self.chosen_id or 0) or options[self.pipelines[0].id]
        return [blocks.select_input(PIPELINE, texts.pipeline_label, [*options.values()], initial=initial)]


def new_form(
    texts: English,
    said: Said,
    origin: JSONDict,
    required: Sequence[Field] = (),
    notice: str = "",
    choice: Choice | None = None,
) -> JSONDict:
    """`required` is what the first stage asks for; an origin with `again` asks for a second deal of that title."""
    wanted = (*NEW_FIELDS, *(field for field in required if field not in NEW_FIELDS))
    must = {Field.TITLE, *required}
    inputs = [_input(field, said.get(field), texts, optional=field not in must) for field in wanted]
    top = [blocks.section(notice)] if notice else []
    submit = texts.create_another if origin.get("again") else texts.create
    title, *others = inputs
    shown = [*top, title, *(choice or Choice()).inputs(texts), *others]
    return _modal(Form.NEW, texts.new_deal, submit, shown, origin, texts)


def gate_form(
    deal: Deal,
    stage: Stage,
    missing: Sequence[Field],
    texts: English,
    origin: JSONDict,
    said: Said | None = None,
    notice: str = "",
) -> JSONDict:
    """Just the missing fields; `notice` tells what changed while an earlier form was open."""
    intro = texts.gate_intro(*called(deal), texts.stage(stage))
    top = [blocks.section(f"{notice}\n{intro}" if notice else intro)]
    given = {**_present(deal, missing), **(said or {})}
    inputs = [_input(field, given.get(field), texts, optional=False) for field in missing]
    return _modal(Form.GATE, texts.gate_title(deal.code), texts.save, [*top, *inputs], origin, texts)


def say_form(
    deal: Deal,
    fields: Sequence[Field],
    texts: English,
    origin: JSONDict,
    said: Said | None = None,
    notice: str = "",
) -> JSONDict:
    """What is said of a deal, to be said anew; a field left empty is taken away."""
    top = [blocks.section(notice)] if notice else []
    present = {field: deal.said(field) for field in fields}
    given = present | dict(said or {})
    inputs = [_input(field, given[field], texts, optional=field is not Field.TITLE) for field in fields]
    if notice:
        # Slack keeps what stood in a block of the same id, whatever its new initial value.
        inputs = [{**each, "block_id": f"{each['block_id']}/{deal.version}"} for each in inputs]
    opened: JSONDict = {
        field.value: marked(_input(field, present[field], texts, optional=True)) for field in fields
    }
    marks: JSONDict = {**origin, MARKS: opened}
    return _modal(Form.SAY, texts.edit_title(deal.code), texts.save, [*top, *inputs], marks, texts)


def marked(block: Block) -> str:
    """What an input holds untouched, short enough to be carried by the form.

    Not read from the blocks that come back: Slack escapes in some of their texts what it leaves alone in a value.
    """
    element = cast("Mapping[str, JSONValue]", block["element"])
    return mark({_HELD[name]: each for name, each in element.items() if name in _HELD})


def mark(held: Mapping[str, object]) -> str:
    """Of the state of an input; nothing typed is nothing, however it is said."""
    found = next((held[name] for name in _HELD.values() if held.get(name)), "")
    text = str(found.get("value")) if isinstance(found, Mapping) else str(found)
    return blake2s(text.encode(errors="surrogatepass"), digest_size=6).hexdigest()


def note_form(code: str, texts: English, origin: JSONDict, text: str = "") -> JSONDict:
    """Without a code the form asks for the deal too."""
    named = (
        [] if code else [blocks.text_input("deal", texts.deal, limit=150, hint=texts.deal_hint, focus=True)]
    )
    note = blocks.text_input(
        "note", texts.note, initial=text, limit=NOTE_LIMIT, multiline=True, focus=bool(code)
    )
    return _modal(Form.NOTE, texts.note_title(code), texts.save, [*named, note], origin, texts)


def _present(deal: Deal, fields: Sequence[Field]) -> Said:
    """What others said meanwhile, but for amounts: not everybody who fills in a form may see them."""
    return {field: deal.said(field) for field in fields if field is not Field.VALUE}


def result_view(texts: English, lines: Sequence[Block]) -> JSONDict:
    return {
        "type": "modal",
        "callback_id": Form.RESULT.value,
        "title": blocks.plain(texts.result_title(), 24),
        "close": blocks.plain(texts.close, 24),
        "blocks": cast("list[JSONValue]", list(lines)),
    }


def _modal(
    form: Form,
    title: str,
    submit: str,
    inputs: Sequence[Block],
    origin: Mapping[str, JSONValue],
    texts: English,
) -> JSONDict:
    return {
        "type": "modal",
        "callback_id": form.value,
        "title": blocks.plain(title, 24),
        "submit": blocks.plain(submit, 24),
        "close": blocks.plain(texts.cancel, 24),
        "private_metadata": json.dumps(origin, ensure_ascii=False, separators=(",", ":")),
        "blocks": cast("list[JSONValue]", list(inputs)),
    }


def _input(field: Field, value: Money | str | date | None, texts: English, *, optional: bool) -> Block:
    label = texts.field(field)
    if field in _DATES:
        return blocks.date_input(
            field, label, initial=value if isinstance(value, date) else None, optional=optional
        )
    if field is Field.CATEGORY:
        return _category_input(label, value, texts)
    if field is Field.OWNER:
        return blocks.person_input(field, label, initial=str(value) if value else None, optional=optional)
    written = texts.typed_money(value) if isinstance(value, Money) else str(value or "")
    return blocks.text_input(
        field,
        label,
        initial=written,
        limit=LIMITS.get(field, 40),
        multiline=field in _LONG,
        optional=optional,
        hint=texts.value_hint if field is Field.VALUE else "",
    )


def _category_input(label: str, present: object, texts: English) -> Block:
    by_stage = blocks.option(texts.category_by_stage_option(), BY_STAGE)
    options = {each: blocks.option(texts.category(each), each.value) for each in CATEGORIES}
    initial = next((options[each] for each in CATEGORIES if each == present), by_stage)
    return blocks.select_input(Field.CATEGORY, label, [by_stage, *options.values()], initial=initial)
