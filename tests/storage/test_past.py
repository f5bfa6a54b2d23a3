"""What made the difference between two moments of a pipeline, reason by reason."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from pipeline.bridge import Reason, Scope
from pipeline.money import Money
from pipeline.people import Workspace
from pipeline.stages import Field, evenly_planned
from storage import past
from storage.snapshots import take
from tests.conftest import ANA, BEN, TEAM, settled
from tests.pipeline.desk import Desk
from tests.storage.bridged import JANUARY, PERIOD, bridge, crossing, later, told, whole

OTHER = "T0OTHER"


def test_each_deal_has_one_reason(desk: Desk) -> None:
    names = ("won", "lost", "up", "down", "away", "void", "same", "dollars", "unsaid")
    deals = {name: desk.filled(name) for name in names}
    desk.lose(back := desk.filled("back"))
    since = later(desk, days=1)
    later(desk, hours=1)
    desk.move(deals["won"], "won", fields={Field.VALUE: Money(6_000_000, "EUR")})
    desk.lose(deals["lost"])
    desk.edit(deals["up"], {Field.VALUE: Money(5_000_001, "EUR")})
    desk.edit(deals["down"], {Field.VALUE: Money(1, "EUR")})
    desk.edit(deals["away"], {Field.OWNER: BEN})
    desk.void(deals["void"])
    desk.edit(deals["dollars"], {Field.VALUE: Money(5, "USD")})
    desk.edit(deals["unsaid"], {Field.VALUE: None})
    desk.move(deals["same"], "closing")
    desk.reopen(desk.deal(back))
    new = desk.new("new", fields={Field.VALUE: Money(7, "EUR")})
    whole_, mine = (
        told(bridge(desk, since)),
        told(bridge(desk, since, whole(desk, owner_ids=frozenset({ANA})))),
    )
    assert whole_ == {
        Reason.NEW: [(new.number, {"EUR": 7})],
        Reason.REOPENED: [(back.number, {"EUR": 5_000_000})],
        Reason.INCREASED: [(3, {"EUR": 1})],
        Reason.DECREASED: [(9, {"EUR": -5_000_000}), (4, {"EUR": -4_999_999})],
        Reason.CURRENCY: [(8, {"EUR": -5_000_000, "USD": 5})],
        Reason.LOST: [(2, {"EUR": -5_000_000})],
        Reason.WON: [(1, {"EUR": -5_000_000})],
        Reason.REMOVED: [(6, {"EUR": -5_000_000})],
    }
    assert mine == {**whole_, Reason.MOVED_OUT: [(5, {"EUR": -5_000_000})]}
    bens = told(bridge(desk, since, whole(desk, owner_ids=frozenset({BEN}))))
    assert bens == {Reason.MOVED_IN: [(5, {"EUR": 5_000_000})]}


def test_a_close_date_pulls_a_deal_into_a_period_and_pushes_it_out(desk: Desk) -> None:
    pushed, pulled = desk.filled("pushed"), desk.new("pulled", fields={Field.CLOSE_ON: JANUARY})
    since = later(desk, days=1)
    later(desk, hours=1)
    desk.edit(pushed, {Field.CLOSE_ON: JANUARY})
    desk.edit(pulled, {Field.CLOSE_ON: PERIOD[1]})
    assert told(bridge(desk, since)) == {}
    assert told(bridge(desk, since, whole(desk, closing=PERIOD))) == {
        Reason.PULLED_IN: [(2, {})],
        Reason.PUSHED_OUT: [(1, {"EUR": -5_000_000})],
    }


def test_undoing_restores_the_bridge(desk: Desk) -> None:
    deal = desk.filled()
    since = later(desk, days=1)
    later(desk, hours=1)
    before = bridge(desk, since)
    acts: Sequence[Callable[[], object]] = (
        lambda: desk.move(deal, "won"),
        lambda: desk.edit(desk.deal(deal), {Field.VALUE: Money(9, "EUR")}),
        lambda: desk.edit(desk.deal(deal), {Field.OWNER: None}),
        lambda: desk.void(desk.deal(deal)),
    )
    for act in acts:
        act()
        between = later(desk, minutes=10)
        later(desk, minutes=10)
        desk.undo(desk.deal(deal))
        assert bridge(desk, since) == before
        assert bridge(desk, between) == before
        later(desk, minutes=10)


def test_what_came_and_was_closed_in_between_is_told_apart(desk: Desk) -> None:
    since = later(desk, days=1)
    later(desk, hours=1)
    desk.lose(desk.filled("lost"))
    desk.move(desk.filled("won"), "won")
    found = bridge(desk, since)
    assert (found.opening.count, found.closing.count, told(found)) == (0, 0, {})
    assert [course.title for course in found.passing] == ["won", "lost"]


def test_a_copy_is_the_opening_where_one_stands_at_that_moment(desk: Desk) -> None:
    deal = desk.filled()
    monday = later(desk, days=6)
    later(desk, seconds=20)
    assert take(desk.store, TEAM, desk.at, desk.at.date()) == 1
    taken = desk.at
    later(desk, hours=2)
    desk.edit(deal, {Field.VALUE: Money(1, "EUR")})
    found = crossing(desk, whole(desk), monday)
    assert (found.frozen, found.since) == (True, taken)
    assert found.bridge.opening.worth == {"EUR": 5_000_000}
    assert not crossing(desk, whole(desk), monday - timedelta(hours=2)).frozen
    assert not crossing(desk, whole(desk), monday + timedelta(hours=1)).frozen


def test_what_the_copy_had_wrong_is_put_right_by_a_reason(desk: Desk) -> None:
    """A copy is not rewritten: what is undone after it shows as a change."""
    deal = desk.filled()
    desk.move(deal, "won")
    monday = later(desk, hours=1)
    take(desk.store, TEAM, desk.at, desk.at.date())
    later(desk, hours=1)
    desk.undo(desk.deal(deal))
    found = crossing(desk, whole(desk), monday)
    assert told(found.bridge) == {Reason.REOPENED: [(1, {"EUR": 5_000_000})]}


def test_a_change_of_chances_is_no_sale(desk: Desk) -> None:
    desk.filled("stays")
    moved = desk.filled("moves")
    monday = later(desk, hours=1)
    take(desk.store, TEAM, desk.at, desk.at.date())
    later(desk, hours=1)
    lead, proposal = desk.stage("lead"), desk.stage("proposal")
    desk.move(moved, "proposal")
    with desk.store.begin(TEAM) as work:
        work.tx.connection.exec_driver_sql(f"UPDATE stages SET chance = 40 WHERE id = {lead.id}")  # noqa: S608 - our number
    found = crossing(desk, whole(desk), monday).bridge
    assert told(found) == {}
    (weight,) = found.weights.values()
    assert (weight.opening, weight.closing) == (1_000_000, 2_000_000 + 50_000 * proposal.chance)
    assert (weight.by_chances, weight.by_deals) == (1_500_000, 50_000 * (proposal.chance - lead.chance))
    assert not crossing(desk, whole(desk), monday - timedelta(days=3)).bridge.weights


def test_other_workspaces_and_pipelines_are_no_part_of_it(desk: Desk) -> None:
    since = later(desk, hours=1)
    later(desk, hours=1)
    desk.store.found(Workspace(OTHER, "Other", "U0BOT", "B0BOT", "A0APP", "https://other.slack.com/"))
    settled(desk.store, desk.at, OTHER)
    Desk(desk.store, OTHER, desk.at, ANA).filled()
    assert bridge(desk, since).closing.count == 0
    desk.filled()
    with desk.store.begin(TEAM) as work:
        partners = work.stages.establish("partners", "Partners", evenly_planned(["Talk"]))
    assert bridge(desk, since, Scope(partners.id)).closing.count == 0
    assert bridge(desk, since).closing.count == 1


def test_more_deals_than_can_be_read_in_time_are_not_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = later(desk, hours=1)
    for title in "abc":
        desk.filled(title)
    monkeypatch.setattr(past, "MOST", 2)
    with desk.store.read(TEAM, still=True) as work:
        assert work.past.bridge(whole(desk), since, desk.at.date()) is None
