"""Lists of deals and the board: filtered, sorted and summed by the database."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Select, and_, case, func, or_, select, text, type_coerce
from sqlalchemy.sql import ColumnElement

from pipeline.deal import Deal, read_code
from pipeline.finding import Found, Heap, Order, Wanted
from pipeline.names import fold
from pipeline.priority import Candidate, Candidates
from storage.engine import by_no_index, day_number
from storage.people import People
from storage.tables import DealRow, StageRow
from storage.transaction import Transaction
from storage.waiting import LIMIT, has_waited

# Sums are kept in two halves: SQLite refuses one beyond 64 bits.
HALF = 1_000_000
# Of every deal; the index of open deals by stage is for those who say so.
_STAGED = text("deals.stage_id > 0")
# So many deals that hold what was looked for are summed here instead of by a second reading of all.
_FEW = 2000
_Heap = tuple[str | None, int, int]
"""Currency, deals, minor units."""

_KEYS: Sequence[Any] = (DealRow.id, DealRow.currency, DealRow.value)
_LONGEST = (DealRow.entered_at.asc(), DealRow.id.asc())
_ORDERS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    Order.LONGEST: _LONGEST,
    Order.ENTERED: (DealRow.entered_at.desc(), DealRow.id.desc()),
    Order.NEWEST: (DealRow.created_at.desc(), DealRow.id.desc()),
    Order.SOONEST: (DealRow.close_on.asc(), DealRow.id.asc()),
    Order.HIGHEST: (DealRow.value.desc(), DealRow.id.asc()),
    Order.ALIKE: (DealRow.closed_at.is_not(None), DealRow.changed_at.desc(), DealRow.id.desc()),
}


def find(
    tx: Transaction, deals: Select[Any], read: Callable[[Any], Deal], wanted: Wanted, page: int, size: int
) -> Found:
    """The page, or the last one where there are fewer; `deals` selects what `read` reads."""
    fits = [_here(tx, wanted), DealRow.voided_at.is_(None), *_conditions(wanted)]
    if wanted.unowned:
        absent = [person.id for person in People(tx).absent_owners()]
        fits.append(or_(DealRow.owner_id.is_(None), DealRow.owner_id.in_(absent)))
    order = _order(wanted)
    first = _looked_for(tx, wanted, fits) if wanted.words else ()
    few = bool(wanted.words) and len(first) <= _FEW
    heaps = _heaps_of(first) if few else _heaps(tx, wanted, fits)
    total = sum(count for _, count, _ in heaps)
    before = min(page - 1, max(total - 1, 0) // size) * size
    # The index tells which rows the page has; only those are read whole.
    shown = _limited(select(DealRow.id), wanted).where(*fits).order_by(*order).limit(size).offset(before)
    known = [row[0] for row in first[before : before + size]] if few or before + size <= len(first) else None
    chosen = DealRow.id.in_(shown if known is None else known)
    rows = tx.execute(_limited(deals, wanted).where(chosen).order_by(*order)).all() if total else ()
    return Found(
        deals=tuple(read(row) for row in rows),
        total=total,
        before=before,
        sums={currency: minor for currency, _, minor in heaps if currency},
        unvalued=sum(count for currency, count, _ in heaps if not currency),
    )


def _looked_for(tx: Transaction, wanted: Wanted, fits: Sequence[ColumnElement[bool]]) -> Sequence[Any]:
    """The first in order. No index holds names: one walk through all deals tells the few that hold the words."""
    return tx.execute(
        _limited(select(*_KEYS), wanted).where(*fits).order_by(*_order(wanted)).limit(_FEW + 1)
    ).all()


def _heaps(tx: Transaction, wanted: Wanted, fits: Sequence[ColumnElement[bool]]) -> Sequence[_Heap]:
    """Currencies of the most deals first."""
    found: Iterable[Any] = tx.execute(
        _limited(select(DealRow.currency, func.count(), *halves(DealRow.value.expression)), wanted)
        .where(*fits)
        .group_by(DealRow.currency)
        .order_by(func.count().desc(), DealRow.currency)
    )
    return [(row[0], row[1], whole(row[2], row[3])) for row in found]


def _heaps_of(rows: Sequence[Any]) -> Sequence[_Heap]:
    """The same of deals that were read."""
    values: dict[str | None, list[int]] = {}
    for _, currency, value in rows:
        values.setdefault(currency, []).append(value or 0)
    heaps = [(currency, len(minors), sum(minors)) for currency, minors in values.items()]
    return sorted(heaps, key=lambda heap: (-heap[1], heap[0] or ""))


def board(tx: Transaction, pipeline_id: int, today: date, *, parked_too: bool) -> Sequence[Heap]:
    value = DealRow.value.expression
    parked = _is_parked(today)
    shown = () if parked_too else (_is_awake(today),)
    weighted = case((parked, 0), else_=(value * StageRow.chance + 50) // 100)
    rows: Iterable[Any] = tx.execute(
        _staged(
            select(
                DealRow.stage_id,
                DealRow.currency,
                func.count(),
                *halves(value),
                *halves(weighted),
                func.count(case((parked, 1))),
            ).select_from(DealRow)
        )
        .where(
            DealRow.workspace_id == tx.workspace_id,
            DealRow.pipeline_id == pipeline_id,
            _STAGED,
            DealRow.closed_at.is_(None),
            DealRow.voided_at.is_(None),
            *shown,
        )
        .group_by(DealRow.stage_id, DealRow.currency)
        .order_by(DealRow.stage_id, func.count().desc(), DealRow.currency)
    )
    return tuple(
        Heap(row[0], row[1], row[2], whole(row[3], row[4]), whole(row[5], row[6]), row[7]) for row in rows
    )


def candidates(tx: Transaction, wanted: Wanted, most: int) -> Candidates:
    """Beyond so many the smallest in value are left out: no chance lifts them among the first. Or the least needy."""
    snoozed = DealRow.snoozed_until > wanted.today
    rests = func.coalesce(case((or_(_is_parked(wanted.today), snoozed), 1)), 0)
    fits = [_here(tx, wanted), DealRow.voided_at.is_(None), *_conditions(wanted)]
    counts: Any = select(DealRow.currency, func.count(), func.sum(rests))
    every = replace(wanted, neediest=False)
    if every == Wanted(wanted.today, wanted.now):
        # In the order of the index, so that nothing need be sorted.
        open_ones = (DealRow.workspace_id == tx.workspace_id, _STAGED, *fits[1:])
        heap = (DealRow.pipeline_id, DealRow.stage_id, DealRow.currency)
        counts = counts.where(*open_ones).group_by(*heap)
    else:
        counts = _limited(counts, every).where(*fits).group_by(DealRow.currency)
    counted: Sequence[Any] = tx.execute(counts).all()
    columns: Any = select(
        DealRow.id,
        DealRow.pipeline_id,
        DealRow.stage_id,
        type_coerce(DealRow.entered_at, BigInteger),
        DealRow.value,
        DealRow.currency,
        day_number(DealRow.close_on),
    )
    shown = _limited(columns, wanted).where(*fits, rests == 0)
    highest = (DealRow.value.desc().nulls_last(), DealRow.id)
    rows = tx.execute(shown.order_by(*(_order(wanted) if wanted.neediest else highest)).limit(most)).all()
    awake: Counter[str | None] = Counter()
    for currency, deals, resting in counted:
        awake[currency] += deals - int(resting)
    resting = sum(int(row[2]) for row in counted)
    return Candidates([*map(Candidate._make, rows)], dict(+awake), resting)


def _here(tx: Transaction, wanted: Wanted) -> ColumnElement[bool]:
    """What no owner narrows down is read from end to end: the index of open deals, or the table."""
    workspace_id = DealRow.workspace_id.expression
    return (workspace_id if wanted.owner_ids else by_no_index(workspace_id)) == tx.workspace_id


def _limited(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    """A stage tells how long a deal may stay in it; for nothing else it is looked up."""
    statement = statement.select_from(DealRow)
    return _staged(statement) if wanted.stale or wanted.order is Order.NEEDIEST else statement


def _staged(statement: Select[Any]) -> Select[Any]:
    return statement.join(StageRow, StageRow.id == DealRow.stage_id)


def halves(amount: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return func.sum(amount // HALF), func.sum(amount % HALF)


def whole(high: Any, low: Any) -> int:  # noqa: ANN401 - an integer or a decimal, by engine
    return int(high or 0) * HALF + int(low or 0)


def _order(wanted: Wanted) -> tuple[ColumnElement[Any], ...]:
    if wanted.order is Order.ALIKE:
        return (_unlikeness(fold(wanted.words)), *_ORDERS[wanted.order])
    if wanted.order is not Order.NEEDIEST:
        return _ORDERS[wanted.order]
    rank = case(
        (DealRow.nurture_until > wanted.today, 2), (or_(_is_overdue(wanted), _is_stale(wanted)), 0), else_=1
    )
    return (rank, *_LONGEST)


def _unlikeness(words: str) -> ColumnElement[int]:
    """Of a deal's title and company, or its code, to what was looked for."""
    names, number = (DealRow.folded_title, DealRow.folded_company), read_code(words)
    same = [*(name == words for name in names), *([] if number is None else [DealRow.number == number])]
    begun = (name.startswith(words, autoescape=True) for name in names)
    return case((or_(*same), 0), (or_(*begun), 1), else_=2)


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if not wanted.closed_too:
        yield DealRow.closed_at.is_(None)
    if wanted.pipeline_id:
        yield DealRow.pipeline_id == wanted.pipeline_id
    if wanted.stage_ids:
        yield DealRow.stage_id.in_(wanted.stage_ids)
    if wanted.owner_ids:
        yield DealRow.owner_id.in_(wanted.owner_ids)
    if wanted.over:
        yield and_(DealRow.currency == wanted.over.currency, DealRow.value > wanted.over.minor)
    if wanted.closing:
        yield DealRow.close_on.between(*wanted.closing)
    if wanted.stale:
        yield _is_stale(wanted)
    if wanted.overdue:
        yield DealRow.closed_at.is_(None)
        yield _is_overdue(wanted)
    if wanted.parked:
        yield DealRow.closed_at.is_(None)
        yield DealRow.nurture_until > wanted.today
    yield from map(_holds, fold(wanted.words).split())


def _is_overdue(wanted: Wanted) -> ColumnElement[bool]:
    return or_(DealRow.close_on < wanted.today, DealRow.next_step_on < wanted.today)


def _is_stale(wanted: Wanted) -> ColumnElement[bool]:
    """As pipeline.health says it."""
    return and_(
        DealRow.closed_at.is_(None),
        StageRow.kind == "open",
        has_waited(LIMIT, wanted.now),
        or_(DealRow.next_step_on.is_(None), DealRow.next_step_on < wanted.today),
        _is_awake(wanted.today),
    )


def _is_awake(today: date) -> ColumnElement[bool]:
    return or_(DealRow.nurture_until.is_(None), ~_is_parked(today))


def _is_parked(today: date) -> ColumnElement[bool]:
    """As pipeline.health says it."""
    return DealRow.nurture_until > today


def _holds(word: str) -> ColumnElement[bool]:
    names = (DealRow.folded_title, DealRow.folded_company, DealRow.folded_contact)
    number = read_code(word)
    coded = [] if number is None else [DealRow.number == number]
    return or_(*(name.contains(word, autoescape=True) for name in names), *coded)
