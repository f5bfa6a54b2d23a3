"""What is said of outcomes and look-ups."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from handlers import blocks
from handlers.actions import Action, value
from handlers.answer import Answer, told
from handlers.blocks import button, rich, words
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.deal_card import CardFacts, card_text, deal_card
from handlers.views.naming import called
from handlers.vocabulary.command import Command
from pipeline.deal import Change, ChangeKind, Deal, FieldChange
from pipeline.letters import JSONDict
from pipeline.money import Money
from pipeline.occasion import Outcome
from pipeline.orders import Said
from pipeline.people import Person
from pipeline.permissions import least_role
from pipeline.stages import Category, Field, Pipeline

_MOST_SAID_BACK = 3
Names = Callable[[str | None], str | None]


def changed(outcome: Outcome, texts: English, names: Names, *, money: bool) -> Answer:
    """The sentence for a change, with Undo where it can be taken back."""
    sentence = change_sentence(outcome.deal, outcome.change, outcome.pipeline, texts, names, money=money)
    if outcome.change.kind is ChangeKind.UNDONE:
        return told(sentence)
    return told(sentence, undo_button(outcome.deal, texts))


def who(names: Names, person_id: str) -> str:
    return isolate(names(person_id) or person_id)


def undo_button(deal: Deal, texts: English) -> JSONDict:
    carried = value(d=deal.number, v=deal.version)
    return button(texts.undo, Action.UNDO, carried, label=texts.undo_label(deal.code))


def run_buttons(commands: Sequence[tuple[str, str]]) -> list[JSONDict]:
    """Faces and the commands that they repeat; none where a button cannot carry so long a command."""
    carried = [(face, value(run=command)) for face, command in commands]
    if any(len(run) > blocks.BUTTON_VALUE for _, run in carried):
        return []
    return [button(face, f"{Action.RUN}/{place}", run) for place, (face, run) in enumerate(carried)]


def change_sentence(
    deal: Deal, change: Change, pipeline: Pipeline, texts: English, names: Names, *, money: bool
) -> str:
    if change.kind is ChangeKind.UNDONE:
        return _undone_sentence(deal, change, pipeline, texts, names, money=money)
    if change.kind is ChangeKind.SNOOZED:
        return _snoozed_sentence(deal, change, texts, names)
    said = _SENTENCES.get(change.kind)
    if said:
        return said(texts)(*called(deal), *_around(change, names))
    if change.move:
        old, new = (
            texts.stage(pipeline.stage(each)) for each in (change.move.from_stage_id, change.move.to_stage_id)
        )
        return texts.moved(*called(deal), old, new, who(names, change.by))
    return texts.edited(*called(deal), _fields_sentence(change, texts, names, money=money))


def _snoozed_sentence(deal: Deal, change: Change, texts: English, names: Names) -> str:
    until = change.fields[0].new
    if isinstance(until, date):
        return texts.snoozed(*called(deal), texts.day(until), who(names, change.by))
    return texts.awake(*called(deal), who(names, change.by))


def _around(change: Change, names: Names) -> tuple[str, ...]:
    """Who, and of what besides the deal itself."""
    by = who(names, change.by)
    if change.kind is ChangeKind.NOTED:
        return by, isolate(change.note)
    return (by,) if change.kind is ChangeKind.VOIDED else (change.note, by)


_SENTENCES: Mapping[ChangeKind, Callable[[English], Callable[..., str]]] = {
    ChangeKind.NOTED: lambda texts: texts.noted,
    ChangeKind.VOIDED: lambda texts: texts.made_void,
    ChangeKind.MERGED: lambda texts: texts.merged,
    ChangeKind.ABSORBED: lambda texts: texts.absorbed,
}


def _undone_sentence(
    deal: Deal, change: Change, pipeline: Pipeline, texts: English, names: Names, *, money: bool
) -> str:
    if deal.voided_at:
        return texts.voided(*called(deal))
    if change.note:
        return texts.separated(*called(deal), change.note)
    if change.move is None and not change.fields:
        return texts.undone_quietly(*called(deal))
    if change.move is None:
        restored = _fields_sentence(change, texts, names, money=money)
        return texts.undone(*called(deal), restored)
    back = texts.stage(pipeline.stage(change.move.to_stage_id))
    return texts.undone_to(*called(deal), back)


def _fields_sentence(change: Change, texts: English, names: Names, *, money: bool) -> str:
    return ", ".join(field_sentence(each, texts, names, money=money) for each in change.fields)


# What is no field to be emptied, but a state that ends.
_GONE: Mapping[Field, Callable[[English], str]] = {
    Field.NURTURE_UNTIL: lambda texts: texts.not_parked(),
    Field.SNOOZED_UNTIL: lambda texts: texts.not_snoozed(),
    Field.CATEGORY: lambda texts: texts.category_by_stage(),
}


def field_sentence(change: FieldChange, texts: English, names: Names, *, money: bool) -> str:
    label = texts.field(change.field)
    if change.new in (None, ""):
        gone = _GONE.get(change.field)
        return gone(texts) if gone else texts.field_cleared(label)
    return texts.field_set(label, _written(change, texts, names, money=money))


def _written(change: FieldChange, texts: English, names: Names, *, money: bool) -> str:
    new = change.new
    if isinstance(new, Money):
        return texts.money(new) if money else "…"
    if change.field is Field.BUDGET and not money:
        return "…"
    if change.field is Field.CATEGORY:
        return texts.category(Category(str(new)))
    if change.field is Field.OWNER:
        return who(names, str(new))
    return isolate(new) if isinstance(new, str) else texts.day(new)  # type: ignore[arg-type]


def already(deal: Deal, said: Said, texts: English, names: Names, *, money: bool) -> str:
    """What was understood, where a deal says so already; of a whole form only that nothing is new."""
    hidden = not money and not {Field.VALUE, Field.BUDGET}.isdisjoint(said)
    if hidden or not 0 < len(said) <= _MOST_SAID_BACK:
        return texts.already_said(*called(deal))
    kept = [
        field_sentence(FieldChange(field, value, value), texts, names, money=money)
        for field, value in said.items()
        if value not in (None, "") or field is Field.CATEGORY
    ]
    if not kept:
        return texts.already_without(*called(deal), ", ".join(map(texts.field, said)))
    return texts.already_has(*called(deal), ", ".join(kept))


def created(
    outcome: Outcome,
    texts: English,
    names: Names,
    where: str,
    *,
    money: bool,
    offered: Money | None,
    pipeline_name: str = "",
) -> Answer:
    deal = outcome.deal
    details = texts.detail_pipeline(isolate(pipeline_name)) if pipeline_name else ""
    if deal.value and money:
        details += texts.detail_value(texts.money(deal.value))
    if deal.company:
        details += texts.detail_company(isolate(deal.company))
    if deal.close_on:
        details += texts.detail_close(texts.day(deal.close_on))
    if deal.owner_id != deal.created_by:
        details += texts.detail_owner(who(names, deal.owner_id) if deal.owner_id else texts.unowned)
    stage = texts.stage(outcome.pipeline.stage(deal.stage_id))
    sentence = texts.created(*called(deal), stage, details)
    buttons = [undo_button(deal, texts)]
    if offered and money:
        sentence_of_value = texts.offered_value(texts.money(offered))
        run = f"value {deal.code} {texts.typed_money(offered)}"
        buttons += run_buttons([(texts.set_value(texts.money(offered)), run)])
        sentence = f"{sentence} {sentence_of_value}"
    return told(f"{sentence} {where}".strip(), *buttons)


def shown(facts: CardFacts, texts: English, link: str | None) -> Answer:
    """The card as a look-up, with the way to the living one or a button that posts it."""
    deal = facts.deal
    if link:
        tail = button(texts.open_card, Action.LINK, "card", url=link)
    else:
        tail = button(texts.post_card, Action.CARD, value(d=deal.number))
    extra = [] if deal.voided_at else [blocks.actions(tail)]
    return Answer(card_text(facts, texts), (*deal_card(facts, texts), *extra))


def roles(people: Sequence[Person], texts: English) -> Answer:
    lines = [
        [words(isolate(person.name), bold=True), words(f"  {texts.role(person.role)}")]
        for person in people[:100]
    ]
    shown = [blocks.header(texts.people_title), *([rich(*lines)] if lines else [])]
    return Answer(blocks.read_out(shown), shown)


def help_all(pipeline: Pipeline, commands: Sequence[Command], texts: English) -> Answer:
    stages = texts.help_stages(" → ".join(texts.stage(stage) for stage in pipeline.open_stages))
    lines = [
        [words(f"/deal {texts.wording(each.usage)}", bold=True), words(f"\n{texts.wording(each.does)}")]
        for each in commands
    ]
    shown = [blocks.header(texts.help_title()), rich(*lines), blocks.section(stages)]
    return Answer(blocks.read_out(shown), (*shown, blocks.context(texts.help_more())))


def help_one(command: Command, texts: English) -> Answer:
    also = ", ".join(command.words)
    lines = [
        [words(f"/deal {texts.wording(command.usage)}", bold=True)],
        [words(texts.wording(command.does))],
        [words(f"{texts.help_examples()}: /deal {texts.wording(command.example)}")],
        [words(texts.help_words(also))],
        [words(texts.help_right(texts.who_may(least_role(command.act, own=True), None)))],
    ]
    shown = rich(*lines)
    return Answer(blocks.read_out([shown]), (shown,))
