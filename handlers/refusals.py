"""Refusals in words: what was not done, and what works instead."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from handlers import blocks
from handlers.actions import Action, value
from handlers.answer import Answer, told
from handlers.blocks import button
from handlers.grammar import command_of
from handlers.misreading import Misread, quoted
from handlers.nearest import COMPARED, near_deals
from handlers.pipelines import name_among
from handlers.request import Door, Request
from handlers.services import Services
from handlers.slack_text import escape_entities, isolate
from handlers.texts.english import English
from handlers.views import answers
from handlers.views import pipelines as pipeline_views
from handlers.views import stages as stage_views
from handlers.views.deal_card import CardFacts, deal_card
from handlers.views.naming import called
from handlers.vocabulary.command import EXAMPLE, Subject
from pipeline import errors
from pipeline.deal import Deal
from pipeline.errors import Refusal
from pipeline.ownership import owner_of
from pipeline.permissions import Act, Role
from pipeline.ports import Work
from pipeline.stages import Field, Pipeline

# A button carries 2,000 characters, and JSON writes quotes and line breaks as two.
CERTAIN_TO_FIT = 900
A_MOMENT = timedelta(minutes=2)


def answer(services: Services, work: Work, request: Request, refusal: Refusal) -> Answer:
    if isinstance(refusal, Misread):
        return told(refusal.sentence, *refusal.buttons)
    return _ANSWERS[type(refusal)](_Case(services, work, request), refusal)


def field_errors(request: Request, refusal: Refusal) -> Mapping[str, str] | None:
    """In a form, what one field cannot hold is said below that field."""
    if request.door is not Door.FORM:
        return None
    if isinstance(refusal, errors.FieldUnfit):
        return {refusal.field.value: field_sentence(refusal, request.texts)}
    if isinstance(refusal, errors.OwnerUnfit) and Field.OWNER.value in request.values:
        return {Field.OWNER.value: owner_sentence(refusal, request.texts)}
    return None


def what_happened(services: Services, request: Request, refusal: errors.Overtaken, pipeline: Pipeline) -> str:
    change = refusal.change
    if change is None:
        return ""
    texts, just_now = request.texts, request.at - change.at < A_MOMENT
    by = isolate(services.directory.name(request.workspace_id, change.by) or change.by)
    if change.move:
        stage = texts.stage(pipeline.stage(change.move.to_stage_id))
        return texts.moved_a_moment_ago(by, stage) if just_now else texts.moved_since(by, stage)
    fields = [texts.field(each.field) for each in change.fields]
    return texts.changed_a_moment_ago(by, fields) if just_now else texts.changed_since(by, fields)


def field_sentence(refusal: errors.FieldUnfit, texts: English) -> str:
    name = texts.field(refusal.field)
    if refusal.reason == "too_long":
        return texts.too_long(name, refusal.limit)
    if refusal.reason == "empty":
        return texts.empty_field(name)
    if refusal.reason == "negative":
        return texts.amount_negative(name)
    return texts.forbidden_character(name)


def owner_sentence(refusal: errors.OwnerUnfit, texts: English) -> str:
    return texts.owner_unfit(isolate(refusal.name), refusal.absence)


class _Case:
    """What a sentence about a refusal may need."""

    def __init__(self, services: Services, work: Work, request: Request) -> None:
        self.services = services
        self.work = work
        self.request = request
        self.texts = request.texts
        self.name = partial(services.directory.name, request.workspace_id, work=work)

    def facts(self, deal: Deal) -> CardFacts:
        pipeline = self.work.stages.pipeline(deal.pipeline_id)
        now, money = self.services.house.local(self.request.at), self.request.money
        owner, name = owner_of(self.work, deal), name_among(self.work, pipeline)
        return CardFacts(deal, pipeline, owner, money, now, pipeline_name=name)


def _unknown_deal(case: _Case, refusal: errors.UnknownDeal) -> Answer:
    lately = case.work.deals.called_lately(COMPARED)
    code = f"D-{lately[0].number}" if lately else EXAMPLE
    if not refusal.word:
        asked = case.texts.wording(command_of(Subject(case.request.subject or Subject.SHOW)).example)
        return told(case.texts.which_deal(f"/deal {asked.replace(EXAMPLE, code)}"))
    sentence = case.texts.unknown_deal(quoted(refusal.word), code)
    # The first deal of a merger is not meant again.
    others = [each for each in lately if f"D-{each.number}" not in refusal.before.split()]
    near = near_deals(others, refusal.sent) if case.request.subject else ()
    named = [" ".join(called(case.work.deals.by_number(each.deal.number))) for each in near]
    commands = [_again(case, refusal, f"D-{each.deal.number}", each.rest) for each in near]
    return told(sentence, *answers.run_buttons(list(zip(named, commands, strict=True))))


def _again(case: _Case, refusal: errors.UnknownDeal | errors.SeveralDeals, code: str, rest: str) -> str:
    """The same command, with the code of the deal in place of its name."""
    return " ".join(filter(None, (case.request.subject, refusal.before, code, rest)))


def _several_deals(case: _Case, refusal: errors.SeveralDeals) -> Answer:
    """The picker repeats the command with the code of the deal that is pressed."""
    sentence = case.texts.several_deals(quoted(refusal.word), len(refusal.deals), refusal.total)
    named = [" ".join(called(deal)) for deal in refusal.deals]
    commands = [_again(case, refusal, deal.code, refusal.rest) for deal in refusal.deals]
    buttons = answers.run_buttons(list(zip(named, commands, strict=True)))
    text = f"{sentence} {'; '.join(named)}"
    return replace(told(sentence, *buttons), text=text) if buttons else told(text)


def _unknown_stage(case: _Case, refusal: errors.UnknownStage) -> Answer:
    deal = refusal.deal
    if deal and deal.closed_at:
        present = case.work.stages.pipeline(deal.pipeline_id).stage(deal.stage_id)
        return _deal_is_closed(case, errors.DealIsClosed(deal, present))
    stages = list(refusal.stages) or list(case.work.stages.pipeline().living)
    listed = ", ".join(case.texts.stage(stage) for stage in stages)
    code = deal.code if deal else EXAMPLE
    if not refusal.word:
        sentence = case.texts.which_stage(code, listed)
    else:
        sentence = case.texts.unknown_stage(quoted(refusal.word), listed)
    offered = (refusal.nearest or stages) if deal else ()
    note = escape_entities(refusal.note)
    commands = [
        (case.texts.stage(stage), f"move {code} {stage.key} {note}".strip())
        for stage in offered
        if deal and stage.id != deal.stage_id
    ]
    return told(sentence, *answers.run_buttons(commands))


def _unknown_person(case: _Case, refusal: errors.UnknownPerson) -> Answer:
    return told(case.texts.unknown_person(quoted(refusal.word)))


def _no_right(case: _Case, refusal: errors.NoRight) -> Answer:
    # Whoever owns a deal changes it; somebody else's change is not theirs to take back.
    owner = (
        isolate(case.name(refusal.deal.owner_id) or "")
        if refusal.deal and refusal.act is Act.CHANGE
        else None
    )
    texts = case.texts
    # Reps take back what is theirs: who may not even that is told of no less.
    nothing_at_all = refusal.act is Act.UNDO and refusal.role is Role.REP
    act = texts.any_undoing() if nothing_at_all else texts.act(refusal.act)
    if refusal.act is Act.CALL and refusal.role is not Role.REP:
        act = texts.call_for_all()
    return told(texts.no_right(act, texts.who_may(refusal.role, owner)))


def _already_there(case: _Case, refusal: errors.AlreadyThere) -> Answer:
    deal = refusal.deal
    return told(case.texts.already_there(*called(deal), case.texts.stage(refusal.stage)))


def _already_said(case: _Case, refusal: errors.AlreadySaid) -> Answer:
    said = answers.already(refusal.deal, refusal.said, case.texts, case.name, money=case.request.money)
    return told(said)


def _deal_is_closed(case: _Case, refusal: errors.DealIsClosed) -> Answer:
    deal = refusal.deal
    sentence = case.texts.deal_is_closed(*called(deal), case.texts.stage(refusal.stage))
    return told(sentence, button(case.texts.reopen, Action.REOPEN, value(d=deal.number, v=deal.version)))


def _deal_is_open(case: _Case, refusal: errors.DealIsOpen) -> Answer:
    deal = refusal.deal
    return told(case.texts.deal_is_open(*called(deal), case.texts.stage(refusal.stage)))


def _deal_is_void(case: _Case, refusal: errors.DealIsVoid) -> Answer:
    return told(case.texts.deal_is_void(refusal.deal.code))


def _owned_already(case: _Case, refusal: errors.OwnedAlready) -> Answer:
    deal = refusal.deal
    return told(case.texts.owned_already(*called(deal), isolate(case.name(deal.owner_id) or "")))


def _merged_with_itself(case: _Case, refusal: errors.MergedWithItself) -> Answer:
    return told(case.texts.merged_with_itself(refusal.deal.code))


def _kinds_differ(case: _Case, refusal: errors.KindsDiffer) -> Answer:
    return told(case.texts.kinds_differ(refusal.deal.code, refusal.other.code))


def _overtaken(case: _Case, refusal: errors.Overtaken) -> Answer:
    facts = case.facts(refusal.deal)
    happened = what_happened(case.services, case.request, refusal, facts.pipeline)
    sentence = case.texts.overtaken(*called(refusal.deal), happened)
    return told(sentence, more=deal_card(facts, case.texts))


def _gate_unmet(case: _Case, refusal: errors.GateUnmet) -> Answer:
    deal, stage, texts = refusal.deal, refusal.stage, case.texts
    missing = [texts.field(field) for field in refusal.missing]
    if deal is None:
        return _gate_of_new(case, texts.first_gate(texts.stage(stage), missing))
    sentence = texts.gate_unmet(*called(deal), texts.stage(stage), missing)
    carry = partial(value, d=deal.number, v=deal.version, s=stage.id)
    note = case.request.note
    carried = carry(n=note)
    if len(carried) > blocks.BUTTON_VALUE:
        carried = carry(n=note[:CERTAIN_TO_FIT])
    return told(sentence, button(texts.open_form, Action.FORM, carried, style="primary"))


def _gate_of_new(case: _Case, sentence: str) -> Answer:
    """The button repeats the line, so that the form opens over what it said."""
    carried = value(run=case.request.escaped, again=case.request.again)
    if not case.request.escaped or len(carried) > blocks.BUTTON_VALUE:
        return told(sentence, button(case.texts.open_form, Action.NEW, "new", style="primary"))
    return told(sentence, button(case.texts.open_form, f"{Action.RUN}/form", carried, style="primary"))


def _stage_archived(case: _Case, refusal: errors.StageArchived) -> Answer:
    stages = case.facts(refusal.deal).pipeline.open_stages
    buttons = [
        button(
            case.texts.stage(stage),
            f"{Action.REOPEN}/{stage.id}",
            value(d=refusal.deal.number, v=refusal.deal.version, s=stage.id),
        )
        for stage in stages
        if refusal.deal.closed_at
    ]
    return told(case.texts.stage_archived(case.texts.stage(refusal.stage)), *buttons)


def _made_already(case: _Case, refusal: errors.MadeAlready) -> Answer:
    deal, request = refusal.deal, case.request
    sentence = case.texts.made_already(*called(deal))
    carried = value(run=request.escaped, again=True)
    can_repeat = request.door is not Door.FORM and len(carried) <= blocks.BUTTON_VALUE
    return told(
        sentence, *([button(case.texts.create_another, f"{Action.RUN}/again", carried)] if can_repeat else [])
    )


def _nothing_to_undo(case: _Case, refusal: errors.NothingToUndo) -> Answer:
    return told(case.texts.nothing_to_undo(refusal.deal.code))


def _undo_too_late(case: _Case, refusal: errors.UndoTooLate) -> Answer:
    return told(case.texts.undo_too_late(refusal.deal.code))


def _last_admin(case: _Case, _refusal: errors.LastAdmin) -> Answer:
    return told(case.texts.last_admin())


def _field_unfit(case: _Case, refusal: errors.FieldUnfit) -> Answer:
    return told(field_sentence(refusal, case.texts))


def _said_alone(say: Callable[[English, Any], Answer]) -> Callable[[_Case, Any], Answer]:
    return lambda case, refusal: say(case.texts, refusal)


_ANSWERS: Mapping[type[Refusal], Callable[[_Case, Any], Answer]] = {
    errors.UnknownDeal: _unknown_deal,
    errors.SeveralDeals: _several_deals,
    errors.UnknownStage: _unknown_stage,
    errors.UnknownPerson: _unknown_person,
    errors.NoRight: _no_right,
    errors.AlreadyThere: _already_there,
    errors.AlreadySaid: _already_said,
    errors.DealIsClosed: _deal_is_closed,
    errors.DealIsOpen: _deal_is_open,
    errors.DealIsVoid: _deal_is_void,
    errors.OwnedAlready: _owned_already,
    errors.OwnerUnfit: lambda case, refusal: told(owner_sentence(refusal, case.texts)),
    errors.MergedWithItself: _merged_with_itself,
    errors.KindsDiffer: _kinds_differ,
    errors.Overtaken: _overtaken,
    errors.GateUnmet: _gate_unmet,
    errors.StageArchived: _stage_archived,
    errors.MadeAlready: _made_already,
    errors.NothingToUndo: _nothing_to_undo,
    errors.UndoTooLate: _undo_too_late,
    errors.LastAdmin: _last_admin,
    errors.FieldUnfit: _field_unfit,
    errors.UnknownContact: lambda case, _refusal: told(case.texts.unknown_contact()),
    **{kind: _said_alone(say) for kind, say in (stage_views.REFUSED | pipeline_views.REFUSED).items()},
}
