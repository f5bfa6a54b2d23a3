"""Statements of the hot path: written with Core, compiled once, run on the driver's own cursor.

Core takes five times as long to run a small statement as SQLite takes to carry it out; on the path of a
move that is most of the time.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Dialect, Select
from sqlalchemy.sql.elements import ClauseElement

Processor = Callable[[Any], Any]


class Cursor(Protocol):
    """What is used of both drivers' cursors."""

    rowcount: int

    def execute(self, statement: str, parameters: Sequence[Any] | Mapping[str, Any], /) -> object: ...

    def fetchone(self) -> Sequence[Any] | None: ...


class Hot:
    """A statement whose parameters are given by name; values are turned for the driver and back."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def run(self, cursor: Cursor, dialect: Dialect, given: Mapping[str, Any]) -> None:
        self._on(dialect).run(cursor, given)

    def row(self, cursor: Cursor, dialect: Dialect, given: Mapping[str, Any]) -> list[Any] | None:
        """The first row's values."""
        compiled = self._on(dialect)
        compiled.run(cursor, given)
        found = cursor.fetchone()
        return None if found is None else compiled.read(found)

    def _on(self, dialect: Dialect) -> "_Compiled":
        held = self._compiled.get(dialect.name)
        if held is None:
            held = self._compiled[dialect.name] = _Compiled(self._statement, dialect)
        return held


class _Compiled:
    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self._sql: str = compiled.string
        self._order: Sequence[str] | None = compiled.positiontup
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}
        self._inward: dict[str, Processor] = {
            name: processor
            for bind, name in compiled.bind_names.items()
            if (processor := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        self._outward: list[tuple[int, Processor]] = [
            (place, processor)
            for place, column in enumerate(columns)
            if (processor := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]

    def run(self, cursor: Cursor, given: Mapping[str, Any]) -> None:
        values = {**self._constants, **given}
        for name, processor in self._inward.items():
            values[name] = processor(values[name])
        cursor.execute(
            self._sql, [values[name] for name in self._order] if self._order is not None else values
        )

    def read(self, found: Sequence[Any]) -> list[Any]:
        row = list(found)
        for place, processor in self._outward:
            row[place] = processor(row[place])
        return row
