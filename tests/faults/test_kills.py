"""kill -9 in the midst of work, with a Slack that often does not say what it did."""

import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults import reckoning
from tests.faults.crew import Crew
from tests.faults.launcher import KILLED
from tests.faults.traps import TRAPPED
from tests.faults.workload import FILLED, Worker
from tests.running import BotProcess, wait_until

# Each of the two copies; together they make 18 of 100 calls go wrong.
LIVES = (3, pytest.param(150, marks=pytest.mark.slow))
FAULTS: tuple[tuple[str, dict[str, object]], ...] = (
    ("cut_after", {}),
    ("http_500", {"done": True}),
    ("hang", {"done": True, "seconds": 1.4}),
    ("truncated", {}),
    ("rate_limited", {"retry_after": 1}),
    ("http_503", {}),
)
SHARE = 0.033
METHODS = ("chat.postMessage", "chat.update", "response_url")
PEOPLE = ("ana", "ben", "mia", "olga")
PATIENCE = 900.0
# Slack takes 50 repaints a minute, and hundreds of cards may be waiting.
DRAIN_SECONDS = 600.0


@pytest.mark.parametrize("lives", LIVES)
def test_f08_f09_nothing_is_lost_or_said_twice_whenever_a_copy_is_killed(
    crew: Crew, dialect: str, lives: int
) -> None:
    for place in range(FILLED):
        crew.filled(f"Filled {place}", carded=True)
    misbehave(crew)
    began = time.perf_counter()
    two = [
        crew.start(hurry="1", lives=str(lives), seed=f"{dialect}{copy}", port=free_port()) for copy in "ab"
    ]
    with working(crew, two) as workers:
        wait_until(lambda: all(ends(bot).total() >= lives for bot in two), PATIENCE, "all kills")
    drain(crew)
    for bot in two:
        assert bot.terminate() == 0
    judge(crew, workers, two, f"{dialect}, {time.perf_counter() - began:.0f} s")


def misbehave(crew: Crew) -> None:
    for method in METHODS:
        for kind, details in FAULTS:
            crew.control.fault(kind, method, probability=SHARE, **details)


def free_port() -> str:
    """The same for all lives of a copy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@contextmanager
def working(crew: Crew, bots: list[BotProcess]) -> Iterator[list[Worker]]:
    """All are through with their last wish at the end."""
    stop = threading.Event()
    addresses = [bot.events_url for bot in bots]
    workers = [Worker(f"@{name}", crew.control, addresses, random.Random(name), stop) for name in PEOPLE]
    threads = [threading.Thread(target=worker.work) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield workers
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def ends(bot: BotProcess) -> Counter[str]:
    """How the copy's lives ended."""
    trapped = [line.partition(TRAPPED)[2] for line in bot.log if TRAPPED in line]
    outside = sum(KILLED in line for line in bot.log)
    return Counter(trapped) + Counter({"from outside": outside})


def drain(crew: Crew) -> None:
    """Slack goes on misbehaving until the last letter."""
    until = time.monotonic() + DRAIN_SECONDS
    while unfinished(crew) and time.monotonic() < until:
        time.sleep(0.5)
    assert unfinished(crew) == []


def unfinished(crew: Crew) -> list[str]:
    letters = crew.rows(
        "SELECT key, state, attempts, error FROM outbox WHERE state IN ('waiting', 'sending', 'unknown')"
    )
    cards = crew.rows(
        "SELECT deal_id, wanted_version, painted_version, error FROM cards"
        " WHERE wanted_version > painted_version AND state IN ('living', 'link')"
    )
    return [str(row) for row in (*letters, *cards)]


def judge(crew: Crew, workers: list[Worker], bots: list[BotProcess], title: str) -> None:
    letters = reckoning.letters(crew)
    cards, wrong_cards = reckoning.cards(crew)
    wishes = [wish for worker in workers for wish in worker.wishes]
    promises = reckoning.broken_promises(crew, wishes)
    uneven = reckoning.uneven_versions(crew)
    kills = sum((ends(bot) for bot in bots), Counter())
    requests = sum(worker.requests for worker in workers)
    faults = sum(fault["hits"] for fault in crew.control.faults()["planned"])
    by_point = ", ".join(f"{point} {count}" for point, count in sorted(kills.items()))
    print(f"\n{title}: {kills.total()} kills ({by_point})")
    print(f"  {requests} requests for {len(wishes)} wishes; {crew.count('deals')} deals,", end=" ")
    print(f"{crew.count('changes')} changes; {faults} faults of Slack")
    print(f"  {letters.written} letters: {len(letters.lost)} lost, {len(letters.doubled)} doubled;", end=" ")
    print(f"{cards} cards checked, {len(wrong_cards)} wrong; {len(promises)} promises broken")
    assert (letters.lost, letters.doubled, letters.unexplained) == ([], [], [])
    assert (wrong_cards, reckoning.deals_without_card(crew), promises, uneven) == ([], [], [], [])
