"""A thousand races on each engine, with their figures."""

import time
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Engine

from storage.store import Store
from tests.conftest import settled
from tests.storage.races import Copies, race_of_targets

ROUNDS = 1000


@pytest.mark.slow
def test_f03_a_thousand_races_have_one_winner_each(
    database_url: str, dialect: str, connected: Callable[..., Engine], moment: datetime
) -> None:
    stores = [Store(connected(database_url)) for _ in range(2)]
    settled(stores[0], moment)
    began = time.perf_counter()
    seen = race_of_targets(Copies.of(stores, moment), ROUNDS)
    took = time.perf_counter() - began
    figures = ", ".join(f"{one} + {two}: {count}" for (one, two), count in seen.items())
    print(f"\n{dialect}: {ROUNDS} races of two targets: {figures}; {took:.1f} s")
    assert seen == {("Outcome", "Overtaken"): ROUNDS}
