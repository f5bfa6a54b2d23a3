"""The chance that an open deal is won soon, looked up in a table that was made beforehand: no numpy, no waiting."""

import math
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# Days within which a win is soon.
HORIZON = 30
# Under so many closed deals, or visits to compare with, no chance is told.
LEAST_SAMPLE = 5
_SCALE = 10_000
_EPOCH = date(1970, 1, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chance:
    """Of a win within HORIZON days: `bare` is without the expected close.

    `similar` visits became as old at least HORIZON days ago, and `won` of them were won within as many days.
    """

    share: float
    bare: float
    similar: int
    won: int
    at_least: int
    """The days after which a visit is called as old."""


@dataclass(frozen=True, slots=True)
class Risk:
    """Of a deal that stays long: its chance to be won at all as it was on `entering` the stage, and as it is `now`.

    Eight in ten leave within the `usual` days; so many `similar` visits became as old.
    """

    entering: float
    now: float
    usual: int
    similar: int

    @property
    def drop(self) -> float:
        return self.entering - self.now


@dataclass(frozen=True, slots=True)
class StageRisk:
    """`usual` days are those within which eight in ten leave, rounded up.

    `ever` is the chance to be won at all, in hundredths of a percent by whole days in the stage, as `chances` are.
    """

    usual: int
    ever: Sequence[int]

    @classmethod
    def of(cls, usual: int, ever: Sequence[float]) -> "StageRisk":
        return cls.kept(usual, _scaled(ever))

    @classmethod
    def kept(cls, usual: int, ever: Sequence[int]) -> "StageRisk":
        return cls(usual, array("H", ever))

    def at(self, days: int) -> float:
        return self.ever[min(days, len(self.ever) - 1)] / _SCALE

    @property
    def highest_drop(self) -> float:
        return (self.ever[0] - min(self.ever)) / _SCALE


@dataclass(frozen=True, slots=True)
class StageOdds:
    """`chances` in hundredths of a percent by whole days in the stage, the last one for all later ones.

    `similar` and `won` by bin of age; `shift`, in logits, by bin of the expected close. There is no `risk` where too
    few have left the stage, nor in what an older version kept.
    """

    chances: Sequence[int]
    similar: Sequence[int]
    won: Sequence[int]
    shift: Sequence[float]
    risk: StageRisk | None = None

    @classmethod
    def of(
        cls, chances: Sequence[float], similar: Sequence[int], won: Sequence[int], shift: Sequence[float]
    ) -> "StageOdds":
        return cls.kept(_scaled(chances), similar, won, shift)

    @classmethod
    def kept(
        cls, chances: Sequence[int], similar: Sequence[int], won: Sequence[int], shift: Sequence[float]
    ) -> "StageOdds":
        return cls(array("H", chances), tuple(similar), tuple(won), tuple(shift))


@dataclass(frozen=True, slots=True)
class Odds:
    """What was found out at `fitted_at` from the past of so many deals, `resolved` of them closed.

    `ages` and `dues` are where bins begin: of days in a stage, and of days until the expected close.
    """

    fitted_at: datetime
    deals: int
    resolved: int
    ages: Sequence[float]
    dues: Sequence[float]
    stages: Mapping[int, StageOdds]

    @property
    def are_known(self) -> bool:
        return self.resolved >= LEAST_SAMPLE

    @property
    def highest(self) -> float:
        """No deal is given a higher chance."""
        shifted = (
            _shifted(max(each.chances) / _SCALE, max(0.0, *each.shift)) for each in self.stages.values()
        )
        return max(shifted, default=0.0)

    @property
    def highest_drop(self) -> float:
        """No deal at risk has lost more of its chance."""
        drops = (each.risk.highest_drop for each in self.stages.values() if each.risk)
        return max(drops, default=0.0) if self.are_known else 0.0

    def share(self, stage_id: int, age: float, ahead: float | None) -> float | None:
        """Of deals in a stage for so many days that are expected to close in so many; none for an unknown stage."""
        stage = self.stages.get(stage_id)
        if stage is None:
            return None
        bare = stage.chances[min(max(int(age), 0), len(stage.chances) - 1)] / _SCALE
        shift = 0.0 if ahead is None else stage.shift[bisect_right(self.dues, ahead)]
        return _shifted(bare, shift) if shift else bare

    def reckon(
        self, stage_id: int, entered_at: datetime, close_on: date | None, now: datetime
    ) -> Chance | None:
        """For ordering even where the sample is thin."""
        age = max((now - entered_at) / _DAY, 0.0)
        share = self.share(stage_id, age, days_until(close_on, now) if close_on else None)
        bare = self.share(stage_id, age, None)
        if share is None or bare is None:
            return None
        stage, place = self.stages[stage_id], max(bisect_right(self.ages, age) - 1, 0)
        return Chance(share, bare, stage.similar[place], stage.won[place], int(self.ages[place]))

    def chance(
        self, stage_id: int, entered_at: datetime, close_on: date | None, now: datetime
    ) -> Chance | None:
        """To be told: nothing where the sample is thin."""
        found = self.reckon(stage_id, entered_at, close_on, now) if self.are_known else None
        return found if found and found.similar >= LEAST_SAMPLE else None

    def risk(self, stage_id: int, days: int) -> Risk | None:
        """After so many whole days in the stage; nothing where the sample is thin, as with a chance.

        A drop that is not seen in whole percent is none.
        """
        stage = self.stages.get(stage_id) if self.are_known else None
        if stage is None or stage.risk is None or days <= stage.risk.usual:
            return None
        similar = stage.similar[bisect_right(self.ages, days) - 1]
        entering, now = stage.risk.at(0), stage.risk.at(days)
        if similar < LEAST_SAMPLE or round(entering * 100) <= round(now * 100):
            return None
        return Risk(entering, now, stage.risk.usual, similar)


def days_until(day: date, now: datetime) -> float:
    """From now to the beginning of the day, in UTC."""
    return (day - _EPOCH).days - now.timestamp() / _DAY.total_seconds()


def _scaled(shares: Sequence[float]) -> Sequence[int]:
    return [round(min(max(each, 0), 1) * _SCALE) for each in shares]


def _shifted(share: float, shift: float) -> float:
    kept = min(max(share, 1e-9), 1 - 1e-9)
    return 1 / (1 + math.exp(-(math.log(kept / (1 - kept)) + shift)))
