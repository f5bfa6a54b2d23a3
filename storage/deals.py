"""Deals: reading, making and changing them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, update
from sqlalchemy.sql import ColumnElement

from pipeline.deal import Change, ChangeKind, Deal
from pipeline.errors import UnknownDeal
from pipeline.finding import Called, Found, Heap, Wanted
from pipeline.letters import Told
from pipeline.money import Money
from pipeline.names import fold
from pipeline.orders import Said
from pipeline.ports import VersionLost
from pipeline.priority import Candidates
from pipeline.stages import Category, Stage
from storage import finding
from storage.cards import Cards
from storage.deal_columns import FIELDS, stored
from storage.engine import by_no_index
from storage.erasing import Eraser, told_with_a_name
from storage.history import History
from storage.homes import Homes
from storage.hot import Hot
from storage.saving import Saving
from storage.stages import STAMP, Stages, stage_lives
from storage.tables import DealRow, PipelineRow, StageRow, WorkspaceRow
from storage.transaction import Transaction

_COLUMNS = [getattr(DealRow, name) for name in FIELDS]
_VALUE, _CATEGORY = FIELDS.index("value"), FIELDS.index("category")
_SELECT = select(*_COLUMNS, DealRow.currency, STAMP).join(PipelineRow, PipelineRow.id == DealRow.pipeline_id)
_BY_NUMBER = Hot(
    _SELECT.where(DealRow.workspace_id == bindparam("workspace"), DealRow.number == bindparam("number"))
)
_BY_ID = Hot(_SELECT.where(DealRow.workspace_id == bindparam("workspace"), DealRow.id == bindparam("id")))
_MADE_LATELY = Hot(
    _SELECT.where(
        DealRow.workspace_id == bindparam("workspace"),
        DealRow.created_by == bindparam("by"),
        DealRow.created_at > bindparam("since"),
        DealRow.folded_title == bindparam("title"),
        DealRow.voided_at.is_(None),
    )
    .order_by(DealRow.id.desc())
    .limit(1)
)
_OPEN_OF = (
    DealRow.workspace_id == bindparam("workspace"),
    DealRow.owner_id == bindparam("owner"),
    DealRow.closed_at.is_(None),
    DealRow.voided_at.is_(None),
)
_LOCK = (
    select(WorkspaceRow.id).where(WorkspaceRow.id == bindparam("workspace")).with_for_update(key_share=True)
)
_LIVES = Hot(stage_lives(bindparam("stage")))
_NEXT_NUMBER = (
    update(WorkspaceRow)
    .where(WorkspaceRow.id == bindparam("workspace"))
    .values(next_number=WorkspaceRow.next_number + 1)
    .returning(WorkspaceRow.next_number)
)


class Deals:
    __slots__ = ("_history", "_homes", "_read", "_saving", "_stages", "_tx")

    def __init__(self, tx: Transaction, stages: Stages, cards: Cards, homes: Homes) -> None:
        self._tx = tx
        self._stages = stages
        self._homes = homes
        self._history = History(tx)
        self._saving = Saving(tx, self._history, cards, homes)
        self._read: dict[int, Deal] = {}

    def any(self) -> bool:
        here = DealRow.workspace_id == self._tx.workspace_id
        return self._tx.execute(select(DealRow.id).where(here).limit(1)).first() is not None

    def by_number(self, number: int) -> Deal:
        """Read once in a transaction: whether it still holds is for `save` to find out."""
        held = self._read.get(number)
        if held is not None:
            return held
        found = self._one(_BY_NUMBER, {"number": number})
        if found is None:
            raise UnknownDeal(f"D-{number}")
        self._read[number] = found
        return found

    def by_id(self, deal_id: int) -> Deal:
        found = self._one(_BY_ID, {"id": deal_id})
        if found is None:
            raise UnknownDeal(str(deal_id))
        return found

    def made_lately(self, title: str, by: str, since: datetime) -> Deal | None:
        if self._tx.dialect == "postgresql":
            # The next deal waits for this one, so that two at the same moment see each other.
            self._tx.execute(_LOCK, {"workspace": self._tx.workspace_id})
        return self._one(_MADE_LATELY, {"by": by, "since": since, "title": fold(title)})

    def add(self, said: Said, *, stage: Stage, pipeline_id: int, by: str, at: datetime) -> Deal:
        if self._tx.row(_LIVES, {"stage": stage.id}) is None:
            raise VersionLost
        number = self._tx.execute(_NEXT_NUMBER, {"workspace": self._tx.workspace_id}).scalar_one() - 1
        blank = Deal(
            id=0,
            workspace_id=self._tx.workspace_id,
            number=number,
            pipeline_id=pipeline_id,
            stage_id=stage.id,
            title="",
            version=1,
            created_at=at,
            created_by=by,
            entered_at=at,
            changed_at=at,
        )
        deal = blank.saying(said)
        row = self._tx.execute(insert(DealRow).values(**stored(deal)).returning(DealRow.id)).scalar_one()
        deal = replace(deal, id=row)
        self._history.add(deal.id, Change(ChangeKind.CREATED, 1, by, at))
        self._homes.touch(deal.owner_id)
        return deal

    def save(self, before: Deal, after: Deal, change: Change) -> int:
        self._read.clear()
        return self._saving.save(before, after, change)

    def change(self, deal: Deal, version: int) -> Change | None:
        return self._history.at_version(deal.id, version)

    def history(self, deal: Deal, limit: int, before: int = 0) -> Sequence[Change]:
        return self._history.newest(deal.id, limit, before)

    def closed_from(self, deal: Deal) -> int | None:
        return self._history.closed_from(deal.id, deal.stage_id)

    def won_values_since(self, deal: Deal, since: datetime) -> tuple[int, int | None]:
        currency = deal.value.currency if deal.value else None
        others = (
            DealRow.workspace_id == self._tx.workspace_id,
            DealRow.stage_id.in_(select(StageRow.id).where(StageRow.kind == "won")),
            DealRow.closed_at.is_not(None),
            DealRow.voided_at.is_(None),
            DealRow.id != deal.id,
        )
        count = self._tx.execute(select(DealRow.id).where(*others).limit(1)).all()
        highest = select(func.max(DealRow.value)).where(
            *others, DealRow.closed_at >= since, DealRow.currency == currency
        )
        return len(count), self._tx.execute(highest).scalar()

    def matching(self, words: str, limit: int) -> Sequence[Deal]:
        folded = fold(words)
        if not folded or not _storable(folded):
            return ()
        literal = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        for pattern in (folded, f"{literal}%", f"%{literal}%"):
            found = self._named(pattern, exact=pattern is folded, limit=limit)
            if found:
                return found
        return ()

    def called_lately(self, limit: int) -> Sequence[Called]:
        rows: Iterable[Any] = self._tx.execute(
            select(DealRow.number, DealRow.folded_title, DealRow.folded_company)
            .where(
                # By the index of changes: another one would sort every deal for the last ones.
                by_no_index(DealRow.workspace_id) == self._tx.workspace_id,
                DealRow.voided_at.is_(None),
            )
            .order_by(DealRow.changed_at.desc())
            .limit(limit)
        )
        return tuple(Called(number, title, company) for number, title, company in rows)

    def open_of(self, person_id: str, limit: int) -> tuple[Sequence[Deal], int]:
        given = {"workspace": self._tx.workspace_id, "owner": person_id}
        rows = self._tx.execute(
            _SELECT.where(*_OPEN_OF).order_by(DealRow.entered_at, DealRow.id).limit(limit), given
        )
        deals = tuple(self._deal(row) for row in rows)
        if len(deals) < limit:
            return deals, len(deals)
        count = select(func.count()).select_from(DealRow).where(*_OPEN_OF)
        return deals, self._tx.execute(count, given).scalar_one()

    def find(self, wanted: Wanted, page: int, size: int) -> Found:
        if not _storable(wanted.words):
            return Found((), 0)
        return finding.find(self._tx, _SELECT, self._deal, wanted, page, size)

    def candidates(self, wanted: Wanted, most: int) -> Candidates:
        return finding.candidates(self._tx, wanted, most)

    def those(self, deal_ids: Sequence[int]) -> Sequence[Deal]:
        rows = self._tx.execute(_SELECT.where(DealRow.id.in_(deal_ids))) if deal_ids else ()
        found = {deal.id: deal for deal in map(self._deal, rows)}
        return tuple(found[each] for each in deal_ids)

    def board(self, pipeline_id: int, today: date, *, parked_too: bool = True) -> Sequence[Heap]:
        return finding.board(self._tx, pipeline_id, today, parked_too=parked_too)

    def contacted(self, contact: str) -> Sequence[Deal]:
        folded = fold(contact)
        here = (DealRow.workspace_id == self._tx.workspace_id, DealRow.folded_contact == folded)
        if not folded or not _storable(folded):
            return ()
        return tuple(self._deal(row) for row in self._tx.execute(_SELECT.where(*here).order_by(DealRow.id)))

    def erase(self, deals: Sequence[Deal], names: Sequence[str]) -> Sequence[Told]:
        eraser = Eraser(self._tx, names)
        eraser.history_of([deal.id for deal in deals])
        eraser.messages()
        return told_with_a_name(self._tx, eraser, deals)

    def standing_in(self, stage_id: int) -> Sequence[Deal]:
        here = (DealRow.workspace_id == self._tx.workspace_id, DealRow.stage_id == stage_id)
        statement = _SELECT.where(*here, DealRow.voided_at.is_(None)).order_by(DealRow.number)
        return tuple(self._deal(row) for row in self._tx.execute(statement))

    def counted(self, pipeline_id: int) -> Mapping[int, int]:
        statement = (
            select(DealRow.stage_id, func.count().label("deals"))
            .where(
                DealRow.workspace_id == self._tx.workspace_id,
                DealRow.pipeline_id == pipeline_id,
                DealRow.closed_at.is_(None),
                DealRow.voided_at.is_(None),
            )
            .group_by(DealRow.stage_id)
        )
        return {row.stage_id: row.deals for row in self._tx.execute(statement)}

    def _named(self, pattern: str, *, exact: bool, limit: int) -> Sequence[Deal]:
        def fits(column: ColumnElement[str]) -> ColumnElement[bool]:
            return column == pattern if exact else column.like(pattern, escape="\\")

        statement = (
            _SELECT.where(
                DealRow.workspace_id == self._tx.workspace_id,
                DealRow.voided_at.is_(None),
                or_(fits(DealRow.folded_title.expression), fits(DealRow.folded_company.expression)),
            )
            .order_by(DealRow.closed_at.is_not(None), DealRow.changed_at.desc())
            .limit(limit)
        )
        return tuple(self._deal(row) for row in self._tx.execute(statement))

    def _one(self, statement: Hot, given: Mapping[str, Any]) -> Deal | None:
        row = self._tx.row(statement, {"workspace": self._tx.workspace_id, **given})
        return None if row is None else self._deal(row)

    def _deal(self, row: Sequence[Any]) -> Deal:
        values: list[Any] = list(row)
        stamp, currency = values.pop(), values.pop()
        if values[_VALUE] is not None:
            values[_VALUE] = Money(values[_VALUE], currency)
        if values[_CATEGORY] is not None:
            values[_CATEGORY] = Category(values[_CATEGORY])
        deal = Deal(*values)
        self._stages.note_stamp(deal.pipeline_id, stamp)
        return deal


def _storable(text: str) -> bool:
    """What no archive can hold is found in none."""
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text)
