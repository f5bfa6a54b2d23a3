"""After anything that people do: what a pipeline was worth earlier is what was seen at that time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count, pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.bridge import Scope, Sums
from pipeline.deal import ChangeKind, Deal
from pipeline.errors import Refusal
from pipeline.money import Money
from pipeline.stages import Field, StageKind
from storage.snapshots import take
from tests.conftest import ANA, BEN, MIA, settled
from tests.pipeline.desk import FILLED, Desk
from tests.storage.bridged import JANUARY, PERIOD, bridge, crossing, later

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
    @settings(max_examples=examples, database=None, suppress_health_check=list(HealthCheck))
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
