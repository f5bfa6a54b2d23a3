"""One local Slack for all stories, emptied between them; a bot in a thread and a database for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.server import LocalSlack
from tests.running import MAIN, BotInThread
from tests.story.scene import Scene


@pytest.fixture(scope="session")
def local_slack() -> Iterator[LocalSlack]:
    with LocalSlack() as slack:
        yield slack


@pytest.fixture
def slack(local_slack: LocalSlack) -> LocalSlack:
    local_slack.control.reset()
    return local_slack


@pytest.fixture(scope="module")
def standing(
    local_slack: LocalSlack, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """One bot for a module whose stories leave nothing behind."""
    local_slack.control.reset()
    file = tmp_path_factory.mktemp("standing") / "pipeline.db"
    shutil.copy(sqlite_template, file)
    with BotInThread(local_slack, f"sqlite:///{file}") as bot:
        scene = Scene(local_slack.control, bot)
        scene.acquaint()
        yield scene


@pytest.fixture
def dialect(request: pytest.FixtureRequest) -> str:
    """The embedded engine, where a story does not ask for both."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def transport(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "http"))


@pytest.fixture
def main_channel() -> str | None:
    return MAIN


@pytest.fixture
def acquainted() -> bool:
    """The bot knows the people of the workspace already; Mia is a manager."""
    return True


@pytest.fixture
def scene(
    slack: LocalSlack,
    database_url: str,
    transport: str,
    main_channel: str | None,
    acquainted: bool,  # noqa: FBT001 - a fixture
    caplog: pytest.LogCaptureFixture,
) -> Iterator[Scene]:
    """Whatever a story does, Slack finds no fault with what the bot said, and the bot meets no surprise."""
    by_socket = transport == "socket"
    with BotInThread(slack, database_url, socket_mode=by_socket, main_channel=main_channel) as bot:
        scene = Scene(slack.control, bot)
        if acquainted:
            scene.acquaint()
        yield scene
        faults = [entry for entry in slack.control.log() if entry["problems"]]
    assert not faults, faults
    if not scene.incidents:
        met = [record.getMessage() for record in caplog.get_records("call")]
        assert not [each for each in met if "incident" in each or "stumbled" in each], caplog.text
