"""The rules are shown on both engines, on one database each that is emptied between tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from storage.engine import connect
from storage.migrate import METADATA
from tests.conftest import database


@pytest.fixture(scope="session")
def lasting_sqlite(sqlite_template: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{sqlite_template.with_name('lasting.db')}")
    sqlite_template.with_name("lasting.db").write_bytes(sqlite_template.read_bytes())
    # No test of the rules pulls the plug.
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def lasting_postgresql(postgresql: str) -> Iterator[Engine]:
    with database(postgresql) as url:
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.fixture
def engine(dialect: str, request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(f"lasting_{dialect}")
    with found.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
    return found
