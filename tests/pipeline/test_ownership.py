"""Whose a deal is once its owner cannot act on it any more."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pipeline import errors
from pipeline.deal import Deal
from pipeline.ownership import Owner, owner_of, vacated
from pipeline.people import Absence, Person, Standing
from pipeline.permissions import Role
from pipeline.stages import Field
from tests.conftest import ANA, BEN, GUS, MIA, OLGA
from tests.pipeline.desk import Desk

BECAME: Mapping[Absence, Mapping[str, Any]] = {
    Absence.LEFT: {"active": False},
    Absence.GUEST: {"slack_role": Role.VIEWER, "standing": Standing.GUEST},
    Absence.OUTSIDER: {"slack_role": Role.VIEWER, "standing": Standing.OUTSIDER},
    Absence.ONLOOKER: {"slack_role": Role.VIEWER},
}
absences = pytest.mark.parametrize("absence", Absence)


def become(desk: Desk, absence: Absence | None, who: str = BEN) -> None:
    with desk.store.begin(desk.team) as work:
        person = Person(desk.team, who, "Ben")
        work.people.keep(replace(person, **BECAME[absence]) if absence else person, desk.at)


def owner(desk: Desk, deal: Deal) -> Owner | None:
    with desk.store.read(desk.team) as work:
        return owner_of(work, work.deals.by_number(deal.number))


@absences
def test_an_owner_who_cannot_act_stays_written_down_and_does_not_count(desk: Desk, absence: Absence) -> None:
    deal = desk.filled(by=BEN)
    become(desk, absence)
    assert desk.deal(deal) == deal
    assert owner(desk, deal) == Owner("Ben", absence)
    with desk.store.read(desk.team) as work:
        assert vacated(work, deal).owner_id is None
    become(desk, None)
    assert owner(desk, deal) == Owner("Ben")


@absences
def test_every_rep_changes_and_claims_what_they_left(desk: Desk, absence: Absence) -> None:
    deal = desk.filled(by=BEN)
    with pytest.raises(errors.NoRight):
        desk.move(deal, "proposal", ANA)
    with pytest.raises(errors.OwnedAlready):
        desk.claim(deal, ANA)
    become(desk, absence)
    desk.move(deal, "proposal", ANA)
    claimed = desk.claim(deal, ANA)
    assert (claimed.deal.owner_id, claimed.change.fields[0].old) == (ANA, BEN)
    become(desk, None)
    with pytest.raises(errors.NoRight):
        desk.move(deal, "negotiation", BEN)


@absences
def test_no_deal_is_given_to_whoever_cannot_act_on_it(desk: Desk, absence: Absence) -> None:
    deal = desk.filled(by=ANA)
    become(desk, absence)
    for give in (
        lambda: desk.edit(deal, {Field.OWNER: BEN}, ANA),
        lambda: desk.move(deal, "proposal", ANA, fields={Field.OWNER: BEN}),
        lambda: desk.new("Other", ANA, {Field.OWNER: BEN}),
    ):
        with pytest.raises(errors.OwnerUnfit) as refused:
            give()
        assert (refused.value.name, refused.value.absence) == ("Ben", absence)
    assert desk.deal(deal) == deal


def test_an_edit_that_leaves_the_owner_as_written_down_is_no_giving(desk: Desk) -> None:
    deal = desk.filled(by=BEN)
    become(desk, Absence.LEFT)
    assert desk.edit(deal, {Field.OWNER: BEN, Field.COMPANY: "Beta"}, MIA).deal.owner_id == BEN


def test_a_gate_that_asks_for_an_owner_is_not_met_by_one_who_left(desk: Desk) -> None:
    deal = desk.filled(by=BEN)
    stage = desk.stage("proposal")
    with desk.store.begin(desk.team) as work:
        pipeline = work.stages.pipeline()
        gated = [replace(each, gate=(Field.OWNER,)) if each == stage else each for each in pipeline.stages]
        work.stages.save(pipeline, gated, desk.at)
    become(desk, Absence.LEFT)
    with pytest.raises(errors.GateUnmet) as unmet:
        desk.move(deal, "proposal", ANA)
    assert unmet.value.missing == (Field.OWNER,)
    assert desk.move(deal, "proposal", ANA, fields={Field.OWNER: ANA}).deal.owner_id == ANA


def test_an_admins_word_makes_a_guest_an_owner_and_a_member_none(desk: Desk) -> None:
    desk.appoint(GUS, Role.REP, OLGA)
    deal = desk.edit(desk.filled(by=ANA), {Field.OWNER: GUS}, OLGA).deal
    assert owner(desk, deal) == Owner("Gus")
    desk.appoint(GUS, None, OLGA)
    assert owner(desk, deal) == Owner("Gus", Absence.ONLOOKER)
    desk.appoint(BEN, Role.VIEWER, OLGA)
    with pytest.raises(errors.OwnerUnfit):
        desk.edit(deal, {Field.OWNER: BEN}, OLGA)


def test_somebody_whom_slack_has_not_described_counts(desk: Desk) -> None:
    deal = desk.new(by="U0NEW")
    assert owner(desk, deal) == Owner("U0NEW")
