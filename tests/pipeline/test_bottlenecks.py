"""How long deals stay, how many are won, and which stage is worth most when it gets better."""

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.bottlenecks import better, look, quicker
from pipeline.chances import ever, within
from pipeline.hazards import count, fit
from pipeline.history import History, visits_of
from pipeline.planting import drawn, history_of
from pipeline.stage_reports import LEAST_SEEN, LEAST_SURE
from tests.pipeline.samples import loans

WON, LOST = 2, 3
DAY = 86_400


def straight(*lives: Sequence[int], value: float = 1000.0) -> History:
    """Each life a row of stages, a day in each."""
    entries = [(deal, stage, float(day)) for deal, life in enumerate(lives) for day, stage in enumerate(life)]
    return history_of(entries, 2, [value] * len(lives))


def test_skips_and_returns_count_once() -> None:
    """Two stages. Of three that came to the second, two are resolved; one came there twice, one straight from outside."""
    known = straight([0, 1, 0, 1, WON], [1, LOST], [0, 1], [0, WON], [0, LOST])
    first, second = look(known, 99).stages
    assert (first.resolved, first.won) == (3, 2)
    assert (second.resolved, second.won) == (2, 1)
    assert (first.visits, first.exits, second.visits, second.exits) == (5, 5, 4, 3)


def test_a_reopened_deal_is_not_resolved() -> None:
    known = straight([0, LOST, 0], [0, WON], [0, LOST, 0, WON])
    assert (look(known, 99).stages[0].resolved, look(known, 99).stages[0].won) == (2, 2)


def test_what_happened_later_is_not_known() -> None:
    known = straight([0, 1, WON], [0, LOST], [0, 1])
    assert look(known, 1.5) == look(known.before(1.5), 1.5)
    assert look(known, 1.5).stages[0].resolved == 1


def test_thin_data_are_silent() -> None:
    few = look(straight(*[[0, WON]] * (LEAST_SEEN - 1)), 99).stages[0]
    assert (few.median, few.p90, few.conversion) == (None, None, None)
    some = look(straight(*[[0, WON]] * LEAST_SEEN), 99)
    assert (some.stages[0].median, some.stages[0].conversion) == (1, 1)
    assert some.bottleneck is None
    lasting = look(straight(*[[0]] * 50), 99).stages[0]
    assert (lasting.visits, lasting.median, lasting.conversion) == (50, None, None)


def test_a_pipeline_without_a_past_has_a_report() -> None:
    report = look(history_of([], 4, []), 10)
    assert (report.deals, report.expected, report.bottleneck) == (0, 0, None)
    assert [stage.visits for stage in report.stages] == [0] * 4


def test_a_stage_of_no_value_is_no_bottleneck() -> None:
    known = straight(*[[0, 1, WON]] * 30, [0, 1], value=np.nan)
    assert look(known, 99).expected == 0
    assert look(known, 99).bottleneck is None


def test_the_bottleneck_is_the_stage_that_would_add_most_among_those_left_often_enough() -> None:
    known = drawn(5, deals=300, stays=(3, 50, 3, 3), onward=(0.95, 0.3, 0.95, 0.95))
    report = look(known, 200)
    assert report.bottleneck == 1
    assert report.stages[1].exits >= LEAST_SURE
    assert report.stages[1].adds == max(stage.adds for stage in report.stages)
    thin = look(drawn(5, deals=12, stays=(3, 50, 3, 3)), 250)
    assert thin.bottleneck is None


def test_more_speed_changes_when_and_not_whether() -> None:
    visits = visits_of(drawn(6).before(200))
    usual = fit(count(visits, 200))
    sooner = quicker(usual, 2)
    assert within(sooner, 30).table[2, 0] > within(usual, 30).table[2, 0]
    np.testing.assert_allclose(sooner.rates[2], usual.rates[2] * 1.2)
    np.testing.assert_array_equal(sooner.rates[[0, 1, 3]], usual.rates[[0, 1, 3]])


def test_better_conversion_takes_from_the_lost_at_the_same_pace() -> None:
    usual = fit(count(visits_of(drawn(6).before(200)), 200))
    changed = better(usual, 1)
    np.testing.assert_allclose(changed.rates.sum(axis=2), usual.rates.sum(axis=2))
    np.testing.assert_allclose(changed.rates[1, :, 2:-1], usual.rates[1, :, 2:-1] * 1.1)
    np.testing.assert_array_equal(changed.rates[1, :, :2], usual.rates[1, :, :2])
    assert ever(changed).entering[1] == pytest.approx(ever(usual).entering[1] * 1.1)
    hopeless = fit(count(visits_of(drawn(6, onward=(1 - 1e-9,) * 4).before(200)), 200), [0.99] * 4)
    assert np.all(better(hopeless, 1).rates >= 0)


def test_what_will_be_won_counts_open_deals_and_the_usual_new_ones() -> None:
    """One stage that is left for the win a day later, by one deal of 1000 a day."""
    entries = [(deal, 0, float(deal)) for deal in range(400)] + [(deal, 1, deal + 1.0) for deal in range(399)]
    report = look(history_of(entries, 1, [1000.0] * 400), 400)
    assert report.expected == pytest.approx(90_000, rel=0.03)


def test_stays_of_loans_that_were_offered_are_censored_where_they_go_on() -> None:
    """Dropping the open ones would say a week."""
    offered = 3
    median = look(loans(), 20).stages[offered].median
    assert median is not None
    assert 9.3 <= median <= 10.3
