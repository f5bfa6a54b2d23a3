"""A stage that has become slower is told from one that only happens to be."""

import numpy as np
import pytest

from pipeline.backtesting import planted_slowdowns
from pipeline.drift import WINDOW, drifts
from pipeline.history import visits_of
from pipeline.planting import Slowdown, drawn, history_of

LOOKED_ON = 260.0
SEEDS = 200


def slower(seed: int, slowdown: Slowdown | None) -> list[bool]:
    known = drawn(seed, slowdown=slowdown).before(LOOKED_ON)
    return [bool(each and each.slower) for each in drifts(visits_of(known), LOOKED_ON)]


def test_an_exit_rate_that_was_halved_is_caught_and_seldom_one_that_was_not() -> None:
    """400 deals in four stages, one of them slower since day 200."""
    found = list(planted_slowdowns(range(SEEDS)))
    caught = sum(each.caught for each in found) / SEEDS
    false_alarms = sum(each.false_alarms for each in found) / sum(each.others for each in found)
    print(f"caught {caught:.2f}, false alarm per check {false_alarms:.3f}")
    assert caught >= 0.8
    assert false_alarms <= 0.2


def test_a_stage_is_caught_too_where_lost_deals_leave_it_as_late() -> None:
    caught, false_alarms = 0, 0
    for seed in range(SEEDS):
        stage = seed % 4
        found = slower(seed, Slowdown(stage, 200, onward_only=False))
        caught += found.pop(stage)
        false_alarms += sum(found)
    assert caught / SEEDS >= 0.8
    assert false_alarms / SEEDS / 3 <= 0.2


def test_where_nothing_has_changed_few_checks_raise_an_alarm() -> None:
    found = np.array([slower(seed, None) for seed in range(SEEDS)])
    assert found.mean() <= 0.2


def test_a_new_pipeline_and_one_without_exits_tell_of_no_drift() -> None:
    assert drifts(visits_of(drawn(1, deals=0)), LOOKED_ON) == [None] * 4
    assert drifts(visits_of(drawn(1, deals=12)), LOOKED_ON) == [None] * 4
    young = drawn(1, deals=400, days=WINDOW - 1).before(WINDOW - 1)
    assert drifts(visits_of(young), WINDOW - 1) == [None] * 4


@pytest.mark.parametrize("pace", [0.5, 0.75, 1.0, 1.5])
def test_observed_over_expected_is_the_pace(pace: float) -> None:
    slow = Slowdown(1, LOOKED_ON - WINDOW, pace=pace, onward_only=False)
    told = drifts(visits_of(drawn(2, deals=100_000, slowdown=slow).before(LOOKED_ON)), LOOKED_ON)[1]
    assert told is not None
    assert told.observed / told.expected == pytest.approx(pace, rel=0.03)
    assert told.slower == (pace < 0.8)


def test_a_stage_that_nobody_leaves_any_more_is_slower() -> None:
    """One deal came a day and stayed ten."""
    entries = [(deal, 0, float(deal)) for deal in range(340)]
    entries += [(deal, 1, deal + 10.0) for deal in range(290)]
    told = drifts(visits_of(history_of(entries, 1, [1.0] * 340).before(360)), 360)[0]
    assert told is not None
    assert (told.days, told.observed, told.slower) == (WINDOW, 0, True)


def test_what_is_small_is_not_worth_saying_however_sure_it_is() -> None:
    """A tenth slower, with a hundred thousand deals."""
    known = drawn(3, deals=100_000, slowdown=Slowdown(1, 200, pace=0.9)).before(LOOKED_ON)
    assert not any(each and each.slower for each in drifts(visits_of(known), LOOKED_ON))


def test_stages_that_deals_pass_within_hours_have_no_pace_to_lose() -> None:
    known = drawn(4, stays=(0.1, 15, 15, 10)).before(LOOKED_ON)
    told = drifts(visits_of(known), LOOKED_ON)
    assert told[0] is None
    assert told[1] is not None
