"""What Slack answers a whole bot, and what becomes of its letters."""

from typing import Any

import httpx
import pytest

from tests.faults.crew import Crew, is_card, letter_key
from tests.running import BotProcess, wait_until

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
LOST_ANSWERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("http_500", {"done": True}),
    ("http_503", {"done": False}),
    ("fatal_error", {"done": True}),
    ("truncated", {}),
    ("cut_after", {}),
    ("cut", {"done": False}),
    ("hang", {"done": True, "seconds": 1.5}),
)


def started(crew: Crew) -> BotProcess:
    bot = crew.start(hurry="1")
    crew.control.bot_at(bot.events_url)
    return bot


def readiness(bot: BotProcess) -> tuple[int, str]:
    answer = httpx.get(f"{bot.address}/readyz")
    return answer.status_code, answer.text


def test_f06_a_busy_channel_waits_in_order_and_the_others_go_on(crew: Crew) -> None:
    crew.control.fault("rate_limited", "chat.postMessage", channel="C0SALES", retry_after=2)
    for place in range(3):
        crew.filled(f"Deal {place}", carded=True)
    crew.filled("Elsewhere", carded=True, channel="C0LEADS")
    started(crew)
    wait_until(lambda: crew.unsent() == 0, what="an empty outbox")
    posts = crew.control.log(method="chat.postMessage")
    refused = next(each["mono"] for each in posts if each["status"] == httpx.codes.TOO_MANY_REQUESTS)
    said = {(each["channel"], each["n"]): each["mono"] - refused for each in posts if each["status"] == 200}
    waits = [wait for (channel, _), wait in said.items() if channel == "C0SALES"]
    assert min(waits) >= 2.0
    assert min(wait for (channel, _), wait in said.items() if channel == "C0LEADS") < 1.0
    keys = [letter_key(each) for each in crew.control.messages("#sales")]
    assert keys == ["card:1:C0SALES", "card:2:C0SALES", "card:3:C0SALES"]


def test_f07_a_lost_answer_leaves_one_message(crew: Crew) -> None:
    started(crew)
    for place, (kind, details) in enumerate(LOST_ANSWERS, start=1):
        crew.control.fault(kind, "chat.postMessage", **details)
        assert crew.control.command("@ana", "/deal", f"new {kind}").ok
        wait_until(lambda: crew.unsent() == 0, what=f"an empty outbox after {kind}")
        keys = [letter_key(each) for each in crew.control.messages("#sales") if is_card(each)]
        assert keys.count(f"card:{place}:C0SALES") == 1, kind
        assert len(keys) == place, kind


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
def test_f22_a_refused_token_stops_posting_until_it_is_accepted_again(crew: Crew, error: str) -> None:
    bot = started(crew)
    crew.control.token(error)
    assert "is in Lead generation" in crew.control.command("@ana", "/deal", "new Acme").text
    wait_until(lambda: readiness(bot)[0] == httpx.codes.SERVICE_UNAVAILABLE, what="a red light")
    assert error in readiness(bot)[1]
    assert any(f"Slack refuses the bot's token ({error})" in line for line in bot.log)
    assert not [each for each in crew.control.messages("#sales") if is_card(each)]
    crew.control.token()
    wait_until(lambda: crew.unsent() == 0 and crew.count("cards") == 1, what="the card")
    wait_until(lambda: readiness(bot)[0] == httpx.codes.OK, what="a green light")


@pytest.mark.parametrize("error", ["is_archived", "channel_not_found"])
def test_f23_a_channel_that_takes_nothing_parks_the_letter_and_tells_once(crew: Crew, error: str) -> None:
    """The deal's line is refused in the thread of its card; whoever owns the deal reads why."""
    crew.filled(carded=True)
    started(crew)
    crew.card("D-1")
    crew.control.fault("error", "chat.postMessage", channel="C0SALES", error=error, probability=1.0)
    assert crew.control.command("@mia", "/deal", "move D-1 proposal").ok
    wait_until(lambda: crew.count("outbox", "state = 'parked'"), what="a parked letter")
    assert crew.control.command("@mia", "/deal", "move D-1 closing").ok
    wait_until(
        lambda: crew.count("outbox", "kind = 'private' AND state = 'sent'"), what="a word to the owner"
    )
    wait_until(lambda: crew.count("outbox", "state = 'parked'") == 2, what="the second letter parked")
    assert crew.count("outbox", "kind = 'private'") == 1
    tries = [each for each in crew.control.log(method="chat.postMessage") if each["error"] == error]
    assert len(tries) == 2


def test_f25_a_missing_scope_is_named(crew: Crew) -> None:
    bot = started(crew)
    crew.control.scopes("commands", "channels:read", "im:read", "im:write", "users:read")
    assert "is in Lead generation" in crew.control.command("@ana", "/deal", "new Acme").text
    wait_until(lambda: any("needs the scope chat:write" in line for line in bot.log), what="the scope's name")
    wait_until(lambda: "chat:write" in readiness(bot)[1], what="a red light")
