"""Forecasts, stays, gains and bridges are what a person with a pencil would make of the same lives."""

import math
from collections.abc import Sequence
from dataclasses import astuple, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.blending import MOST_CHECKS, Check, blend
from pipeline.bottlenecks import look
from pipeline.bridge import Bridge, Course, Scope, passages, summed
from pipeline.forecasting import Candidates, Hindsight
from pipeline.stays import curve
from tests.pipeline import plainly_bridged, plainly_foreseen, plainly_stuck
from tests.pipeline.lives import Life, past_of, pasts
from tests.pipeline.test_blending import checked, looks
from tests.pipeline.test_bridge import courses, scopes

CLOSE = 1e-9
NAN = math.nan
amounts = st.sampled_from([0.0, 1.0, 17.5, 40.0, NAN])
# One that fails takes minutes to be made smaller: the pencil is slow.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
seldom = settings(max_examples=15, phases=_PHASES)


def priced(draw: st.DrawFn, *, dated: bool) -> tuple[int, list[Life]]:
    stages, lives = draw(pasts(dated=dated))
    return stages, [replace(life, value=draw(amounts)) for life in lives]


priced_pasts = st.composite(priced)


@seldom
@given(priced_pasts(dated=True), st.floats(0, 500), st.sampled_from([1, 2, 5]))
def test_what_each_method_expects_is_the_plain_sum(past: tuple[int, list[Life]], t: float, days: int) -> None:
    """New business, expected closes, amounts that are missing, the run-rate and the season."""
    stages, lives = past
    found = Hindsight(past_of(stages, lives), since=0.0).candidates(t, days)
    plain = plainly_foreseen.candidates(plainly_foreseen.Seen(stages, lives, t), days)
    assert (found.season is None) == (plain.season is None)
    told, by_hand = ([each or 0.0 for each in astuple(one)] for one in (found, plain))
    assert told == pytest.approx(by_hand, rel=CLOSE, abs=CLOSE)


@given(looks(), checked)
def test_blend_and_band_are_those_written_down(now: Candidates, checks: list[Check]) -> None:
    found, plain = blend(now, checks[:MOST_CHECKS]), plainly_foreseen.blended(now, checks[:MOST_CHECKS])
    told = (found.expected, found.low, found.high)
    assert told == pytest.approx((plain.expected, plain.low, plain.high), rel=CLOSE, abs=1e-6)
    assert found.off_by == (None if plain.off_by is None else pytest.approx(plain.off_by))


stays = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=60)


@given(stays, st.sampled_from([2, 10, 4]))
def test_the_curve_of_stays_is_the_textbooks(visits: Sequence[tuple[int, bool]], part: int) -> None:
    seconds = np.array([lasted for lasted, _ in visits], np.int32)
    exited = np.array([ended for _, ended in visits], np.bool_)
    found = curve(seconds, exited).until_left(1 / part)
    assert found == plainly_stuck.until_left(visits, Fraction(1, part))


@settings(max_examples=5, phases=_PHASES)
@given(priced_pasts(dated=False), st.floats(0, 100))
def test_gains_of_a_better_stage_are_the_plain_recursion_once_more(
    past: tuple[int, list[Life]], t: float
) -> None:
    stages, lives = min(past[0], 2), past[1]
    lives = [
        replace(life, entries=[(min(each, stages + 1), at) for each, at in life.entries]) for life in lives
    ]
    report = look(past_of(stages, lives), t)
    told = [each for stage in report.stages for each in (stage.speed_adds, stage.conversion_adds)]
    by_hand = [each for both in plainly_stuck.gains(stages, lives, t) for each in both]
    assert told == pytest.approx(by_hand, rel=CLOSE, abs=CLOSE)
    counted = [(stage.resolved, stage.won) for stage in report.stages]
    assert counted == plainly_stuck.resolved(stages, lives, t)


@given(found=courses, scope=scopes)
def test_a_bridge_is_what_a_walk_over_the_deals_finds(found: Sequence[Course], scope: Scope) -> None:
    opening = summed(each.before for each in found if each.before and scope.holds(each.before))
    closing = summed(each.after for each in found if each.after and scope.holds(each.after))
    bridge = Bridge(opening, closing, passages(found, scope))
    told = {
        reason: sorted((each.course.number, dict(each.worth)) for each in steps)
        for reason, steps in bridge.by_reason().items()
    }
    assert told == {reason: sorted(each) for reason, each in plainly_bridged.steps(found, scope).items()}
    for side, sums in (("before", opening), ("after", closing)):
        plain = plainly_bridged.worth((getattr(each, side) for each in found), scope)
        assert {currency: minor for currency, minor in sums.worth.items() if minor} == plain
