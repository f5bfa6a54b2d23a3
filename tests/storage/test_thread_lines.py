"""Lines under a card: they find the card's channel, wait for a card that is coming, and tell every change."""

import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from pipeline.letters import LetterKind, thread_letter
from pipeline.postbox import ClaimedLetter
from storage.pictures import Pictures
from tests.conftest import MAIN_CHANNEL, TEAM
from tests.pipeline.desk import Desk
from tests.storage.post import TS, carded, keys, pass_time


def test_a_line_goes_to_its_cards_channel_and_thread(desk: Desk, box: Pictures) -> None:
    deal = carded(desk, box)
    desk.move(deal, "proposal")
    assert not box.claim_letters(TEAM, 5)
    pass_time(desk, 60)
    (line,) = box.claim_letters(TEAM, 5)
    assert (line.kind, line.channel_id, line.thread_ts) == (LetterKind.THREAD, MAIN_CHANNEL, TS)
    assert line.payload == {"since": 2}


def test_what_happens_after_a_line_was_taken_gets_a_line_of_its_own(desk: Desk, box: Pictures) -> None:
    deal = carded(desk, box)
    desk.move(deal, "qualification")
    pass_time(desk, 60)
    (line,) = box.claim_letters(TEAM, 5)
    desk.move(deal, "proposal")
    box.sent(line.id, TS)
    pass_time(desk, 60)
    (later,) = box.claim_letters(TEAM, 5)
    assert later.payload == {"since": 3}


def test_a_line_is_not_taken_while_a_change_is_about_to_join_it(desk: Desk, box: Pictures) -> None:
    """Otherwise that change would be told nowhere."""
    deal = carded(desk, box)
    desk.move(deal, "qualification")
    pass_time(desk, 60)
    with ThreadPoolExecutor(1) as thread:
        with desk.store.begin(TEAM) as work:
            work.outbox.put(thread_letter(deal.id, 3))
            claimed = thread.submit(box.claim_letters, TEAM, 5)
            taken = came_early(claimed)
        assert not taken
        lines = claimed.result(5) or box.claim_letters(TEAM, 5)
    assert [line.payload for line in lines] == [{"since": 2}]


def test_a_line_waits_for_a_card_that_is_coming(desk: Desk, box: Pictures) -> None:
    desk.channel = MAIN_CHANNEL
    deal = desk.filled()
    (card,) = box.claim_letters(TEAM, 5)
    desk.move(deal, "proposal")
    pass_time(desk, 58)
    box.wait(card.id, 1_000, "timeout", unknown=True)
    pass_time(desk, 3)
    (card,) = box.claim_letters(TEAM, 5)
    assert card.kind is LetterKind.CARD
    box.posted(card, TS, version=2)
    pass_time(desk, 15)
    (line,) = box.claim_letters(TEAM, 5)
    assert line.thread_ts == TS


def test_a_line_without_any_card_is_given_up(desk: Desk, box: Pictures) -> None:
    desk.move(desk.filled(), "proposal")
    pass_time(desk, 60)
    assert not box.claim_letters(TEAM, 5)
    assert [line.state for line in desk.letters(LetterKind.THREAD)] == ["cancelled"]


def test_a_deal_that_got_its_card_late_has_lines_again(desk: Desk, box: Pictures) -> None:
    deal = desk.filled()
    desk.move(deal, "qualification")
    pass_time(desk, 60)
    box.claim_letters(TEAM, 5)
    desk.move(deal, "proposal")
    assert [json.loads(line.payload)["since"] for line in desk.letters(LetterKind.THREAD)] == [2, 3]


def test_lines_of_one_channel_keep_its_order(desk: Desk, box: Pictures) -> None:
    one, two = carded(desk, box, "One", "1.1"), carded(desk, box, "Two", "1.2")
    desk.move(two, "proposal")
    desk.move(one, "proposal")
    pass_time(desk, 60)
    sent = []
    for _ in range(2):
        (line,) = box.claim_letters(TEAM, 5)
        sent.append(line.thread_ts)
        box.sent(line.id, TS)
        pass_time(desk, 1)
    assert sent == ["1.2", "1.1"]
    assert not keys(box.claim_letters(TEAM, 5))


def came_early(claimed: Future[Sequence[ClaimedLetter]]) -> Sequence[ClaimedLetter]:
    """What was claimed before the change was saved: SQLite's writers wait for each other."""
    try:
        return claimed.result(0.3)
    except TimeoutError:
        return ()
