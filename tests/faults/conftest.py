"""One local Slack for all faults, emptied between them; a database and a crew for each."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from playground.server import LocalSlack
from tests.faults.crew import Crew
from tests.faults.crew import crew as gather


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Whole processes take whole seconds: `make faults` runs them, and `make test` does without."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.process)


@pytest.fixture(scope="session")
def local_slack() -> Iterator[LocalSlack]:
    with LocalSlack() as slack:
        yield slack


@pytest.fixture
def slack(local_slack: LocalSlack) -> LocalSlack:
    local_slack.control.reset()
    local_slack.control.settings(mode="http")
    return local_slack


@pytest.fixture
def crew(slack: LocalSlack, database_url: str) -> Iterator[Crew]:
    with gather(slack, database_url) as gathered:
        yield gathered
