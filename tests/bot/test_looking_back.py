"""After an import the past is looked back at, in a process of its own, and what was imported does not hang on it."""

import logging
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from typing_extensions import override

from bot.apart import Stumbled
from bot.importing import Helpers, import_file
from bot.nights import Looks, Night
from storage.store import Store
from storage.tables import DealRow, FitRow, ForecastRow
from tests.conftest import TEAM
from tests.running import LooksHere

TABLE = "id,stage,title,amount,currency,created,close_date\n1,won,Roof,900,EUR,2026-01-05,2026-02-01\n"


class Counted(LooksHere):
    def __init__(self) -> None:
        self.nights: list[Night] = []

    @override
    def back(self, store: Store, night: Night) -> bool:
        self.nights.append(night)
        return super().back(store, night)


class Stumbling(Counted):
    @override
    def back(self, store: Store, night: Night) -> bool:
        raise Stumbled("KeyError: 'night'")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "deals.csv"
    file.write_text(TABLE)
    return file


def imported(table: Path, url: str, *words: str, looks: Looks | None = None) -> Result:
    return CliRunner().invoke(
        import_file, [str(table), "--database", url, *words], obj=Helpers(looks) if looks else None
    )


@pytest.mark.parametrize(
    "dialect", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)
def test_the_command_has_the_past_looked_at_apart(store: Store, database_url: str, table: Path) -> None:
    done = imported(table, database_url)
    assert done.exit_code == 0, done.output
    with store.read(TEAM) as work:
        counts = [
            work.tx.execute(select(func.count()).select_from(row)).scalar() for row in (FitRow, ForecastRow)
        ]
    assert counts == [1, 1]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_what_changes_nothing_is_not_looked_back_at(store: Store, database_url: str, table: Path) -> None:
    assert store.workspace()
    looks = Counted()
    for words in (("--dry-run",), (), ()):
        assert imported(table, database_url, *words, looks=looks).exit_code == 0
    assert len(looks.nights) == 1


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_what_was_imported_stays_when_the_look_stumbles(
    store: Store, database_url: str, table: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        done = imported(table, database_url, looks=Stumbling())
    assert done.exit_code == 0
    assert "follow tonight" in done.stderr
    assert "KeyError: 'night'" in caplog.text
    with store.read(TEAM) as work:
        assert work.tx.execute(select(func.count()).select_from(DealRow)).scalar() == 1
