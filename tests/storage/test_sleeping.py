"""How long the courier may sleep: never past what is due, and never in a tight loop before what is not."""

from collections.abc import Callable, Sequence

import pytest

from storage.pictures import CARD_METHOD, HOME_METHOD, Pictures
from storage.postbox import LETTER_METHOD
from tests.conftest import ANA, MAIN_CHANNEL, TEAM
from tests.pipeline.desk import Desk
from tests.storage.post import carded, pass_time, put


def take_all(box: Pictures) -> int:
    """What can be claimed now; all of it stays in hand."""
    claims: list[Callable[[str, int], Sequence[object]]] = [
        box.claim_replies,
        box.claim_letters,
        box.claim_cards,
        box.claim_homes,
    ]
    return sum(len(claim(TEAM, 50)) for claim in claims)


def test_nothing_to_do_is_no_time_at_all(box: Pictures) -> None:
    assert box.idle_for(TEAM) is None


def test_what_is_due_is_due_now(desk: Desk, box: Pictures) -> None:
    put(desk, "due")
    assert box.idle_for(TEAM) == 0


def test_a_delayed_letter_is_slept_for(desk: Desk, box: Pictures) -> None:
    put(desk, "later", delay=60)
    assert box.idle_for(TEAM) == pytest.approx(60, abs=1)
    put(desk, "sooner", delay=20)
    assert box.idle_for(TEAM) == pytest.approx(20, abs=1)


def lane_gap(desk: Desk, box: Pictures) -> float:
    put(desk, "first")
    put(desk, "second")
    (letter,) = box.claim_letters(TEAM, 5)
    box.sent(letter.id, "1.1")
    return 1


def held_channel(desk: Desk, box: Pictures) -> float:
    put(desk, "held")
    box.hold(TEAM, MAIN_CHANNEL, 30_000)
    return 30


def held_letters(desk: Desk, box: Pictures) -> float:
    put(desk, "held")
    box.hold(TEAM, LETTER_METHOD, 20_000)
    return 20


def behind_one_being_sent(desk: Desk, box: Pictures) -> float:
    put(desk, "first")
    put(desk, "second")
    box.claim_letters(TEAM, 5)
    return 60


def behind_one_tried_again(desk: Desk, box: Pictures) -> float:
    put(desk, "first")
    put(desk, "second")
    (letter,) = box.claim_letters(TEAM, 5)
    box.wait(letter.id, 15_000, "ratelimited", unknown=False)
    return 15


def card_in_hand(desk: Desk, box: Pictures) -> float:
    desk.move(carded(desk, box), "proposal")
    put(desk, "none", "C0NONE", delay=600)
    box.claim_cards(TEAM, 5)
    return 60


def card_tried_again(desk: Desk, box: Pictures) -> float:
    desk.move(carded(desk, box), "proposal")
    (card,) = box.claim_cards(TEAM, 5)
    box.repaint_later(card, 9000, "ratelimited", unknown=False)
    return 9


def held_repaints(desk: Desk, box: Pictures) -> float:
    desk.move(carded(desk, box), "proposal")
    box.hold(TEAM, CARD_METHOD, 25_000)
    return 25


def spent_repaints(desk: Desk, box: Pictures) -> float:
    deal = carded(desk, box)
    for place in range(10):
        desk.move(deal, "proposal" if place % 2 else "qualification")
        (card,) = box.claim_cards(TEAM, 5)
        box.painted(card, place + 2)
    desk.move(deal, "closing")
    return 1.5


def held_homes(desk: Desk, box: Pictures) -> float:
    with desk.store.begin(TEAM) as work:
        work.homes.opened(ANA, desk.at)
    box.hold(TEAM, HOME_METHOD, 7000)
    return 7


def parked(desk: Desk, box: Pictures) -> float:
    put(desk, "parked")
    put(desk, "later", "C0LATER", delay=40)
    (letter,) = box.claim_letters(TEAM, 5)
    box.park(letter.id, "is_archived")
    return 40


def line_before_its_card(desk: Desk, box: Pictures) -> float:
    desk.channel = MAIN_CHANNEL
    deal = desk.filled()
    (card,) = box.claim_letters(TEAM, 5)
    desk.move(deal, "proposal")
    pass_time(desk, 59.9)
    box.wait(card.id, 15_000, "timeout", unknown=True)
    pass_time(desk, 0.2)
    assert not box.claim_letters(TEAM, 5)
    return 15


@pytest.mark.parametrize(
    "situation",
    [
        lane_gap,
        held_channel,
        held_letters,
        behind_one_being_sent,
        behind_one_tried_again,
        card_in_hand,
        card_tried_again,
        held_repaints,
        spent_repaints,
        held_homes,
        parked,
        line_before_its_card,
    ],
)
def test_what_cannot_be_claimed_yet_is_slept_for(
    desk: Desk, box: Pictures, situation: Callable[[Desk, Pictures], float]
) -> None:
    expected = situation(desk, box)
    idle = box.idle_for(TEAM)
    assert take_all(box) == 0
    assert idle is not None
    assert 0 < idle <= expected + 0.01
    assert idle == pytest.approx(expected, abs=1)
    pass_time(desk, expected + 0.1)
    assert box.idle_for(TEAM) == 0
    assert take_all(box) > 0
