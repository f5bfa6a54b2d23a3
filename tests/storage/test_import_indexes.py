"""Rows for empty tables are indexed at the end; whatever comes of the import, every index is there afterwards."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import text

from pipeline.imports import ImportedDeal, ImportReport, Unimportable
from storage import imports
from storage.store import Store
from tests.conftest import TEAM
from tests.storage.test_imports import bring, roof

DEFINITIONS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index'",
    "postgresql": "SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE schemaname = 'public'",
}


def indexes(store: Store) -> dict[str, str]:
    with store.read(TEAM) as work:
        found = work.tx.execute(text(DEFINITIONS[work.tx.dialect])).mappings()
        return {str(row["name"]): str(row["sql"]) for row in found}


def test_an_import_leaves_every_index_as_it_was(store: Store, moment: datetime) -> None:
    before = indexes(store)
    assert "ix_deals_open" in before
    for numbers in (range(1, 50), range(40, 60)):
        bring(store, [roof(number, "lead", "won") for number in numbers], moment)
        assert indexes(store) == before


def test_an_import_that_stops_midway_leaves_every_index_as_it_was(store: Store, moment: datetime) -> None:
    before = indexes(store)

    def torn() -> Iterator[ImportedDeal]:
        yield from (roof(number) for number in range(1, 2 * imports.BATCH))
        raise Unimportable("the file changed while it was read", 7)

    def bring_torn() -> None:
        with store.begin(TEAM) as work:
            task = imports.Task(imports.find_target(work, None, ()), "deal id", moment)
            imports.apply(work, torn(), task, ImportReport())

    with pytest.raises(Unimportable):
        bring_torn()
    assert indexes(store) == before
