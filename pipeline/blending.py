"""One forecast of several candidates: weights by how wrong each has been, and a band as wide as past errors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.forecasting import Candidates
from pipeline.kept_forecasts import LEAST_CHECKS

# Looking back so many times.
MOST_CHECKS = 12
_PSEUDO_CHECKS = 3
_PSEUDO_ERRORS = 2
_LEAST_SPREAD = 0.04
# Of a normal distribution, four fifths lie within so many standard deviations.
_FOUR_FIFTHS = 1.2816
_WEEK, _FORTNIGHT = 7, 15
_SHORT = 45


@dataclass(frozen=True, slots=True)
class Check:
    """What the candidates said at a moment in the past, and what was won then."""

    candidates: Candidates
    actual: float


@dataclass(frozen=True, slots=True)
class Weights:
    run_rate: float
    by_deals: float
    season: float

    def of(self, candidates: Candidates) -> float:
        """Where there was no season yet, the other two share what it would have had."""
        both = self.run_rate * candidates.run_rate + self.by_deals * candidates.by_deals
        if candidates.season is None:
            return both / (self.run_rate + self.by_deals)
        return both + self.season * candidates.season


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected to be won, and in four of five cases between `low` and `high`.

    `from_open` and `from_new` add up to `expected`. `off_by` is what the checks were off by on average, as a
    share of what came.
    """

    expected: float
    low: float
    high: float
    from_open: float
    from_new: float
    checks: int
    off_by: float | None

    @property
    def rough(self) -> bool:
        return self.checks < LEAST_CHECKS

    def scaled(self, share: float) -> "Forecast":
        return replace(
            self,
            expected=self.expected * share,
            low=self.low * share,
            high=self.high * share,
            from_open=self.from_open * share,
            from_new=self.from_new * share,
        )


def step_for(days: int) -> int:
    return _WEEK if days < _SHORT else _FORTNIGHT


def past_moments(at: float, days: int, since: float, step: int) -> Iterator[float]:
    """The latest first; each window had ended by `at`, and as much was known before it as it is long."""
    for back in range(MOST_CHECKS):
        moment = at - days - back * step
        if moment - since < days:
            return
        yield moment


def weigh(now: Candidates, checks: Sequence[Check]) -> Weights:
    """The less a candidate was off, the more it counts; a few errors of the usual size are added to each."""
    if now.seen < 2 * now.days or not checks:
        return Weights(0.5, 0.5, 0.0)
    run_rate = np.array([check.candidates.run_rate - check.actual for check in checks])
    by_deals = np.array([check.candidates.by_deals - check.actual for check in checks])
    season = np.array(
        [each.candidates.season - each.actual for each in checks if each.candidates.season is not None]
    )
    pooled = float(np.square(np.concatenate([run_rate, by_deals])).mean())
    if not pooled:
        return Weights(0.5, 0.5, 0.0)
    errors = [_shrunk(run_rate, pooled), _shrunk(by_deals, pooled)]
    if now.season is not None and len(season) >= LEAST_CHECKS:
        better = np.square(season).mean() < np.square(run_rate).mean()
        errors += [_shrunk(season, pooled)] if better else []
    shares = np.array(errors) ** -2.0
    shares /= shares.sum()
    return Weights(float(shares[0]), float(shares[1]), float(shares[2]) if len(shares) > 2 else 0.0)  # noqa: PLR2004 - the season counts


def blend(now: Candidates, checks: Sequence[Check]) -> Forecast:
    """Errors are ratios, with one win more on both sides: a window without any would be wrong without bounds."""
    weights = weigh(now, checks)
    expected = weights.of(now)
    came = np.array([check.actual for check in checks], dtype=np.float64)
    said = np.array([weights.of(check.candidates) for check in checks], dtype=np.float64)
    one = max(now.typical, 1.0)
    errors = np.log((came + one) / (said + one))
    spread = float(np.exp(_FOUR_FIFTHS * _sigma(expected + one, now.variance, errors)))
    share = now.open_deals / now.by_deals if now.by_deals else 0.0
    return Forecast(
        expected=expected,
        low=max((expected + one) / spread - one, 0.0),
        high=(expected + one) * spread - one,
        from_open=expected * share,
        from_new=expected * (1 - share),
        checks=len(checks),
        off_by=float(np.abs(said - came).sum() / came.sum()) if came.sum() else None,
    )


def _shrunk(errors: "np.ndarray[tuple[int], np.dtype[np.float64]]", pooled: float) -> float:
    return float((np.square(errors).sum() + _PSEUDO_CHECKS * pooled) / (len(errors) + _PSEUDO_CHECKS))


def _sigma(expected: float, variance: float, errors: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    """Never less than the deals' own chance would scatter."""
    chance = float(np.log1p(variance / expected**2))
    prior = _PSEUDO_ERRORS * max(_LEAST_SPREAD, chance)
    return float(np.sqrt(max((np.square(errors).sum() + prior) / (len(errors) + _PSEUDO_ERRORS), chance)))
