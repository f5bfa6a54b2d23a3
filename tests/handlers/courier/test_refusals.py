"""What Slack refuses for good is parked and told once; what only the operator can heal is waited for."""

import logging
from datetime import UTC, datetime

import pytest

from handlers.courier.loop import Courier
from handlers.courier.message import Message
from pipeline.letters import Letter, LetterKind
from tests.conftest import ANA, BEN, TEAM
from tests.handlers.courier.house import LEADS, RANDOM, SALES, House, eventually, section

# What is tested here is no matter of the database; the other files run on both.
pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


def trouble(courier: Courier) -> str | None:
    return courier.trouble


def notices(house: House) -> list[str]:
    return [key for key in house.letters() if key.startswith("parked:")]


@pytest.mark.parametrize("error", ["is_archived", "not_in_channel", "channel_not_found", "restricted_action"])
def test_a_refused_letter_is_parked_and_its_owner_told_once(house: House, error: str) -> None:
    house.control.fault("error", "chat.postMessage", channel=SALES, error=error, probability=1.0)
    house.say("one", "two", "three")
    house.courier()
    eventually(lambda: house.state("three") == "parked")
    eventually(lambda: len(house.texts("@ana")) == 1)
    day = datetime.now(UTC).date()
    assert notices(house) == [f"parked:{SALES}:{error}:{ANA}:{day}"]
    assert house.letters()["one"].error == error
    assert len(house.calls("chat.postMessage", channel=SALES)) == 3, "no storm"
    house.control.lift_faults()
    assert house.couriers[0].channel_is_back(TEAM, SALES) == 3
    eventually(lambda: house.state("three") == "sent")
    assert house.texts() == ["one", "two", "three"]
    assert len(house.texts("@ana")) == 1
    assert house.couriers[0].trouble is None


def test_the_owner_of_the_deal_is_told(house: House) -> None:
    deal = house.new_deal(channel=None).deal
    assert deal.owner_id == ANA
    house.control.channel("#sales", archived=True)
    house.put(
        Letter(LetterKind.WIN, "win:1", channel_id=SALES, deal_id=deal.id, payload={"by": BEN}),
        Letter(LetterKind.WIN, "win:2", channel_id=SALES, payload={"by": BEN}),
        Letter(LetterKind.WIN, "win:3", channel_id=SALES),
    )
    house.courier()
    eventually(lambda: house.state("win:3") == "parked")
    eventually(lambda: len(house.texts("@ana")) == 1 and len(house.texts("@ben")) == 1)


def test_a_private_letter_that_is_refused_tells_nobody(house: House) -> None:
    house.put(Letter(LetterKind.PRIVATE, "to nobody", person_id="U0NOBODY", payload={"by": ANA}))
    house.courier()
    eventually(lambda: house.state("to nobody") == "parked")
    assert house.letters()["to nobody"].error == "user_not_found"
    assert notices(house) == []


def test_a_restart_tries_what_was_parked_and_tells_nobody_again(house: House) -> None:
    house.control.channel("#sales", archived=True)
    house.say("one")
    first = house.courier("first")
    eventually(lambda: len(house.texts("@ana")) == 1)
    eventually(lambda: house.state("one") == "parked")
    first.stop()
    house.courier("second")
    eventually(lambda: len(house.calls("chat.postMessage", channel=SALES)) == 2)
    eventually(lambda: house.state("one") == "parked")
    assert len(notices(house)) == 1


def test_a_line_for_a_thread_that_is_gone_is_cancelled(house: House) -> None:
    house.say("one", thread_ts="1.000000")
    house.courier()
    eventually(lambda: house.state("one") == "cancelled")
    assert house.letters()["one"].error == "thread_not_found"


def test_what_there_is_no_more_to_say_is_not_said(house: House) -> None:
    house.scribe.silent.add("one")
    house.say("one", "two")
    house.courier()
    eventually(lambda: house.state("two") == "sent")
    assert house.state("one") == "cancelled"
    assert house.texts() == ["two"]


def test_refused_blocks_are_said_in_the_classic_form(house: House) -> None:
    house.control.fault("error", "chat.postMessage", error="invalid_blocks")
    house.scribe.classic_of["one"] = Message("classic one", [section("classic")])
    house.say("one")
    house.courier()
    eventually(lambda: house.state("one") == "sent")
    assert house.texts() == ["classic one"]


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_too_long"])
def test_a_letter_without_another_form_is_parked(house: House, error: str) -> None:
    house.control.fault("error", "chat.postMessage", error=error)
    house.say("one", "two")
    house.courier()
    eventually(lambda: house.state("two") == "sent")
    assert house.state("one") == "parked"


def test_a_missing_scope_is_named(house: House, caplog: pytest.LogCaptureFixture) -> None:
    scopes = house.slack.identity.scopes
    house.control.scopes(*(scopes - {"im:write"}))
    house.put(Letter(LetterKind.PRIVATE, "to ana", person_id=ANA))
    house.say("one")
    with caplog.at_level(logging.INFO):
        courier = house.courier()
        eventually(lambda: house.state("to ana") == "parked" and house.state("one") == "sent")
    assert trouble(courier) == "the bot's token lacks the scope im:write"
    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == [
        "conversations.open needs the scope im:write: add it to the app and install it again"
    ]
    house.control.scopes(*scopes)
    house.postbox().unpark(TEAM, None)
    courier.wake()
    eventually(lambda: house.state("to ana") == "sent")
    assert courier.trouble is None


