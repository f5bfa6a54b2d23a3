"""How good figures and chances were, once it is known what came."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

_BINS = 10


def wape(forecast: Numbers, actual: Numbers) -> float | None:
    """All that forecasts were off by, as a share of all that came; none where nothing came."""
    came = float(actual.sum())
    return float(np.abs(forecast - actual).sum()) / came if came else None


def bias(forecast: Numbers, actual: Numbers) -> float | None:
    """Above 0: too much was forecast."""
    came = float(actual.sum())
    return float((forecast - actual).sum()) / came if came else None


def brier(chance: Numbers, won: Flags) -> float | None:
    return float(np.square(chance - won).mean()) if len(won) else None


def auc(chance: Numbers, won: Flags) -> float | None:
    """How often a deal that was won had the better chance of two; a draw counts half."""
    wins = int(won.sum())
    losses = len(won) - wins
    if not wins or not losses:
        return None
    _, place, count = np.unique(chance, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return float(ranks[won].sum() - wins * (wins + 1) / 2) / (wins * losses)


def calibration_error(chance: Numbers, won: Flags) -> float | None:
    """How far the share that was won lies from the chance that was said, in ten equal bins (ECE)."""
    if not len(won):
        return None
    place = np.minimum((chance * _BINS).astype(np.int64), _BINS - 1)
    gaps = np.bincount(place, weights=chance - won, minlength=_BINS)
    return float(np.abs(gaps).sum()) / len(won)


def coverage(low: Numbers, high: Numbers, actual: Numbers) -> float | None:
    """The share of bands that held what came."""
    return float(((low <= actual) & (actual <= high)).mean()) if len(actual) else None


def width(low: Numbers, high: Numbers, actual: Numbers) -> float | None:
    """How wide the bands were, against what came."""
    came = float(actual.sum())
    return float((high - low).sum()) / came if came else None
