"""A copy dies, another takes over; two copies work side by side."""

from collections import Counter
from threading import Event

import pytest

from handlers.courier.satchel import Pace
from pipeline.letters import JSONDict
from storage.post_tables import OutboxRow
from storage.store import Store
from tests.conftest import TEAM
from tests.handlers.courier.house import SALES, SWIFT, House, eventually


def expired(house: House) -> None:
    house.change(OutboxRow, lease_until=1)


def test_a_copy_that_died_after_the_post_is_not_repeated(house: House) -> None:
    """As by kill -9 between post and mark."""
    house.say("hello")
    house.courier("dead")
    eventually(lambda: house.state("hello") == "sent")
    house.close()
    house.change(OutboxRow, state="sending", claimed_by="dead", ts=None, lease_until=1)
    house.courier("alive")
    eventually(lambda: house.state("hello") == "sent")
    assert house.texts() == ["hello"]
    assert len(house.calls("chat.postMessage")) == 1


def test_a_copy_that_died_before_the_post_is_made_up_for(house: House) -> None:
    house.say("hello", "next")
    assert [letter.key for letter in house.postbox("dead").claim_letters(TEAM, 1)] == ["hello"]
    expired(house)
    house.courier("alive")
    eventually(lambda: house.state("next") == "sent")
    assert house.texts() == ["hello", "next"]


def test_a_letter_of_a_living_copy_is_left_alone(house: House) -> None:
    house.say("hello")
    house.postbox("busy").claim_letters(TEAM, 1)
    courier = house.courier("other")
    for _ in range(5):
        courier.wake()
    assert house.state("hello") == "sending"
    assert house.texts() == []


def test_a_copy_that_lost_its_letter_neither_sends_nor_files_it(house: House) -> None:
    house.say("hello")
    slow, other = house.postbox("slow"), house.postbox("other")
    (letter,) = slow.claim_letters(TEAM, 1)
    expired(house)
    (taken,) = other.claim_letters(TEAM, 1)
    assert taken.unknown
    assert not slow.holds(letter.id)
    assert other.holds(letter.id)
    slow.sent(letter.id, "1.0")
    slow.wait(letter.id, 1, "late", unknown=False)
    assert house.state("hello") == "sending"


def test_a_card_is_posted_once_though_two_copies_saw_its_message(house: House) -> None:
    made = house.new_deal()
    slow, other = house.postbox("slow"), house.postbox("other")
    (letter,) = slow.claim_letters(TEAM, 1)
    expired(house)
    other.claim_letters(TEAM, 1)
    other.posted(letter, "1.0", 1)
    slow.posted(letter, "1.0", 1)
    (card,) = house.cards()
    assert (card.deal_id, card.ts, card.state) == (made.deal.id, "1.0", "living")


def test_a_letter_cancelled_meanwhile_is_not_taken(house: House) -> None:
    house.say("hello")
    with house.store.begin(TEAM) as work:
        work.outbox.take_back("hello")
    assert house.postbox().claim_letters(TEAM, 1) == ()
    assert house.state("hello") == "cancelled"


def test_a_parked_letter_that_is_taken_back_stays_unsent(house: House) -> None:
    house.say("hello")
    postbox = house.postbox()
    (letter,) = postbox.claim_letters(TEAM, 1)
    postbox.park(letter.id, "is_archived")
    with house.store.begin(TEAM) as work:
        work.outbox.take_back("hello")
    assert postbox.unpark(TEAM, None) == 0
    assert house.state("hello") == "cancelled"


def test_a_sent_letter_that_is_taken_back_is_amended(house: House) -> None:
    house.say("hello")
    house.courier()
    eventually(lambda: house.state("hello") == "sent")
    with house.store.begin(TEAM) as work:
        work.outbox.take_back("hello")
    house.control.fault("cut_after", "chat.update")
    house.couriers[0].wake()
    eventually(lambda: house.state("amend:hello") == "sent")
    assert house.texts() == ["taken back"]
    assert len(house.calls("chat.postMessage")) == 1


def test_stop_finishes_what_is_in_hand_and_claims_nothing_more(house: House) -> None:
    house.control.fault("slow", "chat.postMessage", seconds=0.5, probability=1.0)
    house.say("one", "two", "three")
    courier = house.courier(timeout=3)
    eventually(lambda: house.state("one") == "sending")
    assert courier.stop(drain_seconds=5)
    states = Counter(row.state for row in house.letters().values())
    assert states == {"sent": 1, "waiting": 2}
    assert house.texts() == ["one"]


def test_stop_waits_no_longer_than_told(house: House) -> None:
    house.control.fault("hang", "chat.postMessage", seconds=1.5)
    house.say("one")
    courier = house.courier(timeout=3)
    eventually(lambda: house.state("one") == "sending")
    assert not courier.stop(drain_seconds=0.1)
    Event().wait(1.6)


def chaos(house: House, letters: int, seed: int) -> None:
    """Two copies, letters into six channels, one call in four going wrong in a random way."""
    channels = [house.control.channel(f"#chaos{n}", add=["U0BOT"])["id"] for n in range(6)]
    for kind, done in (("cut_after", True), ("cut", False), ("http_500", True), ("fatal_error", True)):
        house.control.fault(kind, "chat.postMessage", done=done, probability=0.06, seed=seed)
    house.control.fault("http_503", "conversations.history", probability=0.2)
    house.control.fault("rate_limited", "chat.postMessage", probability=0.02, retry_after=1)
    keys = {channel: [f"{channel}:{n}" for n in range(letters // 6)] for channel in channels}
    for channel, own in keys.items():
        house.say(*own, channel=channel)
    pace = Pace(first_wait=0.02, longest_wait=0.1, longest_sleep=0.5, shortest_sleep=0.01)
    second = house.store if house.store._write_lock else Store(house.store.engine)
    house.courier("one", pace=pace, gap_ms=0)
    house.courier("two", pace=pace, gap_ms=0, store=second)

    def all_sent() -> bool:
        for courier in house.couriers:
            courier.wake()
        return all(row.state == "sent" for row in house.letters().values())

    eventually(all_sent, seconds=120)
    for channel, own in keys.items():
        heard = house.texts(channel)
        assert sorted(heard) == sorted(own), "each once"
        assert heard == own, "and in order"


def test_two_copies_say_each_letter_once(house: House) -> None:
    chaos(house, letters=60, seed=11)


@pytest.mark.slow
def test_two_copies_say_hundreds_of_letters_once(house: House) -> None:
    chaos(house, letters=600, seed=7)


def test_a_crowd_of_letters_leaves_replies_a_way_through(house: House) -> None:
    house.control.fault("slow", "chat.postMessage", seconds=2, probability=1.0)
    for number in range(8):
        channel = house.control.channel(f"#busy{number}", add=["U0BOT"])["id"]
        house.say(f"letter {number}", channel=channel)
    house.courier(timeout=10, pace=SWIFT)

    def being_sent() -> int:
        return [row.state for row in house.letters().values()].count("sending")

    eventually(lambda: being_sent() == 5)
    whisper: JSONDict = {"channel": SALES, "user": "U0ANA", "text": "quick"}
    house.reply("r1", {"ephemeral": whisper})
    house.couriers[0].wake()
    eventually(lambda: house.state("reply:r1") == "sent")
    assert being_sent() == 5, "no letter had to make room"
