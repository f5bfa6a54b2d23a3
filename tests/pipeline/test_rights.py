"""Who may do what: one table, the same for every act."""

import itertools
from collections.abc import Callable

import pytest

from pipeline import errors
from pipeline.deal import Deal
from pipeline.orders import Said
from pipeline.people import Person
from pipeline.permissions import RIGHTS, Act, Role, least_role, may
from pipeline.stages import Field
from tests.conftest import ANA, BEN, GUS, MIA, OLGA
from tests.pipeline.desk import Desk

MAY_CREATE = {GUS: False, ANA: True, MIA: True, OLGA: True}
OWNERS = {"own": "self", "unowned": None, "another's": BEN}
MAY_CHANGE = {
    (GUS, "own"): False,
    (GUS, "unowned"): False,
    (GUS, "another's"): False,
    (ANA, "own"): True,
    (ANA, "unowned"): True,
    (ANA, "another's"): False,
    **{(who, whose): True for who in (MIA, OLGA) for whose in OWNERS},
}
ACTS: dict[str, Callable[[Desk, Deal, str], object]] = {
    "move": lambda desk, deal, who: desk.move(deal, "proposal", who),
    "win": lambda desk, deal, who: desk.move(deal, "won", who),
    "lose": lambda desk, deal, who: desk.lose(deal, who),
    "edit": lambda desk, deal, who: desk.edit(deal, {Field.COMPANY: "Acme"}, who),
    "reopen": lambda desk, deal, who: desk.reopen(deal, who),
}


@pytest.mark.parametrize(("who", "allowed"), list(MAY_CREATE.items()))
def test_who_makes_deals(desk: Desk, who: str, *, allowed: bool) -> None:
    if allowed:
        assert desk.new(by=who).owner_id == who
        return
    with pytest.raises(errors.NoRight) as refused:
        desk.new(by=who)
    assert refused.value.role is Role.REP


@pytest.mark.parametrize("act", ACTS)
def test_who_changes_which_deals(desk: Desk, act: str) -> None:
    """Role by role: one's own, unowned ones, and another's."""
    for (who, whose), allowed in MAY_CHANGE.items():
        owner = who if whose == "own" else OWNERS[whose]
        deal = owned_by(desk, f"{who} {whose}", owner)
        if act == "reopen":
            desk.lose(deal, OLGA)
        if allowed:
            ACTS[act](desk, deal, who)
            continue
        before = desk.deal(deal)
        with pytest.raises(errors.NoRight) as refused:
            ACTS[act](desk, deal, who)
        assert refused.value.role is (Role.REP if who == GUS else Role.MANAGER)
        assert desk.deal(deal) == before


def test_a_manager_undoes_what_others_did(desk: Desk) -> None:
    deal = owned_by(desk, "Acme", BEN)
    desk.move(deal, "proposal", BEN)
    with pytest.raises(errors.NoRight):
        desk.undo(deal, ANA)
    desk.undo(deal, MIA)


@pytest.mark.parametrize("who", [GUS, ANA, MIA])
def test_only_admins_give_roles(desk: Desk, who: str) -> None:
    with pytest.raises(errors.NoRight) as refused:
        desk.appoint(BEN, Role.MANAGER, who)
    assert refused.value.role is Role.ADMIN


def test_somebody_unknown_acts_as_a_rep_and_sees_no_money(desk: Desk) -> None:
    deal = desk.new(by="U0NEW")
    desk.lose(deal, "U0NEW")
    with pytest.raises(errors.NoRight):
        desk.move(owned_by(desk, "Other", BEN), "proposal", "U0NEW")
    assert not Person(desk.team, "U0NEW", "", known=False).sees_money


def test_somebody_who_left_does_nothing(desk: Desk) -> None:
    deal = desk.filled(by=BEN)
    with desk.store.begin(desk.team) as work:
        work.people.keep(Person(desk.team, BEN, "Ben", active=False), desk.at)
    for act in (lambda: desk.move(deal, "proposal", BEN), lambda: desk.new(by=BEN)):
        with pytest.raises(errors.NoRight):
            act()


def test_a_stored_role_outweighs_slacks_own(desk: Desk) -> None:
    desk.appoint(GUS, Role.MANAGER, OLGA)
    desk.move(owned_by(desk, "Acme", BEN), "proposal", GUS)
    desk.appoint(GUS, None, OLGA)
    with pytest.raises(errors.NoRight):
        desk.new(by=GUS)


@pytest.mark.parametrize(("act", "own"), list(itertools.product(Act, [True, False])))
def test_a_higher_role_may_all_that_a_lower_one_may(act: Act, *, own: bool) -> None:
    allowed = [may(role, act, own=own) for role in Role]
    assert allowed == sorted(allowed)
    assert list(Role)[allowed.index(True)] is least_role(act, own=own)


@pytest.mark.parametrize("act", Act)
def test_every_act_has_a_right_and_ones_own_is_never_harder(act: Act) -> None:
    assert RIGHTS[act].any.reaches(RIGHTS[act].own)


def owned_by(desk: Desk, title: str, owner: str | None) -> Deal:
    """A guest owns what was theirs before they became one."""
    if owner == GUS:
        desk.appoint(GUS, Role.REP, OLGA)
    deal = desk.filled(title, OLGA)
    said: Said = {Field.OWNER: owner}
    owned = desk.edit(deal, said, OLGA).deal if deal.owner_id != owner else deal
    if owner == GUS:
        desk.appoint(GUS, None, OLGA)
    return owned
