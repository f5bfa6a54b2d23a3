"""Letters: in their order, by one copy at a time, and never lost with it."""

from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from threading import Barrier

import pytest

from pipeline.letters import LetterKind
from storage.pictures import Pictures
from storage.postbox import LETTER_METHOD
from tests.conftest import ANA, MAIN_CHANNEL, TEAM
from tests.pipeline.desk import Desk
from tests.storage.post import TS, keys, pass_time, put


def test_letters_of_a_lane_keep_their_order(desk: Desk, box: Pictures) -> None:
    for key in ("first", "second", "third"):
        put(desk, key)
    sent = []
    for _ in range(3):
        (letter,) = box.claim_letters(TEAM, 5)
        box.sent(letter.id, TS)
        sent.append(letter.key)
        pass_time(desk, 1)
    assert sent == ["first", "second", "third"]
    assert not box.claim_letters(TEAM, 5)


def test_each_channel_and_each_person_is_a_lane(desk: Desk, box: Pictures) -> None:
    for key, channel in (("a1", "C0A"), ("a2", "C0A"), ("b1", "C0B")):
        put(desk, key, channel)
    put(desk, "ana", person=ANA)
    assert sorted(keys(box.claim_letters(TEAM, 5))) == ["a1", "ana", "b1"]
    assert not box.claim_letters(TEAM, 5)


def test_a_lane_is_sent_to_about_once_a_second(desk: Desk, box: Pictures) -> None:
    for key in ("first", "second"):
        put(desk, key)
    (letter,) = box.claim_letters(TEAM, 5)
    box.sent(letter.id, TS)
    assert not box.claim_letters(TEAM, 5)
    pass_time(desk, 1)
    assert keys(box.claim_letters(TEAM, 5)) == ["second"]


def test_nothing_passes_a_letter_that_is_being_sent(desk: Desk, box: Pictures, other: Pictures) -> None:
    for key in ("first", "second"):
        put(desk, key)
    box.claim_letters(TEAM, 5)
    pass_time(desk, 30)
    assert not other.claim_letters(TEAM, 5)


def test_a_letter_tried_again_later_keeps_its_place_and_a_delayed_one_does_not(
    desk: Desk, box: Pictures
) -> None:
    put(desk, "tried", "C0A")
    put(desk, "behind", "C0A")
    put(desk, "delayed", "C0B", delay=60)
    put(desk, "before", "C0B")
    tried, before = box.claim_letters(TEAM, 5)
    assert keys([tried, before]) == ["tried", "before"]
    box.wait(tried.id, 20_000, "ratelimited", unknown=False)
    pass_time(desk, 10)
    assert not box.claim_letters(TEAM, 5)
    pass_time(desk, 10)
    (again,) = box.claim_letters(TEAM, 5)
    assert (again.key, again.attempts, again.unknown) == ("tried", 1, False)


def test_an_unknown_outcome_is_claimed_as_such(desk: Desk, box: Pictures) -> None:
    put(desk, "first")
    (letter,) = box.claim_letters(TEAM, 5)
    assert not letter.unknown
    box.wait(letter.id, 0, "timeout", unknown=True)
    pass_time(desk, 1)
    (again,) = box.claim_letters(TEAM, 5)
    assert again.unknown


@pytest.mark.parametrize("lanes", [1, 40])
def test_two_copies_never_claim_one_letter(desk: Desk, box: Pictures, other: Pictures, lanes: int) -> None:
    for place in range(40):
        put(desk, f"letter {place}", f"C{place % lanes}")
    start = Barrier(2)

    def claim(copy: Pictures) -> list[str]:
        start.wait()
        return list(chain.from_iterable(keys(copy.claim_letters(TEAM, 7)) for _ in range(8)))

    with ThreadPoolExecutor(2) as threads:
        one, two = threads.map(claim, (box, other))
    assert not set(one) & set(two)
    assert len(one) == len(set(one))
    if lanes == 1:
        assert [*one, *two] == ["letter 0"]
    else:
        left = keys([*box.claim_letters(TEAM, 50), *other.claim_letters(TEAM, 50)])
        assert sorted([*one, *two, *left]) == sorted(f"letter {place}" for place in range(40))


