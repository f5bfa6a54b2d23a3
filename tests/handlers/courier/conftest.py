"""One local Slack for all tests of the courier, a fresh house for each."""

from collections.abc import Iterator

import pytest

from playground.server import LocalSlack
from storage.store import Store
from tests.handlers.courier.house import House


@pytest.fixture(scope="session")
def courier_slack() -> Iterator[LocalSlack]:
    with LocalSlack() as slack:
        yield slack


@pytest.fixture
def house(store: Store, courier_slack: LocalSlack) -> Iterator[House]:
    courier_slack.control.reset()
    courier_slack.control.lift_faults()
    courier_slack.control.clear_log()
    house = House(store, courier_slack)
    yield house
    house.close()
