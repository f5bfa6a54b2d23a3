"""The nightly look runs in a process of its own, which ends with the bot and leaves nothing behind."""

import json
import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil
import pytest
from sqlalchemy import make_url, text
from typing_extensions import override

from bot import apart
from bot.apart import Apart, Stumbled
from bot.nights import Night
from bot.scheduler import Heartbeat, Interrupted
from pipeline.errors import ArchiveDown
from playground.server import LocalSlack
from storage.engine import connect
from storage.store import Store
from tests.conftest import ANA, TEAM, Clock, settled
from tests.pipeline.desk import Desk
from tests.running import BotProcess, environment, wait_until

SLEEPING = (
    "import sys; sys.path[:] = sys.argv[1:]; import time; import bot.nights as nights; "
    "nights.look_back = lambda *_: time.sleep(60); nights.main()"
)
STUMBLING = SLEEPING.replace("time.sleep(60)", "{}['night']")
WITH_A_LONG_NIGHT = (
    f"import bot.apart; bot.apart._LOOK = {SLEEPING!r}; from bot.__main__ import main; main(['run'])"
)


def night(clock: Clock) -> Night:
    return Night(TEAM, clock.at, clock.at.date(), ZoneInfo("Europe/Berlin"))


@pytest.fixture
def looks() -> Apart:
    return Apart("WARNING", ())


def children() -> list[psutil.Process]:
    return [each for each in psutil.Process().children() if "bot.nights" in " ".join(each.cmdline())]


class Aside(threading.Thread):
    """A look that goes on while the test does something else."""

    def __init__(self, looks: Apart, store: Store, night: Night) -> None:
        super().__init__(daemon=True)
        self.raised: Exception | None = None
        self._given = (looks, store, night)
        self.start()
        wait_until(children, what="the process")

    @override
    def run(self) -> None:
        looks, store, night = self._given
        try:
            looks.back(store, night)
        except (Interrupted, Stumbled) as raised:
            self.raised = raised


@pytest.mark.parametrize(
    "dialect", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)
def test_what_is_found_apart_is_what_is_found_here_by_the_bots_own_clock(
    desk: Desk, clock: Clock, looks: Apart
) -> None:
    clock.at = desk.at
    assert not looks.back(desk.store, night(clock))
    deals = [desk.filled(str(place)) for place in range(20)]
    desk.at += timedelta(days=1)
    for deal in deals:
        desk.move(deal, "proposal")
    clock.advance(days=1)
    assert looks.back(desk.store, night(clock))
    assert desk.stage("lead").limit == 2
    with desk.store.read(TEAM) as work:
        fitted = work.tx.execute(text("SELECT looked_on FROM fits")).scalars().all()
        reported = work.bottlenecks.found(desk.pipeline.id)
    assert [str(each) for each in fitted] == ["2026-11-18"]
    assert [each.currency for each in reported] == [None, "EUR"]
    assert children() == []


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_it_waits_its_turn_behind_the_bots_own_writers(desk: Desk, clock: Clock, looks: Apart) -> None:
    with desk.store.begin(TEAM):
        aside = Aside(looks, desk.store, night(clock))
        aside.join(1)
    aside.join(10)
    assert aside.raised is None
    with desk.store.read(TEAM) as work:
        assert work.stages.are_seen(clock.at.date())


def test_an_archive_that_is_away_is_waited_for(clock: Clock, looks: Apart, tmp_path: Path) -> None:
    gone = Store(connect(f"sqlite:///{tmp_path / 'nowhere' / 'pipeline.db'}"))
    with pytest.raises(ArchiveDown, match="unable to open"):
        looks.back(gone, night(clock))
    gone.close()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_look_that_stumbles_is_written_down_as_any_chore_that_does(
    desk: Desk, clock: Clock, looks: Apart, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(apart, "_LOOK", STUMBLING)

    def refit() -> None:
        looks.back(desk.store, night(clock))

    done: list[str] = []
    Heartbeat(lambda: None, [refit], done=done.append).beat()
    stumbled = next(each for each in caplog.records if each.levelno == logging.ERROR)
    assert "refit stumbled" in stumbled.getMessage()
    assert "KeyError: 'night'" in caplog.text
    assert "refit" not in done


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_process_that_ends_without_a_word_has_stumbled(
    desk: Desk, clock: Clock, looks: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_LOOK", "import os; os._exit(3)")
    with pytest.raises(Stumbled, match="ended with 3"):
        looks.back(desk.store, night(clock))


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_look_ends_when_the_bot_is_stopped_and_none_begins_then(
    desk: Desk, clock: Clock, looks: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_LOOK", SLEEPING)
    aside = Aside(looks, desk.store, night(clock))
    looks.stop()
    aside.join(5)
    assert isinstance(aside.raised, Interrupted)
    with pytest.raises(Interrupted):
        looks.back(desk.store, night(clock))
    assert children() == []


def test_a_chore_that_was_stopped_is_neither_done_nor_an_error(caplog: pytest.LogCaptureFixture) -> None:
    def stopped() -> None:
        raise Interrupted

    done: list[str] = []
    with caplog.at_level(logging.INFO):
        Heartbeat(lambda: None, [stopped], done=done.append).beat()
    assert not [each for each in done if each == "stopped"]
    assert [each.levelname for each in caplog.records if "stopped" in each.getMessage()] == ["INFO"]


def test_no_command_line_bears_the_databases_password(
    clock: Clock, looks: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_LOOK", SLEEPING)
    store = Store(connect("postgresql://ana:5ecret-never-shown@127.0.0.1:9/deals"))
    aside = Aside(looks, store, night(clock))
    told = json.dumps([children()[0].cmdline(), children()[0].environ()])
    looks.stop()
    aside.join(5)
    assert "5ecret" not in told
    assert make_url(store.engine.url).password == "5ecret-never-shown"


@pytest.fixture
def settled_url(database_url: str, clock: Clock) -> str:
    engine = connect(database_url, pool_size=1)
    Desk(settled(Store(engine), clock.at), TEAM, clock.at, ANA).filled()
    engine.dispose()
    return database_url


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as slack:
        yield slack


def fitted(url: str) -> bool:
    engine = connect(url, pool_size=1)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM fits")).scalar_one()
    engine.dispose()
    return bool(found)


@pytest.mark.slow
def test_a_bot_looks_back_without_loading_numpy(slack: LocalSlack, settled_url: str) -> None:
    with BotProcess(environment(slack, settled_url)) as bot:
        wait_until(lambda: fitted(settled_url), what="the chances")
        assert bot.process is not None
        mapped = {Path(each.path).name for each in psutil.Process(bot.process.pid).memory_maps()}
    assert "_sqlite3" in " ".join(mapped) or "psycopg" in " ".join(mapped)
    assert not [name for name in mapped if "multiarray" in name or "openblas" in name]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.slow
@pytest.mark.parametrize("by_force", [False, True], ids=["SIGTERM", "SIGKILL"])
def test_no_look_outlives_the_bot(slack: LocalSlack, settled_url: str, *, by_force: bool) -> None:
    with BotProcess(environment(slack, settled_url), command=("-c", WITH_A_LONG_NIGHT)) as bot:
        assert bot.process is not None
        looking = wait_until(psutil.Process(bot.process.pid).children, what="the look")
        if by_force:
            bot.kill()
        else:
            assert bot.terminate(5) == 0
            wait_until(lambda: any("refit was stopped" in line for line in bot.log), what="a line of it")
        gone, alive = psutil.wait_procs(looking, 5)
    assert (len(gone), alive) == (1, [])
