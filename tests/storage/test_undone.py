"""Undo restores every statistic: whatever was done and taken back, the night finds what it would have found."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest

from pipeline.bridge import Scope, Sums
from pipeline.history import History
from pipeline.money import Money
from pipeline.orders import Said
from pipeline.stages import Field
from storage import stays
from storage.insight import read_history
from tests.conftest import ANA, BEN, MIA, TEAM
from tests.pipeline.desk import FILLED, Desk
from tests.storage.mornings import Told, are_same, assert_same, bridged, sold_usually, told

OPEN, OTHER, WON = 11, 12, 1
Act = Callable[[Desk], object]


def saying(said: Said) -> Act:
    return lambda desk: desk.edit(desk.deal(OPEN), said, MIA)


ACTS: Mapping[str, Act] = {
    "move": lambda desk: desk.move(OPEN, "negotiation", fields=FILLED),
    "win": lambda desk: desk.move(OPEN, "won"),
    "lose": lambda desk: desk.lose(OPEN),
    "reopen": lambda desk: desk.reopen(desk.deal(WON)),
    "void": lambda desk: desk.void(desk.deal(OPEN)),
    "merge": lambda desk: desk.merge(desk.deal(OPEN), desk.deal(OTHER)),
    **{
        str(said): saying(said)
        for said in (
            {Field.VALUE: Money(1, "EUR")},
            {Field.VALUE: Money(7, "USD")},
            {Field.VALUE: None},
            {Field.CLOSE_ON: date(2027, 3, 1)},
            {Field.CLOSE_ON: None},
            {Field.NURTURE_UNTIL: date(2027, 6, 1)},
            {Field.OWNER: BEN},
        )
    },
}


@pytest.fixture
def at_work(desk: Desk) -> Desk:
    """A past, a deal in the proposal and one that is a lead."""
    sold_usually(desk)
    deal = desk.filled("open")
    desk.filled("other")
    desk.at += timedelta(days=2)
    desk.move(deal, "proposal")
    desk.at += timedelta(days=3)
    return desk


def night(desk: Desk) -> Told:
    """Always at the same moment."""
    begin = desk.at
    found = told(desk)
    desk.at = begin
    return found


def visits(desk: Desk) -> list[tuple[int, int, bool]]:
    with desk.store.read(TEAM) as work:
        seen = stays.visits(work.tx, desk.at)
    return sorted(zip(seen.stages.tolist(), seen.seconds.tolist(), seen.exited.tolist(), strict=True))


def test_undo_restores_every_statistic(at_work: Desk) -> None:
    desk = at_work
    week_ago = desk.at - timedelta(days=7)
    before, stayed, bridge = night(desk), visits(desk), bridged(desk, week_ago)
    for name, act in ACTS.items():
        act(desk)
        number = WON if name == "reopen" else OPEN
        desk.undo(desk.deal(number), MIA)
        assert visits(desk) == stayed, name
        assert bridged(desk, week_ago) == bridge, name
        assert_same(night(desk), before)


def test_what_is_made_and_taken_back_was_never_there(at_work: Desk) -> None:
    said: Said = {**FILLED, Field.REASON: ""}
    before, stayed = night(at_work), visits(at_work)
    at_work.undo(at_work.new("made by mistake", fields=said))
    assert visits(at_work) == stayed
    assert_same(night(at_work), before)


def test_each_act_makes_a_difference_before_it_is_undone(at_work: Desk) -> None:
    """Else the rule above would say nothing. Whose a deal is decides what a person's part is worth."""
    desk, anas = at_work, frozenset({ANA})
    before = past(desk), worth(desk, anas)
    for name, act in ACTS.items():
        act(desk)
        assert not are_same(past(desk), before[0]) or worth(desk, anas) != before[1], name
        desk.undo(desk.deal(WON if name == "reopen" else OPEN), MIA)
        assert are_same(past(desk), before[0]), name


def past(desk: Desk) -> History:
    with desk.store.read(TEAM) as work:
        return read_history(work.tx, desk.pipeline, desk.at, "EUR", desk.at.date())


def worth(desk: Desk, owners: frozenset[str]) -> Sums:
    with desk.store.read(TEAM, still=True) as work:
        crossing = work.past.bridge(Scope(desk.pipeline.id, owners), desk.at, desk.at.date())
    assert crossing
    return crossing.bridge.closing
