"""Calls, targets, and how a period stands beside them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.call_record import Record, record_of
from pipeline.calling import progress_of, say_call, set_target
from pipeline.calls import (
    Call,
    Called,
    Closing,
    Progress,
    SayCall,
    SetTarget,
    Span,
    Targeted,
    following,
    preceding,
    span_at,
)
from pipeline.deal import Deal
from pipeline.errors import NoRight
from pipeline.kept_forecasts import Period
from pipeline.money import Money
from pipeline.stages import Category, Field
from tests.conftest import ANA, BEN, GUS, MIA, TEAM
from tests.pipeline.desk import Desk


def quarter(desk: Desk) -> Span:
    return span_at(Period.QUARTER, desk.at.date())


def call(desk: Desk, by: str, amount: int | None, *, team: bool = False, span: Span | None = None) -> Called:
    order = SayCall(desk.pipeline.id, span or quarter(desk), "EUR", amount, team)
    with desk.store.begin(TEAM) as work:
        return say_call(work, desk.occasion(by), order)


def target(desk: Desk, amount: int | None, by: str = MIA, currency: str = "EUR") -> Targeted:
    order = SetTarget(desk.pipeline.id, quarter(desk), currency, amount)
    with desk.store.begin(TEAM) as work:
        return set_target(work, desk.occasion(by), order)


def stands(desk: Desk, currency: str = "EUR", span: Span | None = None) -> Progress:
    with desk.store.read(TEAM) as work:
        found = progress_of(work, desk.pipeline.id, span or quarter(desk), desk.at.date(), UTC)
    return found[currency]


def record(desk: Desk) -> Record | None:
    with desk.store.read(TEAM) as work:
        return record_of(work, desk.pipeline.id, quarter(desk), UTC, "EUR")


def closing_on(desk: Desk, day: date | None, euros: int = 100, by: str = ANA) -> Deal:
    deal = desk.filled(f"{day} {euros}", by)
    return desk.edit(deal, {Field.CLOSE_ON: day, Field.VALUE: Money(euros * 100, "EUR")}, by).deal


def test_spans_follow_each_other_over_the_year() -> None:
    last = span_at(Period.QUARTER, date(2026, 12, 31))
    assert last == (Period.QUARTER, date(2026, 10, 1), date(2026, 12, 31))
    assert following(last) == (Period.QUARTER, date(2027, 1, 1), date(2027, 3, 31))
    assert preceding(following(last)) == last
    assert preceding(span_at(Period.MONTH, date(2028, 3, 5))).last == date(2028, 2, 29)


def test_the_newest_call_of_each_person_and_reach_counts(desk: Desk) -> None:
    assert call(desk, ANA, 100).before is None
    before = call(desk, ANA, 200).before
    assert before
    assert before.amount == Money(100, "EUR")
    call(desk, BEN, 50)
    call(desk, MIA, 700, team=True)
    call(desk, MIA, 10)
    said = [(each.person_id, each.amount.minor, each.team) for each in stands(desk).calls]
    assert said == [(ANA, 200, False), (BEN, 50, False), (MIA, 700, True), (MIA, 10, False)]


def test_a_call_that_is_taken_back_counts_no_more_and_is_kept(desk: Desk) -> None:
    target(desk, 1)
    assert call(desk, ANA, None).before is None
    call(desk, ANA, 100)
    assert call(desk, ANA, None).before
    assert stands(desk).calls == []
    call(desk, ANA, 300)
    assert [each.amount.minor for each in stands(desk).calls] == [300]
    with desk.store.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT amount FROM calls ORDER BY id").scalars().all()
    assert kept == [100, None, 300]


def test_reps_call_for_themselves_and_managers_for_everybody(desk: Desk) -> None:
    for who, team in ((GUS, False), (ANA, True)):
        with pytest.raises(NoRight):
            call(desk, who, 100, team=team)
    for who in (GUS, ANA, BEN):
        with pytest.raises(NoRight):
            target(desk, 100, who)


def test_a_target_is_replaced_and_taken_away(desk: Desk) -> None:
    assert target(desk, 300).before is None
    assert target(desk, 500).before == 300
    target(desk, 70, currency="USD")
    assert (stands(desk).target, stands(desk, "USD").target) == (500, 70)
    assert target(desk, None).before == 500
    closing_on(desk, quarter(desk).last)
    assert stands(desk).target is None
    assert target(desk, None).before is None


def test_a_target_of_one_period_is_none_of_another(desk: Desk) -> None:
    target(desk, 300)
    call(desk, ANA, 100)
    closing_on(desk, following(quarter(desk)).first)
    for span in (following(quarter(desk)), span_at(Period.MONTH, desk.at.date())):
        with desk.store.read(TEAM) as work:
            found = progress_of(work, desk.pipeline.id, span, desk.at.date(), UTC)
        assert all(each.target is None and not each.calls for each in found.values())


def test_open_deals_are_counted_by_category_where_they_close_in_the_period(desk: Desk) -> None:
    span = quarter(desk)
    commit = closing_on(desk, span.first, 100)
    desk.edit(commit, {Field.CATEGORY: Category.COMMIT})
    closing_on(desk, span.last, 20)
    closing_on(desk, span.last, 3)
    for outside in (span.first - timedelta(days=1), span.last + timedelta(days=1), None):
        closing_on(desk, outside, 5000)
    desk.lose(closing_on(desk, span.last, 5000))
    desk.void(closing_on(desk, span.last, 6000))
    parked = closing_on(desk, span.last, 400)
    desk.edit(parked, {Field.NURTURE_UNTIL: desk.at.date() + timedelta(days=3)})
    bare = closing_on(desk, span.last, 7)
    desk.edit(bare, {Field.VALUE: None})
    found = stands(desk)
    assert sorted(found.closing) == [
        Closing("EUR", Category.COMMIT, 1, 100_00),
        Closing("EUR", Category.OMITTED, 1, 400_00),
        Closing("EUR", Category.PIPELINE, 2, 23_00),
    ]
    assert (found.open_value, found.unvalued) == (123_00, 1)


def test_deals_without_an_amount_belong_to_the_currency_of_the_most_deals(desk: Desk) -> None:
    last = quarter(desk).last
    for euros in (1, 2):
        closing_on(desk, None, euros)
    dollars, bare = closing_on(desk, last, 3), closing_on(desk, last, 4)
    desk.edit(dollars, {Field.VALUE: Money(9, "USD")})
    desk.edit(bare, {Field.VALUE: None})
    assert (stands(desk, "EUR").unvalued, stands(desk, "USD").unvalued) == (1, 0)
    assert stands(desk, "EUR").says_anything
    for euros in (5, 6):
        desk.edit(closing_on(desk, None, euros), {Field.VALUE: Money(9, "USD")})
    assert stands(desk, "USD").unvalued == 1
    with desk.store.read(TEAM) as work:
        found = progress_of(work, desk.pipeline.id, quarter(desk), desk.at.date(), UTC)
    assert set(found) == {"USD"}


def test_coverage_is_open_value_by_what_is_still_to_be_won(desk: Desk) -> None:
    closing_on(desk, quarter(desk).last, 300)
    assert stands(desk).coverage is None, "without a target"
    target(desk, 300_00)
    desk.move(closing_on(desk, None, 200), "won")
    found = stands(desk)
    assert (found.won, found.left, found.coverage) == (200_00, 100_00, 3.0)
    desk.move(closing_on(desk, None, 100), "won")
    found = stands(desk)
    assert (found.won, found.left, found.coverage) == (300_00, 0, None)


def test_what_is_won_counts_by_its_moment_in_the_zone(desk: Desk) -> None:
    """Half-open: the first moment belongs to the period, the first of the next does not."""
    desk.at = datetime(2026, 9, 30, 23, 59, 59, tzinfo=UTC)
    desk.move(closing_on(desk, None, 1), "won")
    desk.at = datetime(2026, 10, 1, tzinfo=UTC)
    desk.move(closing_on(desk, None, 20), "won")
    desk.move(closing_on(desk, None, 300, BEN), "won", BEN)
    lost = closing_on(desk, None, 4000)
    desk.move(lost, "won")
    desk.undo(lost)
    assert stands(desk).won_by == {ANA: 20_00, BEN: 300_00}
    desk.at -= timedelta(days=2)
    assert stands(desk).won_by == {ANA: 1_00}


def test_calls_are_judged_by_what_they_were_on(desk: Desk) -> None:
    """Own deals by what the person won, everybody's by all; beside "as in the quarter before"."""
    assert record(desk) is None
    now = desk.at
    desk.at = now - timedelta(days=184)
    desk.move(closing_on(desk, None, 50), "won")
    desk.at = now - timedelta(days=92)
    call(desk, ANA, 80_00)
    call(desk, MIA, 500_00, team=True)
    desk.move(closing_on(desk, None, 100), "won")
    desk.move(closing_on(desk, None, 300, BEN), "won", BEN)
    desk.at = now
    assert record(desk) == Record(1, (20 + 100) / 500, None, 350 / 400)


def test_a_call_remembers_what_it_was_on() -> None:
    span = span_at(Period.MONTH, date(2026, 11, 5))
    stood = Progress("EUR", span, won_by={ANA: 30, None: 2})
    at = datetime(2026, 11, 5, tzinfo=UTC)
    own, team = (Call(ANA, Money(1, "EUR"), team=team, foreseen=None, at=at) for team in (False, True))
    assert (stood.became(own), stood.became(team)) == (30, 32)
    assert not stood.says_anything
