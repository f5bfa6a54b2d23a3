"""Deals one after another to a history in columns."""

from array import array
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import numpy as np

from pipeline.history import History

_DAY = timedelta(days=1)
_WITHOUT = float("nan")


class PastDeals:
    """Grows by a deal at a time; moments become days since `origin`."""

    def __init__(self, origin: datetime) -> None:
        self.origin = origin
        self.count = 0
        self._created, self._value = array("d"), array("d")
        self._deal, self._stage, self._at = array("q"), array("h"), array("d")
        self._due_deal, self._due_at, self._due = array("q"), array("d"), array("d")

    def day(self, moment: datetime) -> float:
        return (moment - self.origin) / _DAY

    def add(
        self,
        entries: Iterable[tuple[float, int]],
        *,
        created: float,
        value: float | None,
        due: float | None = None,
    ) -> None:
        """`entries` in order of time; the expected close was known from the first day."""
        for at, stage in entries:
            self._deal.append(self.count)
            self._stage.append(stage)
            self._at.append(at)
        if due is not None:
            self._due_deal.append(self.count)
            self._due_at.append(created)
            self._due.append(due)
        self._created.append(created)
        self._value.append(_WITHOUT if value is None else value)
        self.count += 1

    def history(self, stages: int) -> History:
        return History(
            stages=stages,
            deal=np.array(self._deal, np.int64),
            stage=np.array(self._stage, np.int16),
            at=np.array(self._at, np.float64),
            created=np.array(self._created, np.float64),
            value=np.array(self._value, np.float64),
            due_deal=np.array(self._due_deal, np.int64),
            due_at=np.array(self._due_at, np.float64),
            due=np.array(self._due, np.float64),
        )


def midnight(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
