"""A pipeline's past as pipeline.history wants it, read from the ledger as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    type_coerce,
)

from pipeline.history import Days, History, Rows, Stages
from pipeline.stages import Pipeline, Stage, StageKind
from storage.engine import day_number
from storage.hot import Hot
from storage.lives import NONE, UNDONE, Whole, whole_lives
from storage.schema import to_micros
from storage.tables import ChangeRow, DealRow, FieldChangeRow, MoveRow
from storage.transaction import Transaction

# Where the ISO form begins in a date as storage.history writes it.
_ISO_FROM, _ISO_LENGTH = 11, 10
_DAY = 86_400_000_000
NOWHERE = -1
# Something became known a moment before it was read.
_JUST_NOW = 1e-6
_ANY = ""
_rests = and_(DealRow.closed_at.is_(None), DealRow.nurture_until > bindparam("awake_on", type_=Date))
_COLUMNS = (
    DealRow.number,
    DealRow.stage_id,
    type_coerce(DealRow.entered_at, BigInteger),
    type_coerce(DealRow.created_at, BigInteger),
    case((DealRow.currency == bindparam("currency"), DealRow.value), else_=NONE),
    func.coalesce(MoveRow.from_stage_id, NONE),
    func.coalesce(MoveRow.to_stage_id, NONE),
    func.coalesce(type_coerce(MoveRow.since, BigInteger), NONE),
    func.coalesce(type_coerce(MoveRow.at, BigInteger), NONE),
    case((_rests, 1), else_=0),
)
_HERE = (
    DealRow.workspace_id == bindparam("workspace"),
    DealRow.pipeline_id == bindparam("pipeline"),
    DealRow.voided_at.is_(None),
    or_(
        bindparam("currency") == _ANY,
        DealRow.currency == bindparam("currency"),
        and_(bindparam("unvalued", type_=Boolean), DealRow.currency.is_(None)),
    ),
)
_LIVES = Hot(
    select(*_COLUMNS)
    .select_from(DealRow)
    .join(MoveRow, and_(MoveRow.deal_id == DealRow.id, MoveRow.change_id.not_in(UNDONE)), isouter=True)
    .where(*_HERE)
    .order_by(DealRow.number, MoveRow.change_id)
)


def _day_said(column: Any) -> Any:  # noqa: ANN401 - a column
    return func.coalesce(day_number(func.substr(column, _ISO_FROM, _ISO_LENGTH)), NONE)


_PUT_OFF: Select[Any] = (
    select(
        DealRow.number,
        type_coerce(DealRow.created_at, BigInteger),
        case((DealRow.origin.is_(None), 1), else_=0),
        type_coerce(ChangeRow.at, BigInteger),
        _day_said(FieldChangeRow.old),
        _day_said(FieldChangeRow.new),
    )
    .select_from(FieldChangeRow)
    .join(ChangeRow, ChangeRow.id == FieldChangeRow.change_id)
    .join(DealRow, DealRow.id == ChangeRow.deal_id)
    .where(*_HERE, FieldChangeRow.field == "close_on", ChangeRow.id.not_in(UNDONE))
    .order_by(DealRow.number, ChangeRow.id)
)
_EXPECTED: Select[Any] = (
    select(
        DealRow.number,
        type_coerce(DealRow.created_at, BigInteger),
        case((DealRow.origin.is_(None), 1), else_=0),
        day_number(DealRow.close_on),
    )
    .where(*_HERE, DealRow.close_on.is_not(None))
    .order_by(DealRow.number)
)
_DUE_CHANGES, _DUE_NOW = Hot(_PUT_OFF), Hot(_EXPECTED)


def day_of(at: datetime) -> float:
    """The moments of a History: days since 1970."""
    return to_micros(at) / _DAY


def read_history(
    tx: Transaction,
    pipeline: Pipeline,
    now: datetime,
    currency: str | None = None,
    awake_on: date | None = None,
    *,
    unvalued: bool = True,
) -> History:
    """Every deal that is not void, without what was undone.

    With a currency those of it and, if they are wanted, the `unvalued` ones; values are in its minor units, and a
    lost deal's 0 is none. Without one all deals, and no values. With a day, open deals that are parked beyond it rest.
    """
    given = {
        "workspace": tx.workspace_id,
        "pipeline": pipeline.id,
        "currency": currency or _ANY,
        "awake_on": awake_on or date.max,
        "unvalued": unvalued,
    }
    places = Places.of(pipeline)
    batches = [_batch(rows, places) for rows in whole_lives(tx, _LIVES, len(_COLUMNS), given)]
    numbers = np.concatenate([batch.numbers for batch in batches])
    behind = np.cumsum([0, *(len(batch.numbers) for batch in batches)])
    entries = [batch.deal + first for batch, first in zip(batches, behind, strict=False)]
    due_deal, due_at, due = _dues(tx, given, numbers, day_of(now))
    return History(
        places.count,
        np.concatenate(entries),
        np.concatenate([batch.stage for batch in batches]),
        np.concatenate([batch.at for batch in batches]),
        np.concatenate([batch.created for batch in batches]),
        np.concatenate([batch.value for batch in batches]),
        due_deal,
        due_at,
        due,
        # Since when does not matter: what was foreseen before was foreseen of a deal that was awake, as far as is known.
        np.where(np.concatenate([batch.rests for batch in batches]), day_of(now) - _JUST_NOW, np.inf),
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Which of the columns' stages each stage is: open ones in their order, then won and lost.

    A stage that was archived counts as the living one before it, or the first: its deals were about as far. One of
    another pipeline is NOWHERE.
    """

    stages: Sequence[Stage]
    place_of: Mapping[int, int]

    @classmethod
    def of(cls, pipeline: Pipeline) -> "Places":
        opened = pipeline.open_stages
        ends = {StageKind.WON: len(opened), StageKind.LOST: len(opened) + 1}
        place_of = {stage.id: ends[stage.kind] for stage in pipeline.stages if not stage.is_open}
        for stage in pipeline.stages:
            if stage.is_open:
                reached = sum(each.position <= stage.position for each in opened)
                place_of[stage.id] = max(reached - 1, 0)
        return cls(opened, place_of)

    @property
    def count(self) -> int:
        return len(self.stages)

    def look_up(self, stage_ids: Whole) -> Stages:
        known = np.array(sorted(self.place_of), dtype=np.int64)
        places = np.array([self.place_of[int(each)] for each in known], dtype=np.int16)
        near = np.minimum(np.searchsorted(known, stage_ids), len(known) - 1)
        found: Stages = np.where(known[near] == stage_ids, places[near], NOWHERE).astype(np.int16)
        return found


