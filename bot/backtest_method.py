"""What holds of the method whatever the past is: planted slowdowns are caught, and a million visits are soon counted."""

import time
from collections.abc import Callable, Iterator
from statistics import median

from bot.backtest_bounds import CAUGHT, FALSE_ALARM, OF_THE_METHOD, SECONDS, Key
from bot.backtest_figures import Line
from pipeline.backtesting import planted_slowdowns
from pipeline.chances import within
from pipeline.hazards import count, fit
from pipeline.planting import crowd

SEEDS = 200
_VISITS, _STAGES = 1_000_000, 5
_BEGUN_BY, _COUNTED_AT = 700.0, 730.0
_ROUNDS = 3
STEPS = SEEDS + _ROUNDS


def method_lines(moved: Callable[[], None]) -> list[Line]:
    """`moved` is told of each of the STEPS."""
    found = (*_slowdowns(moved), *_crowd(moved))
    return [Line(key, value, OF_THE_METHOD[key]) for key, value in found]


def _slowdowns(moved: Callable[[], None]) -> Iterator[tuple[Key, float]]:
    caught = alarms = others = 0
    for found in planted_slowdowns(range(SEEDS)):
        moved()
        caught, alarms, others = caught + found.caught, alarms + found.false_alarms, others + found.others
    yield CAUGHT, caught / SEEDS
    yield FALSE_ALARM, alarms / others


def _crowd(moved: Callable[[], None]) -> Iterator[tuple[Key, float]]:
    """The median of a few rounds: a machine has other things to do as well."""
    visits = crowd(_VISITS, _STAGES, _BEGUN_BY)
    took = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        within(fit(count(visits, _COUNTED_AT)), SECONDS.days)
        took.append(time.perf_counter() - begun)
        moved()
    yield SECONDS, median(took)
