"""Keeping a deal out of the top list for some days."""

from dataclasses import replace

from pipeline import errors, letters
from pipeline.deal import Change, ChangeKind
from pipeline.editing import filled_in
from pipeline.occasion import Occasion, Outcome, pressed_before, require_change
from pipeline.orders import Snooze
from pipeline.ports import VersionLost, Work
from pipeline.stages import Field


def snooze(work: Work, occasion: Occasion, order: Snooze) -> Outcome:
    """No sign of life: a deal that lies still goes on lying still."""
    deal = work.deals.by_number(order.number)
    pipeline = work.stages.pipeline(deal.pipeline_id)
    require_change(work, occasion, deal)
    present = pipeline.stage(deal.stage_id)

    def same(change: Change) -> bool:
        is_so = deal.snoozed_until == order.until
        return is_so and change.kind is ChangeKind.SNOOZED and change.by == occasion.by

    repeated = pressed_before(work, deal, present, order.expected, same)
    if repeated:
        return Outcome(deal, repeated, pipeline, again=True)
    if not present.is_open:
        raise errors.DealIsClosed(deal, present)
    filled, fields = filled_in(deal, {Field.SNOOZED_UNTIL: order.until})
    if not fields:
        raise errors.AlreadySaid(deal, {Field.SNOOZED_UNTIL: order.until})
    after = replace(filled, version=deal.version + 1)
    change = Change(ChangeKind.SNOOZED, after.version, occasion.by, occasion.at, fields=fields)
    try:
        change = replace(change, id=work.deals.save(deal, after, change))
    except VersionLost:
        return snooze(work, occasion, replace(order, expected=deal.version))
    work.outbox.put(letters.thread_letter(deal.id, after.version))
    return Outcome(after, change, pipeline)
