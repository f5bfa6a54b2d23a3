"""The change log: what was done to a deal, by whom and when; rows are added, never altered."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Row, Select, bindparam, insert, select
from sqlalchemy.orm import aliased

from pipeline.deal import Change, ChangeKind, FieldChange, Move
from pipeline.money import Money
from pipeline.stages import Field
from storage.hot import Hot
from storage.tables import ChangeRow, FieldChangeRow, MoveRow, StageRow
from storage.transaction import Transaction

_INSERT_CHANGE = Hot(
    insert(ChangeRow)
    .values(
        {
            name: bindparam(name)
            for name in ("workspace_id", "deal_id", "version", "kind", "by", "at", "note", "undoes_id")
        }
    )
    .returning(ChangeRow.id)
)
_INSERT_MOVE = Hot(
    insert(MoveRow).values(
        {
            name: bindparam(name)
            for name in (
                "change_id",
                "deal_id",
                "from_stage_id",
                "to_stage_id",
                "by",
                "at",
                "since",
                "seconds",
            )
        }
    )
)
_INSERT_FIELD = insert(FieldChangeRow)
_CHANGES = (
    select(
        ChangeRow.id,
        ChangeRow.kind,
        ChangeRow.version,
        ChangeRow.by,
        ChangeRow.at,
        ChangeRow.note,
        ChangeRow.undoes_id,
        MoveRow.from_stage_id,
        MoveRow.to_stage_id,
        MoveRow.since,
    )
    .join(MoveRow, MoveRow.change_id == ChangeRow.id, isouter=True)
    .where(ChangeRow.deal_id == bindparam("deal"))
)
_AT_VERSION = _CHANGES.where(ChangeRow.version == bindparam("version"))
_NEWEST = _CHANGES.order_by(ChangeRow.version.desc()).limit(bindparam("most")).offset(bindparam("before"))
_undoing = aliased(ChangeRow)
_CLOSED_FROM = (
    select(MoveRow.from_stage_id)
    .join(StageRow, StageRow.id == MoveRow.from_stage_id)
    .where(
        MoveRow.deal_id == bindparam("deal"),
        MoveRow.to_stage_id == bindparam("stage"),
        StageRow.kind == "open",
        ~select(_undoing.id).where(_undoing.undoes_id == MoveRow.change_id).exists(),
    )
    .order_by(MoveRow.change_id.desc())
    .limit(1)
)


class History:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, deal_id: int, change: Change) -> int:
        row = {"workspace_id": self._tx.workspace_id, **change_row(deal_id, change)}
        change_id = cast("list[int]", self._tx.row(_INSERT_CHANGE, row))[0]
        if change.move:
            moved = {"change_id": change_id, "deal_id": deal_id, "by": change.by, "at": change.at}
            self._tx.run(_INSERT_MOVE, {**moved, **move_row(change, change.move)})
        self.add_fields(change_id, change)
        return change_id

    def add_fields(self, change_id: int, change: Change) -> None:
        if change.fields:
            self._tx.execute(_INSERT_FIELD, [_field_row(change_id, each) for each in change.fields])

    def at_version(self, deal_id: int, version: int) -> Change | None:
        found = self._read(_AT_VERSION, {"deal": deal_id, "version": version})
        return found[0] if found else None

    def newest(self, deal_id: int, limit: int, before: int = 0) -> Sequence[Change]:
        return self._read(_NEWEST, {"deal": deal_id, "most": limit, "before": before})

    def closed_from(self, deal_id: int, stage_id: int) -> int | None:
        found: int | None = self._tx.execute(_CLOSED_FROM, {"deal": deal_id, "stage": stage_id}).scalar()
        return found

    def _read(self, statement: Select[*tuple[Any, ...]], given: dict[str, Any]) -> list[Change]:
        rows = self._tx.execute(statement, given).all()
        if not rows:
            return []
        fields = self._fields([row.id for row in rows])
        return [_change(row, tuple(fields.get(row.id, ()))) for row in rows]

    def _fields(self, change_ids: list[int]) -> dict[int, list[FieldChange]]:
        found: dict[int, list[FieldChange]] = {}
        wanted = select(FieldChangeRow).where(FieldChangeRow.change_id.in_(change_ids))
        columns = wanted.with_only_columns(
            FieldChangeRow.change_id, FieldChangeRow.field, FieldChangeRow.old, FieldChangeRow.new
        ).order_by(FieldChangeRow.field)
        for row in self._tx.execute(columns):
            change = FieldChange(Field(row.field), read_value(row.old), read_value(row.new))
            found.setdefault(row.change_id, []).append(change)
        return found


def change_row(deal_id: int, change: Change) -> dict[str, Any]:
    return {
        "deal_id": deal_id,
        "version": change.version,
        "kind": change.kind.value,
        "by": change.by,
        "at": change.at,
        "note": change.note,
        "undoes_id": change.undoes_id,
    }


def move_row(change: Change, move: Move) -> dict[str, Any]:
    return {
        "from_stage_id": move.from_stage_id,
        "to_stage_id": move.to_stage_id,
        "since": move.since,
        "seconds": max(int((change.at - move.since).total_seconds()), 0),
    }


def _field_row(change_id: int, change: FieldChange) -> dict[str, Any]:
    return {
        "change_id": change_id,
        "field": change.field.value,
        "old": _written(change.old),
        "new": _written(change.new),
    }


def _written(value: Money | str | date | None) -> str | None:
    if isinstance(value, Money):
        return json.dumps({"minor": value.minor, "currency": value.currency})
    if isinstance(value, date):
        return json.dumps({"date": value.isoformat()})
    return None if value is None else json.dumps(value, ensure_ascii=False)


def read_value(text: str | None) -> Money | str | date | None:
    if text is None:
        return None
    value = json.loads(text)
    if not isinstance(value, dict):
        return str(value)
    if "date" in value:
        return date.fromisoformat(value["date"])
    return Money(value["minor"], value["currency"])


def _change(row: Row[Any], fields: tuple[FieldChange, ...]) -> Change:
    move = None
    if row.from_stage_id is not None:
        since: datetime = row.since
        move = Move(row.from_stage_id, row.to_stage_id, since)
    return Change(
        ChangeKind(row.kind), row.version, row.by, row.at, move, fields, row.note, row.undoes_id, row.id
    )
