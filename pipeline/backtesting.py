"""How good chances, forecasts and lists would have been: looked at again and again from moments in the past.

At each moment only what happened before it is used, and the window judged is [moment, moment + days).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.accuracy import Flags, Numbers, auc, bias, brier, calibration_error, coverage, wape, width
from pipeline.blending import Check, Forecast, blend, past_moments
from pipeline.chances import within
from pipeline.drift import drifts
from pipeline.forecasting import Hindsight, wins_of
from pipeline.hazards import count, fit
from pipeline.history import Standing, Visits, standing_at, visits_of
from pipeline.planting import Slowdown, drawn
from pipeline.stays import curve

LIST = 10
_DAY = 86_400
_PLANTED_STAGES = 4
_SLOWER_FROM, _LOOKED_ON = 200.0, 260.0


@dataclass(frozen=True, slots=True)
class ChanceFigures:
    """`stage_brier` is that of the same chances where a deal's age is unknown."""

    deals: int
    won: int
    brier: float | None
    auc: float | None
    calibration_error: float | None
    stage_brier: float | None


@dataclass(frozen=True, slots=True)
class ForecastFigures:
    moments: int
    blend: float | None
    run_rate: float | None
    by_deals: float | None
    bias: float | None
    coverage: float | None
    width: float | None


@dataclass(frozen=True, slots=True)
class ListFigures:
    """Of the value that the best possible lists would have held, the share that these held."""

    moments: int
    by_chance: float | None
    by_amount: float | None


class SlowdownsFound(NamedTuple):
    """Whether the stage that was slower was told of, and how many of the others were although nothing had changed."""

    caught: bool
    false_alarms: int
    others: int


class Backtest:
    """A history whose end is known, looked at as Hindsight would have."""

    def __init__(self, past: Hindsight) -> None:
        self.past = past
        self._wins = wins_of(past.history)
        self._won_at = np.full(len(past.history.created), np.inf)
        self._won_at[self._wins.deal] = self._wins.at
        self._checks: dict[tuple[float, int], Check] = {}

    def check(self, at: float, days: int) -> Check:
        """Kept, because later moments look back on it."""
        if (at, days) not in self._checks:
            candidates = self.past.candidates(at, days)
            self._checks[at, days] = Check(candidates, self._wins.between(at, at + days))
        return self._checks[at, days]

    def forecast(self, at: float, days: int, step: int) -> Forecast:
        moments = past_moments(at, days, self.past.since, step)
        return blend(self.check(at, days).candidates, [self.check(moment, days) for moment in moments])

    def won(self, standing: Standing, at: float, days: int) -> Flags:
        return self._won_at[standing.deal] < at + days


def judge_chances(test: Backtest, moments: Iterable[float], days: int) -> ChanceFigures:
    chance, plain, won = _Column(), _Column(), _Column()
    for at in moments:
        looked = test.past.open_deals(at, days)
        chance.add(looked.chance)
        plain.add(_by_stage_alone(looked.chance, looked.standing.stage))
        won.add(test.won(looked.standing, at, days))
    said, came = chance.whole, won.whole.astype(np.bool_)
    return ChanceFigures(
        deals=len(came),
        won=int(came.sum()),
        brier=brier(said, came),
        auc=auc(said, came),
        calibration_error=calibration_error(said, came),
        stage_brier=brier(plain.whole, came),
    )


def judge_forecasts(test: Backtest, moments: Iterable[float], days: int, step: int) -> ForecastFigures:
    rows = []
    for at in moments:
        said, check = test.forecast(at, days, step), test.check(at, days)
        candidates = check.candidates
        rows.append(
            (said.expected, candidates.run_rate, candidates.by_deals, said.low, said.high, check.actual)
        )
    expected, run_rate, by_deals, low, high, came = np.array(rows, dtype=np.float64).reshape(-1, 6).T
    return ForecastFigures(
        moments=len(rows),
        blend=wape(expected, came),
        run_rate=wape(run_rate, came),
        by_deals=wape(by_deals, came),
        bias=bias(expected, came),
        coverage=coverage(low, high, came),
        width=width(low, high, came),
    )


