"""The net below every bot of the suite catches what it should: see tests/log_net.py."""

import logging

import pytest

from playground.server import LocalSlack
from tests.log_net import PLANTED, leaking
from tests.running import BotInThread
from tests.story.scene import Scene

TITLE = "Otter expedition"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("handlers.leaky", logging.DEBUG),
        ("bot.leaky", logging.INFO),
        ("storage.leaky", logging.WARNING),
        ("slack_sdk.web", logging.WARNING),
        ("slack_bolt.App", logging.ERROR),
    ],
)
def test_a_bot_that_logs_what_was_typed_fails_its_test(
    slack: LocalSlack, database_url: str, name: str, level: int
) -> None:
    with pytest.raises(AssertionError, match=TITLE.upper()):
        _logged(slack, database_url, name, level)


def _logged(slack: LocalSlack, database_url: str, name: str, level: int) -> None:
    """Whatever its case."""
    with BotInThread(slack, database_url) as bot:
        Scene(slack.control, bot).deal("@ana", f"new {TITLE}")
        logging.getLogger(name).log(level, "made %s", {"title": TITLE.upper()})


@pytest.mark.parametrize("name", ["slack_sdk.web", "slack_bolt.App", "sqlalchemy.engine"])
def test_what_a_library_says_in_detail_does_not_come_as_far(
    slack: LocalSlack, database_url: str, name: str
) -> None:
    _logged(slack, database_url, name, logging.INFO)


def test_words_that_were_refused_are_sought_too(slack: LocalSlack, database_url: str) -> None:
    with pytest.raises(AssertionError, match=PLANTED[0]), BotInThread(slack, database_url):
        logging.getLogger("handlers.leaky").debug("could not read %s", PLANTED[0])


def test_a_secret_that_no_formatter_knows_is_found(slack: LocalSlack) -> None:
    identity = slack.identity
    lines = [
        f"token {identity.bot_token}",
        f"token {identity.app_token}",
        f"posting to {slack.url}/response/T0SALES/1/abc",
        "posting to https://hooks.slack.com/commands/T1/2/abc",
        "wss://example/link?ticket=abc",
        "Authorization: Bearer abc",
        f"secret {identity.signing_secret}",
    ]
    assert leaking(lines, [identity.signing_secret]) == lines
    assert not leaking(["2026-11-25 09:00:00 INFO bot.requests request id=1 person=U0ANA act=new verdict=ok"])
