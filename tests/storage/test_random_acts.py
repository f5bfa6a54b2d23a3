"""Whatever people do in whatever order: the archive agrees with the model, and history replays to the present."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from pipeline.deal import ChangeKind, Deal, read_code
from pipeline.errors import Refusal
from pipeline.money import Money
from pipeline.occasion import Outcome
from pipeline.orders import Said
from pipeline.stages import DEFAULT_STAGES, Category, Field
from storage.store import Store
from tests.conftest import ANA, BEN, settled
from tests.pipeline.desk import FILLED, Desk
from tests.storage.model import AGAIN, DONE, RANK, Model

PEOPLE = st.sampled_from([ANA, *RANK])
TITLES = st.sampled_from(["Acme", "Beta"])
STAGES = st.sampled_from([plan.key for plan in DEFAULT_STAGES])
# How far the version that was seen lies behind; None for a typed command.
SEEN = st.sampled_from([None, 0, 0, 0, 1, 1, 2, -1])
PICK = st.integers(0, 99)
SAID: st.SearchStrategy[Said] = st.one_of(
    st.just(dict(FILLED)),
    st.fixed_dictionaries(
        {},
        optional={
            Field.TITLE: TITLES,
            Field.COMPANY: st.sampled_from(["", "Acme Ltd", None]),
            Field.CONTACT: st.sampled_from(["", "Jo", "Kim"]),
            Field.VALUE: st.sampled_from([None, Money(1, "EUR"), Money(5, "JPY")]),
            Field.OWNER: st.sampled_from([None, *RANK]),
            Field.CLOSE_ON: st.sampled_from([None, date(2026, 12, 1)]),
            Field.REASON: st.sampled_from(["", "Price"]),
            Field.CATEGORY: st.sampled_from([None, Category.COMMIT, Category.OMITTED]),
        },
    ),
)


class Acts(RuleBasedStateMachine):
    def __init__(self, store: Store, at: datetime, team: str) -> None:
        super().__init__()
        self.desk = Desk(settled(store, at, team), team, at, ANA)
        self.stages = {stage.id: stage.key for stage in self.desk.pipeline.stages}
        self.model = Model()
        self.first: dict[int, Deal] = {}

    @rule(who=PEOPLE, title=TITLES, said=SAID, again=st.booleans())
    def new(self, who: str, title: str, said: Said, *, again: bool) -> None:
        said = {**said, Field.TITLE: title}
        expected = self.model.new(who, self.desk.at, said, again=again)

        def make() -> str:
            deal = self.desk.new(title, who, said, again=again)
            self.first[deal.number] = deal
            return DONE

        assert came_to(make) == expected

    @rule(who=st.sampled_from([ANA, BEN]), gone=st.booleans())
    def leave_or_return(self, who: str, *, gone: bool) -> None:
        with self.desk.store.begin(self.desk.team) as work:
            person = work.people.get(who)
            assert person
            work.people.keep(replace(person, active=not gone), self.desk.at)
        (self.model.gone.add if gone else self.model.gone.discard)(who)

    @precondition(lambda self: self.first)
    @rule(pick=PICK, who=PEOPLE, stage=STAGES, seen=SEEN, said=SAID)
    def move(self, pick: int, who: str, stage: str, seen: int | None, said: Said) -> None:
        deal, version = self.picked(pick, seen)
        expected = self.model.move(deal.number, who, self.desk.at, stage, version, said)
        self.agrees(expected, partial(self.desk.move, deal, stage, who, expected=version, fields=said))

    @precondition(lambda self: self.first)
    @rule(pick=PICK, who=PEOPLE, seen=SEEN, said=SAID)
    def reopen(self, pick: int, who: str, seen: int | None, said: Said) -> None:
        deal, version = self.picked(pick, seen)
        expected = self.model.reopen(deal.number, who, self.desk.at, version, said)
        self.agrees(expected, partial(self.desk.reopen, deal, who, expected=version, fields=said))

    @precondition(lambda self: self.first)
    @rule(pick=PICK, who=PEOPLE, seen=SEEN, said=SAID)
    def edit(self, pick: int, who: str, seen: int | None, said: Said) -> None:
        deal, version = self.picked(pick, seen)
        expected = self.model.edit(deal.number, who, self.desk.at, version, said)
        self.agrees(expected, partial(self.desk.edit, deal, said, who, expected=version))

    @precondition(lambda self: self.first)
    @rule(pick=PICK, who=PEOPLE, seen=SEEN)
    def undo(self, pick: int, who: str, seen: int | None) -> None:
        deal, version = self.picked(pick, seen)
        expected = self.model.undo(deal.number, who, self.desk.at, version)
        self.agrees(expected, partial(self.desk.undo, deal, who, expected=version))

    @precondition(lambda self: self.first)
    @rule(pick=PICK, who=PEOPLE)
    def note(self, pick: int, who: str) -> None:
        deal, _ = self.picked(pick, None)
        expected = self.model.note(deal.number, who, self.desk.at)
        self.agrees(expected, partial(self.desk.note, deal, "They called", who))

    @precondition(lambda self: self.first)
    @rule(pick=PICK, who=PEOPLE, seen=SEEN)
    def claim(self, pick: int, who: str, seen: int | None) -> None:
        deal, version = self.picked(pick, seen)
        expected = self.model.claim(deal.number, who, self.desk.at, version)
        self.agrees(expected, partial(self.desk.claim, deal, who, expected=version))

    @precondition(lambda self: self.first)
    @rule(pick=PICK, who=PEOPLE, seen=SEEN)
    def void(self, pick: int, who: str, seen: int | None) -> None:
        deal, version = self.picked(pick, seen)
        expected = self.model.void(deal.number, who, self.desk.at, version)
        self.agrees(expected, partial(self.desk.void, deal, who, expected=version))

    @precondition(lambda self: self.first)
    @rule(pick=PICK, other=PICK, who=PEOPLE)
    def merge(self, pick: int, other: int, who: str) -> None:
        kept, _ = self.picked(pick, None)
        gone, _ = self.picked(other, None)
        expected = self.model.merge(kept.number, gone.number, who, self.desk.at)
        self.agrees(expected, partial(self.desk.merge, kept, gone, who))

    @rule(seconds=st.sampled_from([1, 60, 3600, 90_000]))
    def time_passes(self, seconds: int) -> None:
        self.desk.at += timedelta(seconds=seconds)

    @invariant()
    def the_archive_agrees_with_the_model(self) -> None:
        for number, entry in self.model.deals.items():
            deal = self.desk.deal(number)
            assert deal.version == len(entry.log)
            assert self.present(deal) == entry.now

    @override
    def teardown(self) -> None:
        for deal in self.first.values():
            assert self.replayed(deal) == self.desk.deal(deal)

    def picked(self, pick: int, seen: int | None) -> tuple[Deal, int | None]:
        numbers = sorted(self.first)
        number = numbers[pick % len(numbers)]
        return self.first[number], None if seen is None else len(self.model.deals[number].log) - seen

    def agrees(self, expected: str, act: Callable[[], Outcome]) -> None:
        assert came_to(lambda: AGAIN if act().again else DONE) == expected

    def present(self, deal: Deal) -> dict[str, Any]:
        return {
            **{field: deal.said(field) for field in Field},
            "stage": self.stages[deal.stage_id],
            "entered": deal.entered_at,
            "closed": deal.closed_at,
            "voided": deal.voided_at,
            "pushes": deal.pushes,
            "into": next((each.number for each in self.first.values() if each.id == deal.merged_into), 0),
        }

    def replayed(self, deal: Deal) -> Deal:
        """The present, from the first version and the change log alone."""
        history = self.desk.history(deal)
        by_id = {change.id: change for change in history}
        for change in history[1:]:
            deal = deal.saying({each.field: each.new for each in change.fields})
            facts: dict[str, Any] = {"version": change.version, "changed_at": change.at}
            undone = by_id.get(change.undoes_id or 0)
            deal = deal.counting_pushes((undone or change).fields, undone=undone is not None)
            if undone and undone.kind is ChangeKind.CREATED:
                facts["voided_at"] = change.at
            if change.kind in (ChangeKind.VOIDED, ChangeKind.ABSORBED):
                facts["voided_at"] = change.at
            if change.kind is ChangeKind.ABSORBED:
                facts["merged_into"] = self.first[read_code(change.note) or 0].id
            if undone and undone.kind in (ChangeKind.VOIDED, ChangeKind.ABSORBED):
                facts |= {"voided_at": None, "merged_into": None}
            if change.move:
                entered = undone.move.since if undone and undone.move else change.at
                stage = next(
                    each for each in DEFAULT_STAGES if each.key == self.stages[change.move.to_stage_id]
                )
                closed = None if stage.kind.value == "open" else entered
                facts |= {"stage_id": change.move.to_stage_id, "entered_at": entered, "closed_at": closed}
            deal = replace(deal, **facts)
        return deal


def came_to(act: Callable[[], str]) -> str:
    try:
        return act()
    except Refusal as refusal:
        return type(refusal).__name__


@pytest.mark.parametrize(
    "examples", [pytest.param(8, id="some"), pytest.param(400, id="many", marks=pytest.mark.slow)]
)
def test_random_acts_agree_with_the_model_and_replay(store: Store, moment: datetime, examples: int) -> None:
    teams = count(1)
    run_state_machine_as_test(
        lambda: Acts(store, moment, f"T{next(teams)}"),  # type: ignore[arg-type] # any factory will do
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
