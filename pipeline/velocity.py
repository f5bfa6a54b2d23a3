"""How much a pipeline yields a day, by the rule of thumb that sales people know."""

import numpy as np

from pipeline.forecasting import wins_of
from pipeline.history import History, standing_at
from pipeline.stage_reports import LEAST_SEEN, Velocity

LATELY = 90


def velocity(history: History, t: float) -> Velocity | None:
    """Open deals x win rate x mean won value / median days from making to winning, by the deals closed lately.

    None where too few were closed, or none was won. Open deals that are worth nothing, or nobody knows what, are not
    counted; a win without an amount counts with the usual one.
    """
    known = history.before(t)
    wins, since = wins_of(known), t - LATELY
    lately = wins.at >= since
    won, resolved = int(lately.sum()), int(lately.sum()) + _lost(known, since)
    if resolved < LEAST_SEEN or not won:
        return None
    cycle = float(np.median(wins.at[lately] - known.created[wins.deal[lately]]))
    standing = standing_at(known, t)
    return Velocity(
        LATELY, int((standing.value > 0).sum()), won, resolved, float(wins.value[lately].mean()), cycle
    )


def _lost(known: History, since: float) -> int:
    """The deals that are lost, and were so not before."""
    return int((known.is_last & (known.stage == known.lost) & (known.at >= since)).sum())
