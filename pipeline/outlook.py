"""What will be won in a period, a part of which may be over: with what is won already, and what others would have said."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.blending import Check, Forecast, blend, past_moments, step_for
from pipeline.forecasting import Hindsight, OpenDeals, wins_of

MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Outlook:
    """`forecast` is of what is still to be won, from `at` on for so many `days`.

    `unvalued` of the open deals have no amount and count with a typical one. `weighted` is the sum of open values
    times the chance of the stage, whenever they may close; `outlived` open deals are older than any ever won was.
    """

    at: float
    days: int
    won_already: float
    forecast: Forecast
    open_deals: int
    unvalued: int
    weighted: float
    outlived: int

    @property
    def expected(self) -> float:
        return self.won_already + self.forecast.expected

    @property
    def low(self) -> float:
        return self.won_already + self.forecast.low

    @property
    def high(self) -> float:
        return self.won_already + self.forecast.high


def outlook(past: Hindsight, at: float, since: float, until: float, chances: Sequence[float]) -> Outlook:
    """Of the period from `since` to before `until`, as it looks at the moment `at` in it.

    `chances` of the open stages are those that people have set.
    """
    days = min(max(math.ceil(until - at), 1), MOST_DAYS)
    known = past.known(at)
    standing = past.open_deals(at, days)
    moments = past_moments(at, days, past.since, step_for(days))
    return Outlook(
        at=at,
        days=days,
        won_already=wins_of(known).between(since, at),
        forecast=blend(past.candidates(at, days), [_check(past, moment, days) for moment in moments]),
        open_deals=len(standing.value),
        unvalued=int(standing.guessed.sum()),
        weighted=weighted(standing, chances),
        outlived=_outlived(past, at, standing),
    )


def weighted(open_deals: OpenDeals, chances: Sequence[float]) -> float:
    """Deals without an amount add nothing: what is set by people is shown as it is."""
    chance = np.array(chances, dtype=np.float64)[open_deals.standing.stage]
    return float((chance * np.where(open_deals.guessed, 0, open_deals.value)).sum())


def _check(past: Hindsight, at: float, days: int) -> Check:
    return Check(past.candidates(at, days), wins_of(past.history).between(at, at + days))


def _outlived(past: Hindsight, at: float, open_deals: OpenDeals) -> int:
    created = past.history.created
    wins = wins_of(past.known(at))
    if not len(wins.deal):
        return 0
    longest = float((wins.at - created[wins.deal]).max())
    return int((at - created[open_deals.standing.deal] > longest).sum())
