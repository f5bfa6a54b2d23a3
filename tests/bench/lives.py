"""A million deals that have lived: five moves each, a fifth of them open, put into their tables past the product."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, select, text

from storage.engine import is_sqlite, take_time
from storage.schema import to_micros
from storage.tables import StageRow
from tests.bench.crowd import ASKING, OWNERS
from tests.bench.databases import TEAM
from tests.bench.raw import Row, insert

FEWEST, MOST = 2, 8
_BATCH = 20_000
_DAY = 86_400_000_000
_DEALS = (
    *("id", "workspace_id", "number", "pipeline_id", "stage_id", "title", "folded_title"),
    *("value", "currency", "owner_id", "close_on", "version"),
    *("created_at", "created_by", "entered_at", "changed_at", "closed_at"),
)
_CHANGES = ("id", "workspace_id", "deal_id", "version", "kind", "by", "at")
_MOVES = ("change_id", "deal_id", "from_stage_id", "to_stage_id", "by", "at", "since", "seconds")
_Whole = NDArray[np.int64]


@dataclass(frozen=True)
class _Lives:
    """Of deals in a row of them: how often each moved, where it was before and after each move, and when.

    `stages` (D, MOST + 1) and `at` (D, MOST + 1) begin with how it was made; what is beyond its moves means nothing.
    """

    first: int
    moves: _Whole
    stages: _Whole
    at: _Whole
    is_open: NDArray[np.bool_]


def settle_lives(engine: Engine, deals: int, *, open_share: float = 0.2) -> None:
    with engine.begin() as connection:
        take_time(connection)
        found = connection.execute(
            select(StageRow.id, StageRow.pipeline_id).order_by(StageRow.position)
        ).all()
        stage_ids, pipeline_id = np.array([row.id for row in found]), found[0].pipeline_id
        # Rows that refer to each other are put in as they were made.
        _unchecked(connection)
        parts = [*_lives(stage_ids, deals, open_share)]
        insert(connection, "deals", _DEALS, (row for part in parts for row in _deals(part, pipeline_id)))
        insert(connection, "changes", _CHANGES, (row for part in parts for row in _changes(part)))
        insert(connection, "moves", _MOVES, (row for part in parts for row in _moves(part)))
    _tidy(engine)


def _tidy(engine: Engine) -> None:
    """As PostgreSQL's own housekeeping would have done within minutes; SQLite has none."""
    if is_sqlite(engine):
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        take_time(connection)
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM ANALYZE")


def close_half(engine: Engine) -> None:
    """Every second open deal is lost."""
    with engine.begin() as connection:
        take_time(connection)
        lost = "(SELECT id FROM stages WHERE kind = 'lost')"
        every_second = "closed_at IS NULL AND id % 2 = 0"
        connection.execute(
            text(f"UPDATE deals SET closed_at = entered_at, stage_id = {lost} WHERE {every_second}")  # noqa: S608
        )
    _tidy(engine)


def _unchecked(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    else:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


def _lives(stage_ids: _Whole, deals: int, open_share: float) -> Iterator[_Lives]:
    chance, now = np.random.default_rng(5), to_micros(datetime.now(UTC))
    opened = len(stage_ids) - 2
    for first in range(0, deals, _BATCH):
        count = min(_BATCH, deals - first)
        moves = chance.integers(FEWEST, MOST + 1, count)
        is_open = chance.random(count) < open_share
        place = np.zeros((count, MOST + 1), np.int64)
        for step in range(1, MOST + 1):
            goes = place[:, step - 1] + chance.choice([1, 1, 1, 2, -1], count)
            place[:, step] = np.where(goes < 0, 1, np.where(goes >= opened, opened - 2, goes))
        closed = np.flatnonzero(~is_open)
        place[closed, moves[closed]] = opened + (chance.random(len(closed)) < 0.6)
        stays = chance.exponential(12, (count, MOST + 1)) * _DAY
        passed = np.cumsum(stays, axis=1)
        lived = np.take_along_axis(passed, moves[:, None], axis=1)[:, 0]
        ago = np.where(is_open, 0, chance.uniform(0, 1000 * _DAY, count))
        at = (now - lived - ago)[:, None] + np.concatenate([np.zeros((count, 1)), passed[:, :-1]], axis=1)
        yield _Lives(first, moves, stage_ids[place], at.astype(np.int64), is_open)


def _deals(lives: _Lives, pipeline_id: int) -> Iterator[Row]:
    chance = np.random.default_rng(lives.first)
    count = len(lives.moves)
    last = lives.moves[:, None]
    stage = np.take_along_axis(lives.stages, last, axis=1)[:, 0].tolist()
    entered = np.take_along_axis(lives.at, last, axis=1)[:, 0]
    worth = np.exp(chance.normal(13.5, 1.2, count)).astype(np.int64).tolist()
    currency = chance.choice(["EUR", "USD", ""], count, p=[0.8, 0.1, 0.1]).tolist()
    owners = chance.integers(0, OWNERS, count).tolist()
    due = ((entered // _DAY + chance.integers(0, 90, count)).astype("datetime64[D]")).astype(str).tolist()
    columns: Sequence[Sequence[Any]] = [
        *(lives.moves.tolist(), lives.at[:, 0].tolist(), entered.tolist(), lives.is_open.tolist())
    ]
    for row, (moves, made, at, is_open) in enumerate(zip(*columns, strict=True)):
        number = lives.first + row + 1
        yield (
            *(number, TEAM, number, pipeline_id, stage[row], f"Deal {number}", f"deal {number}"),
            *((worth[row], currency[row]) if currency[row] else (None, None)),
            ASKING if owners[row] == 0 else f"U{owners[row]:03}",
            *(due[row], moves + 1, made, ASKING, at, at, None if is_open else at),
        )


def _change_ids(lives: _Lives) -> _Whole:
    """(D, MOST + 1), in the order of deals."""
    numbers = np.arange(len(lives.moves))[:, None] + lives.first
    return numbers * (MOST + 1) + np.arange(MOST + 1)[None, :] + 1


def _changes(lives: _Lives) -> Iterator[Row]:
    ids = _change_ids(lives)
    told = np.arange(MOST + 1)[None, :] <= lives.moves[:, None]
    deal, step = np.nonzero(told)
    columns = (ids[told], deal + lives.first + 1, step + 1, lives.at[told])
    for change, number, version, at in zip(*(column.tolist() for column in columns), strict=True):
        yield change, TEAM, number, version, "created" if version == 1 else "moved", ASKING, at


def _moves(lives: _Lives) -> Iterator[Row]:
    told = np.arange(1, MOST + 1)[None, :] <= lives.moves[:, None]
    deal, _ = np.nonzero(told)
    since, at = lives.at[:, :-1][told], lives.at[:, 1:][told]
    columns = (_change_ids(lives)[:, 1:][told], deal + lives.first + 1, lives.stages[:, :-1][told])
    rest = (lives.stages[:, 1:][told], at, since, (at - since) // 1_000_000)
    for change, number, left, into, then, begun, seconds in zip(
        *(column.tolist() for column in (*columns, *rest)), strict=True
    ):
        yield change, number, left, into, ASKING, then, begun, seconds
