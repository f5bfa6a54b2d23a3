"""Slack goes away or takes its time: what people do is saved at once, what is to be said follows."""

import time

import httpx
import pytest

from tests.faults.crew import Crew, at_once, letter_key, send
from tests.running import wait_until

SECONDS = (3, pytest.param(30, marks=pytest.mark.slow))
CLICKS = 50
WAVE = 10
ACK_SECONDS = 1.0


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seconds", SECONDS)
def test_f07_slack_gone_changes_are_saved_and_told_of_afterwards(crew: Crew, seconds: int) -> None:
    deal = crew.filled(carded=True)
    bot = crew.start(hurry="1")
    on = crew.card(deal.code)
    action = f"deal.move/{crew.stage_id('proposal')}"
    click = crew.control.prepare("click", user="@mia", channel="C0SALES", ts=on["ts"], action_id=action)
    lines = (f"move {deal.code} negotiation", f"move {deal.code} closing", "new Made meanwhile")
    typed = [crew.typed("@mia", line) for line in lines]
    crew.control.down()
    back_at = time.monotonic() + seconds
    began = time.monotonic()
    assert [send(bot, each).status_code for each in (click, *typed)] == [httpx.codes.OK] * 4
    assert time.monotonic() - began < ACK_SECONDS * 4
    assert (crew.deal(1).version, crew.count("deals")) == (4, 2)
    time.sleep(max(back_at - time.monotonic(), 0))
    assert "Made meanwhile" not in str(crew.control.messages("#sales"))
    crew.control.down(down=False)
    assert crew.card("D-2")
    wait_until(lambda: "Closing, entered" in str(crew.card("D-1")["blocks"]), what="the repaint")
    wait_until(lambda: crew.unsent() == 0, what="an empty outbox")
    assert not bot.ended
    keys = [letter_key(each) for each in crew.control.messages("#sales") if letter_key(each)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"], indirect=True)
def test_f47_fifty_clicks_are_acknowledged_while_slack_takes_four_seconds(crew: Crew, dialect: str) -> None:
    deals = [crew.filled(f"Deal {place}", carded=True) for place in range(3)]
    bot = crew.start(hurry="1")
    cards = [crew.card(deal.code) for deal in deals]
    action = f"deal.move/{crew.stage_id('proposal')}"
    on = [{"channel": "C0SALES", "ts": cards[place % 3]["ts"]} for place in range(CLICKS)]
    clicks = [crew.control.prepare("click", user="@mia", **each, action_id=action) for each in on]
    crew.control.fault("slow", "*", probability=1.0, seconds=4)
    waves = [clicks[place : place + WAVE] for place in range(0, CLICKS, WAVE)]
    answers = [answer for wave in waves for answer in at_once([(bot, click) for click in wave])]
    assert {answer.status_code for answer in answers} == {httpx.codes.OK}
    slowest = max(answer.elapsed.total_seconds() for answer in answers)
    print(f"\n{dialect}: {CLICKS} clicks, the slowest acknowledged after {slowest:.2f} s, Slack taking 4 s")
    assert slowest < ACK_SECONDS
