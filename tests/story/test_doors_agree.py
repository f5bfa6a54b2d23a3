"""Random acts of several people through every door at once, beside a plain model of the rules."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from handlers.grammar import COMMANDS
from pipeline.deal import Change, ChangeKind, Deal
from pipeline.forgetting import without
from pipeline.money import Money
from pipeline.orders import New, Said
from pipeline.permissions import Act as Right
from pipeline.stages import LIMITS, Field
from tests.storage.model import AGAIN, DONE, Model
from tests.story.doors import Doors
from tests.story.random_acts import AT, CONTACT, FILLED, PLAYED, WEIGHTS, Act, RandomActs, likely
from tests.story.scene import BOTH_ENGINES, Scene

ANA, BEN, MIA, OLGA, GUS = "U0ANA", "U0BEN", "U0MIA", "U0OLGA", "U0GUS"
PEOPLE = (ANA, ANA, BEN, MIA, OLGA, GUS)


class Play:
    """`rows` keeps each deal as it was at each of its versions."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene = scene
        self.chance = Random(seed)
        self.model = Model()
        self.doors = Doors(scene)
        self.acts = RandomActs(self.doors, self.model, self.chance)
        self.rows: dict[int, dict[int, Deal]] = {}
        self.verdicts: Counter[tuple[str, str]] = Counter()
        self.told: list[str] = []
        for place, owner in enumerate((ANA, BEN, None)):
            said = {**FILLED, Field.TITLE: f"Deal {place}", Field.OWNER: owner}
            scene.done(ANA, New(said))
            self.model.new(ANA, AT, said, again=True)
        self.agrees("the beginning")

    def rounds(self, number: int) -> None:
        """Each brings every act as often as its weight says, in random order."""
        for _ in range(number):
            acts = [act for act, weight in WEIGHTS.items() for _ in range(weight)]
            self.chance.shuffle(acts)
            for act in acts:
                self.step(act)
        self.replays()

    def step(self, act: Act) -> None:
        numbers = [number for number, entry in self.model.deals.items() if likely(act, entry.now)]
        if not numbers or self.chance.random() < 0.2:
            numbers = list(self.model.deals)
        who, number = self.chance.choice(PEOPLE), self.chance.choice(numbers)
        expected = act(self.acts, who, number)
        verdict = self.doors.verdict(who)
        self.told.append(f"{who} {act.__name__} D-{number}: {verdict}")
        self.verdicts[act.__name__, verdict] += 1
        wanted = "ok" if expected in (DONE, AGAIN) else expected
        assert verdict == wanted, "\n".join([*self.told[-8:], f"the model says {wanted}"])
        self.agrees("\n".join(self.told[-8:]))

    def agrees(self, told: str) -> None:
        """Every row is what the model says, and its version counts every change."""
        with self.scene.store.read("T0SALES") as work:
            stages = {stage.id: stage.key for stage in work.stages.pipeline().stages}
            rows = {number: work.deals.by_number(number) for number in self.model.deals}
        by_id = {row.id: number for number, row in rows.items()}
        for number, entry in self.model.deals.items():
            row, now = rows[number], entry.now
            found = {each: row.said(each) for each in Field}
            assert found == {each: now[each] for each in Field}, told
            assert (row.version, stages[row.stage_id]) == (len(entry.log), now["stage"]), told
            assert (bool(row.voided_at), bool(row.closed_at)) == (bool(now["voided"]), bool(now["closed"])), (
                told
            )
            assert (by_id.get(row.merged_into or 0, 0), row.pushes) == (now["into"], now["pushes"]), told
            known = self.rows.setdefault(number, {})
            if row.version not in known:
                known[row.version] = row
                self._restored(number, told)

    def _restored(self, number: int, told: str) -> None:
        """What was taken back is as if it had never been, to the moment of entry."""
        last, rows = self.model.deals[number].log[-1], self.rows[number]
        version = len(self.model.deals[number].log)
        if last.kind != "undone" or version < 3:
            return
        before, after = rows[version - 2], rows[version]
        assert after == replace(before, version=version, changed_at=after.changed_at), told

    def replays(self) -> None:
        """The changes tell the whole story: each begins where the one before ended."""
        for number, rows in self.rows.items():
            changes = self.scene.changes(number)
            assert [change.version for change in changes] == list(range(1, len(changes) + 1))
            row = self.scene.row(number)
            present = {each: row.said(each) for each in Field}
            assert _replayed(rows[1], changes) == (present, row.stage_id, row.voided_at is not None)


def _replayed(first: Deal, changes: list[Change]) -> tuple[Said, int, bool]:
    """From what was said first and the changes alone; of a forgotten contact not even the changes tell."""
    erased = max((each.version for each in changes if each.kind is ChangeKind.FORGOTTEN), default=0)
    said = {each: first.said(each) for each in Field}
    if erased:
        said |= _forgotten(said)
    stage, void, by_id = first.stage_id, False, {change.id: change for change in changes}
    for change in changes:
        undone = by_id.get(change.undoes_id or 0)
        if change.move:
            assert change.move.from_stage_id == stage
            stage = change.move.to_stage_id
        for each in change.fields:
            if each.field is not Field.CONTACT or change.version > erased:
                assert said[each.field] == each.old
            said[each.field] = each.new
        if change.version == erased:
            said |= _forgotten(said)
        void = _is_void(change, undone, before=void)
    return said, stage, void


def _forgotten(said: Said) -> dict[Field, Money | str | date | None]:
    return {**{each: without(str(said[each] or ""), [CONTACT]) for each in LIMITS}, Field.CONTACT: ""}


def _is_void(change: Change, undone: Change | None, *, before: bool) -> bool:
    if undone:
        return undone.kind is ChangeKind.CREATED
    return before or change.kind in (ChangeKind.VOIDED, ChangeKind.ABSORBED)


@BOTH_ENGINES
def test_every_door_gives_the_same_verdict_and_history_replays(scene: Scene) -> None:
    play = Play(scene, seed=4)
    play.rounds(4)
    done = {act for act, verdict in play.verdicts if verdict == "ok"}
    refused = {act for act, verdict in play.verdicts if verdict != "ok"}
    assert done == refused == {act.__name__ for act in WEIGHTS}


@pytest.mark.slow
@BOTH_ENGINES
@pytest.mark.parametrize("seed", range(4))
def test_long_runs_through_every_door_agree_with_the_model(scene: Scene, seed: int) -> None:
    play = Play(scene, seed)
    play.rounds(20)
    print(dict(sorted(play.verdicts.items())))


def test_every_word_that_changes_something_of_a_deal_is_played() -> None:
    elsewhere = {Right.LOOK, Right.STAGES, Right.SETTINGS, Right.PEOPLE}
    assert {each.subject for each in COMMANDS if each.act not in elsewhere} == PLAYED
