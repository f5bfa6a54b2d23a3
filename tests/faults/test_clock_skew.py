"""A host whose clock is wrong: refused at the door, harmless at the outbox."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot import app
from storage.pictures import Pictures
from tests.faults.crew import TEAM, Crew, send
from tests.running import settings_for, wait_until

SKEW = 600


@pytest.mark.parametrize(("dialect", "skew"), [("sqlite", SKEW), ("postgresql", -SKEW)], indirect=["dialect"])
def test_f15_a_host_ten_minutes_off_refuses_and_says_why(crew: Crew, skew: int) -> None:
    wrong, right = crew.start(skew=str(skew)), crew.start()
    held = crew.typed("@ana", "new Acme")
    assert send(wrong, held).status_code == httpx.codes.UNAUTHORIZED
    wait_until(
        lambda: any(
            "more than five minutes off: is this machine's clock right?" in line for line in wrong.log
        )
    )
    assert crew.count("deals") == 0
    assert "D-1 Acme is in" in send(right, held).text


@pytest.mark.parametrize(("dialect", "skew"), [("sqlite", SKEW), ("postgresql", -SKEW)], indirect=["dialect"])
def test_f15_a_lease_runs_by_the_databases_clock(crew: Crew, skew: int) -> None:
    """A copy whose clock is ahead or behind takes no letter of another, and sends its own."""
    crew.filled(carded=True)
    store, settings = crew.store, settings_for(crew.slack, crew.url)
    one = Pictures(store, "one")
    assert len(one.claim_letters(TEAM, 10)) == 1
    off = app.build(settings, clock=lambda: datetime.now(UTC) + timedelta(seconds=skew))
    off.start()
    try:
        time.sleep(0.5)
        assert crew.control.messages("#sales") == []
        with store.begin(TEAM) as work:
            work.tx.connection.exec_driver_sql("UPDATE outbox SET lease_until = 1")
        off.services.wake()
        assert crew.card("D-1")
    finally:
        off.stop()


def test_f15_two_copies_with_clocks_that_differ_share_the_letters(crew: Crew) -> None:
    for place in range(6):
        crew.filled(f"Deal {place}", carded=True)
    with ThreadPoolExecutor() as starting:
        list(starting.map(lambda skew: crew.start(hurry="1", skew=str(skew)), (SKEW, -SKEW)))
    wait_until(lambda: crew.unsent() == 0, what="an empty outbox")
    assert len(crew.control.messages("#sales")) == 6