def judge_lists(test: Backtest, moments: Iterable[float], days: int) -> ListFigures:
    """The best ten by value times chance, and by value alone."""
    held = np.zeros(3)
    looked_at = 0
    for at in moments:
        looked = test.past.open_deals(at, days)
        gained = np.where(test.won(looked.standing, at, days), looked.value, 0.0)
        ranks = (looked.value * looked.chance, looked.value, gained)
        held += [gained[_best(rank, looked.standing.deal)].sum() for rank in ranks]
        looked_at += 1
    by_chance, by_amount, possible = map(float, held)
    if not possible:
        return ListFigures(looked_at, None, None)
    return ListFigures(looked_at, by_chance / possible, by_amount / possible)


def cold_start(
    test: Backtest, moments: Sequence[float], days: int, *, deals: int, draws: int
) -> Sequence[float]:
    """The Brier score of each draw of so few deals, made before the first moment, whose history alone is known."""
    told = {at: (standing_at(test.past.history, at), visits_of(test.past.known(at))) for at in moments}
    if not told:
        return []
    known = np.unique(next(iter(told.values()))[1].deal)
    chosen = np.random.default_rng(0)
    scores = []
    for _ in range(draws if len(known) >= deals else 0):
        few = chosen.choice(known, deals, replace=False)
        chance, won = _Column(), _Column()
        for at, (standing, visits) in told.items():
            hazards = fit(count(_of(visits, few), at), test.past.chances)
            chance.add(within(hazards, days).at(standing.stage, standing.age))
            won.add(test.won(standing, at, days))
        score = brier(chance.whole, won.whole.astype(np.bool_))
        scores += [] if score is None else [score]
    return scores


def planted_slowdowns(seeds: Iterable[int]) -> Iterator[SlowdownsFound]:
    """Of a pipeline of four stages one has halved its pace 60 days ago: once for each seed, and each stage in turn."""
    for seed in seeds:
        slow = Slowdown(seed % _PLANTED_STAGES, _SLOWER_FROM)
        found = drifts(visits_of(drawn(seed, slowdown=slow).before(_LOOKED_ON)), _LOOKED_ON)
        alarms = [each is not None and each.slower for each in found]
        caught = alarms.pop(slow.stage)
        yield SlowdownsFound(caught, sum(alarms), len(alarms))


def _of(visits: Visits, deals: NDArray[np.int64]) -> Visits:
    mine = np.isin(visits.deal, deals)
    return Visits(
        visits.stages,
        visits.deal[mine],
        visits.stage[mine],
        visits.entry[mine],
        visits.exit[mine],
        visits.to[mine],
    )


def median_stay(past: Hindsight, stage: int, at: float) -> float | None:
    """In days, as it was known at that moment; open visits have lasted until then at least."""
    visits = visits_of(past.known(at))
    here = visits.stage == stage
    lasted = (np.minimum(visits.exit[here], at) - visits.entry[here]) * _DAY
    found = curve(lasted.astype(np.int32), np.isfinite(visits.exit[here])).until_left(0.5)
    return None if found is None else found / _DAY


class _Column:
    """Numbers of several moments, one after another."""

    def __init__(self) -> None:
        self._parts: list[Numbers] = [np.empty(0)]

    def add(self, part: Numbers | Flags) -> None:
        self._parts.append(part.astype(np.float64))

    @property
    def whole(self) -> Numbers:
        return np.concatenate(self._parts)


def _by_stage_alone(chance: Numbers, stage: NDArray[np.int16]) -> Numbers:
    """What the same deals would be given if their ages were unknown: the mean chance of all in their stage."""
    sums, deals = np.bincount(stage, weights=chance), np.bincount(stage)
    return (sums / np.maximum(deals, 1))[stage]


def _best(rank: Numbers, deal: NDArray[np.int64]) -> NDArray[np.intp]:
    """Of equals the older deal, so that the order of rows changes nothing."""
    return np.lexsort((deal, -rank))[:LIST]
