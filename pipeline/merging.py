"""Two deals that are one: the first survives, the second points to it, and both histories stay."""

from dataclasses import replace

from pipeline import errors, letters
from pipeline.deal import Change, ChangeKind, Deal, read_code
from pipeline.editing import filled_in
from pipeline.occasion import Occasion, Outcome, require_change
from pipeline.orders import Merge, Said
from pipeline.ports import VersionLost, Work
from pipeline.stages import Field

# What is said of one deal's own course is not taken over.
_OWN = frozenset({Field.TITLE, Field.REASON, Field.NURTURE_UNTIL, Field.SNOOZED_UNTIL})


def merge(work: Work, occasion: Occasion, order: Merge) -> Outcome:
    kept, gone = work.deals.by_number(order.number), work.deals.by_number(order.other)
    pipeline = work.stages.pipeline(kept.pipeline_id)
    _check(work, occasion, kept, gone)
    after, fields = filled_in(kept, lacking(kept, gone))
    after = replace(after, version=kept.version + 1, changed_at=occasion.at)
    change = Change(ChangeKind.MERGED, after.version, occasion.by, occasion.at, fields=fields, note=gone.code)
    merged = replace(
        gone,
        version=gone.version + 1,
        changed_at=occasion.at,
        voided_at=occasion.at,
        merged_into=kept.id,
    )
    pointer = Change(ChangeKind.ABSORBED, merged.version, occasion.by, occasion.at, note=kept.code)
    ids = _save_both(work, {kept.id: (kept, after, change), gone.id: (gone, merged, pointer)})
    work.outbox.put(letters.thread_letter(kept.id, after.version))
    return Outcome(after, replace(change, id=ids[kept.id]), pipeline)


def lacking(kept: Deal, gone: Deal) -> Said:
    """What the other deal says and this one does not."""
    return {
        field: gone.said(field)
        for field in Field
        if field not in _OWN and gone.holds(field) and not kept.holds(field)
    }


def separate(work: Work, occasion: Occasion, kept: Deal, undone: Change) -> None:
    """The merged deal lives again as it was: nothing has changed it since."""
    gone = work.deals.by_number(read_code(undone.note) or 0)
    pointer = work.deals.change(gone, gone.version)
    if gone.merged_into != kept.id or pointer is None or pointer.kind is not ChangeKind.ABSORBED:
        raise errors.NothingToUndo(kept)
    back = replace(gone, version=gone.version + 1, changed_at=occasion.at, voided_at=None, merged_into=None)
    change = Change(ChangeKind.UNDONE, back.version, occasion.by, occasion.at, undoes_id=pointer.id)
    try:
        work.deals.save(gone, back, change)
    except VersionLost:
        raise errors.NothingToUndo(kept) from None


def _check(work: Work, occasion: Occasion, kept: Deal, gone: Deal) -> None:
    if kept.id == gone.id:
        raise errors.MergedWithItself(kept)
    for deal in (kept, gone):
        require_change(work, occasion, deal)
        if deal.voided_at:
            raise errors.DealIsVoid(deal)
    kinds = {work.stages.pipeline(deal.pipeline_id).stage(deal.stage_id).kind for deal in (kept, gone)}
    if len(kinds) > 1:
        raise errors.KindsDiffer(kept, gone)


def _save_both(work: Work, saved: dict[int, tuple[Deal, Deal, Change]]) -> dict[int, int]:
    """In one order for all, so that two mergers never wait for each other."""
    ids: dict[int, int] = {}
    for deal_id in sorted(saved):
        before, after, change = saved[deal_id]
        try:
            ids[deal_id] = work.deals.save(before, after, change)
        except VersionLost:
            fresh = work.deals.by_id(deal_id)
            stage = work.stages.pipeline(fresh.pipeline_id).stage(fresh.stage_id)
            raise errors.Overtaken(fresh, stage, work.deals.change(fresh, fresh.version)) from None
    return ids
