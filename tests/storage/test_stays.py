"""How long deals stayed, as the ledger tells it, and what becomes of it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import text

from pipeline.deal import Deal
from pipeline.errors import Refusal
from pipeline.health import health_of
from pipeline.stages import Field
from storage import lives
from storage.stays import refit, visits
from tests.conftest import TEAM
from tests.pipeline.desk import FILLED, Desk

Seen = Mapping[str, list[tuple[int, bool]]]
DAY = 86_400


def seen(desk: Desk) -> Seen:
    """Seconds, and whether it ended, by stage."""
    with desk.store.read(TEAM) as work:
        found = visits(work.tx, desk.at)
    names = {stage.id: stage.key for stage in desk.pipeline.stages}
    told = defaultdict(list)
    for stage, seconds, exited in zip(found.stages, found.seconds, found.exited, strict=True):
        told[names[int(stage)]].append((int(seconds), bool(exited)))
    return {key: sorted(each) for key, each in told.items()}


def later(desk: Desk, days: float) -> None:
    desk.at += timedelta(days=days)


def test_a_visit_ends_with_a_move_and_goes_on_in_an_open_deal(desk: Desk) -> None:
    deal = desk.filled()
    later(desk, 3)
    desk.move(deal, "proposal")
    later(desk, 4)
    assert seen(desk) == {"lead": [(3 * DAY, True)], "proposal": [(4 * DAY, False)]}
    desk.move(deal, "won")
    later(desk, 5)
    assert seen(desk) == {"lead": [(3 * DAY, True)], "proposal": [(4 * DAY, True)]}


def test_undone_moves_are_left_out_and_the_earlier_visit_goes_on(desk: Desk) -> None:
    deal = desk.filled()
    later(desk, 3)
    desk.move(deal, "proposal")
    later(desk, 0.5)
    desk.undo(desk.deal(deal))
    later(desk, 2)
    assert seen(desk) == {"lead": [(5 * DAY + DAY // 2, False)]}
    desk.move(deal, "negotiation")
    assert seen(desk) == {"lead": [(5 * DAY + DAY // 2, True)], "negotiation": [(0, False)]}


def test_a_reopened_deal_visits_its_stage_again(desk: Desk) -> None:
    deal = desk.filled()
    later(desk, 3)
    desk.lose(deal)
    later(desk, 30)
    desk.reopen(desk.deal(deal))
    later(desk, 1)
    assert seen(desk) == {"lead": [(DAY, False), (3 * DAY, True)], "lost": [(30 * DAY, True)]}


def test_void_deals_are_left_out(desk: Desk) -> None:
    for title in ("mistaken", "right"):
        desk.move(desk.filled(title), "proposal")
    later(desk, 2)
    desk.void(desk.deal(1))
    assert seen(desk) == {"lead": [(0, True)], "proposal": [(2 * DAY, False)]}
    desk.undo(desk.deal(1))
    assert len(seen(desk)["proposal"]) == 2


def test_a_stage_told_of_twice_in_a_row_is_one_visit(desk: Desk) -> None:
    """As in an imported file."""
    deal = desk.filled()
    later(desk, 3)
    desk.move(deal, "proposal")
    later(desk, 4)
    with desk.store.begin(TEAM) as work:
        work.tx.execute(text("UPDATE moves SET to_stage_id = from_stage_id"))
        work.tx.execute(text("UPDATE deals SET stage_id = (SELECT from_stage_id FROM moves)"))
    assert seen(desk) == {"lead": [(7 * DAY, False)]}


@pytest.mark.parametrize("batch", [1, 3, 1000])
def test_the_columns_are_what_each_deals_own_history_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """Whatever people did, and wherever a batch ends."""
    monkeypatch.setattr(lives, "_BATCH", batch)
    chance = Random(f"stays {batch}")
    for title in map(str, range(12)):
        desk.filled(title)
    for _ in range(200):
        later(desk, chance.choice([0, 0.2, 1, 3]))
        anything(desk, chance)
    told: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for number in range(1, 13):
        for stage, seconds, exited in walked(desk, desk.deal(number)):
            told[stage].append((seconds, exited))
    assert sum(map(len, told.values())) > 40
    assert seen(desk) == {key: sorted(each) for key, each in told.items()}


def anything(desk: Desk, chance: Random) -> None:
    deal = desk.deal(chance.randint(1, 12))
    stages = [stage.key for stage in desk.pipeline.stages]
    try:
        match chance.randrange(12):
            case 0 | 1 if deal.version > 1:
                desk.undo(deal, by="U0MIA")
            case 2 if chance.random() < 0.2:
                desk.void(deal)
            case 3 | 4:
                desk.reopen(deal)
            case _:
                desk.move(deal, chance.choice(stages), fields=FILLED)
    except Refusal:
        return


def walked(desk: Desk, deal: Deal) -> list[tuple[str, int, bool]]:
    if deal.voided_at:
        return []
    with desk.store.read(TEAM) as work:
        history = list(reversed(work.deals.history(deal, 1000)))
    undone = {change.undoes_id for change in history} | {each.id for each in history if each.undoes_id}
    moves = [each for each in history if each.move and each.id not in undone]
    names = {stage.id: stage.key for stage in desk.pipeline.stages}
    walked, since = [], deal.created_at
    for change in moves:
        assert change.move
        walked.append((names[change.move.from_stage_id], int((change.at - since).total_seconds()), True))
        since = change.at
    if not deal.closed_at:
        walked.append((names[deal.stage_id], int((desk.at - since).total_seconds()), False))
    return walked


def usual(desk: Desk, count: int, days: float) -> None:
    """So many deals leave the first stage after so many days."""
    deals = [desk.filled(f"{desk.at} {place}") for place in range(count)]
    later(desk, days)
    for deal in deals:
        desk.move(deal, "proposal")


def measured(desk: Desk) -> bool:
    return refit(desk.store, TEAM, desk.at, desk.at.date())


def test_a_limit_follows_what_was_measured_and_falls_back_where_it_is_too_little(desk: Desk) -> None:
    usual(desk, 19, 2)
    assert not measured(desk)
    assert desk.stage("lead").limit == desk.stage("lead").patience == 7
    usual(desk, 1, 2)
    version = desk.pipeline.version
    assert measured(desk)
    stay = desk.stage("lead").stay
    assert stay
    assert (stay.limit, stay.median, stay.visits, stay.on) == (3, timedelta(days=2), 20, desk.at.date())
    assert desk.stage("proposal").stay is None
    assert desk.pipeline.version == version + 1
    assert not measured(desk)
    assert desk.pipeline.version == version + 1
    for number in range(1, 11):
        desk.void(desk.deal(number))
    assert measured(desk)
    assert desk.stage("lead").stay is None


def test_a_card_is_flagged_by_the_limit_that_is_in_force(desk: Desk) -> None:
    usual(desk, 20, 10)
    waiting = desk.new("Waits")
    later(desk, 9)
    assert health_of(waiting, desk.pipeline, desk.at.date(), desk.at).stale
    measured(desk)
    assert desk.stage("lead").limit == 15
    assert not health_of(waiting, desk.pipeline, desk.at.date(), desk.at).stale
    later(desk, 6.5)
    assert health_of(waiting, desk.pipeline, desk.at.date(), desk.at).stale


def test_shaping_a_stage_keeps_what_was_measured(desk: Desk) -> None:
    usual(desk, 20, 10)
    measured(desk)
    before = desk.stage("lead").stay
    desk.edit(desk.deal(1), {Field.COMPANY: "Acme"})
    with desk.store.begin(TEAM) as work:
        pipeline = work.stages.pipeline()
        work.stages.save(pipeline, list(reversed(pipeline.stages)), desk.at)
    assert desk.stage("lead").stay == before is not None


def test_each_night_is_seen_once(desk: Desk) -> None:
    day = desk.at.date()
    with desk.store.read(TEAM) as work:
        assert not work.stages.are_seen(day)
    measured(desk)
    with desk.store.read(TEAM) as work:
        assert work.stages.are_seen(day)
        assert not work.stages.are_seen(day + timedelta(days=1))
