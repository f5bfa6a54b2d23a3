"""From a pipeline's past to the table of chances, and to the numbers that it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.chances import AGES as DAYS
from pipeline.chances import Within, ever, within
from pipeline.due_dates import LONG_OVERDUE, PARTS, due_offset
from pipeline.hazards import BINS, EDGES, Counts, Hazards, count, fit, recorded_since
from pipeline.history import Days, History, Record, Visits, visits_of
from pipeline.odds import HORIZON, LEAST_SAMPLE, StageOdds, StageRisk
from pipeline.stays import curve_of_days

Whole = NDArray[np.int64]
AGES: Sequence[float] = tuple(EDGES[:-1].tolist())
DUES: Sequence[float] = (LONG_OVERDUE, *(PARTS * HORIZON).tolist())
# Who stays longer than all but so many stays long.
_STILL_LEFT = 0.2
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Grounds:
    """Of one stage by bin of age: days that deals spent, exits to each stage, won and lost, and exits per day."""

    exposure: Sequence[float]
    exits: Sequence[Sequence[int]]
    rates: Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Fit:
    """Stages are in the order of the history's."""

    deals: int
    resolved: int
    odds: Sequence[StageOdds]
    grounds: Sequence[Grounds]


@dataclass(frozen=True, slots=True)
class Landmarks:
    """By stage and bin of age: visits that became so old at least HORIZON days ago, and those won within as many."""

    similar: Whole
    won: Whole


def fitted(history: History, t: float, chances: Sequence[float]) -> Fit:
    """By what was known at `t`; `chances` are what the team assumes of each open stage."""
    counts, hazards, soon, shift = _reckoned(history, t, chances)
    known = history.before(t)
    seen = landmarks(known, t)
    table = _no_better_than_seen(soon.table, seen.similar)
    odds = [
        StageOdds.of(*(column[place].tolist() for column in (table, seen.similar, seen.won, shift.round(4))))
        for place in range(history.stages)
    ]
    risks = _risks(visits_of(known), t, hazards)
    odds = [replace(each, risk=risk) for each, risk in zip(odds, risks, strict=True)]
    return Fit(
        int((known.created < t).sum()), _resolved(known), odds, _grounds(counts, hazards.rates.round(8))
    )


def _reckoned(history: History, t: float, chances: Sequence[float]) -> tuple[Counts, Hazards, Within, Days]:
    """What was counted, the rates, the chances by them, and what expected closes add; how it was cut is forgotten."""
    past = Record(history)
    counts = _counts(past, t)
    hazards = fit(counts, chances)
    soon = within(hazards, HORIZON)
    return counts, hazards, soon, due_offset(past, t, HORIZON, soon).shift


def _no_better_than_seen(table: Days, similar: Whole) -> Days:
    """Beyond the ages that enough visits reached, a bin without any would look like the whole stage.

    A deal that is older than all that was seen is held to be no likelier to be won than the oldest of them.
    """
    capped = table.copy()
    for place, enough in enumerate(similar >= LEAST_SAMPLE):
        reached = np.flatnonzero(enough)
        if len(reached) and reached[-1] + 1 < BINS:
            day = int(AGES[reached[-1] + 1])
            capped[place, day:] = np.minimum(table[place, day:], table[place, day - 1])
    return capped


def _risks(visits: Visits, t: float, hazards: Hazards) -> Sequence[StageRisk | None]:
    """By stage, after how long a stay is a long one, and P(ever won) by whole days in the stage."""
    chances = ever(hazards).at(
        np.arange(visits.stages, dtype=np.int16)[:, None], np.arange(DAYS, dtype=np.float64)[None, :]
    )
    stays = (_usual_stay(visits, t, place) for place in range(visits.stages))
    return [
        None if usual is None else StageRisk.of(usual, chances[place].tolist())
        for place, usual in enumerate(stays)
    ]


def _usual_stay(visits: Visits, t: float, stage: int) -> int | None:
    """Days after which at most a fifth is left; none where too few have left, or more than that never do."""
    here = visits.stage == stage
    exited = visits.exit[here] < t
    if int(exited.sum()) < LEAST_SAMPLE:
        return None
    days = np.minimum(visits.exit[here], t) - visits.entry[here]
    stay = curve_of_days(days, exited).until_left(_STILL_LEFT)
    return None if stay is None else max(-(-stay // _DAY), 1)


def landmarks(history: History, t: float) -> Landmarks:
    """What became of visits after they had lasted so long; who stands there for less than HORIZON since is not asked."""
    visits, next_win = visits_of(history), _next_win(history)
    similar = np.zeros((history.stages, BINS), dtype=np.int64)
    won = np.zeros_like(similar)
    for place, age in enumerate(AGES):
        reached = visits.entry + age
        asked = (visits.exit >= reached) & (reached + HORIZON <= t)
        soon = asked & (next_win <= reached + HORIZON)
        similar[:, place] = np.bincount(visits.stage[asked], minlength=history.stages)
        won[:, place] = np.bincount(visits.stage[soon], minlength=history.stages)
    return Landmarks(similar, won)


def _next_win(history: History) -> Days:
    """For each visit when its deal was next won."""
    begins = np.ones(len(history.deal), dtype=np.bool_)
    begins[1:] = (history.deal[1:] != history.deal[:-1]) | (history.stage[1:] != history.stage[:-1])
    rows = np.flatnonzero(begins & (history.stage < history.stages))
    wins = np.flatnonzero(history.stage == history.won)
    if not len(wins):
        return np.full(len(rows), np.inf)
    following = np.searchsorted(wins, rows)
    found = wins[np.minimum(following, len(wins) - 1)]
    same = (following < len(wins)) & (history.deal[found] == history.deal[rows])
    return np.where(same, history.at[found], np.inf)


def _counts(past: Record, until: float) -> Counts:
    visits = past.visits_before(until)
    return count(visits, until, recorded_since(visits, until))


def _resolved(history: History) -> int:
    return int((history.stage[history.is_last] >= history.stages).sum())


def _grounds(counts: Counts, rates: Days) -> Sequence[Grounds]:
    return [
        Grounds(counts.exposure[place].round(2).tolist(), counts.exits[place].tolist(), rates[place].tolist())
        for place in range(len(rates))
    ]
