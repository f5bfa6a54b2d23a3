"""Receipts: the answer that a request got, so that its repetition gets the same."""

import json
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, delete, select
from sqlalchemy.sql.dml import Insert

from pipeline.errors import AlreadyAnswered
from pipeline.letters import JSONDict
from storage.engine import insert_once
from storage.post_tables import ReceiptRow
from storage.transaction import Transaction

_FIND = select(ReceiptRow.answer).where(
    ReceiptRow.workspace_id == bindparam("workspace"),
    ReceiptRow.kind == bindparam("kind"),
    ReceiptRow.request_id == bindparam("request"),
)


@cache
def _keep(dialect: str) -> Insert:
    # An insert's row count is otherwise gone once its cursor is closed.
    return insert_once(dialect, ReceiptRow).execution_options(preserve_rowcount=True)


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
        kept = self._tx.execute(_keep(self._tx.dialect), row)
        if kept.rowcount != 1:
            raise AlreadyAnswered(request_id)

    def find(self, kind: str, request_id: str) -> JSONDict | None:
        given = {"workspace": self._tx.workspace_id, "kind": kind, "request": request_id}
        answer = self._tx.execute(_FIND, given).scalar()
        return json.loads(answer) if answer else None

    def sweep(self, before: datetime) -> None:
        self._tx.execute(
            delete(ReceiptRow).where(ReceiptRow.workspace_id == self._tx.workspace_id, ReceiptRow.at < before)
        )
