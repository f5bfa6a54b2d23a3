"""Which deals are at risk: those that have stayed long, and have lost of their chance to be won at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.money import Money
from pipeline.odds import LEAST_SAMPLE, Odds, StageOdds, StageRisk
from pipeline.priority import Candidate, Candidates, Ranking, at_risk, ranked, risk_of
from pipeline.stages import Pipeline
from tests.views.gallery.sitter import DEAL, PIPELINE

NOW = datetime(2026, 11, 18, 12, 0, 0, 123_457, tzinfo=UTC)
FIRST, SECOND, THIRD = (stage.id for stage in PIPELINE.open_stages[:3])
USUAL = 20
FALLING = (0.5, *[0.4] * USUAL, *[0.3] * 10, 0.1)


def odds(ever: Sequence[float] = FALLING, *, resolved: int = 40, similar: tuple[int, int] = (50, 9)) -> Odds:
    """The first stage's chance falls, the second's rises, and of the third nothing is known."""
    bare = StageOdds.of([0.2], similar, [9, 1], [0.0, 0.0])
    stages = {
        FIRST: replace(bare, risk=StageRisk.of(USUAL, ever)),
        SECOND: replace(bare, risk=StageRisk.of(USUAL, [0.5, 0.6])),
        THIRD: bare,
    }
    return Odds(NOW - timedelta(hours=9), resolved, resolved, (0, 10), (0,), stages)


def known(**given: Odds) -> Pipeline:
    return replace(PIPELINE, odds={name.replace("every", ""): each for name, each in given.items()})


FALLEN = known(every=odds())


def candidate(id_: int, minor: int | None, currency: str | None = "EUR", **given: int) -> Candidate:
    moment = round(NOW.timestamp() * 1_000_000)
    entered = moment - given.get("age", 25) * 86_400_000_000
    return Candidate(id_, 1, given.get("stage", FIRST), entered, minor, currency, None)


def ranking(pipeline: Pipeline, rows: Sequence[Candidate], left_out: int = 0, *shown: int) -> Ranking:
    counts: Counter[str | None] = Counter(each.currency for each in rows)
    counts["EUR"] += left_out
    return at_risk(Candidates(rows, counts, 0), {1: pipeline}, NOW, shown)


def those(pipeline: Pipeline, *rows: Candidate) -> list[int]:
    return [*ranking(pipeline, rows).ids]


def drop(pipeline: Pipeline, age: float, stage: int = FIRST) -> float | None:
    deal = replace(DEAL, stage_id=stage, entered_at=NOW - timedelta(days=age), value=Money(100, "EUR"))
    found = risk_of(deal, pipeline, NOW)
    return round(found.drop, 4) if found else None


def test_a_deal_is_at_risk_once_it_has_stayed_longer_than_eight_in_ten() -> None:
    assert [drop(FALLEN, age) for age in (0, 19.9, 20.9, 21, 30.5, 31, 4000)] == [
        *(None, None, None),
        *(0.2, 0.2, 0.4, 0.4),
    ]
    rows = [candidate(age, 100, age=age) for age in (0, 20, 21, 40)]
    assert those(FALLEN, *rows) == [40, 21]


def test_who_has_lost_nothing_of_its_chance_is_not_at_risk() -> None:
    assert drop(FALLEN, 40, SECOND) is None
    assert drop(known(every=odds([0.5, 0.4961])), 40) is None, "50 % still"
    assert drop(known(every=odds([0.5, 0.49])), 40) == 0.01
    assert those(FALLEN, candidate(1, 100, stage=SECOND)) == []


@pytest.mark.parametrize(
    "thin",
    [
        odds(resolved=LEAST_SAMPLE - 1),
        odds(similar=(50, LEAST_SAMPLE - 1)),
        replace(odds(), stages={}),
    ],
)
def test_nothing_is_at_risk_while_data_are_thin(thin: Odds) -> None:
    assert drop(known(every=thin), 25) is None
    assert those(known(every=thin), candidate(1, 100)) == []


def test_a_stage_of_which_no_long_stay_is_known_and_what_an_older_version_kept_give_no_list() -> None:
    assert drop(FALLEN, 400, THIRD) is None
    assert those(FALLEN, candidate(1, 100, stage=THIRD)) == []
    bare = {each: replace(stage, risk=None) for each, stage in odds().stages.items()}
    older = known(every=replace(odds(), stages=bare))
    assert (
        ranking(older, [candidate(1, 100)], 1)
        == ranking(PIPELINE, [candidate(1, 100)], 1)
        == Ranking((), True)
    )


def test_a_closed_or_void_deal_is_not_at_risk() -> None:
    deal = replace(DEAL, stage_id=FIRST, entered_at=NOW - timedelta(days=40))
    assert risk_of(deal, FALLEN, NOW)
    assert risk_of(replace(deal, closed_at=NOW), FALLEN, NOW) is None
    assert risk_of(replace(deal, voided_at=NOW), FALLEN, NOW) is None
    assert risk_of(deal, PIPELINE, NOW) is None


def test_value_times_drop_decides_and_what_has_no_value_is_left_out() -> None:
    rows = (
        candidate(1, 100),
        candidate(2, 60, age=40),
        candidate(3, None, None),
        candidate(4, 0),
        candidate(5, 90),
        candidate(6, 80),
    )
    assert those(FALLEN, *rows) == [2, 1, 5], "24, 20 and 18"


def test_a_deal_that_comes_first_is_not_told_of_again() -> None:
    rows = [candidate(place, 1000 - place) for place in range(12)]
    found = Candidates(rows, {"EUR": 12}, 0)
    first = ranked(found, {1: FALLEN}, NOW).ids
    assert [*first] == [0, 1, 2, 3, 4]
    assert [*at_risk(found, {1: FALLEN}, NOW, first).ids] == [5, 6, 7]


def test_amounts_of_two_currencies_take_turns() -> None:
    rows = (candidate(1, 900), candidate(2, 800), candidate(3, 700), candidate(4, 5, "USD"))
    assert those(FALLEN, *rows) == [1, 4, 2]


def test_a_currency_with_chances_of_its_own_goes_by_them() -> None:
    pipeline = known(every=odds(), USD=odds([0.5, 0.6]))
    assert those(pipeline, candidate(1, 100), candidate(2, 100, "USD")) == [1]


def test_deals_that_were_left_out_are_worth_too_little_for_any_drop_to_lift_them() -> None:
    rows = [candidate(place, 1000 - place) for place in range(3)]
    assert ranking(FALLEN, rows).settled, "there are no others"
    assert not ranking(FALLEN, rows, 1).settled, "another of 998 may have lost 40 %"
    assert ranking(FALLEN, [*rows, candidate(9, 400)], 1).settled, "400 at 40 % stay below 998 at 20 %"
    assert not ranking(FALLEN, [*rows, candidate(9, 400)], 1, 0).settled, "the first is shown already"
    assert ranking(FALLEN, [*rows, candidate(8, 450, "USD"), candidate(9, 400)], 1).settled
    dollar, last = candidate(8, 900, "USD"), candidate(9, 400)
    assert ranking(FALLEN, [*rows[:2], dollar, last], 1).settled, "two of the one and one of the other"
    assert not ranking(FALLEN, [rows[0], dollar, last], 1).settled
    assert not ranking(FALLEN, [dollar], 1).settled, "no euros among those that were looked at"
    assert ranking(FALLEN, [*rows, candidate(9, None, None)], 0).settled


def test_looking_at_the_dearest_alone_changes_nothing_once_it_is_settled() -> None:
    chance, settled = Random(5), 0
    for _ in range(200):
        rows = [
            candidate(
                place,
                int(chance.lognormvariate(8, 1.5)),
                chance.choice(("EUR", "EUR", "USD")),
                stage=chance.choice((FIRST, SECOND)),
                age=chance.randrange(60),
            )
            for place in range(120)
        ]
        rows.sort(key=lambda each: -(each.minor or 0))
        counts: Counter[str | None] = Counter(each.currency for each in rows)
        whole, part = (
            at_risk(Candidates(rows[:most], counts, 0), {1: FALLEN}, NOW, {rows[0].id}) for most in (120, 40)
        )
        assert whole.settled
        assert not part.settled or part.ids == whole.ids
        settled += part.settled
    assert settled > 20


amounts = st.integers(1, 10**9)
shares = st.integers(0, 100).map(lambda percent: percent / 100)


@given(st.lists(st.tuples(amounts, st.integers(0, 60)), min_size=1, max_size=8), st.data())
def test_more_value_never_costs_a_place(deals: list[tuple[int, int]], drawn: st.DataObject) -> None:
    mine = drawn.draw(st.integers(1, len(deals)))
    rows = [candidate(number, minor, age=age) for number, (minor, age) in enumerate(deals, start=1)]
    dearer = rows[mine - 1]._replace(minor=deals[mine - 1][0] + drawn.draw(amounts))
    before, after = (
        [*at_risk(Candidates(each, {"EUR": len(each)}, 0), {1: FALLEN}, NOW, (), 8).ids]
        for each in (rows, [dearer if row.id == mine else row for row in rows])
    )
    assert {*before} == {*after} == {row.id for row, (_, age) in zip(rows, deals, strict=True) if age > USUAL}
    if mine in before:
        assert after.index(mine) <= before.index(mine)


@given(shares, shares, st.integers(0, 60))
def test_who_is_listed_is_told_the_same_of(entering: float, now: float, age: int) -> None:
    """The list goes by microseconds, what is told by dates."""
    pipeline = known(every=odds([entering, *[now] * 3]))
    assert bool(those(pipeline, candidate(1, 100, age=age))) == (drop(pipeline, age) is not None)
    assert (drop(pipeline, age) is not None) == (age > USUAL and now < entering)