def test_the_owner_reads_which_scope_is_missing(house: House) -> None:
    house.control.fault("error", "chat.postMessage", error="missing_scope", extra={"needed": "chat:write.x"})
    house.say("one")
    house.courier()
    eventually(lambda: house.state("one") == "parked" and len(notices(house)) == 1)
    assert '"needed":"chat:write.x"' in house.letters()[notices(house)[0]].payload


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_refused_token_stops_all_posting_until_it_is_accepted(
    house: House, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    house.control.token(error)
    house.say("one", "two")
    with caplog.at_level(logging.INFO, logger="handlers"):
        courier = house.courier()
        eventually(lambda: len(house.calls("auth.test")) >= 2)
        assert trouble(courier) == f"Slack refuses the bot's token: {error}"
        assert house.state("one") == "parked"
        house.say("three", channel=LEADS)
        courier.wake()
        assert len(house.calls("chat.postMessage")) == 1, "one letter found it out"
        house.control.token()
        eventually(lambda: house.state("two") == "sent" and house.state("three") == "sent")
    assert house.texts() in (["one", "two"], ["two", "one"])
    assert courier.trouble is None
    assert notices(house) == []
    errors = [record.message for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert error in errors[0]


def test_a_new_start_sends_what_was_parked_for_the_old_token(house: House) -> None:
    house.control.token("token_revoked")
    house.say("one")
    first = house.courier("first")
    eventually(lambda: house.state("one") == "parked")
    first.stop()
    house.control.token()
    house.courier("second")
    eventually(lambda: house.state("one") == "sent")


def test_what_may_have_been_posted_before_it_was_parked_is_looked_up_again(house: House) -> None:
    house.control.fault("cut_after", "chat.postMessage")
    house.control.fault(
        "error", "conversations.history", error="missing_scope", extra={"needed": "x:history"}
    )
    house.say("one")
    courier = house.courier()
    eventually(lambda: house.state("one") == "parked")
    assert house.letters()["one"].error == "unknown: missing_scope"
    courier.channel_is_back(TEAM, SALES)
    eventually(lambda: house.state("one") == "sent")
    assert house.texts() == ["one"]


def test_an_error_of_our_own_blocks_no_channel_for_ever(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.scribe.broken.add("poison")
    house.say("poison", "next")
    with caplog.at_level(logging.ERROR):
        house.courier()
        eventually(lambda: house.state("next") == "sent")
    assert house.state("poison") == "parked"
    assert house.letters()["poison"].attempts == 6
    assert house.texts() == ["next"]


def test_a_card_goes_to_its_other_channel_where_the_bot_is_no_member(house: House) -> None:
    house.new_deal(channel=RANDOM)
    house.courier()
    eventually(lambda: len(house.cards()) == 1)
    (card,) = house.cards()
    assert card.channel_id == LEADS
    assert len(house.texts(LEADS)) == 1
    assert house.texts(RANDOM) == []
    with house.store.read(TEAM) as work:
        known = work.channels.get(RANDOM)
    assert known is not None
    assert not known.member


@pytest.mark.parametrize("place", ["C0BOARD", "D0UNKNOWN"])
def test_a_card_goes_to_its_other_channel_where_the_bot_sees_none(house: House, place: str) -> None:
    house.new_deal(channel=place)
    house.courier()
    eventually(lambda: len(house.cards()) == 1)
    assert house.cards()[0].channel_id == LEADS


def test_a_card_that_finds_no_place_is_told_to_who_asked(house: House) -> None:
    deal = house.new_deal(channel=None).deal
    key = f"card:{deal.id}:{RANDOM}"
    house.put(
        Letter(
            LetterKind.CARD, key, channel_id=RANDOM, deal_id=deal.id, payload={"by": BEN, "fallback": None}
        )
    )
    house.courier()
    eventually(lambda: house.texts("@ben") == [f"nocard:{key}"])
    assert house.state(key) == "cancelled"
    assert '"notice":"no_card"' in house.letters()[f"nocard:{key}"].payload


def test_a_known_channel_costs_no_question(house: House) -> None:
    house.know(SALES)
    house.new_deal()
    house.courier()
    eventually(lambda: len(house.cards()) == 1)
    assert not house.calls("conversations.info")


def test_a_channel_not_seen_before_is_kept(house: House) -> None:
    house.control.channel("#partners", ext_shared=True)
    house.new_deal(channel="C0PARTNERS")
    house.courier()
    eventually(lambda: len(house.cards()) == 1)
    with house.store.read(TEAM) as work:
        known = work.channels.get("C0PARTNERS")
    assert known is not None
    assert (known.member, known.shared, known.shows_money) == (True, True, False)


def test_a_lost_first_post_of_a_card_becomes_one_living_card(house: House) -> None:
    house.know(SALES)
    house.control.fault("cut_after", "chat.postMessage")
    house.new_deal()
    house.courier()
    eventually(lambda: [(card.state, card.painted_version) for card in house.cards()] == [("living", 1)])
    assert len(house.texts()) == 1


def test_a_letter_parked_in_doubt_is_claimed_in_doubt(house: House) -> None:
    house.say("one")
    postbox = house.postbox()
    (letter,) = postbox.claim_letters(TEAM, 1)
    postbox.park(letter.id, "unknown: defect")
    postbox.unpark(TEAM, None)
    (again,) = postbox.claim_letters(TEAM, 1)
    assert again.unknown
