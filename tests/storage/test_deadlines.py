"""Every wait ends in time: "not saved, try again" is said inside Slack's three seconds."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import psycopg
import pytest
from sqlalchemy import Engine, text

from pipeline.errors import ArchiveDown, CommitUnknown
from pipeline.moving import move
from pipeline.orders import Move
from storage.store import Store
from tests.conftest import ANA, TEAM
from tests.pipeline.desk import Desk

LIMIT = 0.4
# For a machine that has other things to do; two seconds and this are still within Slack's three.
MARGIN = 0.9


@pytest.fixture
def desk(store: Store, moment: datetime) -> Desk:
    """At a database of its own."""
    return Desk(store, TEAM, moment, ANA)


@contextmanager
def ends_in_time(limit: float = LIMIT) -> Iterator[float]:
    began = time.monotonic()
    with pytest.raises(ArchiveDown):
        yield began + limit
    assert time.monotonic() - began < limit + MARGIN


@contextmanager
def write_lock(url: str) -> Iterator[None]:
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def row_lock(url: str) -> Iterator[None]:
    with psycopg.connect(url) as other:
        other.execute("SELECT * FROM deals FOR UPDATE")
        yield
        other.rollback()


def test_f17_a_lock_that_another_holds_ends_a_request_in_time(
    desk: Desk, database_url: str, dialect: str
) -> None:
    deal = desk.filled()
    lock = write_lock if dialect == "sqlite" else row_lock
    target = desk.stage("proposal").id
    with lock(database_url):
        with ends_in_time() as until, desk.store.begin(TEAM, until) as work:
            move(work, desk.occasion(), Move(deal.number, target))
        assert desk.deal(deal) == deal
    assert desk.move(deal, "proposal").deal.version == 2


def test_f17_a_slow_statement_is_stopped_in_time(
    postgresql_url: str, connected: Callable[..., Engine]
) -> None:
    store = Store(connected(postgresql_url))
    with ends_in_time() as until, store.begin(TEAM, until) as work:
        work.tx.execute(text("SELECT pg_sleep(5)"))
    with ends_in_time(2.0), store.begin(TEAM) as work:
        work.tx.execute(text("SELECT pg_sleep(5)"))


def test_f17_what_is_left_is_shared_by_all_statements(
    postgresql_url: str, connected: Callable[..., Engine]
) -> None:
    store = Store(connected(postgresql_url))
    with ends_in_time(0.8) as until, store.begin(TEAM, until) as work:
        for _ in range(100):
            work.tx.execute(text("SELECT pg_sleep(0.1)"))


@pytest.mark.parametrize("act", ["begin", "read"])
def test_f18_an_exhausted_pool_is_told_in_time(
    database_url: str, connected: Callable[..., Engine], act: str
) -> None:
    store = Store(connected(database_url, pool_size=1))
    with store.read(TEAM):
        with ends_in_time(0.5) as until, getattr(store, act)(TEAM, until):
            pass
        assert not store.is_reachable()
    assert store.is_reachable()


def test_a_writer_does_not_wait_longer_for_its_turn_than_it_may(
    sqlite_url: str, connected: Callable[..., Engine]
) -> None:
    store = Store(connected(sqlite_url))
    with store.begin(TEAM), ends_in_time() as until, store.begin(TEAM, until):
        pass


def test_a_short_wait_does_not_outlive_its_request(sqlite_url: str, connected: Callable[..., Engine]) -> None:
    """The next user of the pooled connection waits as long as it should."""
    store = Store(connected(sqlite_url, pool_size=1))
    with store.begin(TEAM, time.monotonic() + 1.0) as work:
        assert work.tx.execute(text("PRAGMA busy_timeout")).scalar_one() <= 1000
    for act in (store.begin, store.read):
        with act(TEAM) as work:
            assert work.tx.execute(text("PRAGMA busy_timeout")).scalar_one() == 2000


def test_reading_goes_on_beside_a_writer(desk: Desk, database_url: str, dialect: str) -> None:
    deal = desk.new()
    lock = write_lock if dialect == "sqlite" else row_lock
    with lock(database_url), desk.store.read(TEAM, time.monotonic() + 2.0) as work:
        assert work.deals.by_number(deal.number) == deal


def test_nothing_is_begun_once_the_time_is_over(desk: Desk) -> None:
    with pytest.raises(ArchiveDown), desk.store.begin(TEAM, time.monotonic() - 0.01) as work:
        work.deals.by_number(1)


def test_nothing_of_a_request_that_ran_out_of_time_is_kept(desk: Desk) -> None:
    deal = desk.filled()
    target = desk.stage("proposal").id

    def too_slow() -> None:
        with desk.store.begin(TEAM, time.monotonic() + 0.3) as work:
            move(work, desk.occasion(), Move(deal.number, target))
            time.sleep(0.35)
            work.deals.by_number(deal.number)

    with pytest.raises(ArchiveDown):
        too_slow()
    assert desk.deal(deal) == deal
    assert len(desk.history(deal)) == 1


@pytest.fixture
def cuttable(postgresql_url: str, connected: Callable[..., Engine]) -> Store:
    return Store(connected(postgresql_url))


def test_f16_connections_that_were_cut_while_idle_heal_unnoticed(
    cuttable: Store, postgresql_url: str
) -> None:
    assert teams(cuttable) == 0
    cut_connections(postgresql_url)
    assert teams(cuttable) == 0


def test_f16_a_connection_cut_in_the_middle_saves_nothing(cuttable: Store, postgresql_url: str) -> None:
    def cut_in_the_middle() -> None:
        with cuttable.begin(TEAM) as work:
            work.tx.execute(text("INSERT INTO workspaces (id) VALUES ('T0CUT')"))
            cut_connections(postgresql_url)
            work.tx.execute(text("SELECT 1"))

    with pytest.raises(ArchiveDown) as ended:
        cut_in_the_middle()
    assert type(ended.value) is ArchiveDown
    assert teams(cuttable) == 0


def test_f16_a_connection_cut_at_the_commit_is_told_apart(cuttable: Store, postgresql_url: str) -> None:
    """Only then may the change be there."""

    def cut_at_the_end() -> None:
        with cuttable.begin(TEAM) as work:
            work.tx.execute(text("INSERT INTO workspaces (id) VALUES ('T0CUT')"))
            cut_connections(postgresql_url)

    with pytest.raises(CommitUnknown):
        cut_at_the_end()
    assert teams(cuttable) == 0


def teams(store: Store) -> int:
    with store.read(TEAM) as work:
        found: int = work.tx.execute(text("SELECT count(*) FROM workspaces")).scalar_one()
    return found


def cut_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
