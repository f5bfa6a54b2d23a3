"""A file that is imported again, with other words or a longer past."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from pipeline.deal import ChangeKind, Deal
from pipeline.editing import edit
from pipeline.imports import Fate, ImportedDeal, SkipReason, Visit
from pipeline.money import Money
from pipeline.occasion import Occasion
from pipeline.orders import Edit, Move
from pipeline.stages import Category, Field
from storage.imports_update import Updates
from storage.post_tables import CardRow, HomeRow
from storage.store import Store
from storage.tables import DealRow
from tests.conftest import ANA, TEAM
from tests.storage.test_imports import START, act, bring, deal, roof, stage


def test_a_changed_row_appends_fields_and_further_stays(store: Store, moment: datetime) -> None:
    bring(store, [roof(1, "lead", "proposal")], moment)
    report = bring(store, [roof(1, "lead", "proposal", "won", value=Money(900_00, "EUR"))], moment)
    assert report.fates == {Fate.UPDATED: 1}
    changed = deal(store)
    assert (changed.value, changed.version) == (Money(900_00, "EUR"), 4)
    assert changed.closed_at == START + timedelta(days=2)
    with store.read(TEAM) as work:
        history = work.deals.history(changed, 2)
    assert [change.kind for change in history] == [ChangeKind.IMPORTED] * 2
    assert bring(store, [roof(1, "lead", "proposal", "won", value=Money(900_00, "EUR"))], moment).fates == {
        Fate.UNCHANGED: 1
    }


def test_a_category_that_was_said_stays_whatever_a_later_file_tells(store: Store, moment: datetime) -> None:
    """As any change made in Slack, it keeps the file from the deal."""
    bring(store, [roof(1, "lead")], moment)
    with store.begin(TEAM) as work:
        edit(work, Occasion(ANA, moment), Edit(1, {Field.CATEGORY: Category.COMMIT}))
    before = deal(store)
    assert before.category is Category.COMMIT
    bring(store, [roof(1, "lead", "proposal", value=Money(900_00, "EUR"))], moment)
    assert deal(store) == before


def test_what_a_file_empties_is_emptied(store: Store, moment: datetime) -> None:
    bring(store, [roof(1, owner=ANA, close_on=START.date())], moment)
    bring(store, [roof(1, owner=None, close_on=None, company="", value=None)], moment)
    emptied = deal(store)
    assert (emptied.owner_id, emptied.close_on, emptied.company, emptied.value) == (None, None, "", None)


def test_the_card_of_an_updated_deal_is_wanted_anew(store: Store, moment: datetime) -> None:
    bring(store, [roof(1)], moment)
    with store.begin(TEAM) as work:
        work.tx.connection.execute(CardRow.__table__.insert(), card(deal(store).id))  # type: ignore[attr-defined]
    bring(store, [roof(1, "lead", "proposal")], moment)
    with store.read(TEAM) as work:
        assert work.tx.execute(select(CardRow.wanted_version)).scalar_one() == 2


def card(deal_id: int) -> dict[str, object]:
    place = {"workspace_id": TEAM, "deal_id": deal_id, "channel_id": "C1", "ts": "1.0", "generation": 1}
    return {
        **place,
        "state": "living",
        "wanted_version": 1,
        "painted_version": 1,
        "posted_at": 0,
        "looked_at": 0,
    }


def test_the_homes_of_owners_are_repainted_once(store: Store, moment: datetime) -> None:
    with store.begin(TEAM) as work:
        work.homes.opened(ANA, moment)
    bring(store, [roof(number, owner=ANA) for number in range(1, 4)], moment)
    with store.read(TEAM) as work:
        assert work.tx.execute(select(HomeRow.wanted_version)).scalar_one() == 2


def test_what_was_changed_in_slack_since_is_left_alone(store: Store, moment: datetime) -> None:
    bring(store, [roof(1)], moment)
    act(store, Move(1, stage(store, "closing"), fields=_closing()), moment)
    report = bring(store, [roof(1, "lead", "proposal")], moment)
    assert report.skipped == {SkipReason.CHANGED_IN_SLACK: 1}
    assert deal(store).stage_id == stage(store, "closing")
    assert bring(store, [roof(1)], moment).fates == {Fate.UNCHANGED: 1}


def _closing() -> dict[Field, Money | str | None]:
    return {Field.NEXT_STEP: "Sign", Field.NEXT_STEP_ON: START.date()}  # type: ignore[dict-item]


def test_a_file_with_another_past_is_not_believed(store: Store, moment: datetime) -> None:
    bring(store, [roof(1, "lead", "proposal", "won")], moment)
    report = bring(store, [roof(1, "lead", "negotiation", "won")], moment)
    assert report.skipped == {SkipReason.PAST_DIFFERS: 1}
    assert deal(store).version == 3


@pytest.mark.parametrize(("key", "closed"), [("proposal", False), ("won", True)])
def test_a_row_that_tells_only_the_present_moves_the_deal_there(
    store: Store, moment: datetime, key: str, *, closed: bool
) -> None:
    begun = START + timedelta(days=30)
    first = replace(roof(1), visits=[Visit("lead", begun)], past_known=False)
    bring(store, [first], moment)
    visits = [Visit(key, begun)] if not closed else [Visit("lead", START), Visit(key, START)]
    bring(store, [replace(first, visits=visits)], moment)
    moved = deal(store)
    assert moved.stage_id == stage(store, key)
    assert moved.entered_at == (begun if closed else moment)
    assert moved.created_at == begun


def test_a_race_for_a_changed_deal_is_lost_without_harm(
    store: Store, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(store, [roof(1)], moment)
    steps = Updates._steps

    def overtaken(self: Updates, before: Deal, told: ImportedDeal) -> object:
        found = list(steps(self, before, told))
        self._work.tx.execute(update(DealRow).values(version=7))
        return found

    monkeypatch.setattr(Updates, "_steps", overtaken)
    report = bring(store, [roof(1, "lead", "proposal")], moment)
    assert report.skipped == {SkipReason.CHANGED_IN_SLACK: 1}
