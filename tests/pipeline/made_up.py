"""Pipelines whose rates are known, because the deals were made from them."""

import numpy as np
from numpy.typing import NDArray

from pipeline.hazards import BINS, EDGES
from pipeline.history import History
from tests.pipeline.lives import Life, past_of


def ageing() -> NDArray[np.float64]:
    """Three stages whose deals go on when young and are lost when old; some go back from the last. (S, B, S + 2)."""
    young = np.exp(-EDGES[:-1] / 20)
    old = 1 - young
    rates = np.zeros((3, BINS, 5))
    rates[0, :, 1], rates[0, :, 4] = 0.12 * young + 0.004, 0.05 * old + 0.005
    rates[1, :, 2], rates[1, :, 4] = 0.10 * young + 0.004, 0.04 * old + 0.005
    rates[2, :, 3], rates[2, :, 4], rates[2, :, 1] = 0.12 * young + 0.004, 0.04 * old + 0.005, 0.01
    return rates


AGEING = ageing()


def lived(rates: NDArray[np.float64], *, deals: int, days: float, seed: int) -> History:
    """Deals that come evenly over the days, each followed to its end."""
    chance = np.random.default_rng(seed)
    stages = len(rates)
    lives = []
    for begin in np.sort(chance.uniform(0, days, deals)):
        stage, at = 0, float(begin)
        entries = [(stage, at)]
        while stage < stages:
            wait, place = _stay(rates[stage].sum(axis=1), chance)
            at += wait
            stage = int(chance.choice(stages + 2, p=rates[stage, place] / rates[stage, place].sum()))
            entries.append((stage, at))
        lives.append(Life(entries, value=float(chance.lognormal(9, 1))))
    return past_of(stages, lives)


def _stay(speed: NDArray[np.float64], chance: np.random.Generator) -> tuple[float, int]:
    """Days until the exit, and the bin that it falls in: what is drawn is used up bin after bin."""
    left = chance.exponential()
    for place in range(BINS):
        used = speed[place] * (EDGES[place + 1] - EDGES[place])
        if left < used:
            return float(EDGES[place] + left / speed[place]), place
        left -= used
    raise AssertionError("the last bin has no end")
