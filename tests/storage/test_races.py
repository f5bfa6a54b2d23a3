"""Two people, one moment: one wins and the other is told. The long runs are in tests/slow."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Engine

from pipeline.acts import Appointed
from pipeline.deal import Deal
from pipeline.errors import AlreadyAnswered, LastAdmin, MadeAlready, NoRight
from pipeline.occasion import Outcome
from pipeline.permissions import Role
from pipeline.stages import Field
from storage.store import Store
from tests.conftest import ANA, BEN, MIA, OLGA, TEAM, settled
from tests.pipeline.desk import Desk
from tests.storage.races import Copies, race_of_targets, together


@pytest.fixture
def copies(database_url: str, connected: Callable[..., Engine], moment: datetime) -> Copies:
    stores = [Store(connected(database_url)) for _ in range(2)]
    settled(stores[0], moment)
    return Copies.of(stores, moment)


def test_f03_of_two_people_who_press_different_stages_one_wins_and_the_other_is_told(copies: Copies) -> None:
    assert race_of_targets(copies, 100) == {("Outcome", "Overtaken"): 100}


def test_two_threads_of_one_copy_race_alike(copies: Copies) -> None:
    assert race_of_targets(Copies(copies.one, copies.one), 30) == {("Outcome", "Overtaken"): 30}


def test_f05_a_double_press_that_reaches_two_copies_moves_once(copies: Copies) -> None:
    for place in range(30):
        deal = copies.one.filled(f"Deal {place}")
        outcomes = pressed_on_both(copies, deal)
        assert sorted(outcome.again for outcome in outcomes) == [False, True]
        assert outcomes[0].change == outcomes[1].change
        assert copies.one.deal(deal).version == 2


def test_f01_a_request_delivered_to_two_copies_is_carried_out_once(copies: Copies) -> None:
    for place in range(30):
        answers = together(
            lambda: received(copies.one, f"Ev{place}"),  # noqa: B023 - done within the round
            lambda: received(copies.two, f"Ev{place}"),  # noqa: B023 - as above
        )
        assert sorted(map(str, answers)) == ["answered before", "carried out"]
    with copies.one.store.read(TEAM) as work:
        assert len(work.deals.open_of(ANA, 100)[0]) == 30


def test_the_same_title_typed_on_two_copies_at_once_makes_one_deal(copies: Copies) -> None:
    for place in range(20):
        title = f"Deal {place}"
        answers = together(lambda: copies.one.new(title), lambda: copies.two.new(title))  # noqa: B023 - as above
        assert sorted(type(answer).__name__ for answer in answers) == ["Deal", "MadeAlready"]
        assert {each.deal if isinstance(each, MadeAlready) else each for each in answers} == {
            copies.one.deal(place + 1)
        }


def test_numbers_are_given_once(copies: Copies) -> None:
    def several(desk: Desk, by: str) -> list[Deal]:
        return [desk.new(f"{by} {place}", by) for place in range(10)]

    desks = [(copies.one, ANA), (copies.two, BEN), (copies.one, MIA), (copies.two, OLGA)]
    made = together(*[lambda desk=desk, by=by: several(desk, by) for desk, by in desks])
    numbers = [deal.number for deals in made if isinstance(deals, list) for deal in deals]
    assert sorted(numbers) == list(range(1, 41))


def test_two_admins_who_demote_each_other_leave_one(copies: Copies) -> None:
    for _ in range(20):
        copies.one.appoint(MIA, Role.ADMIN, OLGA)
        answers = together(
            lambda: copies.one.appoint(MIA, Role.REP, OLGA),
            lambda: copies.two.appoint(OLGA, Role.REP, MIA),
        )
        kinds = Counter(type(answer) for answer in answers)
        assert kinds[Appointed] == 1
        assert kinds[LastAdmin] + kinds[NoRight] == 1
        with copies.one.store.read(TEAM) as work:
            (admin,) = work.people.admins()
        copies.one.appoint(OLGA, Role.ADMIN, admin)


def test_deals_that_change_owners_crosswise_do_not_block_each_other(copies: Copies) -> None:
    """Both touch the same two Home tabs."""
    with copies.one.store.begin(TEAM) as work:
        for person in (ANA, BEN):
            work.homes.opened(person, copies.one.at)
    one, two = copies.one.new("One", ANA), copies.one.new("Two", BEN)
    for place in range(30):
        here, there = (ANA, BEN) if place % 2 else (BEN, ANA)
        answers = together(
            lambda: copies.one.edit(one, {Field.OWNER: here}, MIA),  # noqa: B023 - done within the round
            lambda: copies.two.edit(two, {Field.OWNER: there}, MIA),  # noqa: B023 - as above
        )
        if place:
            assert [type(answer) for answer in answers] == [Outcome, Outcome]


def test_undo_and_a_later_move_never_both_win(copies: Copies) -> None:
    for place in range(30):
        deal = copies.one.filled(f"Deal {place}")
        copies.one.move(deal, "proposal", ANA)
        answers = together(
            lambda: copies.one.undo(deal, ANA, expected=2),  # noqa: B023 - done within the round
            lambda: copies.two.move(deal, "won", MIA, expected=2),  # noqa: B023 - as above
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["Outcome", "Overtaken"]


def pressed_on_both(copies: Copies, deal: Deal) -> list[Outcome]:
    answers = together(
        lambda: copies.one.move(deal, "proposal", ANA, expected=1),
        lambda: copies.two.move(deal, "proposal", ANA, expected=1),
    )
    return [answer for answer in answers if isinstance(answer, Outcome)]


def received(desk: Desk, event_id: str) -> str:
    """As a door does it: the act and its receipt in one transaction."""
    try:
        with desk.store.begin(TEAM) as work:
            number = work.deals.add(
                {Field.TITLE: event_id, Field.OWNER: ANA},
                stage=desk.pipeline.first,
                pipeline_id=desk.pipeline.id,
                by=ANA,
                at=desk.at,
            ).number
            work.receipts.keep("event", event_id, {"deal": number}, desk.at)
    except AlreadyAnswered:
        return "answered before"
    return "carried out"