@dataclass(frozen=True, slots=True)
class _Batch:
    """Whole deals; `deal` counts from the batch's first one."""

    numbers: Whole
    created: Days
    value: Days
    rests: NDArray[np.bool_]
    deal: Rows
    stage: Stages
    at: Days


def _batch(rows: Whole, places: Places) -> _Batch:
    """Each deal enters its first stage, and then whatever a move led to.

    What it did in another pipeline, before it came to this one, is no part of this one's past.
    """
    numbers, stages, entered, created, value, left, into, since, until, rests = rows.T
    begins = np.ones(len(numbers), dtype=np.bool_)
    begins[1:] = numbers[1:] != numbers[:-1]
    deal = np.cumsum(begins) - 1
    moved = into != NONE
    first = np.where(moved, since, entered)[begins]
    order = np.argsort(np.concatenate([deal[begins], deal[moved]]), kind="stable")
    at = np.concatenate([first, until[moved]])[order]
    stage_ids = np.concatenate([np.where(moved, left, stages)[begins], into[moved]])[order]
    stage = places.look_up(stage_ids)
    entry = np.concatenate([deal[begins], deal[moved]])[order]
    here = stage != NOWHERE
    arrived = np.full(int(begins.sum()), np.inf)
    np.minimum.at(arrived, entry[here], at[here])
    begun = np.minimum(created[begins], first)
    elsewhere = np.isfinite(arrived) & (arrived > first)
    worth = value[begins].astype(np.float64)
    lost = places.look_up(stages[begins]) == places.count + 1
    worth[(worth < 0) | (lost & (worth == 0))] = np.nan
    return _Batch(
        numbers[begins],
        np.where(elsewhere, arrived, begun) / _DAY,
        worth,
        rests[begins] == 1,
        entry[here],
        stage[here],
        at[here] / _DAY,
    )


def _dues(
    tx: Transaction, given: Mapping[str, Any], numbers: Whole, now: float
) -> tuple[Rows, Days, NDArray[np.float64]]:
    """What each deal was made with, and every change of it.

    When an imported deal's day became known nobody can tell: it counts as known just now, and what was closed
    with it teaches nothing.
    """
    changes, present = _rows(tx, _DUE_CHANGES, 6, given), _rows(tx, _DUE_NOW, 4, given)
    first = np.ones(len(changes), dtype=np.bool_)
    first[1:] = changes[1:, 0] != changes[:-1, 0]
    former = changes[first][:, [0, 1, 2, 4]]
    former = former[(former[:, 2] == 1) & (former[:, 3] != NONE)]
    made = np.concatenate([former, present[~np.isin(present[:, 0], changes[:, 0])]])
    known = np.where(made[:, 2] == 1, made[:, 1] / _DAY, now - _JUST_NOW)
    deal = np.concatenate([made[:, 0], changes[:, 0]])
    at = np.concatenate([known, changes[:, 3] / _DAY])
    due = np.concatenate([made[:, 3], changes[:, 5]]).astype(np.float64)
    due[due == NONE] = np.nan
    # Under PostgreSQL each statement sees what was committed before it: a deal may be newer than the lives that were read.
    lived = np.isin(deal, numbers)
    deal, at, due = deal[lived], at[lived], due[lived]
    order = np.lexsort((at, deal))
    return np.searchsorted(numbers, deal[order]), at[order], due[order]


def _rows(tx: Transaction, statement: Hot, width: int, given: Mapping[str, Any]) -> Whole:
    return np.concatenate([np.empty((0, width), np.int64), *whole_lives(tx, statement, width, given)])
