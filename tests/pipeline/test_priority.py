"""Which deals come first, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.deal import Deal
from pipeline.money import Money
from pipeline.odds import Odds, StageOdds
from pipeline.priority import (
    Candidate,
    Candidates,
    Ranking,
    Reasons,
    chance_of,
    odds_of,
    priority_of,
    ranked,
    reasons_of,
)
from pipeline.stages import Pipeline
from tests.views.gallery.sitter import DEAL, PIPELINE

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)  # a Wednesday
TODAY = NOW.date()
FIRST, SECOND = (stage.id for stage in PIPELINE.open_stages[:2])


def odds(first: float, second: float, *, resolved: int = 40) -> Odds:
    """Chances halve after ten days in a stage."""
    stages = {
        stage_id: StageOdds.of([share] * 10 + [share / 2], [50, 4], [20, 1], [0.0, 0.0])
        for stage_id, share in ((FIRST, first), (SECOND, second))
    }
    return Odds(NOW - timedelta(hours=9), resolved, resolved, (0, 10), (0,), stages)


def known(**given: Odds) -> Pipeline:
    return replace(PIPELINE, odds={name.replace("every", ""): each for name, each in given.items()})


def candidate(id_: int, minor: int | None, currency: str | None = "EUR", **given: int) -> Candidate:
    days = given.get("age", 1)
    entered = int((NOW - timedelta(days=days)).timestamp() * 1_000_000)
    return Candidate(id_, 1, given.get("stage", FIRST), entered, minor, currency, given.get("due"))


def order(pipeline: Pipeline, *candidates: Candidate, size: int = 5) -> list[int]:
    return [*ranking(pipeline, candidates, size).ids]


def ranking(pipeline: Pipeline, rows: Sequence[Candidate], size: int, left_out: int = 0) -> Ranking:
    counts: Counter[str | None] = Counter(each.currency for each in rows)
    counts["EUR"] += left_out
    return ranked(Candidates(rows, counts, 0), {1: pipeline}, NOW, size)


def test_value_times_chance_decides() -> None:
    rows = (candidate(1, 100), candidate(2, 60, stage=SECOND), candidate(3, 110, age=30))
    assert order(known(every=odds(0.2, 0.5)), *rows) == [2, 1, 3]


def test_before_chances_are_known_value_decides_then_the_due_date_then_the_stay() -> None:
    rows = (
        candidate(1, 100),
        candidate(2, 100, age=4),
        candidate(3, 100, due=20_000),
        candidate(4, 200),
        candidate(5, None, None),
    )
    thin = known(every=odds(0.9, 0.1, resolved=4))
    assert order(PIPELINE, *rows) == order(thin, *rows) == [4, 3, 2, 1, 5]


def test_amounts_of_two_currencies_take_turns_and_what_has_none_comes_last() -> None:
    rows = (
        *(candidate(place, 10 * place) for place in (1, 2, 3)),
        candidate(4, 5, "USD"),
        candidate(5, 900_000, "JPY"),
        candidate(6, None, None, stage=SECOND),
        candidate(7, None, None),
    )
    pipeline = known(every=odds(0.2, 0.5))
    assert order(pipeline, *rows, size=7) == [3, 4, 5, 2, 1, 6, 7]
    assert order(pipeline, *rows, size=3) == [3, 4, 5]


def test_deals_that_were_left_out_are_worth_too_little_for_any_chance_to_lift_them() -> None:
    pipeline = known(every=odds(0.2, 0.5))
    rows = [candidate(place, 1000 - place) for place in range(5)]
    assert ranking(pipeline, rows, 5).settled, "there are no others"
    assert not ranking(pipeline, rows, 5, left_out=1).settled
    dear = [candidate(10 + place, 5000 - place) for place in range(5)]
    assert ranking(pipeline, [*dear, *rows], 5, left_out=1).settled, "996 at 50 % stay below 4996 at 20 %"
    assert not ranking(pipeline, [*dear, *rows], 6, left_out=1).settled
    assert ranking(PIPELINE, [*dear, *rows], 9, left_out=1).settled, "by value alone"
    assert not ranking(PIPELINE, [*dear, *rows], 10, left_out=1).settled, "another may be worth as much"


def test_a_currency_of_which_too_few_were_looked_at_settles_nothing() -> None:
    rows = [candidate(place, 1000 - place) for place in range(9)]
    few = [*rows[:8], candidate(20, 900, "USD"), candidate(9, 1)]
    assert ranking(PIPELINE, few, 2, left_out=1).settled, "the first of each"
    assert not ranking(PIPELINE, few, 3, left_out=1).settled
    assert not ranking(PIPELINE, [*rows, candidate(21, None, None)], 2, left_out=1).settled


def test_looking_at_the_dearest_alone_changes_nothing_once_it_is_settled() -> None:
    chance = Random(3)
    stages = [stage.id for stage in PIPELINE.open_stages[:2]]
    for _ in range(200):
        rows = [
            candidate(
                place,
                int(chance.lognormvariate(8, 1.5)),
                chance.choice(("EUR", "EUR", "USD")),
                stage=chance.choice(stages),
                age=chance.randrange(30),
            )
            for place in range(120)
        ]
        rows.sort(key=lambda each: -(each.minor or 0))
        counts: Counter[str | None] = Counter(each.currency for each in rows)
        pipeline = known(every=odds(chance.random(), chance.random()))
        whole, part = (
            ranked(Candidates(rows[:most], counts, 0), {1: pipeline}, NOW) for most in (len(rows), 40)
        )
        assert whole.settled
        assert not part.settled or part.ids == whole.ids


def test_a_stage_that_came_after_the_last_look_counts_with_its_own_chance() -> None:
    later = PIPELINE.open_stages[2]
    rows = (candidate(1, 100, stage=SECOND), candidate(2, 100, stage=later.id))
    assert later.chance == 50
    assert order(known(every=odds(0.2, 0.6)), *rows) == [1, 2]
    assert order(known(every=odds(0.2, 0.4)), *rows) == [2, 1]


def test_a_currency_with_chances_of_its_own_goes_by_them() -> None:
    own, every = odds(0.4, 0.5), odds(0.2, 0.3)
    pipeline = known(USD=own, every=every)
    assert odds_of(pipeline, "USD") is own
    assert odds_of(pipeline, "EUR") is odds_of(pipeline, None) is every
    assert odds_of(PIPELINE, "EUR") is None


def sitting(**changes: object) -> Deal:
    bare = replace(DEAL, stage_id=FIRST, entered_at=NOW - timedelta(days=2), next_step_on=None, close_on=None)
    return replace(bare, **changes)  # type: ignore[arg-type]


def test_a_chance_is_told_with_its_sample_or_not_at_all() -> None:
    pipeline = known(every=odds(0.2, 0.5))
    told = chance_of(sitting(), pipeline, NOW)
    assert told
    assert (round(told.share, 2), told.similar) == (0.2, 50)
    old = sitting(entered_at=NOW - timedelta(days=20))
    assert chance_of(old, pipeline, NOW) is None, "four visits are too few"
    assert chance_of(sitting(closed_at=NOW), pipeline, NOW) is None
    assert chance_of(sitting(), PIPELINE, NOW) is None


def test_the_score_uses_the_chance_even_where_it_is_not_told() -> None:
    deal = sitting(entered_at=NOW - timedelta(days=20), value=Money(1000, "EUR"))
    found = priority_of(deal, known(every=odds(0.2, 0.5)), TODAY, NOW)
    assert found.chance is None
    assert (found.score, found.days) == (100, 20)
    assert priority_of(sitting(value=None), known(every=odds(0.2, 0.5)), TODAY, NOW).score is None


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, Reasons()),
        ({"next_step_on": TODAY}, Reasons()),
        (
            {"next_step_on": TODAY - timedelta(days=2)},
            Reasons(step_due=TODAY - timedelta(days=2)),
        ),
        ({"close_on": TODAY - timedelta(days=1)}, Reasons(close_due=TODAY - timedelta(days=1))),
        ({"close_on": TODAY}, Reasons(closes=TODAY)),
        ({"close_on": TODAY + timedelta(days=4)}, Reasons(closes=TODAY + timedelta(days=4))),
        ({"close_on": TODAY + timedelta(days=5)}, Reasons()),
        ({"pushes": 1}, Reasons()),
        ({"pushes": 2}, Reasons(pushes=2)),
        ({"entered_at": NOW - timedelta(days=8)}, Reasons(stale=True)),
    ],
)
def test_the_reasons_are_what_ails_the_deal(changes: dict[str, object], reasons: Reasons) -> None:
    assert reasons_of(sitting(**changes), PIPELINE, TODAY, NOW) == reasons


shares = st.integers(0, 100).map(lambda percent: percent / 100)
amounts = st.integers(0, 10**9)


@given(amounts, amounts, shares, shares, st.integers(0, 40))
def test_a_score_grows_with_value_and_with_chance(
    one: int, other: int, few: float, more: float, days: int
) -> None:
    few, more = sorted((few, more))
    one, other = sorted((one, other))

    def score(minor: int, share: float) -> float:
        deal = sitting(value=Money(minor, "EUR"), entered_at=NOW - timedelta(days=days))
        found = priority_of(deal, known(every=odds(share, 0.5)), TODAY, NOW).score
        assert found is not None
        return found

    assert 0 <= score(one, few) <= min(score(other, few), score(one, more))
    assert max(score(other, few), score(one, more)) <= score(other, more) <= other


@given(st.lists(st.tuples(amounts, st.integers(0, 60)), min_size=1, max_size=8), st.data())
def test_more_value_or_a_better_chance_never_costs_a_place(
    deals: list[tuple[int, int]], drawn: st.DataObject
) -> None:
    """Chances halve after ten days here."""
    pipeline = known(every=odds(0.4, 0.5))
    mine = drawn.draw(st.integers(1, len(deals)))
    rows = [candidate(number, minor, age=age) for number, (minor, age) in enumerate(deals, start=1)]
    minor, age = deals[mine - 1]
    changed = candidate(mine, minor + drawn.draw(amounts), age=drawn.draw(st.sampled_from([age, 0])))
    better = [changed if row.id == mine else row for row in rows]
    before, after = (order(pipeline, *each, size=8).index(mine) for each in (rows, better))
    # Of two equal scores the one that has lain longer goes first.
    assert after <= before or changed.entered > rows[mine - 1].entered


@given(st.lists(st.tuples(amounts, st.integers(0, 60)), max_size=8), st.randoms(use_true_random=False))
def test_the_order_in_which_deals_are_read_changes_no_list(
    deals: list[tuple[int, int]], chance: Random
) -> None:
    rows = [candidate(number, minor, age=age) for number, (minor, age) in enumerate(deals)]
    shuffled = [*rows]
    chance.shuffle(shuffled)
    pipeline = known(every=odds(0.4, 0.5))
    assert order(pipeline, *rows) == order(pipeline, *shuffled)
