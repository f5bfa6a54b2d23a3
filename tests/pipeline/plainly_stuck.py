"""Stays, conversions and what-if gains as they would be reckoned by hand; see plainly.py."""

import math
from collections.abc import Sequence
from fractions import Fraction

from tests.pipeline import plainly
from tests.pipeline.lives import Life

AHEAD = 90


def until_left(visits: Sequence[tuple[float, bool]], share: Fraction) -> float | None:
    """The product-limit estimate as it is written in textbooks, moment after moment: stays, and whether they ended."""
    left = Fraction(1)
    for moment in sorted({lasted for lasted, exited in visits if exited}):
        lasting = sum(lasted >= moment for lasted, _ in visits)
        leaving = sum(lasted == moment for lasted, exited in visits if exited)
        left *= 1 - Fraction(leaving, lasting)
        if left <= share:
            return moment
    return None


def resolved(stages: int, lives: Sequence[Life], t: float) -> list[tuple[int, int]]:
    """For each stage, of the deals that ever came there by `t`: how many are closed, and how many are won."""
    found = []
    for stage in range(stages):
        ends = []
        for life in lives:
            entered = [each for each, at in life.entries if at < t]
            if stage in entered:
                ends.append(entered[-1])
        found.append((sum(end >= stages for end in ends), sum(end == stages for end in ends)))
    return found


def faster(rates: plainly.Rates, stage: int) -> plainly.Rates:
    return [
        [[rate * 1.2 for rate in each] if place == stage else each for each in bins]
        for place, bins in enumerate(rates)
    ]


def better(rates: plainly.Rates, stage: int) -> plainly.Rates:
    """A tenth more go on, as far as there are lost ones."""
    changed = [[[*each] for each in bins] for bins in rates]
    for each in changed[stage]:
        onward = sum(each[stage + 1 : -1])
        saved = min(onward / 10, each[-1])
        for place in range(stage + 1, len(each) - 1):
            each[place] *= (onward + saved) / onward if onward else 1
        each[-1] -= saved
    return changed


def expected(stages: int, lives: Sequence[Life], t: float, rates: plainly.Rates) -> float:
    """What open deals and those that usually begin bring in the days ahead; what has no value is in no sum."""
    here = list(plainly.standing(stages, lives, t))
    oldest = max([age for _, _, age, _ in here], default=0.0)
    chance, new = plainly.within(rates, AHEAD, min(math.ceil(oldest) + AHEAD + 2, 400))
    worth = [(life.entries[0][1], life.value) for life in lives if not math.isnan(life.value)]
    begun = [(at, value) for at, value in worth if at < t]
    present = [(deal, chance(stage, age)) for deal, stage, age, _ in here]
    total = sum(lives[deal].value * p for deal, p in present if not math.isnan(lives[deal].value))
    if begun:
        days = min(max(t - min(at for at, _ in begun), 28), 90)
        total += sum(value for at, value in begun if at >= t - days) / days * sum(new)
    return total


def gains(stages: int, lives: Sequence[Life], t: float) -> list[tuple[float, float]]:
    """For each stage, what a fifth more speed and a tenth more conversion would add."""
    rates = plainly.rates(*plainly.counts(stages, plainly.visits(stages, lives), t))
    usual = expected(stages, lives, t, rates)
    return [
        (
            expected(stages, lives, t, faster(rates, stage)) - usual,
            expected(stages, lives, t, better(rates, stage)) - usual,
        )
        for stage in range(stages)
    ]
