"""P10: counts, fit and recursion over a million visits, beside the same sums in bare numpy."""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pipeline.chances import AGES, Within, within
from pipeline.hazards import BINS, EDGES, count, fit
from pipeline.history import Visits
from pipeline.planting import crowd
from tests.bench.machine import Figures
from tests.bench.moves import ROUNDS
from tests.bench.table import Row, ratio_row

VISITS = 1_000_000
STAGES = 5
HORIZON = 90
NOW = 730.0
_BEGAN_UNTIL = 700.0


def measure_chances(report: Callable[[str], None]) -> list[Row]:
    visits = crowd(VISITS, STAGES, _BEGAN_UNTIL)
    assert np.allclose(_ours(visits).table, _bare(visits), rtol=0, atol=1e-9)
    wall, busy, floor = [], [], []
    for number in range(ROUNDS):
        report(f"P10 round {number + 1} of {ROUNDS}")
        took = _timed(lambda: _ours(visits))
        wall.append(took[0])
        busy.append(took[1])
        floor.append(_timed(lambda: _bare(visits))[1])
    seconds = Figures(wall)
    what = "a million visits counted, fitted, and 90 days reckoned"
    return [
        Row("P10", f"{what}, seconds", seconds.shown(3), "<= 1.0", seconds.median <= 1.0),
        ratio_row("P10", f"{what}, CPU in s", Figures(busy), Figures(floor), at_most=2),
    ]


def _ours(visits: Visits) -> Within:
    return within(fit(count(visits, NOW)), HORIZON)


def _bare(visits: Visits) -> NDArray[np.float64]:
    """As one would write it for these arrays alone: nothing in the future, no late entry, no names."""
    edges, size = EDGES[1:-1], STAGES * BINS
    age = np.minimum(visits.exit, NOW) - visits.entry
    bins = np.searchsorted(edges, age, side="right")
    cell = visits.stage * np.int64(BINS) + bins
    seen = np.bincount(cell, minlength=size).reshape(STAGES, BINS)
    passed = seen[:, ::-1].cumsum(axis=1)[:, ::-1] - seen
    days = np.bincount(cell, weights=age - EDGES[bins], minlength=size).reshape(STAGES, BINS)
    days = days + passed * np.append(np.diff(EDGES[:-1]), 0)
    left = visits.exit < NOW
    ends = np.bincount(cell[left] * (STAGES + 2) + visits.to[left], minlength=size * (STAGES + 2))
    exits = ends.reshape(STAGES, BINS, STAGES + 2)
    chances = np.linspace(0.1, 0.8, STAGES)
    share = np.zeros((STAGES, STAGES + 2))
    share[range(STAGES), range(1, STAGES + 1)] = chances / np.append(chances[1:], 1)
    share[:, -1] = 1 - share.sum(axis=1)
    total = exits.sum(axis=(1, 2))
    share = (exits.sum(axis=1) + 8 * share) / (total + 8)[:, None]
    pace = (total + 8) / (days.sum(axis=1) + 240)
    return _recursion((exits + share[:, None]) / (days + 1 / pace[:, None])[:, :, None])


def _recursion(rates: NDArray[np.float64]) -> NDArray[np.float64]:
    rates = rates[:, np.searchsorted(EDGES[1:-1], np.arange(AGES), side="right")]
    speed = rates.sum(axis=2)
    leaves = 1 - np.exp(-speed)
    ends = rates / speed[:, :, None] * leaves[:, :, None]
    table = np.zeros((STAGES, AGES))
    for _ in range(HORIZON):
        older = np.concatenate([table[:, 1:], table[:, -1:]], axis=1)
        table = ends[:, :, :STAGES] @ table[:, 0] + ends[:, :, STAGES] + (1 - leaves) * older
    return table


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - busy
