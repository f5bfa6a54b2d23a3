"""Saying something of a deal without moving it."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline import errors, letters
from pipeline.deal import Change, ChangeKind, Deal, FieldChange
from pipeline.fields import check_fields, settled
from pipeline.occasion import Occasion, Outcome, pressed_before, require_change
from pipeline.orders import Claim, Edit, Said
from pipeline.ownership import check_owner, vacated
from pipeline.ports import VersionLost, Work
from pipeline.stages import Field

# What is over once a deal is closed.
_OF_OPEN_DEALS = (Field.NURTURE_UNTIL, Field.CATEGORY)


def edit(work: Work, occasion: Occasion, order: Edit) -> Outcome:
    deal = work.deals.by_number(order.number)
    pipeline = work.stages.pipeline(deal.pipeline_id)
    require_change(work, occasion, deal)
    present = pipeline.stage(deal.stage_id)

    def same(change: Change) -> bool:
        there = all(value == deal.said(field) for field, value in settled(order.fields).items())
        return there and change.kind is ChangeKind.EDITED and change.by == occasion.by

    repeated = pressed_before(work, deal, present, order.expected, same)
    if repeated:
        return Outcome(deal, repeated, pipeline, again=True)
    if not present.is_open and any(order.fields.get(field) for field in _OF_OPEN_DEALS):
        raise errors.DealIsClosed(deal, present)
    check_fields(order.fields)
    filled, fields = filled_in(deal, order.fields)
    if not fields:
        raise errors.AlreadySaid(deal, settled(order.fields))
    check_new_owner(work, fields)
    after = replace(filled, version=deal.version + 1, changed_at=occasion.at)
    change = Change(ChangeKind.EDITED, after.version, occasion.by, occasion.at, fields=fields)
    try:
        change = replace(change, id=work.deals.save(deal, after, change))
    except VersionLost:
        return edit(work, occasion, replace(order, expected=deal.version))
    work.outbox.put(letters.thread_letter(deal.id, after.version))
    return Outcome(after, change, pipeline)


def claim(work: Work, occasion: Occasion, order: Claim) -> Outcome:
    """A deal of nobody becomes one's own."""
    deal = work.deals.by_number(order.number)
    if not vacated(work, deal).belongs_to(occasion.by):
        raise errors.OwnedAlready(deal)
    return edit(work, occasion, Edit(order.number, {Field.OWNER: occasion.by}, expected=order.expected))


def check_new_owner(work: Work, fields: Sequence[FieldChange]) -> None:
    """Whom the deal is written down with already is no news."""
    for change in fields:
        if change.field is Field.OWNER and isinstance(change.new, str):
            check_owner(work, change.new)


def filled_in(deal: Deal, said: Said) -> tuple[Deal, tuple[FieldChange, ...]]:
    """The deal as said, and what that changes."""
    changes = tuple(
        FieldChange(field, deal.said(field), value)
        for field, value in settled(said).items()
        if value != deal.said(field)
    )
    said_now = deal.saying({change.field: change.new for change in changes})
    return said_now.counting_pushes(changes), changes
