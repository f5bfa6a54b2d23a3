"""How long deals usually stay is found out once a night, whoever does it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from bot.greeting import Greeting
from bot.housekeeping import Housekeeping
from handlers.courier.calls import Calls
from handlers.house import House
from handlers.services import Services
from handlers.texts.english import English
from pipeline.errors import ArchiveDown
from storage.store import Store
from tests.conftest import TEAM, Clock
from tests.pipeline.desk import Desk
from tests.running import LooksHere

# Half past ten in the morning there.
ZONE = ZoneInfo("Europe/Berlin")


class Copy:
    """One of the bot's copies, as far as its housekeeping goes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.woken = 0
        house = House(ZONE, English(), "EUR", None)
        services = cast("Services", SimpleNamespace(clock=clock, house=house, wake=self._wake))
        greeting = cast("Greeting", SimpleNamespace(workspace=store.workspace()))
        self.keeping = Housekeeping(store, services, cast("Calls", None), greeting, LooksHere())

    def _wake(self) -> None:
        self.woken += 1


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the ledger was read through for."""
    from storage import stays

    read, seen = stays.refit, []

    def noted(*given: object) -> bool:
        seen.append(str(given[3]))
        return read(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(stays, "refit", noted)
    return seen


def test_each_night_is_dealt_with_once_by_all_copies_together(
    desk: Desk, clock: Clock, reads: list[str]
) -> None:
    desk.filled("Acme")
    copies = [Copy(desk.store, clock) for _ in range(2)]
    for _ in range(3):
        for copy in copies:
            copy.keeping.refit()
    assert reads == ["2026-11-17"]
    clock.advance(hours=13.4)  # six minutes to midnight
    copies[1].keeping.refit()
    assert reads == ["2026-11-17"]
    clock.advance(hours=0.2)
    for copy in copies[::-1]:
        copy.keeping.refit()
    assert reads == ["2026-11-17", "2026-11-18"]
    Copy(desk.store, clock).keeping.refit()
    assert reads == ["2026-11-17", "2026-11-18"], "a new start finds it done"


def test_a_ledger_without_deals_is_not_read_until_it_has_one(
    desk: Desk, clock: Clock, reads: list[str]
) -> None:
    copy = Copy(desk.store, clock)
    copy.keeping.refit()
    assert reads == []
    desk.filled("Acme")
    copy.keeping.refit()
    assert reads == ["2026-11-17"]


def test_the_courier_is_woken_where_a_limit_has_changed(desk: Desk, clock: Clock) -> None:
    copy = Copy(desk.store, clock)
    copy.keeping.refit()
    assert copy.woken == 0
    deals = [desk.filled(str(place)) for place in range(20)]
    desk.at += timedelta(days=1)
    for deal in deals:
        desk.move(deal, "proposal")
    clock.advance(days=1)
    copy.keeping.refit()
    assert copy.woken == 1
    assert desk.stage("lead").limit == 2


def test_each_night_somebody_looks_where_deals_get_stuck(desk: Desk, clock: Clock) -> None:
    desk.filled()
    clock.advance(minutes=1)
    copy = Copy(desk.store, clock)
    for _ in range(2):
        copy.keeping.refit()
        clock.advance(days=1)
    with desk.store.read(TEAM) as work:
        found = work.bottlenecks.found(desk.pipeline.id)
    assert [(each.currency, str(each.on), each.report.stages[0].visits) for each in found] == [
        (None, "2026-11-18", 1),
        ("EUR", "2026-11-18", 1),
    ]


def test_a_night_that_broke_off_is_begun_again(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever part of it failed: chances alone tell that it is over."""
    from storage import foreseeing, looking, stays

    parts = [(foreseeing, "refit"), (looking, "look_for_bottlenecks"), (stays, "refit")]
    for module, name in parts:
        desk.filled(module.__name__)
        clock.advance(days=1)
        with monkeypatch.context() as broken:
            broken.setattr(module, name, _down)
            with pytest.raises(ArchiveDown):
                Copy(desk.store, clock).keeping.refit()
        Copy(desk.store, clock).keeping.refit()
        with desk.store.read(TEAM) as work:
            assert {str(each.on) for each in work.bottlenecks.found(desk.pipeline.id)} == {
                str(clock.at.date())
            }
            assert {each.as_of for each in work.forecasts.of(desk.pipeline.id)} == {clock.at}


def _down(*_given: object) -> None:
    raise ArchiveDown


def test_a_copy_that_was_shut_out_keeps_no_house(desk: Desk, clock: Clock, reads: list[str]) -> None:
    desk.store.superseded = True
    Copy(desk.store, clock).keeping.refit()
    assert reads == []
