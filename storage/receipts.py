"""Receipts: the answer that a request got, so that its repetition gets the same."""

import json
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, delete, select

from pipeline.errors import AlreadyAnswered
from pipeline.letters import JSONDict
from storage.engine import insert_once
from storage.hot import Hot
from storage.post_tables import ReceiptRow
from storage.transaction import Transaction

_FIND = Hot(
    select(ReceiptRow.answer).where(
        ReceiptRow.workspace_id == bindparam("workspace"),
        ReceiptRow.kind == bindparam("kind"),
        ReceiptRow.request_id == bindparam("request"),
    )
)
_COLUMNS = ("workspace_id", "kind", "request_id", "answer", "at")


@cache
def _keep(dialect: str) -> Hot:
    return Hot(insert_once(dialect, ReceiptRow).values({name: bindparam(name) for name in _COLUMNS}))


class Receipts:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def keep(self, kind: str, request_id: str, answer: JSONDict, at: datetime) -> None:
        row = {
            "workspace_id": self._tx.workspace_id,
            "kind": kind,
            "request_id": request_id,
            "answer": json.dumps(answer, separators=(",", ":")),
            "at": at,
        }
        if self._tx.run(_keep(self._tx.dialect), row) != 1:
            raise AlreadyAnswered(request_id)

    def find(self, kind: str, request_id: str) -> JSONDict | None:
        given = {"workspace": self._tx.workspace_id, "kind": kind, "request": request_id}
        found = self._tx.row(_FIND, given)
        return json.loads(found[0]) if found else None

    def sweep(self, before: datetime) -> None:
        self._tx.execute(
            delete(ReceiptRow).where(ReceiptRow.workspace_id == self._tx.workspace_id, ReceiptRow.at < before)
        )
