"""A snoozed deal stays out of the top list for some days, and else as it was."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.deal import ChangeKind, Deal
from pipeline.errors import AlreadySaid, DealIsClosed, NoRight, Overtaken
from pipeline.finding import Wanted
from pipeline.occasion import Outcome
from pipeline.orders import Snooze
from pipeline.snoozing import snooze
from pipeline.stages import Field
from tests.conftest import BEN, MIA, TEAM
from tests.pipeline.desk import Desk

THREE = timedelta(days=3)


def snoozed(
    desk: Desk, deal: Deal, by: str | None = None, *, days: int | None = 3, expected: int | None = None
) -> Outcome:
    until = None if days is None else desk.at.date() + timedelta(days=days)
    with desk.store.begin(TEAM) as work:
        return snooze(work, desk.occasion(by), Snooze(deal.number, until, expected))


def listed(desk: Desk) -> tuple[list[int], int, int]:
    """Ids in the top list's choice, how many, and how many rest."""
    with desk.store.read(TEAM) as work:
        found = work.deals.candidates(Wanted(desk.at.date(), desk.at), 100)
    return [row.id for row in found.rows], found.total, found.resting


def test_it_leaves_the_list_until_its_day(desk: Desk) -> None:
    deal, other = desk.filled("a"), desk.filled("b")
    snoozed(desk, deal)
    assert listed(desk) == ([other.id], 1, 1)
    desk.at += THREE
    assert listed(desk) == ([deal.id, other.id], 2, 0)


def test_parked_void_and_closed_deals_are_no_candidates_either(desk: Desk) -> None:
    deals = [desk.filled(name) for name in "abcd"]
    desk.edit(deals[0], {Field.NURTURE_UNTIL: desk.at.date() + THREE})
    desk.void(deals[1])
    desk.lose(deals[2])
    assert listed(desk) == ([deals[3].id], 1, 1)


def test_it_is_no_sign_of_life_nor_is_taking_it_back(desk: Desk) -> None:
    deal = desk.filled()
    desk.at += timedelta(hours=2)
    after = snoozed(desk, deal).deal
    assert after.changed_at == deal.changed_at
    assert desk.history(deal)[-1].kind is ChangeKind.SNOOZED
    desk.undo(after)
    assert desk.deal(deal) == replace(deal, version=3)


def test_a_second_press_gets_the_first_ones_answer_and_a_late_one_is_overtaken(desk: Desk) -> None:
    deal = desk.filled()
    snoozed(desk, deal, expected=1)
    assert snoozed(desk, deal, expected=1).again
    with pytest.raises(Overtaken):
        snoozed(desk, deal, MIA, days=5, expected=1)


def test_it_wakes_early_when_asked(desk: Desk) -> None:
    deal = desk.filled()
    with pytest.raises(AlreadySaid):
        snoozed(desk, deal, days=None)
    snoozed(desk, deal)
    snoozed(desk, deal, days=None)
    assert listed(desk)[1:] == (1, 0)


def test_who_may_change_a_deal_may_snooze_it_while_it_is_open(desk: Desk) -> None:
    deal = desk.filled()
    with pytest.raises(NoRight):
        snoozed(desk, deal, BEN)
    snoozed(desk, deal, MIA)
    desk.lose(desk.deal(deal))
    with pytest.raises(DealIsClosed):
        snoozed(desk, deal, days=9)
