"""Slack asks for patience: who waits, who goes on, and in which order."""

from itertools import pairwise

from tests.conftest import TEAM
from tests.handlers.courier.house import LEADS, SALES, House, eventually


def test_a_channel_that_is_too_fast_waits_as_told_and_the_others_go_on(house: House) -> None:
    house.control.fault("rate_limited", "chat.postMessage", channel=SALES, retry_after=2)
    house.say("one", "two", "three")
    house.courier()
    eventually(lambda: house.calls("chat.postMessage", status=429))
    house.say("a", "b", "c", channel=LEADS)
    eventually(lambda: house.state("c") == "sent")
    assert house.texts(SALES) == [], "still waiting"
    eventually(lambda: house.state("three") == "sent")
    assert house.texts(SALES) == ["one", "two", "three"]
    assert house.texts(LEADS) == ["a", "b", "c"]
    (told,) = house.calls("chat.postMessage", status=429)
    first = house.calls("chat.postMessage", channel=SALES, status=200)[0]
    assert 2.0 <= first["at"] - told["at"] < 3.5
    assert not house.calls("conversations.history"), "nothing was posted, so nothing is looked up"


def test_two_busy_channels_hold_the_method(house: House) -> None:
    for channel in (SALES, LEADS):
        house.control.fault("rate_limited", "chat.postMessage", channel=channel, retry_after=1)
    house.say("one")
    house.say("two", channel=LEADS)
    house.courier()
    eventually(lambda: house.postbox().is_held(TEAM, "method:chat.postMessage"))
    house.say("three", channel="C0PARTNERS")
    assert house.state("three") == "waiting"
    eventually(lambda: all(house.state(key) == "sent" for key in ("one", "two", "three")))
    assert len(house.calls("chat.postMessage")) == 5


def test_a_busy_look_up_holds_its_method_only(house: House) -> None:
    house.control.fault("cut_after", "chat.postMessage", channel=SALES)
    house.control.fault("rate_limited", "conversations.history", retry_after=1)
    house.say("one")
    house.courier()
    eventually(lambda: house.postbox().is_held(TEAM, "method:conversations.history"))
    house.say("two", channel=LEADS)
    eventually(lambda: house.state("two") == "sent")
    assert house.state("one") == "unknown"
    eventually(lambda: house.state("one") == "sent")
    assert house.texts() == ["one"]


def test_a_channel_hears_one_message_in_each_gap(house: House) -> None:
    house.say("one", "two", "three")
    house.say("a", channel=LEADS)
    house.courier(gap_ms=400)
    eventually(lambda: house.state("three") == "sent")
    times = [call["at"] for call in house.calls("chat.postMessage", channel=SALES)]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(gaps) == 2
    assert min(gaps) > 0.35


def test_a_held_lane_lets_the_courier_sleep(house: House) -> None:
    house.say("one", "two")
    postbox = house.postbox()
    postbox.hold(TEAM, SALES, 5000)
    idle = postbox.idle_for(TEAM)
    assert idle is not None
    assert 4 < idle <= 5
    house.say("three", channel=LEADS)
    assert postbox.idle_for(TEAM) == 0
    postbox.hold(TEAM, "method:chat.postMessage", 3000)
    idle = postbox.idle_for(TEAM)
    assert idle is not None
    assert 2 < idle <= 3


def test_a_letter_that_waits_keeps_its_channel_waiting(house: House) -> None:
    house.say("one", "two")
    postbox = house.postbox()
    (one,) = postbox.claim_letters(TEAM, 5)
    assert one.key == "one"
    postbox.wait(one.id, 5000, "later", unknown=False)
    assert postbox.claim_letters(TEAM, 5) == []
    idle = postbox.idle_for(TEAM)
    assert idle is not None
    assert 4 < idle <= 5


def test_held_channels_with_older_letters_starve_nobody(house: House) -> None:
    postbox = house.postbox()
    for number in range(8):
        house.say(f"held {number}", channel=f"C0HELD{number}")
        postbox.hold(TEAM, f"C0HELD{number}", 60_000)
    house.say("free")
    assert [letter.key for letter in postbox.claim_letters(TEAM, 3)] == ["free"]
