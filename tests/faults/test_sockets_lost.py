"""Socket Mode: lines that are closed, cut or doubled lose nothing and do nothing twice."""

import threading
import time
from collections.abc import Callable

import pytest

from handlers.texts.languages import texts
from playground.receipts import Delivered
from tests.faults.crew import Crew
from tests.running import BotProcess, wait_until

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
PEOPLE = ("@ana", "@ben", "@mia", "@olga")
EACH = 6


@pytest.fixture
def by_socket(crew: Crew) -> Callable[[], BotProcess]:
    crew.control.settings(mode="socket", retry_delays=[0.0, 0.5, 1.0, 2.0])

    def start() -> BotProcess:
        before = len(crew.control.sockets())
        bot = crew.start(hurry="1", slack_app_token=crew.slack.identity.app_token)
        wait_until(lambda: len(crew.control.sockets()) > before, what="the bot's socket")
        return bot

    return start


def insist(crew: Crew, said: Delivered) -> Delivered:
    """The same envelope until somebody acknowledges it."""
    until = time.monotonic() + 30
    while not said.ok and time.monotonic() < until:
        time.sleep(0.1)
        said = crew.control.retry(said.id)
    return said


def write_deals(crew: Crew, who: str, answers: list[str]) -> None:
    for place in range(EACH):
        said = crew.control.command(who, "/deal", f"new {who[1:]} {place}")
        answers.append(insist(crew, said).text)
        time.sleep(0.05)


def at_work(crew: Crew, meanwhile: Callable[[], object]) -> list[str]:
    """What everybody was answered, while something happens to the lines."""
    answers: list[str] = []
    threads = [threading.Thread(target=write_deals, args=(crew, who, answers)) for who in PEOPLE]
    for thread in threads:
        thread.start()
    for _ in range(3):
        time.sleep(0.3)
        meanwhile()
    for thread in threads:
        thread.join()
    return answers


def check_all_there_once(crew: Crew, answers: list[str]) -> None:
    assert len(answers) == len(PEOPLE) * EACH
    # A machine that stalls for three seconds may leave somebody told to look; the rows say what they will see.
    told = [answer for answer in answers if answer != texts("en").took_too_long()]
    assert [answer for answer in told if " is in Lead generation" not in answer] == []
    assert len(told) > len(PEOPLE)
    titles = crew.rows("SELECT title, count(*) FROM deals GROUP BY title")
    assert sorted(title for title, _ in titles) == sorted(
        f"{who[1:]} {n}" for who in PEOPLE for n in range(EACH)
    )
    assert {count for _, count in titles} == {1}
    wait_until(lambda: crew.unsent() == 0, what="an empty outbox")


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "cut"])
def test_f48_a_line_that_slack_closes_or_loses_is_replaced(
    crew: Crew, by_socket: Callable[[], BotProcess], reason: str
) -> None:
    bot = by_socket()

    def happens() -> None:
        if reason == "cut":
            crew.control.cut_sockets()
        else:
            crew.control.disconnect(reason)

    answers = at_work(crew, happens)
    check_all_there_once(crew, answers)
    wait_until(crew.control.sockets, what="the bot's socket")
    assert not bot.ended


def test_f48_two_copies_share_the_work_and_a_repeated_envelope_does_nothing(
    crew: Crew, by_socket: Callable[[], BotProcess]
) -> None:
    by_socket(), by_socket()
    answers = at_work(crew, crew.control.sockets)
    check_all_there_once(crew, answers)
    assert all(each["delivered"] for each in crew.control.sockets())
    said = crew.control.command("@olga", "/deal", "value D-1 15k")
    again = [crew.control.retry(said.id) for _ in range(4)]
    assert {str(each.body) for each in again} == {str(said.body)}
    assert crew.deal(1).version == 2


def test_f48_what_could_not_be_written_is_not_acknowledged_and_comes_again(
    crew: Crew, by_socket: Callable[[], BotProcess]
) -> None:
    crew.filled()
    bot = by_socket()
    attempts: list[int] = []

    def ask() -> None:
        attempts.append(len(crew.control.mention("@mia", "value D-1 15k").attempts))

    asking = threading.Thread(target=ask)
    with crew.store.begin(""):
        asking.start()
        wait_until(lambda: any("was not acknowledged" in line for line in bot.log), what="a refused event")
    asking.join()
    assert attempts == [2]
    assert crew.deal(1).version == 2
    wait_until(lambda: crew.unsent() == 0, what="an empty outbox")
    assert crew.count("outbox", "kind = 'mention' AND state = 'sent'") == 1
