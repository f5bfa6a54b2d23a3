"""Chances as they would be reckoned by hand: one deal, one bin, one day after another, and no numpy.

Nested lists are indexed as the arrays that they are compared with: stage, bin, stage gone to.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tests.pipeline.lives import Life

EDGES = [0, 1, 2, 4, 7, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365, math.inf]
BINS = range(15)
Rates = list[list[list[float]]]
Chance = Callable[[int, float], float]


class Visit(NamedTuple):
    stage: int
    entry: float
    exit: float
    to: int | None


def visits(stages: int, lives: Sequence[Life]) -> list[Visit]:
    return [visit for life in lives for visit in _visits_of_one(stages, life)]


def _visits_of_one(stages: int, life: Life) -> Iterator[Visit]:
    entries = [
        entry
        for place, entry in enumerate(life.entries)
        if place == 0 or life.entries[place - 1][0] != entry[0]
    ]
    for place, (stage, at) in enumerate(entries):
        if stage < stages and place + 1 < len(entries):
            yield Visit(stage, at, entries[place + 1][1], entries[place + 1][0])
        elif stage < stages:
            yield Visit(stage, at, math.inf, None)


def bin_of(age: float) -> int:
    return next(place for place in BINS if age < EDGES[place + 1])


def counts(
    stages: int, seen: Sequence[Visit], until: float, since: float = -math.inf
) -> tuple[list[list[float]], Rates]:
    exposure = [[0.0 for _ in BINS] for _ in range(stages)]
    exits: Rates = [[[0.0] * (stages + 2) for _ in BINS] for _ in range(stages)]
    for visit in seen:
        begin, end = max(since - visit.entry, 0), min(visit.exit, until) - visit.entry
        for place in BINS:
            lived = min(end, EDGES[place + 1]) - max(begin, EDGES[place])
            exposure[visit.stage][place] += max(lived, 0)
        if visit.to is not None and since <= visit.exit < until:
            exits[visit.stage][bin_of(visit.exit - visit.entry)][visit.to] += 1
    return exposure, exits


def assumed(stages: int, chances: Sequence[float] | None) -> list[list[float]]:
    if chances is None and stages == 1:
        chances = [0.3]
    elif chances is None:
        chances = [0.1 + 0.7 * stage / (stages - 1) for stage in range(stages)]
    rising = [max(chances[: stage + 1]) for stage in range(stages)]
    ends = []
    for stage in range(stages):
        following = 1.0 if stage == stages - 1 else rising[stage + 1]
        onward = min(rising[stage] / following, 0.99) if following else 0.0
        ends.append([onward if j == stage + 1 else 0.0 for j in range(stages + 1)] + [1 - onward])
    return ends


def rates(
    exposure: Sequence[Sequence[float]],
    exits: Rates,
    chances: Sequence[float] | None = None,
    mean_stay: float = 30.0,
) -> Rates:
    stages = len(exposure)
    before = assumed(stages, chances)
    fitted: Rates = []
    for stage in range(stages):
        left = sum(map(sum, exits[stage]))
        rate = (left + 8) / (sum(exposure[stage]) + 8 * mean_stay)
        share = [
            (sum(exits[stage][place][j] for place in BINS) + 8 * before[stage][j]) / (left + 8)
            for j in range(stages + 2)
        ]
        fitted.append(
            [
                [
                    (exits[stage][place][j] + share[j]) / (exposure[stage][place] + 1 / rate)
                    for j in range(stages + 2)
                ]
                for place in BINS
            ]
        )
    return fitted


def ever(fitted: Rates) -> Chance:
    stages = len(fitted)
    moves = [[0.0] * (stages + 2) for _ in range(stages)]
    for stage in range(stages):
        reaching = 1.0
        for place in BINS:
            speed = sum(fitted[stage][place])
            stays = math.exp(-speed * (EDGES[place + 1] - EDGES[place]))
            for j in range(stages + 2):
                moves[stage][j] += reaching * (1 - stays) * fitted[stage][place][j] / speed
            reaching *= stays
    entering = _solved(moves, stages)

    def leaving(stage: int, place: int) -> float:
        ends = fitted[stage][place]
        return sum(rate * chance for rate, chance in zip(ends, [*entering, 1, 0], strict=True)) / sum(ends)

    def at(stage: int, age: float) -> float:
        place = bin_of(age)
        if place == BINS[-1]:
            return leaving(stage, place)
        stays = math.exp(-sum(fitted[stage][place]) * (EDGES[place + 1] - age))
        return (1 - stays) * leaving(stage, place) + stays * at(stage, EDGES[place + 1])

    return at


def _solved(moves: Sequence[Sequence[float]], stages: int) -> list[float]:
    """The chances p with p = moves p + won, by elimination."""
    rows = [
        [(1.0 if i == j else 0.0) - moves[i][j] for j in range(stages)] + [moves[i][stages]]
        for i in range(stages)
    ]
    for i in range(stages):
        rows[i] = [cell / rows[i][i] for cell in rows[i]]
        for k in range(stages):
            if k != i:
                rows[k] = [cell - rows[k][i] * above for cell, above in zip(rows[k], rows[i], strict=True)]
    return [row[-1] for row in rows]


def within(fitted: Rates, days: int, ages: int = 400) -> tuple[Chance, list[float]]:
    """The chance by stage and age, and that of deals made on each of the days."""
    stages = len(fitted)
    now = [[0.0] * ages for _ in range(stages)]
    new: list[float] = []
    for _ in range(days):
        then = now
        now = [[0.0] * ages for _ in range(stages)]
        for stage in range(stages):
            for age in range(ages):
                ends = fitted[stage][bin_of(age)]
                leaves = 1 - math.exp(-sum(ends))
                onward = sum(ends[j] * then[j][0] for j in range(stages)) + ends[stages]
                now[stage][age] = (
                    leaves * onward / sum(ends) + (1 - leaves) * then[stage][min(age + 1, ages - 1)]
                )
        new.insert(0, now[0][0])

    def at(stage: int, age: float) -> float:
        kept = min(age, ages - 1)
        day = math.floor(kept)
        following = now[stage][min(day + 1, ages - 1)]
        return now[stage][day] + (kept - day) * (following - now[stage][day])

    return at, new


def standing(stages: int, lives: Sequence[Life], t: float) -> Iterator[tuple[int, int, float, float]]:
    """Deal, stage, days in it and day expected (nan: none) of whoever is open at `t`."""
    for deal, life in enumerate(lives):
        known = Life([entry for entry in life.entries if entry[1] < t])
        named = [due for at, due in life.named if at < t]
        for visit in _visits_of_one(stages, known):
            if visit.to is None:
                yield deal, visit.stage, t - visit.entry, named[-1] if named else math.nan


def bucket(ahead: float, days: int) -> int:
    if ahead < -30:
        return 0
    if ahead < 0:
        return 1
    return 2 + sum(ahead >= part * days for part in (0.5, 1, 1.5, 2, 3))


def logit(chance: float) -> float:
    """Certainty, as of a deal that cannot be won in a day, has none."""
    kept = min(max(chance, 1e-9), 1 - 1e-9)
    return math.log(kept / (1 - kept))


def shifts(
    stages: int, lives: Sequence[Life], t: float, days: int, chances_at: Callable[[float], Chance]
) -> list[list[float]]:
    """By stage and bucket, the logits that expected closes add."""
    seen: dict[tuple[int, int], list[tuple[float, bool]]] = {}
    first = min((at for life in lives for _, at in life.entries), default=t)
    for u in (t - days * (1 + number / 2) for number in range(6)):
        if u <= first:
            continue
        for deal, stage, age, due in standing(stages, lives, u):
            if math.isnan(due):
                continue
            won = any(entered == stages and u <= at < u + days for entered, at in lives[deal].entries)
            seen.setdefault((stage, bucket(due - u, days)), []).append((chances_at(u)(stage, age), won))
    shift = [[0.0] * 8 for _ in range(stages)]
    for (stage, place), cases in seen.items():
        mean = sum(chance for chance, _ in cases) / len(cases)
        wins = sum(won for _, won in cases)
        shift[stage][place] = logit((wins + 10 * mean) / (len(cases) + 10)) - logit(mean)
    return shift
