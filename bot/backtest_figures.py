"""What a backtest finds out, a line each."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.backtest_bounds import (
    CHANCE,
    COLD,
    FORECAST,
    GAINED,
    LIST,
    NOTHING,
    STAY,
    Bound,
    Conventions,
    Key,
)
from pipeline.backtesting import (
    Backtest,
    cold_start,
    judge_chances,
    judge_forecasts,
    judge_lists,
    median_stay,
)
from pipeline.blending import blend
from pipeline.chances import ever
from pipeline.forecasting import Hindsight
from pipeline.hazards import MOST_GO_ON
from pipeline.history import History

_FEW_DEALS, _DRAWS, _COLD_MOMENTS = 5, 40, 4
_CLOSE = 1e-9


class Line(NamedTuple):
    key: Key
    value: float | None
    bound: Bound | None

    @property
    def holds(self) -> bool:
        return self.bound is None or self.bound.holds(self.value)


@dataclass(frozen=True, slots=True)
class Subject:
    """One past to be judged, and a stage of which the median is known, with the day to look at it from."""

    name: str
    past: Hindsight
    stages: Sequence[str]
    conventions: Conventions
    bounds: Mapping[Key, Bound]
    stay: tuple[str, float] | None

    @property
    def is_known(self) -> bool:
        return bool(self.bounds)


class Findings:
    """`moved` is told of every moment looked at; there are `moments` of them."""

    def __init__(self, subject: Subject, moved: Callable[[], None]) -> None:
        self._subject = subject
        self._moved = moved
        self._test = Backtest(subject.past)

    def lines(self) -> list[Line]:
        found = [*self._chances(), *self._forecasts(), *self._lists(), *self._cold(), *self._stays()]
        found += [self._nothing()]
        return [Line(key, value, self._subject.bounds.get(key)) for key, value in found]

    def _looking(self, start: float, days: int) -> Iterator[float]:
        for moment in self._subject.conventions.moments(start, days):
            self._moved()
            yield moment

    def _chances(self) -> Iterator[tuple[Key, float | None]]:
        how = self._subject.conventions
        for days in how.chance_days:
            found = judge_chances(self._test, self._looking(how.chances_from, days), days)
            gained = None
            if found.stage_brier is not None and found.brier is not None:
                gained = found.stage_brier - found.brier
            yield Key(CHANCE, days, "deals looked at"), found.deals
            yield Key(CHANCE, days, "Brier"), found.brier
            yield Key(CHANCE, days, "AUC"), found.auc
            yield Key(CHANCE, days, "ECE"), found.calibration_error
            yield Key(CHANCE, days, GAINED), gained

    def _forecasts(self) -> Iterator[tuple[Key, float | None]]:
        how = self._subject.conventions
        for days in how.forecast_days:
            moments = self._looking(how.forecasts_from, days)
            found = judge_forecasts(self._test, moments, days, how.look_back_step)
            yield Key(FORECAST, days, "checks"), found.moments
            yield Key(FORECAST, days, "WAPE"), found.blend
            yield Key(FORECAST, days, "WAPE of the run-rate alone"), found.run_rate
            yield Key(FORECAST, days, "WAPE of the deals alone"), found.by_deals
            yield Key(FORECAST, days, "bias"), found.bias
            yield Key(FORECAST, days, "coverage of the 80% band"), found.coverage
            yield Key(FORECAST, days, "width of the band / won"), found.width

    def _lists(self) -> Iterator[tuple[Key, float | None]]:
        how = self._subject.conventions
        for days in how.list_days:
            found = judge_lists(self._test, self._looking(how.lists_from, days), days)
            times = found.by_chance / found.by_amount if found.by_chance and found.by_amount else None
            yield Key(LIST, days, "share held"), found.by_chance
            yield Key(LIST, days, "share held by amount"), found.by_amount
            yield Key(LIST, days, "times the share by amount"), times

    def _cold(self) -> Iterator[tuple[Key, float | None]]:
        """For a month ahead, from the first moments."""
        how = self._subject.conventions
        days = how.chance_days[0]
        moments = how.moments(how.chances_from, days)[:_COLD_MOMENTS]
        scores = cold_start(self._test, moments, days, deals=_FEW_DEALS, draws=_DRAWS)
        yield Key(COLD, days, "Brier, mean"), float(np.mean(scores)) if scores else None
        yield Key(COLD, days, "Brier, worst"), max(scores, default=None)

    def _stays(self) -> Iterator[tuple[Key, float | None]]:
        subject = self._subject
        wanted = [subject.stay] if subject.stay else []
        wanted += [] if subject.stay else [(stage, subject.conventions.until) for stage in subject.stages]
        for stage, at in wanted:
            found = median_stay(self._test.past, list(subject.stages).index(stage), at)
            yield Key(STAY, 0, f"{stage} on day {at:.0f}" if subject.stay else stage), found

    def _nothing(self) -> tuple[Key, float | None]:
        return NOTHING, int(_stands_without_a_past(len(self._subject.stages), self._subject.past.chances))


def moments_of(how: Conventions) -> int:
    starts = (
        (how.chances_from, how.chance_days),
        (how.forecasts_from, how.forecast_days),
        (how.lists_from, how.list_days),
    )
    return sum(len(how.moments(start, days)) for start, each in starts for days in each)


def _stands_without_a_past(stages: int, chances: Sequence[float] | None) -> bool:
    """Chances are those assumed, nothing is forecast, and the band is called rough."""
    past = Hindsight(History.nothing(stages), chances)
    forecast = blend(past.candidates(0.0, 30), [])
    entering = ever(past.hazards(0.0)).entering
    given = entering if chances is None else _assumed(chances)
    near = math.isclose(float(np.abs(entering - given).max()), 0.0, abs_tol=_CLOSE)
    return near and forecast.rough and forecast.expected == 0


def _assumed(chances: Sequence[float]) -> NDArray[np.float64]:
    """Made non-decreasing; one deal in a hundred at least is lost between two stages."""
    rising = [*np.maximum.accumulate(np.array(chances)), 1.0]
    onward = [min(one / other, MOST_GO_ON) if other else 0.0 for one, other in pairwise(rising)]
    return np.cumprod(onward[::-1])[::-1]
