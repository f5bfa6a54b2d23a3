"""A newer version migrates while older copies run: both work, or the older ones refuse and write nothing."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from storage.fence import SHUT_OUT
from storage.migrate import METADATA
from tests.faults.crew import OPEN, Crew, at_once, client, letter_key
from tests.running import BotProcess, wait_until
from tests.versions import CONTRACTED, CONTRACTING, EXPANDED, EXPANDING, bring, scripts

TOLD = "A newer version of me took over"
# The columns stay, and mean something else from here on.
REINTERPRETING = """op.execute("CREATE TABLE counted AS SELECT count(*) AS changes FROM changes")
    raise_fence(op.get_bind(), revision)"""
HAMMERS = 3


@pytest.fixture
def old(crew: Crew, dialect: str) -> list[BotProcess]:
    """Copies of the present version: two on PostgreSQL, one on the embedded database."""
    copies = 2 if dialect == "postgresql" else 1
    return [crew.start(hurry="1") for _ in range(copies)]


def readiness(bot: BotProcess) -> tuple[int, str]:
    answer = httpx.get(f"{bot.address}/readyz", timeout=5)
    return answer.status_code, answer.json()["database"]


def test_f50_old_and_new_copies_work_side_by_side_on_what_was_added(
    crew: Crew, old: Sequence[BotProcess], tmp_path: Path
) -> None:
    crew.filled("Made before", carded=True)
    new = crew.start(hurry="1", newer=str(scripts(tmp_path, {EXPANDED: EXPANDING})))
    assert crew.rows("SELECT version_num FROM alembic_version") == [(EXPANDED,)]
    bots = [*old, new]
    for title, bot in zip(("Alpha", "Beta", "Gamma"), bots, strict=False):
        answer = at_once([(bot, crew.typed("@mia", f"new {title} 10k€"))])[0]
        assert "is in" in answer.text, answer.text
    for stage in OPEN[1:]:
        answers = at_once([(bot, crew.typed("@mia", f"move D-1 {stage}")) for bot in bots])
        assert {answer.status_code for answer in answers} == {200}
        assert crew.deal(1).stage_id == crew.stage_id(stage)
    assert crew.deal(1).version == len(OPEN)
    assert {readiness(bot) for bot in bots} == {(httpx.codes.OK, "ok")}
    wait_until(lambda: crew.unsent() == 0, what="all letters")
    for number in range(1, len(bots) + 2):
        assert len([each for each in crew.control.messages("#sales") if keyed(each, number)]) == 1
    assert crew.rows("SELECT DISTINCT colour FROM deals") == [("grey",)]
    assert not [line for bot in bots for line in bot.log if "incident" in line or "stumbled" in line]


def keyed(message: dict[str, object], number: int) -> bool:
    return letter_key(message) == f"card:{number}:C0SALES"


def test_f50_an_old_copy_refuses_at_every_door_once_its_columns_are_taken_away(
    crew: Crew, old: Sequence[BotProcess], tmp_path: Path
) -> None:
    crew.filled("Made before", carded=True)
    bot = old[0]
    crew.control.bot_at(bot.events_url)
    card = crew.card("D-1")
    assert crew.control.command("@ana", "/deal", "new").ok
    action, on = f"deal.move/{crew.stage_id('proposal')}", {"channel": "C0SALES", "ts": card["ts"]}
    doors = (
        crew.typed("@ana", "new Typed in vain"),
        crew.control.prepare("click", user="@mia", **on, action_id=action),
        crew.control.prepare("submit", user="@ana", values={"title": "From a form"}),
        crew.control.prepare("mention", user="@mia", text="value D-1 15k", channel="#sales"),
        crew.typed("@ana", "show D-1"),
    )
    wait_until(lambda: crew.unsent() == 0, what="a quiet database")
    bring(crew.url, scripts(tmp_path, {CONTRACTED: CONTRACTING}))
    before = written(crew)
    for each in old:
        command, click, form, event, look = at_once([(each, door) for door in doors])
        assert TOLD in command.json()["text"]
        assert (click.status_code, form.json()["response_action"]) == (200, "errors")
        assert TOLD in json.dumps(form.json()["errors"])
        assert event.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert TOLD in look.json()["text"]
        assert readiness(each) == (httpx.codes.SERVICE_UNAVAILABLE, SHUT_OUT)
        assert httpx.get(f"{each.address}/healthz", timeout=5).status_code == httpx.codes.OK
    said = [entry["request"].get("text", "") for entry in crew.control.log(method="response_url")]
    assert [TOLD in each for each in said] == [True] * len(old)
    assert written(crew) == before
    assert not [line for each in old for line in each.log if "incident" in line or "stumbled" in line]


def written(crew: Crew) -> dict[str, list[str]]:
    """Every row but for what the new version has of its own."""
    return {
        name: sorted(map(str, crew.rows(f"SELECT * FROM {name}")))  # noqa: S608 - our words
        for name in METADATA.tables
    }


def test_f50_nothing_is_written_by_an_old_copy_from_the_moment_that_a_newer_one_took_over(
    crew: Crew, old: Sequence[BotProcess], tmp_path: Path
) -> None:
    """It is in the midst of writing, and has had no time to look; a letter is on its way."""
    crew.filled("In hand", carded=True)
    crew.control.fault("slow", "chat.postMessage", count=1, seconds=0.8)
    migrations = scripts(tmp_path, {CONTRACTED: REINTERPRETING})
    with hammered(crew, old) as answers:
        wait_until(lambda: len(answers) > 20, what="writing")
        began = time.monotonic()
        bring(crew.url, migrations)
        took = time.monotonic() - began
        wait_until(lambda: sum(TOLD in each for each in answers) > 20, what="refusals")
    counted = crew.rows("SELECT changes FROM counted")[0][0]
    done = sum("is in" in each for each in answers)
    print(f"\n{done} changes before a newer version took over within {took:.1f} s, none after")
    assert crew.count("changes") == counted == done + 1
    assert {True} == {"is in" in each or TOLD in each or "Not saved" in each for each in answers}
    wait_until(lambda: all(readiness(bot)[0] == 503 for bot in old), what="red")
    waiting = crew.unsent()
    time.sleep(1)
    assert crew.unsent() == waiting
    new = crew.start(hurry="1", newer=str(migrations))
    assert "is in" in at_once([(new, crew.typed("@mia", "new Made by the newer one"))])[0].text
    wait_until(lambda: crew.unsent() == 0, seconds=120, what="all letters")
    keys = [letter_key(each) for each in crew.control.messages("#sales")]
    assert len(keys) == len(set(keys)) == crew.count("deals")


@contextmanager
def hammered(crew: Crew, bots: Sequence[BotProcess]) -> Iterator[list[str]]:
    """Deals are made without a pause; what each was answered."""
    answers: list[str] = []
    stop = threading.Event()

    def strike(hand: int) -> None:
        bot, number = bots[hand % len(bots)], 0
        with client() as http:
            while not stop.is_set():
                number += 1
                prepared = crew.typed("@mia", f"new Deal {hand} {number}")
                answer = http.post(bot.events_url, content=prepared.body, headers=prepared.headers)
                answers.append(answer.json()["text"])

    hands = [threading.Thread(target=strike, args=(hand,)) for hand in range(HAMMERS)]
    for hand in hands:
        hand.start()
    try:
        yield answers
    finally:
        stop.set()
        for hand in hands:
            hand.join(20)


def test_f50_an_old_copy_goes_on_when_the_older_database_is_put_back(
    crew: Crew, old: Sequence[BotProcess]
) -> None:
    """As from a backup, after a newer version that nobody wanted."""
    with crew.store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE fence (revision VARCHAR(32) NOT NULL)"))
        connection.execute(text(f"INSERT INTO fence VALUES ('{CONTRACTED}')"))  # noqa: S608 - our word
    assert {readiness(bot)[0] for bot in old} == {503}
    assert TOLD in at_once([(old[0], crew.typed("@mia", "new Refused"))])[0].text
    with crew.store.engine.begin() as connection:
        connection.execute(text("DROP TABLE fence"))
    assert {readiness(bot)[0] for bot in old} == {200}
    assert "is in" in at_once([(old[0], crew.typed("@mia", "new Taken"))])[0].text
