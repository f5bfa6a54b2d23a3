"""What a pipeline was worth earlier, against what was seen at that time; and what made the difference."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count, pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.bridge import Bridge, Crossing, Reason, Scope, Sums
from pipeline.deal import ChangeKind, Deal
from pipeline.errors import Refusal
from pipeline.money import Money
from pipeline.people import Workspace
from pipeline.stages import Field, StageKind, evenly_planned
from storage import past
from storage.snapshots import take
from tests.conftest import ANA, BEN, MIA, TEAM, settled
from tests.pipeline.desk import FILLED, Desk

OTHER = "T0OTHER"
PERIOD = (date(2026, 12, 1), date(2026, 12, 31))
JANUARY = date(2027, 1, 20)
VALUES = (None, Money(100, "EUR"), Money(33_333, "EUR"), Money(7, "JPY"), Money(12_050, "USD"))
DAYS = (None, date(2026, 12, 15), date(2026, 12, 31), JANUARY)
_teams = count(1)

State = Mapping[int, Deal]


@dataclass
class Witness:
    """Notes at each moment what the ledger says; what is undone later is struck from the earlier notes."""

    desk: Desk
    notes: list[tuple[datetime, dict[int, Deal]]] = field(default_factory=list)

    def note(self) -> None:
        seen = {}
        for number in range(1, self.deals + 1):
            deal = self.desk.deal(number)
            self._strike_undone(deal)
            seen[number] = deal
        self.notes.append((self.desk.at, seen))

    @property
    def deals(self) -> int:
        with self.desk.store.read(self.desk.team) as work:
            numbers = work.tx.connection.exec_driver_sql(
                f"SELECT count(*) FROM deals WHERE workspace_id = '{self.desk.team}'"  # noqa: S608 - our words
            )
            return int(numbers.scalar_one())

    def _strike_undone(self, deal: Deal) -> None:
        """While it was in force, the deal stood as it did before; one that was never made did not stand at all."""
        for undoing in self.desk.history(deal):
            if undoing.kind is not ChangeKind.UNDONE:
                continue
            for _, seen in self.notes:
                noted = seen.get(deal.number)
                if noted and noted.version == undoing.version - 1 and noted.version == 1:
                    del seen[deal.number]
                elif noted and noted.version == undoing.version - 1:
                    seen[deal.number] = self.earlier(deal, noted.version - 1)

    def earlier(self, deal: Deal, version: int) -> Deal:
        return next(
            seen[deal.number]
            for _, seen in reversed(self.notes)
            if deal.number in seen and seen[deal.number].version == version
        )


def worth(desk: Desk, state: State, scope: Scope) -> tuple[int, Mapping[str, int]]:
    kinds = {stage.id: stage.kind for stage in desk.pipeline.stages}
    total: dict[str, int] = {}
    number = 0
    for deal in state.values():
        if (
            deal.voided_at
            or kinds[deal.stage_id] is not StageKind.OPEN
            or deal.pipeline_id != scope.pipeline_id
        ):
            continue
        if scope.owner_ids and deal.owner_id not in scope.owner_ids:
            continue
        if scope.closing and not (deal.close_on and scope.closing[0] <= deal.close_on <= scope.closing[1]):
            continue
        number += 1
        if deal.value:
            total[deal.value.currency] = total.get(deal.value.currency, 0) + deal.value.minor
    return number, total


def crossing(desk: Desk, scope: Scope, since: datetime, until: datetime | None = None) -> Crossing:
    with desk.store.read(desk.team, still=True) as work:
        found = work.past.bridge(scope, since, desk.at.date(), until)
    assert found is not None
    assert found.bridge.closes
    return found


def bridge(desk: Desk, since: datetime, scope: Scope | None = None, until: datetime | None = None) -> Bridge:
    return crossing(desk, scope or whole(desk), since, until).bridge


def whole(desk: Desk, **part: object) -> Scope:
    return Scope(desk.pipeline.id, **part)  # type: ignore[arg-type] # one of its parts


def told(found: Bridge) -> dict[Reason, list[tuple[int, dict[str, int]]]]:
    return {
        reason: [(each.course.number, dict(each.worth)) for each in passages]
        for reason, passages in found.by_reason().items()
    }


def later(desk: Desk, **time: float) -> datetime:
    """The moment from which on something else happens."""
    desk.at += timedelta(**time)
    return desk.at


def scopes(desk: Desk) -> Sequence[Scope]:
    pipeline = desk.pipeline.id
    return (
        Scope(pipeline),
        Scope(pipeline, frozenset({ANA})),
        Scope(pipeline, closing=PERIOD),
        Scope(pipeline, frozenset({BEN, MIA}), PERIOD),
    )


def anything(desk: Desk, chance: Random, deals: int) -> None:
    """Something that people do; refusals are part of it."""
    number = chance.randint(1, max(deals, 1))
    said = {Field.VALUE: chance.choice(VALUES), Field.CLOSE_ON: chance.choice(DAYS)}
    try:
        match chance.randrange(14):
            case 0 | 1:
                desk.new(f"{desk.at}", chance.choice([ANA, BEN]), {**FILLED, **said}, again=True)
            case 2 | 3:
                desk.edit(desk.deal(number), said, MIA)
            case 4:
                desk.edit(desk.deal(number), {Field.OWNER: chance.choice([None, ANA, BEN])}, MIA)
            case 5:
                desk.void(desk.deal(number), MIA)
            case 6 | 7:
                desk.reopen(desk.deal(number), MIA, fields=FILLED)
            case 8 | 9 | 10:
                desk.undo(desk.deal(number), MIA)
            case 11:
                desk.merge(desk.deal(number), desk.deal(chance.randint(1, max(deals, 1))), MIA)
            case _:
                stages = [stage.key for stage in desk.pipeline.stages]
                desk.move(number, chance.choice(stages), MIA, fields=FILLED)
    except Refusal:
        return


@pytest.mark.parametrize("weekly", [False, True], ids=["by history", "by copies too"])
@pytest.mark.parametrize(
    "examples", [pytest.param(2, id="some"), pytest.param(40, id="many", marks=pytest.mark.slow)]
)
def test_every_past_moment_is_what_was_seen_then_and_each_bridge_closes(
    desk: Desk, moment: datetime, examples: int, *, weekly: bool
) -> None:
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(0, 10**9))
    def check(seed: int) -> None:
        team = f"T{next(_teams)}"
        lived = Lived(Desk(settled(desk.store, moment, team), team, moment, ANA), Random(seed))
        lived.act(40, weekly=weekly)
        for scope in scopes(lived.desk):
            lived.moments_agree(scope)
            lived.weeks_agree(scope)

    check()


@dataclass
class Lived:
    """A team's doings, with what was seen after each of them and in each weekly copy."""

    desk: Desk
    chance: Random
    frozen: dict[datetime, State] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.witness = Witness(self.desk)

    def act(self, times: int, *, weekly: bool) -> None:
        desk, notes = self.desk, self.witness.notes
        for _ in range(times):
            later(desk, hours=self.chance.choice([2, 30]))
            if weekly and take(desk.store, desk.team, desk.at, desk.at.date()):
                self.frozen[desk.at] = dict(notes[-1][1]) if notes else {}
            later(desk, seconds=5)
            anything(desk, self.chance, self.witness.deals)
            self.witness.note()

    def moments_agree(self, scope: Scope) -> None:
        notes = self.witness.notes
        moments = [at + timedelta(seconds=1) for at, _ in notes]
        for since, (_, seen) in list(zip(moments, notes, strict=True))[::5]:
            found = bridge(self.desk, since, scope)
            assert held(found.opening) == worth(self.desk, seen, scope)
            assert held(found.closing) == worth(self.desk, notes[-1][1], scope)
        for since, until in pairwise(moments[::9]):
            first, second = bridge(self.desk, since, scope, until), bridge(self.desk, until, scope)
            assert first.closing == second.opening

    def weeks_agree(self, scope: Scope) -> None:
        for since in self.frozen:
            assert crossing(self.desk, scope, since).frozen
        for since, until in pairwise(self.frozen):
            week = crossing(self.desk, scope, since, until).bridge
            assert held(week.opening) == worth(self.desk, self.frozen[since], scope)
            assert held(week.closing) == worth(self.desk, self.frozen[until], scope)


def held(sums: Sums) -> tuple[int, Mapping[str, int]]:
    return sums.count, sums.worth


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
