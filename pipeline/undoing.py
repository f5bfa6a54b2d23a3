"""Taking a change back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline import errors, letters
from pipeline.deal import Change, ChangeKind, Deal, FieldChange, Move
from pipeline.merging import separate
from pipeline.occasion import Occasion, Outcome, pressed_before, require
from pipeline.orders import Undo
from pipeline.people import Person
from pipeline.permissions import Act, least_role, may
from pipeline.ports import VersionLost, Work
from pipeline.stages import Pipeline

_LASTING = (ChangeKind.UNDONE, ChangeKind.IMPORTED, ChangeKind.FORGOTTEN)
UNDO_WITHIN = timedelta(days=1)


def undo(work: Work, occasion: Occasion, order: Undo) -> Outcome:
    deal = work.deals.by_number(order.number)
    pipeline = work.stages.pipeline(deal.pipeline_id)
    person = require(work, occasion, Act.UNDO)
    present = pipeline.stage(deal.stage_id)
    repeated = pressed_before(work, deal, present, order.expected, _same_undoing(occasion.by), void_too=True)
    if repeated:
        return Outcome(deal, repeated, pipeline, again=True)
    undone = _undoable(work, occasion, deal, person)
    change = _undoing(undone, deal.version + 1, occasion)
    before = _restored(deal, undone, pipeline, occasion.at)
    back = pipeline.stage(before.stage_id)
    if undone.move and back.archived:
        raise errors.StageArchived(deal, back)
    try:
        work.deals.save(deal, before, change)
    except VersionLost:
        return undo(work, occasion, replace(order, expected=deal.version))
    if undone.kind is ChangeKind.MERGED:
        separate(work, occasion, deal, undone)
    if undone.kind is ChangeKind.WON:
        work.outbox.take_back(letters.win_key(undone.id))
    if undone.kind is not ChangeKind.CREATED:
        work.outbox.put(letters.thread_letter(deal.id, deal.version + 1))
    return Outcome(before, change, pipeline)


def _same_undoing(by: str) -> Callable[[Change], bool]:
    return lambda change: change.kind is ChangeKind.UNDONE and change.by == by


def _undoable(work: Work, occasion: Occasion, deal: Deal, person: Person) -> Change:
    change = work.deals.change(deal, deal.version)
    if deal.voided_at and (change is None or change.kind is not ChangeKind.VOIDED):
        raise errors.DealIsVoid(deal)
    if change is None or change.kind in _LASTING:
        raise errors.NothingToUndo(deal)
    if not may(person.role, Act.UNDO, own=change.by == person.id):
        raise errors.NoRight(Act.UNDO, least_role(Act.UNDO, own=False), deal)
    if occasion.at - change.at > UNDO_WITHIN:
        raise errors.UndoTooLate(deal)
    return change


def _undoing(undone: Change, version: int, occasion: Occasion) -> Change:
    """What an undoing records: the same fields and stages, the other way round."""
    fields = tuple(FieldChange(each.field, each.new, each.old) for each in undone.fields)
    there = undone.move
    back = Move(there.to_stage_id, there.from_stage_id, since=undone.at) if there else None
    # A merger names the other deal, which lives again.
    other = undone.note if undone.kind is ChangeKind.MERGED else ""
    return Change(
        ChangeKind.UNDONE, version, occasion.by, occasion.at, back, fields, note=other, undoes_id=undone.id
    )


def _restored(deal: Deal, undone: Change, pipeline: Pipeline, at: datetime) -> Deal:
    """The deal as it was before; an earlier stay goes on from its original entry."""
    before = replace(deal, version=deal.version + 1, changed_at=at)
    if undone.kind is ChangeKind.SNOOZED:
        before = replace(before, changed_at=deal.changed_at)
    if undone.kind is ChangeKind.CREATED:
        return replace(before, voided_at=at)
    if undone.kind is ChangeKind.VOIDED:
        return replace(before, voided_at=None)
    before = before.saying({each.field: each.old for each in undone.fields})
    before = before.counting_pushes(undone.fields, undone=True)
    if undone.move is None:
        return before
    stage = pipeline.stage(undone.move.from_stage_id)
    since = undone.move.since
    return replace(before, stage_id=stage.id, entered_at=since, closed_at=None if stage.is_open else since)
