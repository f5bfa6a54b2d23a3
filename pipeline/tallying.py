"""Counts as of many moments of one past."""

import numpy as np

from pipeline.hazards import BINS, Counts, count
from pipeline.history import Record


class Tally:
    """As `count` of what was known at each moment, but for the rounding of sums.

    What had ended by then is added up once, from one moment to the next; what went on then is counted anew. Moments may
    come in any order; each is reckoned from its nearest neighbour.
    """

    def __init__(self, past: Record, since: float = -np.inf) -> None:
        self._past = past
        self._since = since
        visits = past.visits
        self._order = np.argsort(visits.exit, kind="stable")
        self._exits = visits.exit[self._order]
        # A deal that was made after it had moved, or a record that begins late: both are rare.
        self._plain = since == -np.inf and not bool((past.known_from > visits.entry).any())
        stages = visits.stages
        self._sums: dict[int, Counts] = {
            0: Counts(np.zeros((stages, BINS)), np.zeros((stages, BINS, stages + 2), np.int64))
        }

    def at(self, t: float) -> Counts:
        if not self._plain:
            return count(self._past.visits_before(t), t, self._since)
        return self._ended(int(np.searchsorted(self._exits, t))) + count(
            self._past.rows(self._past.rows_at(t)), t
        )

    def _ended(self, rows: int) -> Counts:
        """Of the first so many to end."""
        if rows not in self._sums:
            near = min(self._sums, key=lambda each: abs(each - rows))
            first, last = sorted((near, rows))
            between = count(self._past.rows(self._order[first:last]), np.inf)
            kept = self._sums[near]
            sign = 1 if near < rows else -1
            self._sums[rows] = Counts(
                kept.exposure + sign * between.exposure, kept.exits + sign * between.exits
            )
        return self._sums[rows]
