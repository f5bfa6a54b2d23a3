"""Whether deals have lately left a stage more slowly than they used to."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.hazards import Counts, count, recorded_since
from pipeline.history import Visits
from pipeline.stage_reports import LEAST_SEEN, LEAST_SURE, Drift

# Long enough for a stage of a month to show it, short enough to tell of it while it can be mended.
WINDOW = 60
# Either of two questions may be answered so by chance: all exits, and those that lead on.
_CHANCE = 0.08
# With thousands of deals a hundredth less is more than chance, and worth nobody's while.
_WORTH_SAYING = 0.8
# In days. Where deals pass within hours nobody waits, and bins of a day are too coarse to tell a pace.
_SHORTEST = 1.0

Floats = NDArray[np.float64]


def drifts(visits: Visits, t: float) -> Sequence[Drift | None]:
    """One for each stage: the last WINDOW days before `t` against all before them.

    What is to be expected takes each age in the stage at its own earlier rate, so that a stage full of deals that have
    just come, or of old ones, is not mistaken for a quick or a slow one.
    """
    before = count(visits, t - WINDOW, recorded_since(visits, t - WINDOW))
    lately = count(visits, t, t - WINDOW)
    return [_drift(before, lately, stage) for stage in range(before.exposure.shape[0])]


def _drift(before: Counts, lately: Counts, stage: int) -> Drift | None:
    """Of all exits and of those that lead on, whichever is less like chance."""
    lost = before.exits.shape[2] - 1
    asked = [(slice(None), False), (slice(stage + 1, lost), True)]
    told = [
        _compared(
            before.exposure[stage],
            before.exits[stage, :, which].sum(axis=1),
            lately.exposure[stage],
            int(lately.exits[stage, :, which].sum()),
            onward=onward,
        )
        for which, onward in asked
    ]
    known = [each for each in told if each is not None]
    return min(known, key=lambda each: each[0])[1] if known else None


def _compared(
    earlier: Floats, left: Floats, exposure: Floats, observed: int, *, onward: bool
) -> tuple[float, Drift] | None:
    """How likely so few are where nothing has changed, and the figures; none where too few ever left, or too soon."""
    total = float(left.sum())
    if total < LEAST_SURE or float(earlier.sum()) < _SHORTEST * total:
        return None
    # Each age is worth one exit of the whole stage's rate; what that adds or takes in all is put right below.
    rate = total / float(earlier.sum())
    rates = (left + 1) / (earlier + 1 / rate)
    expected = float(exposure @ rates) * total / float(earlier @ rates)
    if expected < LEAST_SEEN:
        return None
    chance = _at_most(observed, round(total) + observed, expected / (expected + total))
    slower = chance < _CHANCE and observed <= _WORTH_SAYING * expected
    return chance, Drift(WINDOW, observed, expected, onward, slower)


def _at_most(seen: int, trials: int, share: float) -> float:
    """That as few as `seen` of so many trials succeed; the very number counts by half.

    Given how many left before and lately together, it is binomial how many of them did lately: so the earlier rate's own
    uncertainty is in it. See Przyborowski and Wilenski, Homogeneity of Results in Testing Samples from Poisson
    Series, Biometrika 31 (1940), 313-323.
    """
    logs = [
        math.lgamma(trials + 1)
        - math.lgamma(number + 1)
        - math.lgamma(trials - number + 1)
        + number * math.log(share)
        + (trials - number) * math.log1p(-share)
        for number in range(seen + 1)
    ]
    return math.fsum(map(math.exp, logs)) - math.exp(logs[-1]) / 2
