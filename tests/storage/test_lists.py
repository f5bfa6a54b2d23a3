"""Lists and the board: what the database filters and sums is what the rules say of each deal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, update

from pipeline.deal import Deal
from pipeline.finding import Found, Heap, Wanted, weighted
from pipeline.health import health_of
from pipeline.money import LIMIT, Money
from pipeline.ownership import vacated
from pipeline.people import Person
from pipeline.stages import Field
from storage.deal_columns import stored
from storage.tables import DealRow, PipelineRow, StageRow
from tests.conftest import ANA, BEN, TEAM
from tests.pipeline.desk import Desk

CURRENCIES = ("EUR", "USD", None)


def find(desk: Desk, page: int = 1, size: int = 1000, **wanted: Any) -> Found:
    with desk.store.read(TEAM) as work:
        return work.deals.find(Wanted(desk.at.date(), desk.at, **wanted), page, size)


def numbers(found: Found) -> set[int]:
    return {deal.number for deal in found.deals}


def board(desk: Desk) -> Sequence[Heap]:
    with desk.store.read(TEAM) as work:
        return work.deals.board(desk.pipeline.id, desk.at.date())


def fill(desk: Desk, deals: Sequence[Deal]) -> None:
    with desk.store.begin(TEAM) as work:
        work.tx.execute(insert(DealRow), [stored(deal) for deal in deals])


def measure(desk: Desk, limits: Mapping[str, int]) -> None:
    """As if so many days were half as long again as deals usually stay."""
    with desk.store.begin(TEAM) as work:
        for key, limit in limits.items():
            found = {
                "stay_limit": limit,
                "stay_seconds": 1,
                "stay_visits": 64,
                "stay_looked_on": desk.at.date(),
            }
            work.tx.execute(update(StageRow).where(StageRow.key == key).values(**found))
        work.tx.execute(update(PipelineRow).values(version=PipelineRow.version + 1))


@pytest.fixture
def many(desk: Desk) -> list[Deal]:
    """Deals of every kind."""
    chance, day = Random(17), desk.at.date()
    pattern, stages = desk.new("Pattern"), desk.pipeline.stages

    def near() -> date | None:
        return chance.choice([None, *(day + timedelta(days=shift) for shift in (-9, -1, 0, 1, 20))])

    deals = []
    for number in range(100, 400):
        stage, currency = chance.choice(stages), chance.choice(CURRENCIES)
        entered = desk.at - timedelta(days=chance.choice([0, 7, 14, 21, 40]), seconds=chance.choice([0, 1]))
        made = replace(
            pattern,
            number=number,
            stage_id=stage.id,
            title=f"Deal {number}",
            entered_at=entered,
            changed_at=chance.choice([entered, desk.at]),
            value=Money(chance.randrange(10_000_000), currency) if currency else None,
            owner_id=chance.choice([ANA, BEN, None]),
            close_on=near(),
            next_step_on=near(),
            nurture_until=near(),
            closed_at=None if stage.is_open else desk.at,
            voided_at=desk.at if chance.random() < 0.1 else None,
        )
        deals.append(made)
    fill(desk, deals)
    desk.undo(pattern)
    return deals


def expected(deals: Sequence[Deal], holds: Callable[[Deal], bool]) -> set[int]:
    return {deal.number for deal in deals if not deal.voided_at and not deal.closed_at and holds(deal)}


LIMITS = {"lead": 14, "proposal": 7, "negotiation": 39}


@pytest.mark.parametrize("limits", [{}, LIMITS], ids=["set", "measured"])
def test_stale_and_overdue_are_what_the_rules_say_of_each_deal(
    desk: Desk, many: list[Deal], limits: Mapping[str, int]
) -> None:
    """By what was set for a stage, and by what was measured in it."""
    measure(desk, limits)
    pipeline, day = desk.pipeline, desk.at.date()
    assert {stage.key: stage.limit for stage in pipeline.stages if stage.stay} == limits
    healths = {deal.number: health_of(deal, pipeline, day, desk.at) for deal in many}
    stale = expected(many, lambda deal: healths[deal.number].stale)
    overdue = expected(many, lambda deal: healths[deal.number].overdue)
    assert 10 < len(stale) < 150
    assert numbers(find(desk, stale=True)) == numbers(find(desk, stale=True, closed_too=True)) == stale
    assert numbers(find(desk, overdue=True)) == numbers(find(desk, overdue=True, closed_too=True)) == overdue
    assert numbers(find(desk, stale=True, overdue=True)) == stale & overdue


def test_unowned_and_parked_are_what_the_rules_say_of_each_deal(desk: Desk, many: list[Deal]) -> None:
    with desk.store.begin(desk.team) as work:
        work.people.keep(Person(desk.team, BEN, "Ben", active=False), desk.at)
        free = {deal.number for deal in many if vacated(work, deal).owner_id is None}
    pipeline, day = desk.pipeline, desk.at.date()
    resting = expected(many, lambda deal: health_of(deal, pipeline, day, desk.at).parked_until is not None)
    unowned = expected(many, lambda deal: deal.number in free)
    assert unowned > expected(many, lambda deal: deal.owner_id is None)
    assert numbers(find(desk, unowned=True)) == unowned
    assert numbers(find(desk, parked=True)) == numbers(find(desk, parked=True, closed_too=True)) == resting
    assert numbers(find(desk, parked=True, unowned=True)) == unowned & resting
    assert numbers(find(desk, owner_ids=(BEN,), unowned=True)) == numbers(find(desk, owner_ids=(BEN,)))


def test_filters_are_combined_and_no_currency_is_compared_with_another(desk: Desk, many: list[Deal]) -> None:
    over, day = Money(5_000_000, "EUR"), desk.at.date()
    assert numbers(find(desk)) == expected(many, lambda _: True)
    assert numbers(find(desk, owner_ids=(BEN,), over=over)) == expected(
        many,
        lambda deal: (
            deal.owner_id == BEN
            and deal.value is not None
            and deal.value.currency == "EUR"
            and deal.value.minor > 5_000_000
        ),
    )
    lead, proposal = desk.stage("lead").id, desk.stage("proposal").id
    assert numbers(
        find(desk, stage_ids=(lead, proposal), closing=(day, day + timedelta(days=1)))
    ) == expected(
        many,
        lambda deal: deal.stage_id in (lead, proposal) and deal.close_on in (day, day + timedelta(days=1)),
    )


def test_pages_hold_every_deal_once_and_the_last_one_answers_for_those_behind(
    desk: Desk, many: list[Deal]
) -> None:
    pages = [find(desk, page, 50) for page in range(1, 8)]
    total = pages[0].total
    assert 50 < total < len(many)
    last = (total - 1) // 50 * 50
    seen = [deal for page in pages[: last // 50 + 1] for deal in page.deals]
    assert len(seen) == len({deal.number for deal in seen}) == total
    assert [deal.entered_at for deal in seen] == sorted(deal.entered_at for deal in seen)
    assert find(desk, 2**31, 50).before == last
    assert numbers(find(desk, 2**31, 50)) == numbers(pages[last // 50])


def test_sums_are_for_each_currency_and_count_what_has_no_value(desk: Desk, many: list[Deal]) -> None:
    open_ = [deal for deal in many if not deal.voided_at and not deal.closed_at]
    found = find(desk, size=1)
    for currency in ("EUR", "USD"):
        worth = [deal.value.minor for deal in open_ if deal.value and deal.value.currency == currency]
        assert found.sums[currency] == sum(worth)
    assert found.unvalued == sum(deal.value is None for deal in open_)


def test_the_board_weighs_each_deal_once_but_for_those_that_are_parked(desk: Desk, many: list[Deal]) -> None:
    pipeline, day = desk.pipeline, desk.at.date()
    open_ = [deal for deal in many if not deal.voided_at and not deal.closed_at]
    heaps = {(heap.stage_id, heap.currency): heap for heap in board(desk)}
    assert sum(heap.count for heap in heaps.values()) == len(open_)
    for stage in desk.pipeline.open_stages:
        here = [deal for deal in open_ if deal.stage_id == stage.id]
        for currency in ("EUR", "USD"):
            valued = [deal for deal in here if deal.value and deal.value.currency == currency]
            awake = [deal for deal in valued if not health_of(deal, pipeline, day, desk.at).parked_until]
            heap = heaps[stage.id, currency]
            assert heap.count == len(valued)
            assert heap.minor == sum(deal.value.minor for deal in valued if deal.value)
            assert heap.weighted == sum(weighted(deal.value, stage.chance) for deal in awake if deal.value)
            assert heap.parked == len(valued) - len(awake)
        assert heaps[stage.id, None].count == sum(deal.value is None for deal in here)
    assert sum(heap.parked for heap in heaps.values()) > 10


def test_half_a_cent_is_rounded_up() -> None:
    assert [weighted(Money(minor, "EUR"), 10) for minor in (4, 5, 14, 15)] == [0, 1, 1, 2]


def test_a_sum_may_be_larger_than_any_value(desk: Desk) -> None:
    pattern, count = desk.new("Pattern", fields={Field.VALUE: Money(LIMIT - 1, "EUR")}), 10_000
    fill(desk, [replace(pattern, number=number) for number in range(2, count + 1)])
    assert find(desk, size=1).sums == {"EUR": (LIMIT - 1) * count}
    assert [heap.minor for heap in board(desk)] == [(LIMIT - 1) * count]


def test_words_are_found_in_title_company_and_contact_whichever_way_they_are_written(desk: Desk) -> None:
    desk.new("Roof", fields={Field.COMPANY: "Acme", Field.CONTACT: "Jürgen Größmann"})
    desk.new("Acme renewal")
    assert numbers(find(desk, words="ACME")) == {1, 2}
    assert numbers(find(desk, words="acme jurgen")) == {1}
    assert numbers(find(desk, words="GRÖSSMANN roof")) == {1}
    assert numbers(find(desk, words="acme nobody")) == set()
    assert numbers(find(desk, words="d-2")) == {2}


@pytest.mark.parametrize("words", ["%", "_", "\\", "a\0b", "\ud800", "'; DROP TABLE deals;--"])
def test_signs_of_a_database_are_plain_text(desk: Desk, words: str) -> None:
    desk.new("Acme")
    assert find(desk, words=words).total == 0


def test_a_closed_deal_is_found_after_the_open_ones_where_it_is_wanted(desk: Desk) -> None:
    for title in ("Acme 1", "Acme 2", "Acme 3"):
        desk.new(title)
        desk.at += timedelta(minutes=1)
    desk.lose(3)
    desk.undo(desk.deal(1))
    assert [deal.number for deal in find(desk, words="acme", closed_too=True).deals] == [2, 3]
    assert [deal.number for deal in find(desk, words="acme").deals] == [2]


@pytest.mark.usefixtures("many")
def test_what_needs_attention_comes_first_and_what_rests_last_as_the_rules_say(desk: Desk) -> None:
    pipeline, day = desk.pipeline, desk.at.date()

    def rank(deal: Deal) -> int:
        health = health_of(deal, pipeline, day, desk.at)
        return 2 if health.parked_until else 0 if health.needs_attention else 1

    found = find(desk, neediest=True, owner_ids=(ANA,)).deals
    ordered = sorted(found, key=lambda deal: (rank(deal), deal.entered_at, deal.id))
    assert list(found) == ordered
    assert numbers(find(desk, neediest=True, owner_ids=(ANA,))) == numbers(find(desk, owner_ids=(ANA,)))
    assert {rank(deal) for deal in found} == {0, 1, 2}


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("owners", [(), (ANA,)])
def test_the_neediest_for_the_top_list_are_counted_like_the_dearest_and_ordered_like_a_list(
    desk: Desk, owners: tuple[str, ...]
) -> None:
    wanted = Wanted(desk.at.date(), desk.at, owner_ids=owners)
    with desk.store.read(TEAM) as work:
        dearest = work.deals.candidates(wanted, 1000)
        neediest = work.deals.candidates(replace(wanted, neediest=True), 1000)
        few = work.deals.candidates(replace(wanted, neediest=True), 5)
    listed = [deal.id for deal in find(desk, neediest=True, owner_ids=owners).deals]
    awake = {row.id for row in dearest.rows}
    assert [row.id for row in neediest.rows] == [each for each in listed if each in awake]
    assert few.rows == neediest.rows[:5]
    assert (neediest.counts, neediest.resting) == (dearest.counts, dearest.resting)


def test_deals_without_an_owner_come_newest_first(desk: Desk, many: list[Deal]) -> None:
    found = find(desk, unowned=True, newest=True)
    assert numbers(found) == expected(many, lambda deal: deal.owner_id is None)
    assert [deal.id for deal in found.deals] == sorted((deal.id for deal in found.deals), reverse=True)


def test_closed_deals_come_latest_first(desk: Desk, many: list[Deal]) -> None:
    won = desk.stage("won").id
    in_order = sorted(
        (deal for deal in many if deal.stage_id == won and not deal.voided_at),
        key=lambda deal: (deal.entered_at, deal.number),
        reverse=True,
    )
    found = find(desk, stage_ids=(won,), closed_too=True).deals
    assert [deal.number for deal in found] == [deal.number for deal in in_order]
    assert len(found) > 1
