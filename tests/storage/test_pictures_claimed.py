"""Cards and Home tabs: repainted until they show the present, at a pace, whatever happens meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from pipeline.deal import Change, ChangeKind, Deal
from pipeline.letters import Letter, LetterKind
from pipeline.postbox import ClaimedCard, ClaimedHome
from pipeline.stages import Field
from storage.deals import Deals
from storage.pictures import CARD_METHOD, HOME_METHOD, Pictures
from storage.post_tables import CardRow
from storage.tables import DealRow
from tests.conftest import ANA, BEN, MAIN_CHANNEL, OLGA, TEAM
from tests.pipeline.desk import Desk
from tests.storage.post import carded, pass_time


def test_fifty_moves_are_one_repaint(desk: Desk, box: Pictures) -> None:
    deal = carded(desk, box)
    for place in range(50):
        desk.move(deal, "qualification" if place % 2 else "proposal")
    (card,) = box.claim_cards(TEAM, 5)
    assert (card.deal_id, card.is_link, card.again) == (deal.id, False, False)
    box.painted(card, 51)
    pass_time(desk, 100)
    assert not box.claim_cards(TEAM, 5)


def test_a_fresh_card_needs_no_repaint(desk: Desk, box: Pictures) -> None:
    carded(desk, box)
    assert not box.claim_cards(TEAM, 5)


def test_a_change_during_the_repaint_is_painted_afterwards(desk: Desk, box: Pictures) -> None:
    deal = carded(desk, box)
    desk.move(deal, "qualification")
    (card,) = box.claim_cards(TEAM, 5)
    desk.move(deal, "proposal")
    assert not box.claim_cards(TEAM, 5)
    box.painted(card, 2)
    (card,) = box.claim_cards(TEAM, 5)
    box.painted(card, 3)
    assert not box.claim_cards(TEAM, 5)


def test_a_change_before_the_card_was_posted_is_painted(desk: Desk, box: Pictures) -> None:
    desk.channel = MAIN_CHANNEL
    deal = desk.filled()
    (letter,) = box.claim_letters(TEAM, 5)
    desk.move(deal, "proposal")
    box.posted(letter, "1.1", version=1)
    assert [card.deal_id for card in box.claim_cards(TEAM, 5)] == [deal.id]


def test_a_change_that_is_being_saved_while_the_card_is_filed_is_painted(desk: Desk, box: Pictures) -> None:
    desk.channel = MAIN_CHANNEL
    deal = desk.filled()
    (letter,) = box.claim_letters(TEAM, 5)
    with ThreadPoolExecutor(1) as thread:
        with desk.store.begin(TEAM) as work:
            save_a_change(desk, work.deals, deal)
            filed = thread.submit(box.posted, letter, "1.1", 1)
            with pytest.raises(TimeoutError):
                filed.result(0.3)
        filed.result(5)
    assert [card.deal_id for card in box.claim_cards(TEAM, 5)] == [deal.id]


def test_a_move_that_waits_for_a_card_to_be_filed_wants_it_painted(desk: Desk, box: Pictures) -> None:
    desk.channel = MAIN_CHANNEL
    deal = desk.filled()
    filing = {"workspace_id": TEAM, "deal_id": deal.id, "channel_id": MAIN_CHANNEL, "ts": "1.1"}
    blank = {"generation": 1, "state": "living", "wanted_version": 1, "painted_version": 1}
    with ThreadPoolExecutor(1) as thread:
        with desk.store.begin(TEAM) as work:
            work.tx.execute(select(DealRow.id).where(DealRow.id == deal.id).with_for_update())
            moving = thread.submit(desk.move, deal, "proposal")
            with pytest.raises(TimeoutError):
                moving.result(0.3)
            work.tx.execute(insert(CardRow).values(**filing, **blank, posted_at=0, looked_at=0))
        moving.result(5)
    assert [card.deal_id for card in box.claim_cards(TEAM, 5)] == [deal.id]


def test_after_a_takeover_a_card_is_painted_once_more(desk: Desk, box: Pictures, other: Pictures) -> None:
    deal = carded(desk, box)
    desk.move(deal, "proposal")
    (mine,) = box.claim_cards(TEAM, 5)
    pass_time(desk, 61)
    (theirs,) = other.claim_cards(TEAM, 5)
    assert theirs.again
    box.painted(mine, 2)
    other.painted(theirs, 2)
    assert not other.claim_cards(TEAM, 5)
    pass_time(desk, 12)
    (last,) = box.claim_cards(TEAM, 5)
    assert not last.again
    box.painted(last, 2)
    pass_time(desk, 100)
    assert not box.claim_cards(TEAM, 5)


def test_after_an_unknown_outcome_a_card_is_painted_once_more(desk: Desk, box: Pictures) -> None:
    deal = carded(desk, box)
    desk.move(deal, "proposal")
    (card,) = box.claim_cards(TEAM, 5)
    box.repaint_later(card, 1000, "timeout", unknown=True)
    assert not box.claim_cards(TEAM, 5)
    painted = []
    for _ in range(3):
        pass_time(desk, 12)
        painted.append([each.again for each in paint(box, 2)])
    assert painted == [[True], [False], []]


def test_a_newer_card_turns_the_older_one_into_a_link(desk: Desk, box: Pictures) -> None:
    deal = carded(desk, box)
    post_again(desk, box, deal, "1.2")
    (card,) = box.claim_cards(TEAM, 5)
    assert card.is_link
    box.painted(card, 1)
    assert states(desk) == ["gone", "living"]
    desk.move(deal, "proposal")
    (card,) = box.claim_cards(TEAM, 5)
    assert (card.ts, card.is_link) == ("1.2", False)


def test_a_card_retired_while_it_is_painted_still_becomes_a_link(desk: Desk, box: Pictures) -> None:
    deal = carded(desk, box)
    desk.move(deal, "proposal")
    (card,) = box.claim_cards(TEAM, 5)
    post_again(desk, box, deal, "1.2", version=2)
    box.painted(card, 2)
    (link,) = box.claim_cards(TEAM, 5)
    assert (link.id, link.is_link) == (card.id, True)


def test_a_letter_that_two_copies_found_makes_one_card(desk: Desk, box: Pictures, other: Pictures) -> None:
    desk.channel = MAIN_CHANNEL
    desk.filled()
    (mine,) = box.claim_letters(TEAM, 5)
    pass_time(desk, 61)
    (theirs,) = other.claim_letters(TEAM, 5)
    box.posted(mine, "1.1", version=1)
    other.posted(theirs, "1.1", version=1)
    other.posted(theirs, "1.1", version=1)
    assert states(desk) == ["living"]


def test_repaints_keep_to_fifty_a_minute(desk: Desk, box: Pictures) -> None:
    """Ten at once, then one each second and a half."""
    lead = desk.stage("lead")
    with desk.store.begin(TEAM) as work:
        for place in range(60):
            deal = work.deals.add({}, stage=lead, pipeline_id=desk.pipeline.id, by=ANA, at=desk.at)
            row = {"workspace_id": TEAM, "deal_id": deal.id, "channel_id": MAIN_CHANNEL, "ts": str(place)}
            counts = {
                "generation": 1,
                "wanted_version": 2,
                "painted_version": 1,
                "posted_at": 0,
                "looked_at": 0,
            }
            work.tx.execute(insert(CardRow).values(**row, **counts, state="living"))
    at_once = paint(box, 2, 60)
    assert len(at_once) == 10
    assert not box.claim_cards(TEAM, 60)
    later = []
    for _ in range(39):
        pass_time(desk, 1.5)
        later.append(len(paint(box, 2, 60)))
    assert sum(later) == pytest.approx(39, abs=3)
    assert len(at_once) + sum(later) <= 52


def test_the_card_looked_at_last_is_painted_first(desk: Desk, box: Pictures) -> None:
    deals = [carded(desk, box, title, ts) for title, ts in (("One", "1.1"), ("Two", "1.2"), ("Three", "1.3"))]
    for deal in deals:
        desk.move(deal, "proposal")
    pass_time(desk, 10)
    with desk.store.begin(TEAM) as work:
        work.cards.looked_at(deals[1].id)
    (card,) = box.claim_cards(TEAM, 1)
    assert card.deal_id == deals[1].id


def test_two_copies_never_claim_one_card(desk: Desk, box: Pictures, other: Pictures) -> None:
    for deal in [carded(desk, box, f"Deal {place}", f"1.{place}") for place in range(8)]:
        desk.move(deal, "proposal")
    with ThreadPoolExecutor(2) as threads:
        one, two = threads.map(lambda copy: copy.claim_cards(TEAM, 5), (box, other))
    claimed = [card.id for card in (*one, *two, *box.claim_cards(TEAM, 8))]
    assert len(claimed) == len(set(claimed)) == 8


def test_a_card_whose_message_is_gone_is_painted_no_more(desk: Desk, box: Pictures) -> None:
    deal = carded(desk, box)
    desk.move(deal, "qualification")
    (card,) = box.claim_cards(TEAM, 5)
    box.drop_card(card, "message_not_found")
    desk.move(deal, "proposal")
    pass_time(desk, 100)
    assert not box.claim_cards(TEAM, 5)


def test_a_home_is_painted_when_what_it_shows_has_changed(desk: Desk, box: Pictures) -> None:
    opened(desk, ANA)
    assert [home.person_id for home in paint_homes(box)] == [ANA]
    assert not paint_homes(box)
    deal = desk.filled(by=ANA)
    assert [home.person_id for home in paint_homes(box)] == [ANA]
    desk.move(deal, "proposal", OLGA)
    assert len(paint_homes(box)) == 1
    desk.filled("Other", BEN)
    assert not paint_homes(box)


def test_a_deal_that_changes_hands_repaints_both_homes(desk: Desk, box: Pictures) -> None:
    for person in (ANA, BEN):
        opened(desk, person)
    deal = desk.filled(by=ANA)
    paint_homes(box)
    desk.edit(deal, {Field.OWNER: BEN})
    assert sorted(home.person_id for home in paint_homes(box)) == [ANA, BEN]


def test_a_home_touched_while_it_is_painted_is_painted_again(desk: Desk, box: Pictures) -> None:
    opened(desk, ANA)
    (home,) = box.claim_homes(TEAM, 5)
    opened(desk, ANA)
    box.home_painted(TEAM, home)
    assert len(paint_homes(box)) == 1
    assert not paint_homes(box)


def test_a_home_taken_over_is_painted_once_more(desk: Desk, box: Pictures, other: Pictures) -> None:
    opened(desk, ANA)
    box.claim_homes(TEAM, 5)
    pass_time(desk, 61)
    (home,) = other.claim_homes(TEAM, 5)
    assert home.again
    other.home_painted(TEAM, home)
    pass_time(desk, 12)
    assert [each.again for each in paint_homes(box)] == [False]


@pytest.mark.parametrize("method", [CARD_METHOD, HOME_METHOD])
def test_a_held_method_paints_nothing(desk: Desk, box: Pictures, method: str) -> None:
    desk.move(carded(desk, box), "proposal")
    opened(desk, ANA)
    box.hold(TEAM, method, 5000)
    assert bool(box.claim_cards(TEAM, 5)) is (method != CARD_METHOD)
    assert bool(box.claim_homes(TEAM, 5)) is (method != HOME_METHOD)


def paint(box: Pictures, version: int, limit: int = 5) -> list[ClaimedCard]:
    cards = list(box.claim_cards(TEAM, limit))
    for card in cards:
        box.painted(card, version)
    return cards


def paint_homes(box: Pictures) -> list[ClaimedHome]:
    homes = list(box.claim_homes(TEAM, 5))
    for home in homes:
        box.home_painted(TEAM, home)
    return homes


def opened(desk: Desk, person: str) -> None:
    with desk.store.begin(TEAM) as work:
        work.homes.opened(person, desk.at)


def post_again(desk: Desk, box: Pictures, deal: Deal, ts: str, version: int = 1) -> None:
    with desk.store.begin(TEAM) as work:
        work.outbox.put(Letter(LetterKind.CARD, f"card:again:{ts}", MAIN_CHANNEL, deal_id=deal.id))
    pass_time(desk, 2)
    (letter,) = box.claim_letters(TEAM, 5)
    box.posted(letter, ts, version)


def save_a_change(desk: Desk, deals: Deals, deal: Deal) -> None:
    change = Change(ChangeKind.EDITED, deal.version + 1, ANA, desk.at)
    deals.save(deal, replace(deal, version=deal.version + 1), change)


def states(desk: Desk) -> list[str]:
    with desk.store.read(TEAM) as work:
        return list(work.tx.execute(select(CardRow.state).order_by(CardRow.id)).scalars())
