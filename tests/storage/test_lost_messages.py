"""A local Slack has lost its messages: what the archive still holds of them gives way, and can be said again."""

from sqlalchemy import select

from storage.lost_messages import forget_messages, show_again
from storage.pictures import Pictures
from storage.post_tables import OutboxRow
from tests.conftest import ANA, MAIN_CHANNEL, TEAM
from tests.pipeline.desk import Desk
from tests.storage.post import carded, keys, pass_time, put


def test_no_card_lives_and_the_newest_come_again(desk: Desk) -> None:
    box = Pictures(desk.store, "one")
    first = carded(desk, box, "Acme", "1.1")
    second = carded(desk, box, "Bolt", "1.2")
    with desk.store.begin(TEAM) as work:
        work.people.keep_direct_channel(ANA, "D0ANA")
        shown = forget_messages(work)
        show_again(work, shown[:1], ANA, desk.at)
        assert work.people.direct_channel(ANA) is None
        assert work.cards.living(second.id) is None
    assert shown == ((second.id, MAIN_CHANNEL), (first.id, MAIN_CHANNEL))
    pass_time(desk, 10)
    (letter,) = [each for each in box.claim_letters(TEAM, 50) if each.deal_id]
    assert letter.deal_id == second.id
    box.posted(letter, "2.1", version=1)
    with desk.store.read(TEAM) as work:
        assert work.cards.living(second.id) == (MAIN_CHANNEL, "2.1")
    assert not box.claim_cards(TEAM, 50)


def test_what_was_just_being_said_is_not_waited_for_and_replies_are_dropped(desk: Desk) -> None:
    dead = Pictures(desk.store, "dead")
    put(desk, "first")
    with desk.store.begin(TEAM) as work:
        work.outbox.reply("r1", {"url": "http://127.0.0.1:9/", "body": {}})
    assert keys(dead.claim_letters(TEAM, 50)) == ["first"]
    put(desk, "second")
    pass_time(desk, 10)
    box = Pictures(desk.store, "one")
    assert not box.claim_letters(TEAM, 50)
    with desk.store.begin(TEAM) as work:
        forget_messages(work)
    assert keys(box.claim_letters(TEAM, 50)) == ["first"]
    assert not box.claim_replies(TEAM, 50)
    with desk.store.read(TEAM) as work:
        second = select(OutboxRow.state).where(OutboxRow.key == "second")
        assert work.tx.execute(second).scalar_one() == "waiting"
