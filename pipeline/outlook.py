"""What will be won in a period, a part of which may be over; and what the open deals are otherwise said to be worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.blending import Check, Forecast, blend, past_moments, step_for
from pipeline.forecasting import Hindsight, wins_of
from pipeline.history import standing_at

MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Outlook:
    """`forecast` is of what is still to be won."""

    won_already: float
    forecast: Forecast

    @property
    def expected(self) -> float:
        return self.won_already + self.forecast.expected

    @property
    def low(self) -> float:
        return self.won_already + self.forecast.low

    @property
    def high(self) -> float:
        return self.won_already + self.forecast.high


@dataclass(frozen=True, slots=True)
class StandingWorth:
    """Of the open deals, those that are worth nothing left out.

    `weighted` is the sum of values times the chance of the stage, whenever deals may close; `outlived` ones are older
    than any deal ever won was.
    """

    open_deals: int
    unvalued: int
    weighted: float
    outlived: int


def outlook(past: Hindsight, at: float, since: float, until: float) -> Outlook:
    """Of the period from `since` to before `until`, as it looks at the moment `at` in it.

    Forecasts are of whole days: of the nearest number of them, and as much of that as is left.
    """
    left = min(until - at, MOST_DAYS)
    days = max(round(left), 1)
    wins = wins_of(past.history)
    checks = [
        Check(past.candidates(moment, days), wins.between(moment, moment + days))
        for moment in past_moments(at, days, past.since, step_for(days))
    ]
    won = wins_of(past.known(at)).between(since, at)
    return Outlook(won, blend(past.candidates(at, days), checks).scaled(left / days))


def standing_of(past: Hindsight, at: float, chances: Sequence[float]) -> StandingWorth:
    """`chances` of the open stages are those that people have set."""
    standing = standing_at(past.history, at)
    counted = standing.value != 0
    value = np.where(np.isnan(standing.value), 0.0, standing.value)
    chance = np.array(chances, dtype=np.float64)[standing.stage]
    created = past.history.created
    wins = wins_of(past.known(at))
    longest = float((wins.at - created[wins.deal]).max()) if len(wins.deal) else np.inf
    return StandingWorth(
        open_deals=int(counted.sum()),
        unvalued=int(np.isnan(standing.value).sum()),
        weighted=float((value * chance).sum()),
        outlived=int((counted & (at - created[standing.deal] > longest)).sum()),
    )
