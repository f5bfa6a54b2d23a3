"""One kill -9 at a known line: nothing is lost, nothing is said twice."""

import json

import httpx
import pytest

from tests.faults.crew import Crew, letter_key, send
from tests.running import wait_until


def said(crew: Crew, key: str, channel: str = "#sales") -> int:
    """How often a letter stands in the channel."""
    return [letter_key(each) for each in crew.control.messages(channel)].count(key)


def ask_for_a_deal(crew: Crew) -> httpx.Response | None:
    """The answer, or None where the bot died before it gave one."""
    held = crew.typed("@ana", "new Acme")
    try:
        return send(crew.bots[-1], held)
    except httpx.TransportError:
        return None


def settled(crew: Crew) -> None:
    crew.start(hurry="1")
    wait_until(lambda: crew.unsent() == 0, what="an empty outbox")


def test_f08_killed_between_commit_and_post_the_letter_follows(crew: Crew) -> None:
    bot = crew.start(hurry="1", trap="after_commit")
    assert ask_for_a_deal(crew) is None
    wait_until(lambda: bot.ended, what="the bot's end")
    assert crew.count("deals") == 1
    assert crew.control.messages("#sales") == []
    settled(crew)
    assert said(crew, "card:1:C0SALES") == 1


@pytest.mark.parametrize("point", ["after_post", "before_mark:2"])
def test_f09_killed_between_post_and_mark_it_is_not_said_again(crew: Crew, point: str) -> None:
    """The first mark is that of the channel, which was not known."""
    bot = crew.start(hurry="1", trap=point)
    answer = ask_for_a_deal(crew)
    assert answer is not None
    assert "D-1 Acme is in Lead generation" in answer.text
    wait_until(lambda: bot.ended, what="the bot's end")
    assert said(crew, "card:1:C0SALES") == 1
    assert crew.count("outbox", "state = 'sent'") == 0
    settled(crew)
    assert said(crew, "card:1:C0SALES") == 1
    assert crew.count("cards", "state = 'living'") == 1


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_f02_a_retry_of_what_died_before_its_commit_is_carried_out_once(crew: Crew) -> None:
    crew.filled()
    bot = crew.start(hurry="1", trap="before_commit")
    held = crew.control.prepare("mention", user="@mia", text="move D-1 proposal", channel="#sales")
    with pytest.raises(httpx.TransportError):
        send(bot, held)
    assert crew.deal(1).version == 1
    again = crew.start(hurry="1")
    for attempt in (1, 2):
        retry = {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": "http_timeout"}
        assert send(again, held, **retry).status_code == httpx.codes.OK
    assert crew.deal(1).version == 2
    wait_until(lambda: crew.unsent() == 0, what="an empty outbox")
    assert crew.count("outbox", "kind = 'mention' AND state = 'sent'") == 1


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_f08_killed_between_commit_and_ack_the_retry_gets_the_first_answer(crew: Crew) -> None:
    crew.filled()
    bot = crew.start(hurry="1", trap="before_ack")
    held = crew.typed("@mia", "move D-1 proposal")
    with pytest.raises(httpx.TransportError):
        send(bot, held)
    again = crew.start(hurry="1")
    answers = {send(again, held).text for _ in range(2)}
    assert len(answers) == 1
    assert "Proposal by mia" in json.loads(answers.pop())["text"]
    assert crew.deal(1).version == 2