def test_an_expired_lease_is_taken_over_as_unknown(desk: Desk, box: Pictures, other: Pictures) -> None:
    put(desk, "first")
    (mine,) = box.claim_letters(TEAM, 5)
    pass_time(desk, 59)
    assert not other.claim_letters(TEAM, 5)
    pass_time(desk, 2)
    (theirs,) = other.claim_letters(TEAM, 5)
    assert theirs.id == mine.id
    assert theirs.unknown
    box.sent(mine.id, TS)
    box.park(mine.id, "too late")
    assert desk.letters(LetterKind.PRIVATE)[0].state == "sending"
    other.sent(theirs.id, TS)
    assert desk.letters(LetterKind.PRIVATE)[0].state == "sent"


def test_a_letter_is_a_copys_own_as_long_as_a_call_may_take(
    desk: Desk, box: Pictures, other: Pictures
) -> None:
    put(desk, "first")
    (letter,) = box.claim_letters(TEAM, 5)
    assert box.holds(letter.id)
    assert not other.holds(letter.id)
    pass_time(desk, 45)
    assert not box.holds(letter.id)


def test_a_held_channel_waits_and_the_others_go_on(desk: Desk, box: Pictures) -> None:
    put(desk, "held", "C0HELD")
    put(desk, "free", "C0FREE")
    box.hold(TEAM, "C0HELD", 30_000)
    box.hold(TEAM, "C0HELD", 1000)
    assert box.is_held(TEAM, "C0HELD")
    assert not box.is_held(TEAM, "C0FREE")
    assert keys(box.claim_letters(TEAM, 5)) == ["free"]
    pass_time(desk, 30)
    assert keys(box.claim_letters(TEAM, 5)) == ["held"]


def test_many_held_lanes_leave_room_for_a_free_one(desk: Desk, box: Pictures) -> None:
    for place in range(10):
        put(desk, f"held {place}", f"C{place}")
        box.hold(TEAM, f"C{place}", 30_000)
    put(desk, "free", "C0FREE")
    assert keys(box.claim_letters(TEAM, 3)) == ["free"]


def test_a_held_method_holds_all_letters_but_no_replies(desk: Desk, box: Pictures) -> None:
    put(desk, "first")
    reply(desk, "click")
    box.hold(TEAM, LETTER_METHOD, 30_000)
    assert not box.claim_letters(TEAM, 5)
    assert len(box.claim_replies(TEAM, 5)) == 1


def test_a_letter_goes_to_another_channel_in_that_ones_order(desk: Desk, box: Pictures) -> None:
    put(desk, "moved", person=ANA)
    put(desk, "there", "D0ANA")
    moved, there = box.claim_letters(TEAM, 5)
    box.address(moved.id, "D0ANA")
    box.sent(there.id, TS)
    pass_time(desk, 1)
    (again,) = box.claim_letters(TEAM, 5)
    assert (again.key, again.channel_id, again.unknown) == ("moved", "D0ANA", False)


def test_a_parked_letter_waits_until_its_channel_is_back(desk: Desk, box: Pictures) -> None:
    for key in ("first", "second"):
        put(desk, key)
    (letter,) = box.claim_letters(TEAM, 5)
    box.park(letter.id, "is_archived")
    pass_time(desk, 100)
    assert keys(box.claim_letters(TEAM, 5)) == ["second"]
    assert box.unpark(TEAM, "C0ELSE") == 0
    assert box.unpark(TEAM, MAIN_CHANNEL) == 1
    assert box.unpark(TEAM, None) == 0


def test_a_reply_is_claimed_once_and_not_when_nobody_waits_for_it_any_more(
    desk: Desk, box: Pictures, other: Pictures
) -> None:
    for request in ("click", "click", "form"):
        reply(desk, request)
    assert len(box.claim_replies(TEAM, 5)) == 2
    assert not other.claim_replies(TEAM, 5)
    reply(desk, "late")
    pass_time(desk, 31 * 60)
    assert not box.claim_replies(TEAM, 5)


def test_a_cancelled_letter_is_not_sent_even_if_it_was_being_claimed(desk: Desk, box: Pictures) -> None:
    put(desk, "win:1")
    with ThreadPoolExecutor(1) as thread:
        with desk.store.begin(TEAM) as work:
            work.outbox.take_back("win:1")
            claimed = thread.submit(box.claim_letters, TEAM, 5)
            with pytest.raises(TimeoutError):
                claimed.result(0.3)
        assert not claimed.result(5)
    assert desk.letters(LetterKind.PRIVATE)[0].state == "cancelled"


def reply(desk: Desk, request: str) -> None:
    with desk.store.begin(TEAM) as work:
        work.outbox.reply(request, {"text": "Done"})
