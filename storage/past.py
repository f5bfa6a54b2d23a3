"""What a pipeline was worth at a moment: by the weekly copy that stands there, else by taking back what came after.

Only deals that made a difference are read; all others are the same at both ends, and the database adds them up.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func, or_, select, union
from sqlalchemy.sql import ColumnElement

from pipeline.bridge import Bridge, Course, Crossing, Scope, Standing, Sums, Weight, passages, passing, summed
from pipeline.rewinding import Home, Life, standing_at
from pipeline.snapshots import SOON
from storage.engine import by_no_index
from storage.finding import halves, whole
from storage.rewound import lives
from storage.snapshot_tables import SnapshotDealRow, SnapshotRow, SnapshotStageRow
from storage.stages import Stages
from storage.tables import DealRow, StageRow
from storage.transaction import Transaction

# With more deals than this, whoever asks would wait for too long.
MOST = 5_000
_ALIVE = (DealRow.closed_at.is_(None), DealRow.voided_at.is_(None))
_SAME = ("stage_id", "value", "currency", "owner_id", "close_on")


@dataclass(frozen=True, slots=True)
class _End:
    """A moment, or now; with the copy that was taken then, if one was."""

    at: datetime | None
    copy: int | None = None


class Past:
    __slots__ = ("_stages", "_tx")

    def __init__(self, tx: Transaction, stages: Stages) -> None:
        self._tx = tx
        self._stages = stages

    def bridge(
        self, scope: Scope, since: datetime, today: date, until: datetime | None = None
    ) -> Crossing | None:
        opening = self._end(scope, since)
        closing = self._end(scope, until) if until else _End(None)
        begin = opening.at or since
        ids = self._different(scope, begin, opening, closing)
        if len(ids) > MOST:
            return None
        homes = {stage.id: Home(each.id, stage.kind) for each in self._stages.all() for stage in each.stages}
        copies = [end.copy for end in (opening, closing) if end.copy]
        found = list(lives(self._tx, ids, begin, homes, copies))
        courses = [
            Course(life.number, life.title, _at(life, opening, homes), _at(life, closing, homes))
            for life in found
        ]
        first, last = self._sums(scope, found, courses, (opening, closing))
        weights = self._weights(scope, opening.copy, today) if opening.copy and until is None else {}
        bridge = Bridge(first, last, passages(courses, scope), passing(courses, scope), weights)
        return Crossing(bridge, begin, frozen=opening.copy is not None)

    def _end(self, scope: Scope, at: datetime) -> _End:
        """Changes of the few moments until the copy was taken belong to the time before."""
        copies = select(SnapshotRow.id, SnapshotRow.taken_at).where(
            SnapshotRow.workspace_id == self._tx.workspace_id,
            SnapshotRow.pipeline_id == scope.pipeline_id,
            SnapshotRow.taken_at >= at,
            SnapshotRow.taken_at < at + SOON,
        )
        found = self._tx.execute(copies.order_by(SnapshotRow.taken_at).limit(1)).first()
        return _End(found.taken_at, found.id) if found else _End(at)

    def _different(self, scope: Scope, since: datetime, *ends: _End) -> Sequence[int]:
        """What changed since then, and what a copy tells otherwise: an import brings a past that no copy knew."""
        here = self._here(scope.pipeline_id)
        parts = [select(DealRow.id).where(*here, DealRow.changed_at >= since)]
        for end in ends:
            if end.copy:
                parts += _unlike(end.copy, here)
        different = union(*parts).limit(MOST + 1)
        return self._tx.execute(different).scalars().all()

    def _sums(
        self, scope: Scope, found: Sequence[Life], courses: Sequence[Course], ends: tuple[_End, _End]
    ) -> Iterator[Sums]:
        same = _less(
            self._present(scope), summed(life.present for life in found if scope.holds(life.present))
        )
        for end, side in zip(ends, ("before", "after"), strict=True):
            if end.copy:
                yield self._copied(scope, end.copy)
            else:
                standings = (getattr(course, side) for course in courses)
                yield _more(same, summed(each for each in standings if scope.holds(each)))

    def _present(self, scope: Scope) -> Sums:
        here = (*self._here(scope.pipeline_id, by_owner=bool(scope.owner_ids)), *_ALIVE)
        return self._added(DealRow, select(*_figures(DealRow)).where(*here, *_part(DealRow, scope)))

    def _copied(self, scope: Scope, copy: int) -> Sums:
        here = SnapshotDealRow.snapshot_id == copy
        statement = select(*_figures(SnapshotDealRow)).where(here, *_part(SnapshotDealRow, scope))
        return self._added(SnapshotDealRow, statement)

    def _added(self, table: Any, statement: Select[Any]) -> Sums:  # noqa: ANN401 - either of two tables
        rows: Sequence[Any] = self._tx.execute(statement.group_by(table.currency)).all()
        worth = {row[0]: whole(row[2], row[3]) for row in rows if row[0]}
        return Sums(sum(row[1] for row in rows), worth, sum(row[1] for row in rows if not row[0]))

    def _weights(self, scope: Scope, copy: int, today: date) -> Mapping[str, Weight]:
        """A stage that is newer than the copy has had one chance only."""
        opening = self._weighted(
            select(SnapshotDealRow.currency, *halves(_weighed(SnapshotDealRow.value, SnapshotDealRow.chance)))
            .where(SnapshotDealRow.snapshot_id == copy, *_part(SnapshotDealRow, scope))
            .group_by(SnapshotDealRow.currency)
        )
        closing = self._weighted(self._now(scope, copy, today))
        return {
            currency: Weight(opening.get(currency, [0])[0], now, now - as_then)
            for currency in {**opening, **closing}
            for now, as_then in [closing.get(currency, [0, 0])]
        }

    def _now(self, scope: Scope, copy: int, today: date) -> Select[Any]:
        """What is open, weighted by the stages' present chances, and by those of the copy."""
        awake = or_(DealRow.nurture_until.is_(None), DealRow.nurture_until <= today)
        chances = (StageRow.chance, func.coalesce(SnapshotStageRow.chance, StageRow.chance))
        weighed = [case((awake, _weighed(DealRow.value, chance)), else_=0) for chance in chances]
        then = (SnapshotStageRow.snapshot_id == copy) & (SnapshotStageRow.stage_id == DealRow.stage_id)
        return (
            select(DealRow.currency, *(half for each in weighed for half in halves(each)))
            .select_from(DealRow)
            .join(StageRow, StageRow.id == DealRow.stage_id)
            .join(SnapshotStageRow, then, isouter=True)
            .where(*self._here(scope.pipeline_id, by_owner=bool(scope.owner_ids)), *_ALIVE)
            .where(*_part(DealRow, scope))
            .group_by(DealRow.currency)
        )

    def _weighted(self, statement: Select[Any]) -> Mapping[str, list[int]]:
        """By currency, each pair of halves as the sum that it is."""
        rows: Sequence[Any] = self._tx.execute(statement).all()
        return {
            row[0]: [whole(high, low) for high, low in zip(row[1::2], row[2::2], strict=True)]
            for row in rows
            if row[0]
        }

    def _here(self, pipeline_id: int, *, by_owner: bool = False) -> tuple[ColumnElement[bool], ...]:
        """What no owner narrows down is read through the index of open deals, or through that of changes."""
        workspace_id = DealRow.workspace_id.expression
        column = workspace_id if by_owner else by_no_index(workspace_id)
        return column == self._tx.workspace_id, DealRow.pipeline_id == pipeline_id


