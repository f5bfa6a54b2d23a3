"""A deal's forecast category: what a person has said of it counts more than its stage."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.deal import ChangeKind, Deal
from pipeline.errors import AlreadySaid, DealIsClosed, NoRight, Overtaken
from pipeline.snapshots import frozen
from pipeline.stages import Category, Field
from tests.conftest import BEN, MIA, OLGA
from tests.pipeline.desk import Desk

COMMIT = {Field.CATEGORY: Category.COMMIT}
BY_STAGE: Mapping[Field, None] = {Field.CATEGORY: None}


def counts_as(desk: Desk, deal: Deal) -> Category:
    deal = desk.deal(deal)
    stage = next(each for each in desk.pipeline.stages if each.id == deal.stage_id)
    return deal.category_in(stage)


def test_it_survives_moves_until_it_is_set_back(desk: Desk) -> None:
    deal = desk.filled()
    assert counts_as(desk, deal) is Category.PIPELINE
    desk.edit(deal, COMMIT)
    for stage in ("proposal", "closing", "lead"):
        desk.move(deal, stage)
        assert counts_as(desk, deal) is Category.COMMIT
    desk.edit(deal, BY_STAGE)
    assert counts_as(desk, deal) is Category.PIPELINE
    desk.move(deal, "proposal")
    assert counts_as(desk, deal) is Category.BEST_CASE


def test_a_closed_deal_is_closed_whatever_was_said(desk: Desk) -> None:
    deal = desk.filled()
    desk.edit(deal, COMMIT)
    desk.move(deal, "won")
    assert counts_as(desk, deal) is Category.CLOSED
    with pytest.raises(DealIsClosed):
        desk.edit(deal, {Field.CATEGORY: Category.PIPELINE})
    desk.reopen(desk.deal(deal))
    assert counts_as(desk, deal) is Category.COMMIT
    desk.lose(deal)
    assert counts_as(desk, deal) is Category.OMITTED


def test_it_is_a_change_like_any_other(desk: Desk) -> None:
    deal = desk.filled()
    said = desk.edit(deal, COMMIT, expected=1)
    assert said.change.kind is ChangeKind.EDITED
    with pytest.raises(Overtaken):
        desk.edit(deal, {Field.CATEGORY: Category.PIPELINE}, MIA, expected=1)
    with pytest.raises(AlreadySaid):
        desk.edit(deal, COMMIT)
    with pytest.raises(NoRight):
        desk.edit(deal, {Field.CATEGORY: Category.OMITTED}, BEN)
    (change,) = desk.history(deal)[-1].fields
    assert (change.field, change.old, change.new) == (Field.CATEGORY, None, "commit")
    desk.undo(deal)
    assert desk.deal(deal) == replace(deal, version=3)
    desk.edit(deal, COMMIT, MIA)
    desk.edit(deal, BY_STAGE, MIA)
    desk.undo(deal, MIA)
    assert desk.deal(deal).category is Category.COMMIT


def test_the_survivor_of_a_merger_keeps_its_own(desk: Desk) -> None:
    kept, gone, bare = desk.filled("kept"), desk.filled("gone"), desk.filled("bare")
    desk.edit(gone, COMMIT)
    assert desk.merge(bare, gone).deal.category is Category.COMMIT
    assert desk.undo(bare).deal.category is None
    assert desk.deal(gone).category is Category.COMMIT
    desk.edit(kept, {Field.CATEGORY: Category.OMITTED})
    assert desk.merge(kept, gone).deal.category is Category.OMITTED


def test_who_has_a_contact_forgotten_leaves_it(desk: Desk) -> None:
    deal = desk.filled()
    desk.edit(deal, COMMIT)
    desk.forget("Jo", OLGA)
    assert desk.deal(deal).category is Category.COMMIT
    assert desk.history(deal)[1].fields[0].new == "commit"


def test_a_copy_freezes_it_but_of_a_parked_deal(desk: Desk) -> None:
    deal = desk.edit(desk.filled(), COMMIT).deal
    lead, today = desk.stage("lead"), desk.at.date()
    assert (frozen(deal, lead, today).category, frozen(deal, lead, today).chance) == (Category.COMMIT, 10)
    parked = replace(deal, nurture_until=today + timedelta(days=1))
    assert frozen(parked, lead, today).category is Category.OMITTED
