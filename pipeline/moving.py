"""Moving a deal through its stages, and opening a closed one again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from pipeline import errors, letters
from pipeline.deal import Change, ChangeKind, Deal
from pipeline.deal import Move as MoveRecord
from pipeline.editing import check_new_owner, filled_in
from pipeline.fields import check_fields
from pipeline.occasion import Occasion, Outcome, pressed_before, require_change, target_stage
from pipeline.orders import Move, Reopen, Said
from pipeline.ownership import vacated
from pipeline.ports import VersionLost, Work
from pipeline.stages import Field, Pipeline, Stage, StageKind

WIN_WINDOW = timedelta(days=30)
_KINDS = {StageKind.OPEN: ChangeKind.MOVED, StageKind.WON: ChangeKind.WON, StageKind.LOST: ChangeKind.LOST}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A deal about to enter a stage."""

    deal: Deal
    pipeline: Pipeline
    target: Stage
    kind: ChangeKind
    said: Said
    note: str = ""


def move(work: Work, occasion: Occasion, order: Move) -> Outcome:
    deal = work.deals.by_number(order.number)
    pipeline = work.stages.pipeline(deal.pipeline_id)
    target = target_stage(pipeline, order.stage_id, deal)
    require_change(work, occasion, deal)
    present = pipeline.stage(deal.stage_id)
    repeated = pressed_before(work, deal, present, order.expected, _same_press(occasion.by, target.id))
    if repeated:
        return Outcome(deal, repeated, pipeline, again=True)
    if target.id == deal.stage_id:
        raise errors.AlreadyThere(deal, target)
    if not present.is_open:
        raise errors.DealIsClosed(deal, present)
    try:
        entry = _Entry(deal, pipeline, target, _KINDS[target.kind], order.fields, order.note)
        return _enter(work, occasion, entry)
    except VersionLost:
        return move(work, occasion, replace(order, expected=deal.version))


def reopen(work: Work, occasion: Occasion, order: Reopen) -> Outcome:
    deal = work.deals.by_number(order.number)
    pipeline = work.stages.pipeline(deal.pipeline_id)
    require_change(work, occasion, deal)
    present = pipeline.stage(deal.stage_id)
    repeated = pressed_before(
        work, deal, present, order.expected, _same_reopening(occasion.by, order.stage_id)
    )
    if repeated:
        return Outcome(deal, repeated, pipeline, again=True)
    if present.is_open:
        raise errors.DealIsOpen(deal, present)
    wanted = order.stage_id or work.deals.closed_from(deal) or pipeline.first.id
    target = target_stage(pipeline, wanted, deal)
    if not target.is_open:
        raise errors.DealIsClosed(deal, present)
    try:
        said = {**order.fields, Field.REASON: ""}
        return _enter(work, occasion, _Entry(deal, pipeline, target, ChangeKind.REOPENED, said))
    except VersionLost:
        return reopen(work, occasion, replace(order, expected=deal.version))


def _same_press(by: str, stage_id: int) -> Callable[[Change], bool]:
    forward = (ChangeKind.MOVED, ChangeKind.WON, ChangeKind.LOST)

    def same(change: Change) -> bool:
        if change.kind not in forward or change.by != by or change.move is None:
            return False
        return change.move.to_stage_id == stage_id

    return same


def _same_reopening(by: str, stage_id: int | None) -> Callable[[Change], bool]:
    def same(change: Change) -> bool:
        if change.kind is not ChangeKind.REOPENED or change.by != by or change.move is None:
            return False
        return stage_id in (None, change.move.to_stage_id)

    return same


def _enter(work: Work, occasion: Occasion, entry: _Entry) -> Outcome:
    """Pass the target's gate and write the move."""
    check_fields(entry.said)
    deal, target = entry.deal, entry.target
    filled, fields = filled_in(deal, entry.said)
    check_new_owner(work, fields)
    held = vacated(work, filled) if Field.OWNER in target.gate else filled
    missing = held.missing(target.gate)
    if missing:
        raise errors.GateUnmet(vacated(work, deal), target, missing)
    after = replace(
        filled,
        stage_id=target.id,
        version=deal.version + 1,
        entered_at=occasion.at,
        changed_at=occasion.at,
        closed_at=None if target.is_open else occasion.at,
    )
    record = MoveRecord(deal.stage_id, target.id, since=deal.entered_at)
    change = Change(entry.kind, after.version, occasion.by, occasion.at, record, fields, entry.note)
    change = replace(change, id=work.deals.save(deal, after, change))
    work.outbox.put(letters.thread_letter(deal.id, after.version))
    if target.kind is StageKind.WON:
        _celebrate(work, occasion, after, change)
    return Outcome(after, change, entry.pipeline)


def _celebrate(work: Work, occasion: Occasion, deal: Deal, change: Change) -> None:
    """Only a special win is told to the channel: the first, or the biggest in 30 days."""
    channel = occasion.main_channel or work.channels.carded(deal.id)
    if channel is None:
        return
    others, highest = work.deals.won_values_since(deal, occasion.at - WIN_WINDOW)
    if others == 0:
        reason = "first"
    elif highest is not None and deal.value and deal.value.minor > highest:
        reason = "biggest"
    else:
        return
    work.outbox.put(letters.win_letter(deal.id, change.id, channel, reason))
