"""One local Slack for all faults, emptied between them; a database and a crew for each."""

from collections.abc import Iterator

import pytest

from playground.server import LocalSlack
from tests.faults.crew import Crew
from tests.faults.crew import crew as gather


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
