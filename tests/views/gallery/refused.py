"""Every refusal, and every sentence about words that could not be read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from handlers.actions import Action
from handlers.amounts import AmountProblem, UnreadableAmount
from handlers.answer import Answer
from handlers.blocks import button
from handlers.calendar_days import DateProblem
from handlers.commands.categorising import asked
from handlers.commands.reading import misread_date
from handlers.dates import UnreadableDate
from handlers.misreading import (
    Misread,
    amount_sentence,
    date_sentence,
    line_sentence,
    quoted,
)
from handlers.new_line import LineProblem, UnreadableLine
from handlers.refusals import answer
from handlers.slack_text import Decoded, escape_entities
from handlers.stage_lines import UnreadableShape
from handlers.views.stages import unreadable
from handlers.vocabulary.stages import PipelineVerb, Verb
from pipeline import errors
from pipeline.errors import Refusal
from pipeline.money import Money
from pipeline.people import Absence
from pipeline.permissions import Act, Role
from pipeline.stages import NOTE_LIMIT, Category, Field
from tests.views.gallery.sitter import NOW, SALES, Sitter, Wall


def refused(sitter: Sitter) -> Wall:
    return {f"refused_{called}": _said(sitter, refusal).message() for called, refusal in refusals(sitter)}


def _said(sitter: Sitter, refusal: Refusal) -> Answer:
    note = '"\n' * (NOTE_LIMIT // 2)
    work = sitter.work()
    return answer(sitter.services(work), work, sitter.request(note=note, escaped="new Acme 12k"), refusal)


def refusals(sitter: Sitter) -> Iterator[tuple[str, Refusal]]:
    yield from _about_names(sitter)
    yield from _about_rights(sitter)
    yield from _about_states(sitter)
    yield from _about_versions(sitter)
    yield from _about_fields(sitter)
    yield from _about_stages(sitter)
    yield from _about_words(sitter)


def _about_names(sitter: Sitter) -> Iterator[tuple[str, Refusal]]:
    deal, word = sitter.deal, sitter.deal.title
    several = [replace(deal, number=deal.number + place) for place in range(8)]
    stages, note = sitter.pipeline.living, "because *we* & <they> agree"
    yield "no_deal_named", errors.UnknownDeal("")
    yield "unknown_deal", errors.UnknownDeal(word)
    yield (
        "unknown_deal_near",
        errors.UnknownDeal("Acmee renwal", f"Acmee renwal negotiation {escape_entities(note)}"),
    )
    yield "several_deals", errors.SeveralDeals(word, several[:2], 2, f"negotiation {escape_entities(note)}")
    yield "many_deals", errors.SeveralDeals(word, several, 9)
    yield "several_deals_long_note", errors.SeveralDeals(word, several[:2], 2, "&amp;" * NOTE_LIMIT)
    yield "no_stage_named", errors.UnknownStage("", (), deal, stages)
    yield "unknown_stage", errors.UnknownStage(word, (), deal, stages, note)
    yield "unknown_stage_near", errors.UnknownStage("negotation", stages[3:5], deal, stages, note)
    yield "unknown_stage_id", errors.UnknownStage("99")
    yield "unknown_person", errors.UnknownPerson("U0NOBODY")


def _about_rights(sitter: Sitter) -> Iterator[tuple[str, Refusal]]:
    yield "no_right_to_create", errors.NoRight(Act.CREATE, Role.REP)
    yield "no_right_to_change", errors.NoRight(Act.CHANGE, Role.MANAGER, sitter.deal)
    yield "no_right_to_undo", errors.NoRight(Act.UNDO, Role.MANAGER, sitter.deal)
    yield "no_right_to_call", errors.NoRight(Act.CALL, Role.REP)
    yield "no_right_to_call_for_all", errors.NoRight(Act.CALL, Role.MANAGER)
    yield "no_right_to_targets", errors.NoRight(Act.TARGETS, Role.MANAGER)
    yield "no_right_to_people", errors.NoRight(Act.PEOPLE, Role.ADMIN)
    yield "last_admin", errors.LastAdmin()


def _about_states(sitter: Sitter) -> Iterator[tuple[str, Refusal]]:
    deal, stage = sitter.deal, sitter.stage("proposal")
    other = replace(deal, number=deal.number + 1)
    yield "unknown_contact", errors.UnknownContact()
    yield "owned_already", errors.OwnedAlready(deal)
    for why in Absence:
        yield f"owner_unfit_{why}", errors.OwnerUnfit(deal.title, why)
    yield "merged_with_itself", errors.MergedWithItself(deal)
    yield "kinds_differ", errors.KindsDiffer(deal, other)
    yield "already_there", errors.AlreadyThere(deal, stage)
    yield "already_said", errors.AlreadySaid(deal)
    yield "already_has", errors.AlreadySaid(deal, {Field.VALUE: Money(1_200_000, "EUR")})
    yield "already_without", errors.AlreadySaid(deal, {Field.NEXT_STEP: "", Field.NEXT_STEP_ON: None})
    yield "deal_is_closed", errors.DealIsClosed(sitter.at("won").deal, sitter.stage("won"))
    yield "deal_is_open", errors.DealIsOpen(deal, stage)
    yield "deal_is_void", errors.DealIsVoid(replace(deal, voided_at=NOW))
    yield "gate_unmet", errors.GateUnmet(deal, sitter.stage("lost"), (Field.REASON,))
    yield "gate_unmet_by_many", errors.GateUnmet(deal, stage, tuple(Field))
    yield "gate_unmet_by_new", errors.GateUnmet(None, sitter.stage("lead"), (Field.NEED,))
    yield "stage_archived", errors.StageArchived(deal, stage)
    yield "stage_archived_reopening", errors.StageArchived(sitter.at("lost").deal, stage)
    yield "made_already", errors.MadeAlready(deal)
    yield "nothing_to_undo", errors.NothingToUndo(deal)
    yield "undo_too_late", errors.UndoTooLate(deal)


def _about_versions(sitter: Sitter) -> Iterator[tuple[str, Refusal]]:
    deal, stage = sitter.deal, sitter.stage("proposal")
    an_hour_ago = NOW - timedelta(hours=1)
    moved, edited = sitter.move("lead", "proposal"), sitter.edit()
    yield "overtaken_by_move", errors.Overtaken(deal, stage, moved)
    yield "overtaken_by_edit", errors.Overtaken(deal, stage, edited)
    yield "overtaken_by_older_move", errors.Overtaken(deal, stage, replace(moved, at=an_hour_ago))
    yield "overtaken_by_older_edit", errors.Overtaken(deal, stage, replace(edited, at=an_hour_ago))
    yield "overtaken_by_unknown", errors.Overtaken(deal, stage, None)


def _about_stages(sitter: Sitter) -> Iterator[tuple[str, Refusal]]:
    deal, stage, into = sitter.deal, sitter.stage("proposal"), sitter.stage("negotiation")
    deals = [replace(deal, number=deal.number + place) for place in range(4)]
    others = [each for each in sitter.pipeline.open_stages if each != stage]
    yield "no_right_to_stages", errors.NoRight(Act.STAGES, Role.ADMIN)
    yield "no_right_to_settings", errors.NoRight(Act.SETTINGS, Role.ADMIN)
    yield "stage_name_taken", errors.StageNameTaken(stage)
    yield "archived_stage_name_taken", errors.StageNameTaken(replace(stage, archived=True))
    yield "stage_name_unfit", errors.StageNameUnfit("", 50)
    yield "chance_unfit", errors.ChanceUnfit(replace(stage, chance=101))
    yield "patience_unfit", errors.PatienceUnfit(replace(stage, patience=0))
    yield "gate_unfit", errors.GateUnfit(stage, Field.REASON)
    yield "stage_fixed", errors.StageFixed(sitter.stage("won"))
    yield "stage_unchanged", errors.StageUnchanged(stage)
    yield "stage_has_deal", errors.StageHasDeals(stage, deals[:1], others, sitter.pipeline)
    yield "stage_has_deals", errors.StageHasDeals(stage, deals, others, sitter.pipeline)
    other = replace(sitter.pipeline, key="partners", name="Partners & <friends>")
    yield "stage_of_another_pipeline_has_deals", errors.StageHasDeals(stage, deals, others, other)
    yield "pipeline_name_taken", errors.PipelineNameTaken(other)
    yield "pipeline_name_unfit", errors.PipelineNameUnfit(50)
    yield "stage_count_unfit", errors.StageCountUnfit(2, 20)
    yield "stage_named_twice", errors.StageNamedTwice(deal.title)
    yield "gate_in_the_way", errors.GateInTheWay(stage, into, deals[:1])
    yield "gate_in_the_way_of_many", errors.GateInTheWay(stage, into, deals)
    yield "last_open_stage", errors.LastOpenStage(stage)
    yield "pipeline_overtaken", errors.PipelineOvertaken()
    yield "channel_out_of_reach", errors.ChannelOutOfReach(SALES)
    yield from _about_shapes(sitter)


def _about_shapes(sitter: Sitter) -> Iterator[tuple[str, Refusal]]:
    texts, word = sitter.texts, quoted(sitter.deal.title)
    yield "shape_unknown", Misread(unreadable(UnreadableShape(word), texts, word))
    for verb in Verb:
        yield f"shape_{verb}_alone", Misread(unreadable(UnreadableShape("", verb), texts, ""))
        yield f"shape_{verb}", Misread(unreadable(UnreadableShape(word, verb), texts, word))
    for of_pipeline in PipelineVerb:
        yield f"shape_pipeline_{of_pipeline}", Misread(texts.pipeline_example(of_pipeline))
    yield "pipeline_unknown", Misread(texts.pipeline_unknown(word, "Sales, Partners", "Sales"))
    yield "setting_unknown", Misread(texts.setting_unknown(word))
    yield "setting_value_missing", Misread(texts.setting_value_missing())
    yield "language_unknown", Misread(texts.language_unknown(word))
    yield "zone_unknown", Misread(texts.zone_unknown(word))
    yield "currency_unknown_setting", Misread(texts.currency_unknown_setting(word))
    yield "main_channel_unreadable", Misread(texts.main_channel_unreadable(word))
    yield "money_unreadable", Misread(texts.money_unreadable())


def _about_fields(sitter: Sitter) -> Iterator[tuple[str, Refusal]]:
    yield "field_too_long", errors.FieldUnfit(Field.TITLE, "too_long", 150)
    yield "field_empty", errors.FieldUnfit(Field.TITLE, "empty")
    yield "field_negative", errors.FieldUnfit(Field.VALUE, "negative")
    yield "field_forbidden", errors.FieldUnfit(Field.NEED, "nul")
    new = button(sitter.texts.new_deal, Action.NEW, "new")
    yield "misread_with_button", Misread(sitter.texts.title_missing(), new)


def _about_words(sitter: Sitter) -> Iterator[tuple[str, Refusal]]:
    texts, word = sitter.texts, sitter.deal.title
    for problem in AmountProblem:
        yield f"amount_{problem}", Misread(amount_sentence(UnreadableAmount(problem, word, "JPY"), texts))
    days = (date(2026, 12, 1), date(2026, 1, 12))
    for unfit in DateProblem:
        yield f"date_{unfit}", Misread(date_sentence(UnreadableDate(unfit, word, days), texts))
    unclear = UnreadableDate(DateProblem.AMBIGUOUS, "12/1", days)
    yield "date_with_readings", misread_date(unclear, texts, "close-date D-42", Decoded("12/1", {}))
    yield "close_date_unreadable", Misread(texts.close_date_unreadable(quoted(word)))
    for line in LineProblem:
        yield f"line_{line}", Misread(line_sentence(UnreadableLine(line, word), texts))
    yield "unknown_mention", Misread(texts.unknown_person(quoted(word)))
    yield "assign_whom", Misread(texts.assign_whom("D-42"))
    yield "merge_what", Misread(texts.merge_what("D-42"))
    yield "until_when", Misread(texts.until_when("D-42"))
    yield "close_when", Misread(texts.close_when("D-42"))
    yield "not_ahead", Misread(texts.not_ahead("D-42", texts.day(date(2026, 12, 1))))
    yield "unknown_filter", Misread(texts.unknown_filter(quoted(word)))
    yield "unknown_filter_of_the_first", Misread(texts.unknown_filter(quoted(word), first=True))
    yield "filter_by_hidden_value", Misread(texts.no_filter_by_value())
    yield "find_nothing", Misread(texts.find_what())
    yield "one_period", Misread(texts.one_period())
    yield "period_is_over", Misread(texts.period_is_over(texts.day(date(2026, 9, 30))))
    yield "call_unreadable", Misread(texts.call_unreadable(quoted(word)))
    yield "target_unreadable", Misread(texts.target_unreadable(quoted(word)))
    yield from _about_categories(sitter)
    yield "unknown_role", Misread(texts.unknown_role(quoted(word)))


def _about_categories(sitter: Sitter) -> Iterator[tuple[str, Refusal]]:
    work, deal = sitter.work(), sitter.deal
    yield "category_unknown", asked(work, deal, "sure", sitter.texts)
    yield "category_asked", asked(work, deal, "", sitter.texts)
    yield "category_asked_again", asked(work, replace(deal, category=Category.COMMIT), "", sitter.texts)
