"""Deals with what became of them since a moment, as far as it decides what they are worth to whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from pipeline.bridge import Standing
from pipeline.deal import Change, ChangeKind, FieldChange, Move
from pipeline.money import Money
from pipeline.rewinding import TOLD, Home, Life
from pipeline.stages import Field, StageKind
from storage.history import read_value
from storage.snapshot_tables import SnapshotDealRow
from storage.tables import ChangeRow, DealRow, FieldChangeRow, MoveRow
from storage.transaction import Transaction

# Both engines take far more parameters than this.
_AT_ONCE = 500
_DEALS = select(
    DealRow.id,
    DealRow.number,
    DealRow.title,
    DealRow.created_at,
    DealRow.pipeline_id,
    DealRow.stage_id,
    DealRow.value,
    DealRow.currency,
    DealRow.owner_id,
    DealRow.close_on,
    DealRow.voided_at,
)
_CHANGES = select(
    ChangeRow.id,
    ChangeRow.deal_id,
    ChangeRow.kind,
    ChangeRow.version,
    ChangeRow.by,
    ChangeRow.at,
    ChangeRow.undoes_id,
    MoveRow.from_stage_id,
    MoveRow.to_stage_id,
    MoveRow.since,
).join(MoveRow, MoveRow.change_id == ChangeRow.id, isouter=True)
_FIELDS = select(FieldChangeRow.change_id, FieldChangeRow.field, FieldChangeRow.old, FieldChangeRow.new).join(
    ChangeRow, ChangeRow.id == FieldChangeRow.change_id
)
_COPIES = select(
    SnapshotDealRow.snapshot_id,
    SnapshotDealRow.deal_id,
    SnapshotDealRow.value,
    SnapshotDealRow.currency,
    SnapshotDealRow.owner_id,
    SnapshotDealRow.close_on,
)

Homes = Mapping[int, Home]


def lives(
    tx: Transaction, deal_ids: Sequence[int], since: datetime, homes: Homes, copies: Sequence[int]
) -> Iterator[Life]:
    for start in range(0, len(deal_ids), _AT_ONCE):
        yield from _some(tx, deal_ids[start : start + _AT_ONCE], since, homes, copies)


def _some(
    tx: Transaction, ids: Sequence[int], since: datetime, homes: Homes, copies: Sequence[int]
) -> Iterator[Life]:
    rows = tx.execute(_DEALS.where(DealRow.id.in_(ids)).order_by(DealRow.id)).all()
    here = (ChangeRow.deal_id.in_(ids), ChangeRow.at >= since)
    told = [field.value for field in TOLD]
    fields = _by(tx.execute(_FIELDS.where(*here, FieldChangeRow.field.in_(told))), "change_id")
    changes = _by(tx.execute(_CHANGES.where(*here).order_by(ChangeRow.version.desc())), "deal_id")
    of_these = (SnapshotDealRow.snapshot_id.in_(copies), SnapshotDealRow.deal_id.in_(ids))
    copied = _by(tx.execute(_COPIES.where(*of_these)) if copies else (), "deal_id")
    for row in rows:
        yield Life(
            row.id,
            row.number,
            row.title,
            row.created_at,
            _standing(row, row.pipeline_id, homes[row.stage_id].kind, void=row.voided_at is not None),
            tuple(_change(each, fields[each.id]) for each in changes[row.id]),
            {each.snapshot_id: _standing(each, row.pipeline_id, StageKind.OPEN) for each in copied[row.id]},
        )


def _by(rows: Iterable[Row[Any]], column: str) -> Mapping[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _standing(row: Row[Any], pipeline_id: int, kind: StageKind, *, void: bool = False) -> Standing:
    value = None if row.value is None else Money(row.value, row.currency)
    return Standing(pipeline_id, kind, value, row.owner_id, row.close_on, void)


def _change(row: Row[Any], fields: Sequence[Row[Any]]) -> Change:
    move = None if row.from_stage_id is None else Move(row.from_stage_id, row.to_stage_id, row.since)
    said = tuple(
        FieldChange(Field(each.field), read_value(each.old), read_value(each.new)) for each in fields
    )
    kind = ChangeKind(row.kind)
    return Change(kind, row.version, row.by, row.at, move, said, undoes_id=row.undoes_id, id=row.id)
