"""By what a row's deal is known again."""

import hashlib

from handlers.importing.headers import Column, Layout

LONGEST_ID = 150


class Identity:
    """The id column, or title and company together where a file has none."""

    __slots__ = ("_id", "_parts", "name")

    def __init__(self, layout: Layout) -> None:
        self._id = layout.places.get(Column.ID)
        parts = [column for column in (Column.TITLE, Column.COMPANY) if layout.has(column)]
        self._parts = [layout.places[column] for column in parts]
        self.name = layout.name(Column.ID) if self._id is not None else "+".join(parts)

    def of(self, cells: list[str]) -> str:
        """Empty for a row that belongs to no deal."""
        if self._id is not None:
            return cells[self._id].strip()
        written = "\x1f".join(cells[place].strip() for place in self._parts)
        if not written.strip("\x1f"):
            return ""
        return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()
