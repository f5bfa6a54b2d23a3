"""Cards and Home tabs are repainted from the present state."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from handlers.courier.satchel import Pace
from pipeline.acts import carry_out
from pipeline.letters import card_letter
from pipeline.occasion import Occasion
from pipeline.orders import Move
from pipeline.stages import Field
from storage.post_tables import CardRow, HomeRow
from tests.conftest import ANA, TEAM
from tests.handlers.courier.house import SALES, SWIFT, House, eventually


@pytest.fixture
def card(house: House) -> Any:
    """A living card of a fresh deal, and its courier at rest."""
    house.know(SALES)
    house.new_deal()
    courier = house.courier("first")
    eventually(lambda: len(house.cards()) == 1)
    courier.stop()
    house.control.clear_log()
    return house.cards()[0]


def move(house: House, number: int = 1, times: int = 1) -> None:
    """To and fro, so that each is a change."""
    for _ in range(times):
        with house.store.begin(TEAM) as work:
            deal = work.deals.by_number(number)
            lead, qualification = (stage.id for stage in work.stages.pipeline().stages[:2])
            target = qualification if deal.stage_id == lead else lead
            carry_out(
                work, Occasion(ANA, datetime.now(UTC)), Move(number, target, fields={Field.CONTACT: "Cleo"})
            )


def painted(house: House) -> bool:
    return all(row.painted_version == row.wanted_version for row in house.cards())


def test_fifty_moves_are_one_repaint(house: House, card: Any) -> None:
    move(house, times=50)
    house.courier()
    eventually(lambda: painted(house))
    assert len(house.calls("chat.update")) == 1
    (message,) = house.control.messages(SALES)
    assert (message["text"], message["ts"]) == ("version 51", card.ts)


@pytest.mark.usefixtures("card")
def test_after_a_takeover_the_card_is_painted_once_more(house: House) -> None:
    move(house)
    assert len(house.postbox("dead").claim_cards(TEAM, 1)) == 1
    house.change(CardRow, lease_until=1)
    house.courier("alive")
    eventually(lambda: painted(house))
    assert len(house.calls("chat.update")) == 2


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize("kind", ["http_500", "cut_after", "fatal_error"])
def test_after_an_unknown_outcome_the_card_is_painted_once_more(house: House, kind: str) -> None:
    move(house)
    house.control.fault(kind, "chat.update")
    house.courier()
    eventually(lambda: painted(house))
    assert len(house.calls("chat.update")) == 3, "the lost one, the next and once more"


@pytest.mark.usefixtures("card")
def test_a_patience_asked_for_after_a_takeover_keeps_the_second_repaint(house: House) -> None:
    move(house)
    house.postbox("dead").claim_cards(TEAM, 1)
    house.change(CardRow, lease_until=1)
    house.control.fault("rate_limited", "chat.update", retry_after=1)
    house.courier("alive")
    eventually(lambda: painted(house))
    assert len(house.calls("chat.update", status=200)) == 2


@pytest.mark.usefixtures("card")
def test_repaints_wait_as_told(house: House) -> None:
    move(house)
    house.control.fault("rate_limited", "chat.update", retry_after=1)
    house.courier()
    eventually(lambda: house.postbox().is_held(TEAM, "method:chat.update"))
    idle = house.postbox().idle_for(TEAM)
    assert idle is not None
    assert idle > 0.3
    eventually(lambda: painted(house))
    refused, done = house.calls("chat.update")
    assert done["at"] - refused["at"] >= 1.0


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize(
    "error", ["message_not_found", "cant_update_message", "is_archived", "not_in_channel"]
)
def test_a_card_that_is_gone_is_painted_no_more(house: House, error: str) -> None:
    move(house)
    house.control.fault("error", "chat.update", error=error)
    courier = house.courier()
    eventually(lambda: house.cards()[0].state == "gone")
    move(house)
    courier.wake()
    eventually(lambda: house.letters() != {})
    assert len(house.calls("chat.update")) == 1


@pytest.mark.usefixtures("card")
def test_a_version_that_cannot_be_painted_is_given_up_until_the_next(house: House) -> None:
    move(house)
    house.control.fault("error", "chat.update", error="msg_too_long")
    courier = house.courier()
    eventually(lambda: painted(house))
    assert house.cards()[0].state == "living"
    move(house)
    courier.wake()
    eventually(lambda: house.control.messages(SALES)[0]["text"] == "version 3")


@pytest.mark.usefixtures("card")
def test_a_refused_token_keeps_the_card_stale(house: House) -> None:
    move(house)
    house.control.token("token_revoked")
    courier = house.courier(pace=replace(SWIFT, silence=0.2))
    eventually(lambda: courier.trouble is not None)
    house.control.token()
    eventually(lambda: painted(house))
    assert courier.trouble is None


def test_an_older_card_becomes_a_link(house: House, card: Any) -> None:
    postbox = house.postbox("poster")
    house.put(card_again(card.deal_id))
    (letter,) = postbox.claim_letters(TEAM, 1)
    postbox.posted(letter, "99.000001", 1)
    house.courier()
    eventually(lambda: [row.state for row in house.cards()] == ["gone", "living"])
    assert house.control.messages(SALES)[0]["text"] == "moved on"


def card_again(deal_id: int) -> Any:
    return replace(card_letter(deal_id, SALES, ANA, None), key="card:again")


def opened(house: House) -> None:
    with house.store.begin(TEAM) as work:
        work.homes.opened(ANA, datetime.now(UTC))


def test_a_home_is_painted_with_the_newest_touch(house: House) -> None:
    opened(house)
    with house.store.begin(TEAM) as work:
        for _ in range(9):
            work.homes.touch(ANA)
    house.courier()
    eventually(lambda: "home 10" in str(house.control.home("@ana")))
    assert len(house.calls("views.publish")) == 1


@pytest.mark.parametrize(
    ("fault", "calls"), [("http_500", 2), ("cut_after", 2), ("fatal_error", 2), ("rate_limited", 2)]
)
def test_a_home_whose_answer_is_lost_is_painted_again(house: House, fault: str, calls: int) -> None:
    opened(house)
    house.control.fault(fault, "views.publish")
    house.courier()
    eventually(lambda: len(house.calls("views.publish")) == calls)
    eventually(lambda: house.postbox().claim_homes(TEAM, 1) == ())
    assert "home 1" in str(house.control.home("@ana"))


def test_after_a_takeover_the_home_is_painted_once_more(house: House) -> None:
    opened(house)
    house.postbox("dead").claim_homes(TEAM, 1)
    with house.store.begin(TEAM) as work:
        work.tx.execute(HomeRow.__table__.update().values(lease_until=1))  # type: ignore[attr-defined]
    house.courier("alive")
    eventually(lambda: len(house.calls("views.publish")) == 2)


def test_a_refused_home_is_left_until_the_next_touch(house: House) -> None:
    opened(house)
    house.control.fault("error", "views.publish", error="invalid_arguments")
    courier = house.courier(pace=Pace(shortest_sleep=0.01))
    eventually(lambda: len(house.calls("views.publish")) == 1)
    opened(house)
    courier.wake()
    eventually(lambda: "home 2" in str(house.control.home("@ana")))
