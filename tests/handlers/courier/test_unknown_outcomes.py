"""Whatever happens to a call of chat.postMessage, the channel hears the letter once."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from handlers.courier.lookup import find_posted, metadata
from pipeline.letters import Letter, LetterKind
from tests.conftest import ANA, TEAM
from tests.handlers.courier.house import SALES, House, eventually, workspace

FAILURES = [
    pytest.param("http_500", False, id="500"),
    pytest.param("http_500", True, id="500 after the work"),
    pytest.param("http_503", False, id="503"),
    pytest.param("fatal_error", False, id="fatal error"),
    pytest.param("fatal_error", True, id="fatal error after the work"),
    pytest.param("hang", False, id="time-out"),
    pytest.param("hang", True, id="time-out after the work"),
    pytest.param("cut", False, id="cut"),
    pytest.param("cut_after", True, id="cut after the work"),
    pytest.param("truncated", True, id="truncated"),
]


@pytest.mark.parametrize(("kind", "done"), FAILURES)
def test_a_lost_answer_leaves_one_message(house: House, kind: str, done: bool) -> None:  # noqa: FBT001
    house.control.fault(kind, "chat.postMessage", done=done, seconds=1.3)
    house.say("hello", "next")
    house.courier()
    eventually(lambda: house.state("next") == "sent")
    assert house.texts() == ["hello", "next"]
    assert house.letters()["hello"].ts == house.control.messages(SALES)[0]["ts"]
    assert house.calls("conversations.history"), "it was looked up"


def test_a_call_refused_at_the_door_needs_no_look_up(house: House) -> None:
    house.say("hello")
    courier = house.courier(base_url="http://127.0.0.1:9/api/")
    eventually(lambda: house.letters()["hello"].attempts >= 2)
    assert house.state("hello") == "waiting"
    courier.stop()
    house.courier("two")
    eventually(lambda: house.state("hello") == "sent")
    assert house.texts() == ["hello"]
    assert not house.calls("conversations.history")


def test_a_reply_in_a_thread_is_looked_up_there(house: House) -> None:
    parent = house.control.say("@ana", "a question")["ts"]
    house.control.fault("cut_after", "chat.postMessage")
    house.say("answer", thread_ts=parent)
    house.courier()
    eventually(lambda: house.state("answer") == "sent")
    assert house.calls("conversations.replies")
    assert house.texts(thread_ts=parent).count("answer") == 1


def test_a_private_letter_is_looked_up_in_the_direct_messages(house: House) -> None:
    house.control.fault("cut_after", "chat.postMessage")
    house.put(Letter(LetterKind.PRIVATE, "to ana", person_id=ANA))
    house.courier()
    eventually(lambda: house.state("to ana") == "sent")
    assert house.texts("@ana") == ["to ana"]
    assert house.calls("conversations.history")
    assert len(house.calls("conversations.open")) == 1, "the direct channel is stored"


def test_a_look_up_that_fails_is_repeated_and_nothing_is_sent_meanwhile(house: House) -> None:
    house.control.fault("cut_after", "chat.postMessage")
    house.control.fault("http_500", "conversations.history", count=3)
    house.say("hello")
    house.courier()
    eventually(lambda: house.state("hello") == "sent")
    assert house.texts() == ["hello"]
    assert len(house.calls("chat.postMessage")) == 1


def test_the_look_up_turns_pages(house: House) -> None:
    house.control.fault("cut_after", "chat.postMessage")
    house.control.fault("http_500", "conversations.history", probability=1.0)
    house.say("hello")
    courier = house.courier()
    eventually(lambda: len(house.calls("conversations.history")) > 0)
    for number in range(230):
        house.control.say("@ana", f"chatter {number}")
    house.control.lift_faults()
    eventually(lambda: house.state("hello") == "sent")
    assert house.texts().count("hello") == 1
    courier.stop()


def test_the_same_key_of_another_app_is_not_ours(house: House) -> None:
    """A second installation in the channel counts its letters in the same way."""
    house.put(Letter(LetterKind.MENTION, "hello", channel_id=SALES))
    (letter,) = house.postbox().claim_letters(TEAM, 1)
    ours = {"ts": "2.0", "user": "U0BOT", "metadata": metadata("hello")}
    theirs = {"ts": "1.0", "user": "U0STAGING", "metadata": metadata("hello")}

    def history(*messages: object) -> Callable[..., Mapping[str, Any]]:
        return lambda *_, **__: {"messages": messages}

    assert find_posted(history(theirs, ours), workspace(), letter, SALES) == "2.0"
    assert find_posted(history(theirs), workspace(), letter, SALES) is None
