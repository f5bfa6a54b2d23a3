"""Saving a deal: its row, its history, and that its pictures are stale."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import CTE

from pipeline.deal import Change, Deal
from pipeline.ports import VersionLost
from storage.cards import Cards
from storage.deal_columns import changed
from storage.history import History, change_row, move_row
from storage.homes import Homes
from storage.hot import Hot
from storage.post_tables import HomeRow
from storage.schema import Table
from storage.stages import stage_lives
from storage.tables import ChangeRow, DealRow, MoveRow
from storage.transaction import Transaction

_CHANGE_COLUMNS = ("workspace_id", "deal_id", "version", "kind", "by", "at", "note", "undoes_id")
_OF_CHANGE = ("deal_id", "by", "at")
_OF_MOVE = ("from_stage_id", "to_stage_id", "since", "seconds")


class Saving:
    __slots__ = ("_cards", "_history", "_homes", "_tx")

    def __init__(self, tx: Transaction, history: History, cards: Cards, homes: Homes) -> None:
        self._tx = tx
        self._history = history
        self._cards = cards
        self._homes = homes

    def save(self, before: Deal, after: Deal, change: Change) -> int:
        """The change's id. Raises VersionLost where the row no longer bears the version of `before`,

        and where the stage that it enters was archived meanwhile.
        """
        columns = changed(before, after)
        given = {f"new_{name}": value for name, value in columns.items()}
        given |= {"row": before.id, "seen": before.version}
        if self._tx.dialect == "postgresql" and change.move and before.owner_id == after.owner_id:
            return self._at_once(tuple(columns), given, after, change)
        if self._tx.run(_update(tuple(columns)), given) != 1:
            raise VersionLost
        change_id = self._history.add(before.id, change)
        self._cards.want(before.id, after.version)
        # In one order for all, so that two transactions never wait for each other.
        for owner in sorted(filter(None, {before.owner_id, after.owner_id})):
            self._homes.touch(owner)
        return change_id

    def _at_once(self, names: tuple[str, ...], given: dict[str, Any], after: Deal, change: Change) -> int:
        """A move in one statement: to a server, each further one is a journey."""
        assert change.move is not None  # noqa: S101 - for the type checker
        row = {
            **given,
            **change_row(after.id, change),
            **move_row(change, change.move),
            "workspace_id": self._tx.workspace_id,
            "owner": after.owner_id,
        }
        found = self._tx.row(_move_at_once(names), row)
        if found is None:
            raise VersionLost
        change_id: int = found[0]
        self._history.add_fields(change_id, change)
        # Not in the same statement: that would not see a card posted while it waited for the deal's row.
        self._cards.want(after.id, after.version)
        return change_id


@cache
def _update(names: tuple[str, ...]) -> Hot:
    return Hot(_deal_update(names))


def _deal_update(names: tuple[str, ...]) -> Any:  # noqa: ANN401 - an update
    saved = update(DealRow).where(DealRow.id == bindparam("row"), DealRow.version == bindparam("seen"))
    if "stage_id" in names:
        saved = saved.where(stage_lives(bindparam("new_stage_id")).exists())
    return saved.values({name: bindparam(f"new_{name}") for name in names})


@cache
def _move_at_once(names: tuple[str, ...]) -> Hot:
    """What `save` does otherwise, each part hanging on that the row was changed."""
    saved: CTE = _deal_update(names).returning(DealRow.id).cte("saved")
    here = select(saved.c.id)
    recorded = (
        insert(ChangeRow)
        .from_select(_CHANGE_COLUMNS, select(*_given(ChangeRow, _CHANGE_COLUMNS)).select_from(saved))
        .returning(ChangeRow.id)
        .cte("recorded")
    )
    columns = (*_given(MoveRow, _OF_CHANGE), *_given(MoveRow, _OF_MOVE))
    moved = (
        insert(MoveRow)
        .from_select(("change_id", *_OF_CHANGE, *_OF_MOVE), select(recorded.c.id, *columns))
        .cte("moved")
    )
    touched = (
        update(HomeRow)
        .where(
            HomeRow.workspace_id == bindparam("workspace_id"),
            HomeRow.person_id == bindparam("owner"),
            exists(here),
        )
        .values(wanted_version=HomeRow.wanted_version + 1)
        .cte("touched")
    )
    return Hot(select(recorded.c.id).add_cte(moved, touched))


def _given(table: type[Table], names: tuple[str, ...]) -> list[ColumnElement[Any]]:
    """A parameter for each column, of the column's type."""
    return [bindparam(name, type_=getattr(table, name).type).label(name) for name in names]
