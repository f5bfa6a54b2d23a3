"""SIGTERM in the midst of work: what is in hand is finished, nothing more is begun, and soon."""

import threading
import time

import httpx
import pytest

from playground.receipts import Prepared
from tests.faults.crew import Crew, letter_key, send
from tests.running import BotProcess, wait_until

DRAIN_SECONDS = 10.0


def sent_aside(bot: BotProcess, held: Prepared, answers: list[httpx.Response]) -> threading.Thread:
    thread = threading.Thread(target=lambda: answers.append(send(bot, held)))
    thread.start()
    return thread


def stopped(bot: BotProcess) -> float:
    began = time.monotonic()
    assert bot.terminate(DRAIN_SECONDS + 5) == 0
    return time.monotonic() - began


def test_f49_requests_and_letters_in_hand_are_finished(crew: Crew) -> None:
    """One request waits for a form that Slack opens slowly; a letter waits for Slack's answer."""
    crew.filled("In hand", carded=True)
    for _ in range(2):
        crew.filled("Behind it", carded=True)
    crew.control.fault("slow", "chat.postMessage", count=1, seconds=2)
    crew.control.fault("slow", "views.open", count=1, seconds=1)
    bot = crew.start(plain=True)
    wait_until(lambda: crew.count("outbox", "state = 'sending'"), what="a letter in hand")
    answers: list[httpx.Response] = []
    asking = sent_aside(bot, crew.typed("@ana", "new"), answers)
    wait_until(lambda: crew.control.log(method="views.open"), what="a request in hand")
    took = stopped(bot)
    asking.join()
    print(f"\nstopped with a request and a letter in hand after {took:.1f} s")
    assert took < DRAIN_SECONDS
    assert answers[0].status_code == httpx.codes.OK
    assert crew.control.modal("@ana")
    assert crew.rows("SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state") == [
        ("sent", 1),
        ("waiting", 2),
    ]
    assert [letter_key(each) for each in crew.control.messages("#sales")] == ["card:1:C0SALES"]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_f49_what_slack_never_answers_is_left_to_the_next_start(crew: Crew) -> None:
    crew.filled("In hand", carded=True)
    crew.control.fault("hang", "chat.postMessage", count=1, seconds=30, done=True)
    bot = crew.start(plain=True)
    wait_until(lambda: crew.count("outbox", "state = 'sending'"), what="a letter in hand")
    assert stopped(bot) < DRAIN_SECONDS + 3  # to end the process takes a moment too
    with crew.store.begin("") as work:
        work.tx.connection.exec_driver_sql("UPDATE outbox SET lease_until = 1")
    crew.start(hurry="1")
    wait_until(lambda: crew.unsent() == 0, what="an empty outbox")
    assert len(crew.control.messages("#sales")) == 1


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_f49_by_socket_too(crew: Crew) -> None:
    crew.control.settings(mode="socket")
    crew.control.fault("slow", "views.open", count=1, seconds=1)
    bot = crew.start(plain=True, slack_app_token=crew.slack.identity.app_token)
    wait_until(crew.control.sockets, what="the bot's socket")
    answers: list[bool] = []
    asking = threading.Thread(target=lambda: answers.append(crew.control.command("@ana", "/deal", "new").ok))
    asking.start()
    wait_until(lambda: crew.control.log(method="views.open"), what="a request in hand")
    took = stopped(bot)
    asking.join()
    print(f"\nstopped with a request of a socket in hand after {took:.1f} s")
    assert answers == [True]
    assert took < DRAIN_SECONDS
    assert crew.control.sockets() == []
