"""Forms, and the view that takes their place."""

from dataclasses import replace
from datetime import date

from handlers.answer import told
from handlers.asking import ASKED, fields_asked
from handlers.views.forms import Choice, gate_form, new_form, note_form, result_view, say_form
from handlers.views.naming import called
from pipeline.letters import JSONDict
from pipeline.money import Money
from pipeline.orders import Said
from pipeline.stages import NOTE_LIMIT, Field
from tests.views.gallery.sitter import ANA, SALES, Sitter, Wall

# What the person who fills the form in has typed, who may know no other amount.
TYPED_VALUE = Money(1_250, "EUR")


def forms(sitter: Sitter) -> Wall:
    deal, texts = sitter.deal, sitter.texts
    origin: JSONDict = {"c": SALES, "t": "1700000000.000100"}
    gated: JSONDict = {**origin, "d": deal.number, "v": deal.version, "s": 4, "n": '"\n' * (NOTE_LIMIT // 2)}
    said_of: JSONDict = {**origin, "d": deal.number, "v": deal.version, "f": "edit"}
    typed = typed_into(sitter)
    stage, every = sitter.stage("negotiation"), tuple(Field)
    several = [sitter.pipeline, replace(sitter.pipeline, id=2, name=deal.title)]
    made = texts.made_already(*called(deal))
    changed = texts.changed_meanwhile(texts.moved_a_moment_ago("Ben", texts.stage(stage)))
    answer = told(texts.moved(*called(deal), "A", "B", "Ana"))
    return {
        "form_new": new_form(texts, {Field.OWNER: ANA}, origin),
        "form_new_filled": new_form(texts, typed, origin, required=(Field.NEED, Field.BUDGET)),
        "form_new_of_two_pipelines": new_form(texts, typed, origin, choice=Choice(several, 2)),
        "form_new_gated": new_form(
            texts, typed, origin, (Field.NEED,), texts.first_gate("A", [texts.field(Field.NEED)])
        ),
        "form_new_made_already": new_form(texts, typed, {**origin, "again": True}, notice=made),
        "form_gate_reason": gate_form(deal, sitter.stage("lost"), (Field.REASON,), texts, origin),
        "form_gate_every_field": gate_form(deal, stage, every, texts, gated),
        "form_gate_typed": gate_form(deal, stage, every, texts, gated, typed, changed),
        "form_edit": say_form(deal, fields_asked("edit", money=sitter.money), texts, said_of),
        "form_edit_changed": say_form(
            deal, fields_asked("edit", money=sitter.money), texts, said_of, typed, changed
        ),
        "form_next": say_form(deal, ASKED["next"], texts, {**said_of, "f": "next"}),
        "form_nurture": say_form(deal, ASKED["nurture"], texts, {**said_of, "f": "nurture"}),
        "form_note": note_form(deal.code, texts, {**origin, "d": deal.number}),
        "form_note_on_any": note_form("", texts, origin, "They called"),
        "form_result": result_view(texts, answer.shown),
    }


def typed_into(sitter: Sitter) -> Said:
    said = {field: sitter.deal.said(field) for field in Field}
    return {**said, Field.VALUE: TYPED_VALUE, Field.CLOSE_ON: date(2027, 1, 31)}
