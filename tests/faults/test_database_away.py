"""The database goes away and comes back: everybody is told in time, nothing is lost, nobody restarts anything."""

import json
import time
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import text

from pipeline.errors import ArchiveDown
from storage.imports_bulk import lift_limits
from tests.faults import proxy
from tests.faults.crew import TEAM, Crew, at_once
from tests.running import BotProcess, wait_until

pytestmark = pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
SECONDS = (3, pytest.param(30, marks=pytest.mark.slow))
SLACK_WAITS = 3.0
HONEST = ("Not saved, try again", "went away while saving", "took longer than Slack waits")


@pytest.fixture
def wire(database_url: str) -> Iterator[proxy.Wire]:
    with proxy.Wire(database_url) as wire:
        yield wire


class Doors:
    """A request for each door, prepared while all is well."""

    def __init__(self, crew: Crew, bot: BotProcess) -> None:
        self._crew, self._bot = crew, bot
        crew.control.bot_at(bot.events_url)
        card = crew.card("D-1")
        assert crew.control.command("@ana", "/deal", "new").ok
        self.form = crew.control.prepare("submit", user="@ana", values={"title": "From a form"})
        action, on = f"deal.move/{crew.stage_id('proposal')}", {"channel": "C0SALES", "ts": card["ts"]}
        self.click = crew.control.prepare("click", user="@mia", **on, action_id=action)
        self.event = crew.control.prepare("mention", user="@mia", text="value D-1 15k", channel="#sales")
        self.command = crew.typed("@ana", "new Typed in vain")

    def knock(self) -> float:
        """At all doors at once; the slowest answer in seconds."""
        began = time.monotonic()
        doors = (self.command, self.click, self.form, self.event)
        command, click, form, event = at_once([(self._bot, each) for each in doors])
        slowest = time.monotonic() - began
        assert (command.status_code, click.status_code, form.status_code) == (200, 200, 200)
        assert any(each in command.json()["text"] for each in HONEST), command.text
        complaint = form.json()
        assert complaint["response_action"] == "errors"
        assert any(each in json.dumps(complaint["errors"]) for each in HONEST)
        assert event.status_code == httpx.codes.SERVICE_UNAVAILABLE
        return slowest

    def told_who_clicked(self) -> bool:
        said = self._crew.control.log(method="response_url")
        return any(each in entry["request"].get("text", "") for entry in said for each in HONEST)


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize("state", [proxy.CUT, proxy.SWALLOWS])
def test_f16_the_database_gone_everybody_is_told_and_all_goes_on_afterwards(
    crew: Crew, wire: proxy.Wire, state: str, seconds: int
) -> None:
    crew.filled(carded=True)
    bot = crew.start(plain=True, database_url=wire.url)
    doors = Doors(crew, bot)
    wait_until(crew.at_rest, what="the first letters")
    until, slowest, rounds = time.monotonic() + seconds, 0.0, 0
    with wire.broken(state):
        time.sleep(0.2)  # what was claimed in the last moment would wait for its lease to end
        crew.filled("Made elsewhere", carded=True)
        while time.monotonic() < until:
            slowest, rounds = max(slowest, doors.knock()), rounds + 1
            assert status(bot, "healthz") == (httpx.codes.OK, True)
            assert status(bot, "readyz") == (httpx.codes.SERVICE_UNAVAILABLE, True)
        assert doors.told_who_clicked()
        assert crew.count("deals") == 2
    began = time.monotonic()
    wait_until(
        lambda: "is in" in at_once([(bot, doors.command)])[0].text, what="the database to be used again"
    )
    back = time.monotonic() - began
    print(
        f"\n{state} for {seconds} s: {rounds} rounds, slowest answer {slowest:.2f} s; back after {back:.2f} s"
    )
    assert slowest < SLACK_WAITS
    went_on(crew, bot, doors)


def status(bot: BotProcess, page: str) -> tuple[int, bool]:
    """And whether it came before Slack, or a supervisor, would have lost patience."""
    began = time.monotonic()
    answer = httpx.get(f"{bot.address}/{page}", timeout=10)
    return answer.status_code, time.monotonic() - began < SLACK_WAITS


def went_on(crew: Crew, bot: BotProcess, doors: Doors) -> None:
    """The same process; what waited in the outbox is said, what was asked again is done, once."""
    assert {answer.status_code for answer in at_once([(bot, doors.event), (bot, doors.event)])} == {200}
    assert crew.card("D-2")["text"].startswith("D-2 Made elsewhere")
    assert "Typed in vain" in crew.card("D-3")["text"]
    assert crew.deal(1).value is not None
    assert crew.deal(1).version == 2
    wait_until(lambda: status(bot, "readyz")[0] == httpx.codes.OK, what="readiness")
    assert not bot.ended
    assert not [line for line in bot.log if "incident" in line or "stumbled" in line]


def test_f17_an_import_may_take_longer_than_a_person_waits(crew: Crew) -> None:
    """And whoever comes next is impatient again."""
    with crew.store.begin(TEAM) as work:
        lift_limits(work.tx)
        work.tx.execute(text("SELECT pg_sleep(2.8)"))
    with pytest.raises(ArchiveDown), crew.store.begin(TEAM) as work:
        work.tx.execute(text("SELECT pg_sleep(2.8)"))