def _at(life: Life, end: _End, homes: Mapping[int, Home]) -> Standing | None:
    return standing_at(life, end.at, homes, end.copy)


def _unlike(copy: int, here: tuple[ColumnElement[bool], ...]) -> list[Select[Any]]:
    """Deals of which a copy tells something else than the present, or nothing."""
    copied = SnapshotDealRow.snapshot_id == copy
    differs = (getattr(DealRow, name).is_distinct_from(getattr(SnapshotDealRow, name)) for name in _SAME)
    closed = (DealRow.closed_at.is_not(None), DealRow.voided_at.is_not(None))
    told = select(SnapshotDealRow.deal_id).where(copied, SnapshotDealRow.deal_id == DealRow.id).exists()
    return [
        select(SnapshotDealRow.deal_id)
        .join(DealRow, DealRow.id == SnapshotDealRow.deal_id)
        .where(copied, or_(*closed, *differs)),
        select(DealRow.id).where(*here, *_ALIVE, ~told),
    ]


def _figures(table: Any) -> tuple[Any, ...]:  # noqa: ANN401 - either of two tables
    return table.currency, func.count(), *halves(table.value)


def _part(table: Any, scope: Scope) -> Iterator[ColumnElement[bool]]:  # noqa: ANN401 - either of two tables
    if scope.owner_ids:
        yield table.owner_id.in_(sorted(scope.owner_ids))
    if scope.closing:
        yield table.close_on.between(*scope.closing)


def _weighed(value: Any, chance: Any) -> Any:  # noqa: ANN401 - columns
    """As pipeline.finding.weighted."""
    return (value * chance + 50) // 100


def _more(one: Sums, other: Sums, sign: int = 1) -> Sums:
    worth = Counter(one.worth)
    for currency, minor in other.worth.items():
        worth[currency] += sign * minor
    kept = {currency: minor for currency, minor in worth.items() if minor}
    return Sums(one.count + sign * other.count, kept, one.unvalued + sign * other.unvalued)


def _less(one: Sums, other: Sums) -> Sums:
    return _more(one, other, -1)
