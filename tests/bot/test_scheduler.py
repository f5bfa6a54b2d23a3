"""The heartbeat rings, whatever happens to what it rings for."""

import logging
import threading
import time

import pytest

from bot.scheduler import Heartbeat
from pipeline.errors import ArchiveDown


class Bell:
    def __init__(self, error: Exception | None = None) -> None:
        self.rung = 0
        self.again = threading.Event()
        self._error = error

    def ring(self) -> None:
        self.rung += 1
        if self.rung > 1:
            self.again.set()
        if self._error:
            raise self._error


def test_each_beat_wakes_the_courier_and_runs_the_chores() -> None:
    courier, chore = Bell(), Bell()
    heartbeat = Heartbeat(courier.ring, [chore.ring], seconds=0.05)
    heartbeat.start()
    assert chore.again.wait(5)
    assert heartbeat.stop()
    rung = courier.rung
    time.sleep(0.15)
    assert courier.rung == rung, "stopped is stopped"


def test_the_first_beat_comes_at_once() -> None:
    courier = Bell()
    heartbeat = Heartbeat(courier.ring, seconds=60)
    heartbeat.start()
    until = time.monotonic() + 5
    while not courier.rung and time.monotonic() < until:
        time.sleep(0.01)
    heartbeat.stop()
    assert courier.rung == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [(RuntimeError("a defect"), "Bell.ring stumbled"), (ArchiveDown("gone"), "waits for the archive: gone")],
)
def test_a_chore_that_fails_stops_no_other(
    error: Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = Bell(error), Bell()
    heartbeat = Heartbeat(Bell().ring, [broken.ring, sound.ring], seconds=0.05)
    with caplog.at_level(logging.WARNING):
        heartbeat.start()
        assert sound.again.wait(5)
        heartbeat.stop()
    assert told in caplog.text
    assert broken.rung >= 2, "and it is tried again"


def test_a_slow_chore_is_not_started_twice() -> None:
    busy, most, lock = 0, 0, threading.Lock()
    enough = threading.Event()

    def slow() -> None:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.2)
        with lock:
            busy -= 1
        enough.set()

    heartbeat = Heartbeat(Bell().ring, [slow], seconds=0.05)
    heartbeat.start()
    assert enough.wait(5)
    time.sleep(0.2)
    assert heartbeat.stop()
    assert most == 1


def test_stop_waits_for_the_present_beat_but_not_for_ever() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def stubborn() -> None:
        begun.set()
        go_on.wait(5)

    after = Bell()
    heartbeat = Heartbeat(Bell().ring, [stubborn, after.ring], seconds=60)
    heartbeat.start()
    assert begun.wait(5)
    assert not heartbeat.stop(seconds=0.05)
    go_on.set()
    assert heartbeat.stop(seconds=5)
    assert after.rung == 0, "no further chore begins"


def test_stopping_what_never_started_is_harmless() -> None:
    assert Heartbeat(Bell().ring).stop()


def test_a_chore_that_succeeded_is_told_of_and_one_that_stumbled_is_not() -> None:
    told: list[str] = []
    heartbeat = Heartbeat(Bell().ring, [Bell(ArchiveDown("away")).ring, Bell().again.set], done=told.append)
    heartbeat.beat()
    assert told == ["ring", "set"]
