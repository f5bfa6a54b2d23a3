"""Calls, targets, and the sums that they are held against."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, bindparam, case, func, insert, select, update
from sqlalchemy.sql import ColumnElement

from pipeline.calls import Call, Closing, SayCall, SetTarget, Span, Won
from pipeline.kept_forecasts import KeptForecast
from pipeline.money import Money
from pipeline.stages import Category, StageKind
from storage.call_tables import CallRow, TargetRow
from storage.currencies import currencies_in
from storage.engine import by_no_index
from storage.finding import halves, whole
from storage.tables import DealRow, StageRow
from storage.transaction import Transaction


def _newest(table: Any, *of: Any) -> Select[Any]:  # noqa: ANN401 - either of two tables
    """The last row of each thing that can be said; ids grow."""
    return (
        select(func.max(table.id))
        .where(
            table.workspace_id == bindparam("workspace"),
            table.pipeline_id == bindparam("pipeline"),
            table.period == bindparam("period"),
            table.first == bindparam("first", type_=Date),
        )
        .group_by(*of)
    )


_CALLS = (
    select(CallRow.__table__)
    .where(
        CallRow.id.in_(_newest(CallRow, CallRow.person_id, CallRow.team, CallRow.currency)),
        CallRow.amount.is_not(None),
    )
    .order_by(CallRow.id)
)
_TARGETS = select(TargetRow.currency, TargetRow.amount).where(
    TargetRow.id.in_(_newest(TargetRow, TargetRow.currency)), TargetRow.amount.is_not(None)
)
_parked = DealRow.nurture_until > bindparam("today", type_=Date)
# As pipeline.snapshots.frozen.
_category: ColumnElement[str] = case(
    (_parked, Category.OMITTED.value), else_=func.coalesce(DealRow.category, StageRow.category)
)
# Through the index of open deals, which holds all that is asked.
_CLOSING = (
    select(DealRow.currency, _category, func.count(), *halves(DealRow.value.expression))
    .select_from(DealRow)
    .join(StageRow, StageRow.id == DealRow.stage_id)
    .where(
        by_no_index(DealRow.workspace_id.expression) == bindparam("workspace"),
        DealRow.pipeline_id == bindparam("pipeline"),
        DealRow.closed_at.is_(None),
        DealRow.voided_at.is_(None),
        DealRow.close_on.between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
    )
    .group_by(DealRow.currency, _category)
)
_won_stages = select(StageRow.id).where(
    StageRow.pipeline_id == bindparam("pipeline"), StageRow.kind == StageKind.WON.value
)
_WON = (
    select(DealRow.currency, DealRow.owner_id, *halves(DealRow.value.expression))
    .where(
        DealRow.workspace_id == bindparam("workspace"),
        DealRow.stage_id.in_(_won_stages),
        DealRow.closed_at.is_not(None),
        DealRow.closed_at >= bindparam("since"),
        DealRow.closed_at < bindparam("until"),
        DealRow.voided_at.is_(None),
        DealRow.currency.is_not(None),
    )
    .group_by(DealRow.currency, DealRow.owner_id)
)


class Calls:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def say(self, order: SayCall, by: str, at: datetime, foreseen: int | None) -> None:
        row = {**self._row(order, at), "person_id": by, "team": order.team, "foreseen": foreseen}
        self._tx.execute(insert(CallRow).values(**row))

    def foresee(self, pipeline_id: int, forecast: KeptForecast) -> None:
        """Calls that were made before there was a forecast of their period are held against the first one."""
        for each in forecast.periods:
            waiting = (
                CallRow.workspace_id == self._tx.workspace_id,
                CallRow.pipeline_id == pipeline_id,
                CallRow.period == each.period.value,
                CallRow.first == each.first,
                CallRow.currency == forecast.currency,
                CallRow.foreseen.is_(None),
            )
            self._tx.execute(update(CallRow).where(*waiting).values(foreseen=each.expected))

    def said(self, pipeline_id: int, span: Span) -> Sequence[Call]:
        rows = self._tx.execute(_CALLS, self._given(pipeline_id, span))
        return [
            Call(row.person_id, Money(row.amount, row.currency), row.team, row.foreseen, row.at)
            for row in rows
        ]

    def set_target(self, order: SetTarget, by: str, at: datetime) -> None:
        self._tx.execute(insert(TargetRow).values(**self._row(order, at), by=by))

    def targets(self, pipeline_id: int, span: Span) -> Mapping[str, int]:
        rows = self._tx.execute(_TARGETS, self._given(pipeline_id, span))
        return {row.currency: row.amount for row in rows}

    def closing(self, pipeline_id: int, span: Span, today: date) -> Sequence[Closing]:
        given = {**self._here(pipeline_id), "first": span.first, "last": span.last, "today": today}
        rows: Sequence[Any] = self._tx.execute(_CLOSING, given).all()
        return [Closing(row[0], Category(row[1]), row[2], whole(row[3], row[4])) for row in rows]

    def unvalued_in(self, pipeline_id: int) -> str | None:
        return next(iter(currencies_in(self._tx, pipeline_id)), None)

    def won(self, pipeline_id: int, since: datetime, until: datetime) -> Sequence[Won]:
        given = {**self._here(pipeline_id), "since": since, "until": until}
        rows: Sequence[Any] = self._tx.execute(_WON, given).all()
        return [Won(row[0], row[1], whole(row[2], row[3])) for row in rows]

    def _here(self, pipeline_id: int) -> dict[str, Any]:
        return {"workspace": self._tx.workspace_id, "pipeline": pipeline_id}

    def _given(self, pipeline_id: int, span: Span) -> dict[str, Any]:
        return {**self._here(pipeline_id), "period": span.period.value, "first": span.first}

    def _row(self, order: SayCall | SetTarget, at: datetime) -> dict[str, Any]:
        return {
            "workspace_id": self._tx.workspace_id,
            "pipeline_id": order.pipeline_id,
            "period": order.span.period.value,
            "first": order.span.first,
            "currency": order.currency,
            "amount": order.amount,
            "at": at,
        }
