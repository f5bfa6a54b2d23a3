"""A full disk: nothing is half written, reading goes on, and writing is back with the space."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from pipeline.errors import ArchiveDown
from pipeline.stages import Field
from storage.migrate import migrate
from storage.store import Store
from tests.conftest import ANA, TEAM, settled
from tests.pipeline.desk import Desk

SPARE = 300_000


def test_f19_a_full_disk_loses_nothing_and_recovers(
    small_disk: Path, connected: Callable[..., Engine], moment: datetime
) -> None:
    (small_disk / "spare").write_bytes(bytes(SPARE))
    engine = connected(f"sqlite:///{small_disk / 'pipeline.db'}")
    migrate(engine)
    desk = Desk(settled(Store(engine), moment), TEAM, moment, ANA)
    acknowledged = written_until_full(desk)
    assert counted(desk) == acknowledged
    (small_disk / "spare").unlink()
    assert desk.new("There is room again").number == acknowledged + 1
    assert counted(desk) == acknowledged + 1
    with desk.store.read(TEAM) as work:
        assert work.tx.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


def written_until_full(desk: Desk) -> int:
    for place in range(5000):
        try:
            desk.new(f"Deal {place}", fields={Field.NEED: "x" * 1000})
        except ArchiveDown:
            return place
    pytest.fail("the disk was never full")


def counted(desk: Desk) -> int:
    """Each deal with its number, its entry in the log, and nothing else."""
    with desk.store.read(TEAM) as work:
        one, two, highest = (
            work.tx.execute(text(f"SELECT {what} FROM {table}")).scalar_one()  # noqa: S608 - words of this test
            for what, table in (("count(*)", "deals"), ("count(*)", "changes"), ("max(number)", "deals"))
        )
    assert one == two == highest
    return int(one)
