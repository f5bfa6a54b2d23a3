"""A request that comes again gets the answer that it got, and changes nothing."""

import pytest

from pipeline.errors import AlreadyAnswered
from pipeline.letters import JSONDict
from tests.conftest import TEAM, settled
from tests.pipeline.desk import Desk

ANSWER: JSONDict = {"text": "Ümläut 😀 \0 \ud800", "blocks": [{"type": "divider"}], "n": None}


def test_an_answer_is_found_as_it_was_kept(desk: Desk) -> None:
    keep(desk, "command", "1.2.abc", ANSWER)
    with desk.store.read(TEAM) as work:
        assert work.receipts.find("command", "1.2.abc") == ANSWER
        assert work.receipts.find("click", "1.2.abc") is None
        assert work.receipts.find("command", "1.2.abd") is None


def test_f01_the_second_keep_takes_back_all_that_came_with_it(desk: Desk) -> None:
    keep(desk, "event", "Ev1", {"n": 1})
    with pytest.raises(AlreadyAnswered):
        delivered_again(desk)
    with desk.store.read(TEAM) as work:
        assert work.receipts.find("event", "Ev1") == {"n": 1}
        assert not work.tx.connection.exec_driver_sql("SELECT * FROM homes").all()
        assert not work.tx.connection.exec_driver_sql("SELECT * FROM outbox").all()


def test_an_empty_answer_is_an_answer(desk: Desk) -> None:
    keep(desk, "event", "Ev1", {})
    with desk.store.read(TEAM) as work:
        assert work.receipts.find("event", "Ev1") == {}


def test_kinds_and_workspaces_keep_their_requests_apart(desk: Desk) -> None:
    settled(desk.store, desk.at, "T0OTHER")
    keep(desk, "event", "1", {"n": 1})
    keep(desk, "click", "1", {"n": 2})
    with desk.store.begin("T0OTHER") as work:
        work.receipts.keep("event", "1", {"n": 3}, desk.at)
    with desk.store.read(TEAM) as work:
        assert [work.receipts.find(kind, "1") for kind in ("event", "click")] == [{"n": 1}, {"n": 2}]


def delivered_again(desk: Desk) -> None:
    with desk.store.begin(TEAM) as work:
        work.homes.opened("U0ANA", desk.at)
        work.outbox.reply("Ev1", {"n": 2})
        work.receipts.keep("event", "Ev1", {"n": 2}, desk.at)


def keep(desk: Desk, kind: str, request_id: str, answer: JSONDict) -> None:
    with desk.store.begin(TEAM) as work:
        work.receipts.keep(kind, request_id, answer, desk.at)
