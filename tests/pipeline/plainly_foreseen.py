"""Forecasts as they would be reckoned by hand, from what each life says; see plainly.py."""

import math
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from pipeline.blending import Check
from pipeline.forecasting import Candidates
from tests.pipeline import plainly
from tests.pipeline.lives import Life


class Win(NamedTuple):
    deal: int
    at: float
    value: float


class Seen(NamedTuple):
    """What was known at `t` of a record that began on day 0."""

    stages: int
    lives: Sequence[Life]
    t: float

    @property
    def known(self) -> list[tuple[int, Life]]:
        """Deals that had begun, with what had been told of them."""
        told = [
            Life(
                [entry for entry in life.entries if entry[1] < self.t],
                [named for named in life.named if named[0] < self.t],
                life.value,
            )
            for life in self.lives
        ]
        return [(deal, life) for deal, life in enumerate(told) if life.entries]

    @property
    def typical(self) -> float:
        won = [life.value for _, life in self.known if any(stage == self.stages for stage, _ in life.entries)]
        for values in (won, [life.value for _, life in self.known]):
            numbers = [value for value in values if not math.isnan(value)]
            if numbers:
                return median(numbers)
        return 0.0

    def worth(self, deal: int) -> float:
        value = self.lives[deal].value
        return self.typical if math.isnan(value) else value

    @property
    def wins(self) -> list[Win]:
        found = []
        for deal, life in self.known:
            stages = [stage for stage, _ in life.entries]
            place = len(stages)
            while place and stages[place - 1] == self.stages:
                place -= 1
            if place < len(stages):
                found.append(Win(deal, life.entries[place][1], self.worth(deal)))
        return found

    def won(self, since: float, until: float) -> float:
        return sum(win.value for win in self.wins if since <= win.at < until)


def candidates(seen: Seen, days: int) -> Candidates:
    t = seen.t
    rates = plainly.rates(*plainly.counts(seen.stages, plainly.visits(seen.stages, seen.lives), t, 0.0))
    chance, new = plainly.within(rates, days)
    shifts = plainly.shifts(seen.stages, seen.lives, t, days, chance)
    open_deals = variance = 0.0
    for deal, stage, age, due in plainly.standing(seen.stages, seen.lives, t):
        p = chance(stage, age)
        shift = 0.0 if math.isnan(due) else shifts[stage][plainly.bucket(due - t, days)]
        if shift:
            p = 1 / (1 + math.exp(-(plainly.logit(p) + shift)))
        open_deals += seen.worth(deal) * p
        variance += seen.worth(deal) ** 2 * p * (1 - p)
    new_deals, of_new = _new(seen, days, new)
    return Candidates(
        at=t,
        days=days,
        seen=t,
        run_rate=_run_rate(seen, days),
        open_deals=open_deals,
        new_deals=new_deals,
        season=seen.won(t - 91, t - 91 + days) if t >= 91 else None,
        variance=variance + of_new,
        typical=seen.typical,
    )


def _run_rate(seen: Seen, days: int) -> float:
    record = max(seen.t, 7)
    windows = min(3, math.floor(record / days)) or record / days
    return seen.won(seen.t - windows * days, seen.t) / windows


def _new(seen: Seen, days: int, chances: Sequence[float]) -> tuple[float, float]:
    """What deals that do not exist yet will bring, and its variance."""
    span = min(max(28, days), max(seen.t, 7))
    lately = [deal for deal, life in seen.known if life.entries[0][1] >= seen.t - span]
    values = [seen.worth(deal) for deal in lately]
    wins = sum(chances) / span
    variance = wins * sum(value**2 for value in values)
    if not any(life.named for _, life in seen.known):
        return wins * sum(values), variance
    share = _share(seen, days, sum(chances) / len(chances))
    return sum(values) / span * days * share, variance


def _share(seen: Seen, days: int, usual: float) -> float:
    """Of the value that came in past windows, what was won in them; and five deals that were won as usual."""
    won_at = {win.deal: win.at for win in seen.wins}
    made: list[float] = []
    won: list[float] = []
    for back in range(6):
        start = seen.t - days * (1 + back / 2)
        if start < 0:
            break
        for deal, life in seen.known:
            if start <= life.entries[0][1] < start + days:
                made.append(seen.worth(deal))
                won += [seen.worth(deal)] if won_at.get(deal, math.inf) < start + days else []
    five = 5 * sum(made) / len(made) if made else 1.0
    whole = sum(made) + five
    return (sum(won) + usual * five) / whole if whole else usual


class Blended(NamedTuple):
    expected: float
    low: float
    high: float
    off_by: float | None


def blended(now: Candidates, checks: Sequence[Check]) -> Blended:
    """As the method is written down."""
    weights = _weights(now, checks)
    expected = _mixed(now, weights)
    one = max(now.typical, 1)
    said = [_mixed(each.candidates, weights) for each in checks]
    errors = [math.log((each.actual + one) / (mixed + one)) for each, mixed in zip(checks, said, strict=True)]
    chance = math.log(1 + now.variance / (expected + one) ** 2)
    spread = max((sum(each**2 for each in errors) + 2 * max(0.04, chance)) / (len(errors) + 2), chance)
    factor = math.exp(1.2816 * math.sqrt(spread))
    came = sum(each.actual for each in checks)
    off = sum(abs(mixed - each.actual) for each, mixed in zip(checks, said, strict=True))
    low, high = (expected + one) / factor - one, (expected + one) * factor - one
    return Blended(expected, max(low, 0), high, off / came if came else None)


def _weights(now: Candidates, checks: Sequence[Check]) -> list[float]:
    said = [(each.candidates, each.actual) for each in checks]
    squares = [
        [(each.run_rate - actual) ** 2 for each, actual in said],
        [(each.open_deals + each.new_deals - actual) ** 2 for each, actual in said],
    ]
    pooled = sum(map(sum, squares)) / (2 * len(checks)) if checks else 0.0
    if not checks or now.seen < 2 * now.days or not pooled:
        return [0.5, 0.5]
    dated = [each for each in checks if each.candidates.season is not None]
    third = [((each.candidates.season or 0.0) - each.actual) ** 2 for each in dated]
    is_long = now.season is not None and len(third) >= 6
    if is_long and sum(third) / len(third) < sum(squares[0]) / len(checks):
        squares.append(third)
    inverse = [((sum(each) + 3 * pooled) / (len(each) + 3)) ** -2 for each in squares]
    return [each / sum(inverse) for each in inverse]


def _mixed(each: Candidates, weights: Sequence[float]) -> float:
    both = weights[0] * each.run_rate + weights[1] * (each.open_deals + each.new_deals)
    if len(weights) < 3:
        return both
    return both + weights[2] * each.season if each.season is not None else both / (1 - weights[2])
