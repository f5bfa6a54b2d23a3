"""Roles: somebody must always be able to give them."""

import pytest

from pipeline import errors
from pipeline.people import Person
from pipeline.permissions import Role
from tests.conftest import ANA, GUS, MIA, OLGA
from tests.pipeline.desk import Desk


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REP, Role.VIEWER])
def test_the_last_admin_cannot_be_demoted(desk: Desk, role: Role) -> None:
    with pytest.raises(errors.LastAdmin):
        desk.appoint(OLGA, role, OLGA)
    assert person(desk, OLGA).role is Role.ADMIN


def test_of_two_admins_one_can_be_demoted(desk: Desk) -> None:
    desk.appoint(MIA, Role.ADMIN, OLGA)
    desk.appoint(OLGA, Role.REP, MIA)
    with pytest.raises(errors.LastAdmin):
        desk.appoint(MIA, None, MIA)


def test_an_admin_who_left_does_not_count(desk: Desk) -> None:
    desk.appoint(MIA, Role.ADMIN, OLGA)
    with desk.store.begin(desk.team) as work:
        work.people.keep(Person(desk.team, MIA, "Mia", Role.MANAGER, active=False), desk.at)
    with pytest.raises(errors.LastAdmin):
        desk.appoint(OLGA, Role.REP, OLGA)


def test_the_last_admin_may_be_confirmed(desk: Desk) -> None:
    assert desk.appoint(OLGA, Role.ADMIN, OLGA).person.stored_role is Role.ADMIN
    assert desk.appoint(OLGA, None, OLGA).person.role is Role.ADMIN


def test_what_slack_says_later_does_not_touch_a_stored_role(desk: Desk) -> None:
    desk.appoint(ANA, Role.MANAGER, OLGA)
    with desk.store.begin(desk.team) as work:
        work.people.keep_direct_channel(ANA, "D0ANA")
        work.people.keep(Person(desk.team, ANA, "Ana Maria", Role.VIEWER), desk.at)
        assert work.people.direct_channel(ANA) == "D0ANA"
    assert person(desk, ANA).role is Role.MANAGER
    assert person(desk, ANA).name == "Ana Maria"


def test_nobody_is_appointed_whom_nobody_knows(desk: Desk) -> None:
    with pytest.raises(errors.UnknownPerson):
        desk.appoint("U0WHO", Role.REP, OLGA)


def test_whoever_is_not_here_is_given_no_role(desk: Desk) -> None:
    with desk.store.begin(desk.team) as work:
        work.people.keep(Person(desk.team, "U0BOT", "pipeline", Role.VIEWER, active=False), desk.at)
    with pytest.raises(errors.UnknownPerson):
        desk.appoint("U0BOT", Role.ADMIN, OLGA)
    assert person(desk, "U0BOT").role is Role.VIEWER


def test_viewers_see_no_money(desk: Desk) -> None:
    assert not person(desk, GUS).sees_money
    assert person(desk, ANA).sees_money


def person(desk: Desk, person_id: str) -> Person:
    with desk.store.read(desk.team) as work:
        found = work.people.get(person_id)
    assert found
    return found
