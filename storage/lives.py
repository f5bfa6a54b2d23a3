"""What happened to each deal, read as columns of whole numbers: batch by batch, and never a part of a deal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import CompoundSelect, select, union_all

from storage.hot import Hot
from storage.tables import ChangeRow
from storage.transaction import Transaction

Whole = NDArray[np.int64]
NONE = -1
_BATCH = 20_000
_undoing = ChangeRow.undoes_id.is_not(None)
# What was taken back, and the taking back.
UNDONE: CompoundSelect[Any] = union_all(
    select(ChangeRow.undoes_id).where(_undoing), select(ChangeRow.id).where(_undoing)
)


def whole_lives(tx: Transaction, lives: Hot, width: int, given: Mapping[str, Any]) -> Iterator[Whole]:
    """Rows of so many columns, the first one a deal's number, by which they are sorted."""
    kept = np.empty((0, width), dtype=np.int64)
    with _streaming(tx) as cursor:
        lives.run(cursor, tx.connection.dialect, given)
        while part := cursor.fetchmany(_BATCH):
            rows = np.concatenate([kept, np.array(part, dtype=np.int64)])
            ended = int(np.searchsorted(rows[:, 0], rows[-1, 0]))
            yield rows[:ended]
            kept = rows[ended:]
    yield kept


@contextmanager
def _streaming(tx: Transaction) -> Iterator[Any]:
    """A cursor whose rows come as they are: Core takes three times as long over each as SQLite takes to find it."""
    driver = tx.connection.connection
    cursor: Any = driver.cursor("lives") if tx.dialect == "postgresql" else driver.cursor()
    try:
        yield cursor
    finally:
        try:
            cursor.close()
        except tx.connection.dialect.loaded_dbapi.Error:
            # The server is gone, and what it held with it; this side is left to be closed.
            super(type(cursor), cursor).close()
