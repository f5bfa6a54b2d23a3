"""One transaction with one deadline."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, Executable

from pipeline.errors import ArchiveDown
from storage.engine import STATEMENT_MS
from storage.hot import Cursor, Hot

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]

# A limit is lowered once less than this share of a statement's own time-out is left.
_SLACK_MS = 300


class Transaction:
    """Statements of one workspace; each gets the time that is left until the deadline."""

    __slots__ = ("_cursor", "_limit", "connection", "dialect", "until", "workspace_id")

    def __init__(self, connection: Connection, workspace_id: str, until: float | None) -> None:
        self.connection = connection
        self.workspace_id = workspace_id
        self.until = until
        self.dialect = connection.dialect.name
        self._limit = STATEMENT_MS + _SLACK_MS
        self._cursor: Cursor | None = None

    def execute(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        if self.until is not None:
            self._keep_deadline()
        return self.connection.execute(statement, parameters)

    def run(self, statement: Hot, given: Mapping[str, Any]) -> int:
        """Rows changed."""
        cursor = self._ready()
        statement.run(cursor, self.connection.dialect, given)
        return cursor.rowcount

    def row(self, statement: Hot, given: Mapping[str, Any]) -> list[Any] | None:
        return statement.row(self._ready(), self.connection.dialect, given)

    def _ready(self) -> Cursor:
        if self.until is not None:
            self._keep_deadline()
        if self._cursor is None:
            self._cursor = cast("Cursor", self.connection.connection.cursor())
        return self._cursor

    def _keep_deadline(self) -> None:
        left = int((self.until - time.monotonic()) * 1000) if self.until is not None else STATEMENT_MS
        if left <= 0:
            raise ArchiveDown("the time for this request is over")
        if self.dialect == "postgresql" and left < self._limit - _SLACK_MS:
            self._limit = left
            limits = f"SET LOCAL statement_timeout = {left}; SET LOCAL lock_timeout = {left}"
            self.connection.exec_driver_sql(limits)
