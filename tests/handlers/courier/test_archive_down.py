"""The courier outlives its archive and its own errors."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from typing_extensions import override

from pipeline.errors import ArchiveDown
from pipeline.postbox import ClaimedLetter
from storage.pictures import Pictures
from storage.post_tables import OutboxRow
from storage.store import Store, Work
from tests.handlers.courier.house import House, eventually


class Shaky(Store):
    """A store whose database can be taken away."""

    down = False

    @override
    @contextmanager
    def begin(self, workspace_id: str, until: float | None = None) -> Iterator[Work]:
        self._check()
        with super().begin(workspace_id, until) as work:
            yield work

    @override
    @contextmanager
    def read(self, workspace_id: str, until: float | None = None, *, still: bool = False) -> Iterator[Work]:
        self._check()
        with super().read(workspace_id, until, still=still) as work:
            yield work

    def _check(self) -> None:
        if self.down:
            raise ArchiveDown("no connection")


@pytest.fixture
def shaky(store: Store) -> Shaky:
    shaky = Shaky(store.engine)
    shaky._write_lock = store._write_lock
    return shaky


def test_the_courier_goes_on_when_the_archive_is_back(
    house: House, shaky: Shaky, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="handlers"):
        courier = house.courier(store=shaky)
        shaky.down = True
        house.say("one")
        for _ in range(10):
            courier.wake()
        eventually(lambda: "waits for the archive" in caplog.text)
        shaky.down = False
        eventually(lambda: house.state("one") == "sent")
        eventually(lambda: "reaches the archive again" in caplog.text)
    assert caplog.text.count("waits for the archive") == 1


def test_an_archive_lost_between_post_and_mark_leads_to_a_look_up(house: House, shaky: Shaky) -> None:
    house.control.fault("slow", "chat.postMessage", seconds=0.8)
    house.say("one")
    courier = house.courier(store=shaky, timeout=3)
    eventually(lambda: house.texts() == ["one"])
    shaky.down = True
    eventually(lambda: not courier._in_hand)
    shaky.down = False
    expire(house)
    eventually(lambda: house.state("one") == "sent")
    assert house.texts() == ["one"]


def expire(house: House) -> None:
    house.change(OutboxRow, lease_until=1)


class Broken(Pictures):
    """Stumbles at its first claim."""

    stumbled = 0

    @override
    def claim_letters(self, workspace_id: str, limit: int) -> Sequence[ClaimedLetter]:
        if self.stumbled < 2:
            self.stumbled += 1
            raise RuntimeError("a defect")
        return super().claim_letters(workspace_id, limit)


def test_the_loop_survives_a_defect(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.say("one")
    with caplog.at_level(logging.ERROR):
        house.courier(postbox=Broken(house.store, "one"))
        eventually(lambda: house.state("one") == "sent")
    assert caplog.text.count("The courier stumbled") == 2


def test_a_call_in_hand_is_not_made_twice_by_its_own_copy(house: House) -> None:
    """Its lease ran out during the call, and the same process claims it anew."""
    house.control.fault("slow", "chat.postMessage", seconds=0.5, done=False)
    house.say("one")
    courier = house.courier(timeout=3)
    eventually(lambda: house.state("one") == "sending")
    expire(house)
    courier.wake()
    eventually(lambda: house.state("one") == "sent")
    assert len(house.calls("chat.postMessage")) == 1
