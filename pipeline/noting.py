"""Writing down what is worth remembering of a deal, and what was a mistake."""

from dataclasses import replace

from pipeline import letters
from pipeline.deal import Change, ChangeKind
from pipeline.errors import DealIsVoid
from pipeline.occasion import Occasion, Outcome, pressed_before, require, require_change
from pipeline.orders import Note, Void
from pipeline.permissions import Act
from pipeline.ports import VersionLost, Work


def note(work: Work, occasion: Occasion, order: Note) -> Outcome:
    """On any deal, closed ones too; a note is a sign of life, and loses no race."""
    require(work, occasion, Act.NOTE)
    deal = work.deals.by_number(order.number)
    if deal.voided_at:
        raise DealIsVoid(deal)
    after = replace(deal, version=deal.version + 1, changed_at=occasion.at)
    change = Change(ChangeKind.NOTED, after.version, occasion.by, occasion.at, note=order.text)
    try:
        change = replace(change, id=work.deals.save(deal, after, change))
    except VersionLost:
        return note(work, occasion, order)
    work.outbox.put(letters.thread_letter(deal.id, after.version))
    return Outcome(after, change, work.stages.pipeline(deal.pipeline_id))


def void(work: Work, occasion: Occasion, order: Void) -> Outcome:
    deal = work.deals.by_number(order.number)
    pipeline = work.stages.pipeline(deal.pipeline_id)
    require_change(work, occasion, deal)
    present = pipeline.stage(deal.stage_id)

    def same(change: Change) -> bool:
        return change.kind is ChangeKind.VOIDED and change.by == occasion.by

    repeated = pressed_before(work, deal, present, order.expected, same)
    if repeated:
        return Outcome(deal, repeated, pipeline, again=True)
    after = replace(deal, version=deal.version + 1, changed_at=occasion.at, voided_at=occasion.at)
    change = Change(ChangeKind.VOIDED, after.version, occasion.by, occasion.at)
    try:
        change = replace(change, id=work.deals.save(deal, after, change))
    except VersionLost:
        return void(work, occasion, replace(order, expected=deal.version))
    work.outbox.put(letters.thread_letter(deal.id, after.version))
    return Outcome(after, change, pipeline)
