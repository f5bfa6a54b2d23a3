"""A stage is archived, not deleted, and no deal is lost with it."""

from collections.abc import Callable

import pytest

from pipeline import errors
from pipeline.deal import ChangeKind
from pipeline.shapes import (
    AddStage,
    ArchiveStage,
    RestoreStage,
    Shaped,
)
from tests.conftest import OLGA
from tests.pipeline.desk import Desk
from tests.pipeline.test_shaping import OPEN, keys


def test_an_empty_stage_is_archived_and_comes_back_where_it_was(
    desk: Desk, shape: Callable[..., Shaped]
) -> None:
    proposal = desk.stage("proposal").id
    shape(ArchiveStage(proposal))
    assert keys(desk) == [key for key in OPEN if key != "proposal"]
    with pytest.raises(errors.StageNameTaken) as taken:
        shape(AddStage("Proposal", "Proposal"))
    assert taken.value.stage.archived
    shape(RestoreStage(proposal))
    assert keys(desk) == OPEN
    with pytest.raises(errors.StageUnchanged):
        shape(RestoreStage(proposal))


def test_a_stage_with_deals_is_not_archived_and_the_deals_are_named(
    desk: Desk, shape: Callable[..., Shaped]
) -> None:
    deals = [desk.filled(f"Deal {number}") for number in range(3)]
    before = desk.pipeline
    with pytest.raises(errors.StageHasDeals) as refused:
        shape(ArchiveStage(desk.stage("lead").id))
    assert [deal.id for deal in refused.value.deals] == [deal.id for deal in deals]
    assert [stage.key for stage in refused.value.others] == OPEN[1:]
    assert desk.pipeline == before


def test_archiving_into_another_stage_moves_each_deal_with_its_history(
    desk: Desk, shape: Callable[..., Shaped]
) -> None:
    deals = [desk.filled(f"Deal {number}") for number in range(3)]
    lead, proposal = desk.stage("lead").id, desk.stage("proposal").id
    done = shape(ArchiveStage(lead, proposal))
    assert (done.moved, done.into) == (3, desk.stage("proposal"))
    assert desk.pipeline.version == 2
    for deal in deals:
        now, last = desk.deal(deal), desk.history(deal)[-1]
        assert (now.stage_id, now.version, now.entered_at) == (proposal, 2, desk.at)
        assert last.kind is ChangeKind.MOVED
        assert (last.by, last.version) == (OLGA, 2)
        assert last.move
        assert (last.move.from_stage_id, last.move.to_stage_id) == (lead, proposal)


def test_a_gate_is_not_skipped_by_archiving(desk: Desk, shape: Callable[..., Shaped]) -> None:
    full, bare = desk.filled("Full"), desk.new("Bare")
    before = desk.pipeline
    with pytest.raises(errors.GateInTheWay) as refused:
        shape(ArchiveStage(desk.stage("lead").id, desk.stage("proposal").id))
    assert [deal.id for deal in refused.value.deals] == [bare.id]
    assert desk.pipeline == before
    assert desk.deal(full) == full


def test_no_undo_leads_back_into_an_archived_stage(desk: Desk, shape: Callable[..., Shaped]) -> None:
    deal = desk.filled()
    shape(ArchiveStage(desk.stage("lead").id, desk.stage("proposal").id))
    with pytest.raises(errors.StageArchived):
        desk.undo(deal, OLGA)
    assert desk.deal(deal).version == 2


def test_a_void_deal_stands_in_nobodys_way(desk: Desk, shape: Callable[..., Shaped]) -> None:
    deal = desk.new()
    desk.undo(deal)
    shape(ArchiveStage(desk.stage("lead").id))
    assert desk.deal(desk.filled()).stage_id == desk.stage("qualification").id


def test_one_open_stage_stays(desk: Desk, shape: Callable[..., Shaped]) -> None:
    for key in OPEN[1:]:
        shape(ArchiveStage(desk.stage(key).id))
    with pytest.raises(errors.LastOpenStage):
        shape(ArchiveStage(desk.stage("lead").id))
    assert keys(desk) == ["lead"]
