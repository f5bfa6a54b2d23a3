"""After how long a stay is a long one, and what a chance to be won at all has become, as with a pencil."""

import math
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fitting import fitted
from pipeline.hazards import recorded_since
from pipeline.history import visits_of
from pipeline.odds import LEAST_SAMPLE, StageRisk
from tests.pipeline import plainly, plainly_stuck
from tests.pipeline.lives import Life, lives_in, past_of

DAY = 86_400


@st.composite
def long_pasts(draw: st.DrawFn) -> tuple[int, list[Life]]:
    """With enough deals for a stage to be known."""
    stages = draw(st.integers(1, 3))
    return stages, draw(st.lists(lives_in(stages), min_size=8, max_size=16))


def usual(seen: list[plainly.Visit], t: float, stage: int) -> int | None:
    here = [each for each in seen if each.stage == stage and each.entry < t]
    stays = [(round((min(each.exit, t) - each.entry) * DAY), each.exit < t) for each in here]
    if sum(exited for _, exited in stays) < LEAST_SAMPLE:
        return None
    found = plainly_stuck.until_left(stays, Fraction(1, 5))
    return None if found is None else max(math.ceil(found / DAY), 1)


@settings(max_examples=30)
@given(long_pasts(), st.floats(300, 900), st.integers(0, 450))
def test_the_risk_that_is_kept_is_the_plain_one(past: tuple[int, list[Life]], t: float, day: int) -> None:
    stages, lives = past
    history, seen = past_of(stages, lives), plainly.visits(stages, lives)
    chances = [0.2 + 0.2 * stage for stage in range(stages)]
    since = recorded_since(visits_of(history.before(t)), t)
    ever = plainly.ever(plainly.rates(*plainly.counts(stages, seen, t, since), chances))
    for stage, odds in enumerate(fitted(history, t, chances).odds):
        known = odds.risk or StageRisk.of(0, [0.0])
        assert (known.usual or None) == usual(seen, t, stage)
        for age in (0, day) if odds.risk else ():
            assert math.isclose(known.at(age), ever(stage, age), abs_tol=5.1e-5)
