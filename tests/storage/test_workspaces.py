"""Two teams with the same numbers, people and channels never meet."""

from dataclasses import replace

import pytest

from pipeline import errors
from pipeline.letters import LetterKind
from pipeline.moving import move
from pipeline.orders import Move
from pipeline.people import Channel
from pipeline.permissions import Role
from pipeline.stages import Field
from storage.postbox import Letters
from tests.conftest import ANA, BEN, GUS, MAIN_CHANNEL, OLGA, TEAM, settled
from tests.pipeline.desk import Desk

OTHER = "T0OTHER"


@pytest.fixture
def other(desk: Desk) -> Desk:
    return Desk(settled(desk.store, desk.at, OTHER), OTHER, desk.at, ANA)


def test_each_team_counts_its_own_deals(desk: Desk, other: Desk) -> None:
    ours, theirs = desk.new("Ours"), other.new("Theirs")
    assert (ours.number, theirs.number) == (1, 1)
    assert desk.deal(1).title == "Ours"
    assert other.deal(1).title == "Theirs"


def test_a_deal_of_another_team_is_unknown_by_number_and_by_id(desk: Desk, other: Desk) -> None:
    theirs = other.new()
    with pytest.raises(errors.UnknownDeal):
        desk.move(theirs.number, "lost")
    with pytest.raises(errors.UnknownDeal), desk.store.read(TEAM) as work:
        work.deals.by_id(theirs.id)


def test_what_one_team_does_changes_nothing_of_the_other(desk: Desk, other: Desk) -> None:
    desk.channel = other.channel = MAIN_CHANNEL
    ours, theirs = desk.filled(), other.filled()
    desk.move(ours, "won")
    desk.undo(ours)
    assert other.deal(theirs) == theirs
    assert len(other.history(theirs)) == 1
    assert not other.letters(LetterKind.WIN)
    assert not other.letters(LetterKind.THREAD)


def test_a_win_of_one_team_is_not_the_others_first(desk: Desk, other: Desk) -> None:
    desk.channel = other.channel = MAIN_CHANNEL
    desk.move(desk.filled(), "won")
    other.move(other.filled(), "won")
    assert len(other.letters(LetterKind.WIN)) == 1


def test_a_title_is_retyped_only_within_its_team(desk: Desk, other: Desk) -> None:
    desk.new("Acme")
    assert other.new("Acme").number == 1


def test_searching_finds_only_ones_own(desk: Desk, other: Desk) -> None:
    other.new("Acme")
    with desk.store.read(TEAM) as work:
        assert not work.deals.matching("acme", 5)
        assert work.deals.open_of(ANA, 5) == ((), 0)


def test_a_role_counts_in_its_team_only(desk: Desk, other: Desk) -> None:
    desk.appoint(GUS, Role.ADMIN, OLGA)
    with pytest.raises(errors.LastAdmin):
        other.appoint(OLGA, Role.REP, OLGA)
    with pytest.raises(errors.NoRight):
        other.new(by=GUS)


def test_a_channel_is_known_to_its_team_only(desk: Desk, other: Desk) -> None:
    desk.keep_channel(Channel(TEAM, "C0SAME", "deals", member=True, known=True))
    with other.store.read(OTHER) as work:
        assert work.channels.get("C0SAME") is None


def test_letters_and_lanes_are_claimed_for_one_team(desk: Desk, other: Desk) -> None:
    """Equal channels of two teams do not wait for each other."""
    desk.channel = other.channel = MAIN_CHANNEL
    deals = [desk.new(), other.new()]
    box = Letters(desk.store, "copy")
    claimed = [*box.claim_letters(TEAM, 5), *box.claim_letters(OTHER, 5)]
    assert [letter.deal_id for letter in claimed] == [deal.id for deal in deals]


def test_the_pipelines_of_two_teams_are_two(desk: Desk, other: Desk) -> None:
    ours, theirs = desk.pipeline, other.pipeline
    assert ours.id != theirs.id
    assert [replace(each, id=0) for each in ours.stages] == [replace(each, id=0) for each in theirs.stages]
    with pytest.raises(errors.UnknownStage):
        moved_to(desk, theirs.won.id)


def moved_to(desk: Desk, stage_id: int) -> None:
    deal = desk.new()
    with desk.store.begin(TEAM) as work:
        move(work, desk.occasion(), Move(deal.number, stage_id))


def test_owners_whom_nobody_has_written_down_are_named_once_and_per_team(desk: Desk, other: Desk) -> None:
    for title, owner in (("Roof", "U0NEW"), ("Door", "U0NEW"), ("Wall", BEN)):
        desk.edit(desk.new(title), {Field.OWNER: owner})
    other.edit(other.new(), {Field.OWNER: "U0FAR"})
    with desk.store.read(TEAM) as work:
        assert list(work.people.unmet_owners()) == ["U0NEW"]
