"""A defect of ours: the person is told, with a number that the log knows; Slack is not asked to try again."""

import re

import httpx
import pytest

from tests.faults.crew import Crew, send
from tests.running import BotProcess, wait_until

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
_INCIDENT = re.compile(r"incident ([0-9a-f]{8})")


@pytest.fixture
def bot(crew: Crew) -> BotProcess:
    crew.filled(carded=True)
    bot = crew.start(hurry="1", broken="1")
    crew.control.bot_at(bot.events_url)
    return bot


def logged(bot: BotProcess, said: str) -> bool:
    """The number that a person reads stands in the log, above what happened."""
    number = _INCIDENT.search(said)
    assert number, said
    wait_until(lambda: any(f"incident {number[1]}" in line for line in bot.log), what=f"{said} in the log")
    wait_until(lambda: any("RuntimeError: broken on purpose" in line for line in bot.log), what="the trace")
    return True


def test_f46_a_command_is_answered_with_the_incident(crew: Crew, bot: BotProcess) -> None:
    answer = send(bot, crew.typed("@ana", "new Acme"))
    assert answer.status_code == httpx.codes.OK
    assert logged(bot, answer.json()["text"])
    assert crew.count("deals") == 1


def test_f46_who_pressed_a_button_reads_the_incident(crew: Crew, bot: BotProcess) -> None:
    card = crew.card("D-1")
    action = f"deal.move/{crew.stage_id('proposal')}"
    assert crew.control.click("@mia", action, on=card).ok
    wait_until(lambda: crew.control.log(method="response_url"), what="a last word")
    assert logged(bot, crew.control.log(method="response_url")[0]["request"]["text"])
    assert crew.deal(1).version == 1


def test_f46_a_form_stays_open_with_all_that_was_typed(crew: Crew, bot: BotProcess) -> None:
    assert crew.control.command("@ana", "/deal", "new").ok
    answer = crew.control.submit("@ana", {"title": "Acme"})
    assert answer.body["response_action"] == "errors"
    assert logged(bot, str(answer.body["errors"]))
    assert crew.control.modal("@ana")


def test_f46_an_event_is_logged_and_not_delivered_again(crew: Crew, bot: BotProcess) -> None:
    said = crew.control.mention("@mia", "value D-1 15k")
    assert (said.status, len(said.attempts)) == (httpx.codes.OK, 1)
    wait_until(lambda: any(_INCIDENT.search(line) for line in bot.log), what="the incident")
