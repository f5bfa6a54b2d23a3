"""What was found out about a pipeline's stages: plain figures, so that who reads them needs no numpy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# Days ahead for which it is said what a quicker stage would add.
AHEAD = 90
# By how much a stage is thought to be quicker, or to lead on more often.
MORE_SPEED = 0.2
MORE_CONVERSION = 0.1
# Fewer resolved deals, or exits, make no figure.
LEAST_SEEN = 5
# With fewer exits a stage is not called a bottleneck, and with as many resolved deals a share may be relied upon.
LEAST_SURE = 20


@dataclass(frozen=True, slots=True)
class Drift:
    """How many left a stage in the last days, and how many would have at its own earlier pace."""

    days: int
    observed: int
    expected: float
    onward: bool = False
    """Whether only those are meant who moved on, rather than all that left."""
    slower: bool = False
    """Whether it is more than chance."""


@dataclass(frozen=True, slots=True)
class StageReport:
    """Stays in days, none where the data are too thin; what would be added, in the report's currency.

    `visits` are stays that have begun, `exits` those that have ended. Of the deals that ever came here so many are
    `resolved`, and of these so many `won`.
    """

    visits: int
    exits: int
    median: float | None
    p90: float | None
    resolved: int
    won: int
    speed_adds: float
    conversion_adds: float
    drift: Drift | None = None

    @property
    def is_sure(self) -> bool:
        return self.exits >= LEAST_SURE

    @property
    def adds(self) -> float:
        return max(self.speed_adds, self.conversion_adds)

    @property
    def conversion(self) -> float | None:
        return self.won / self.resolved if self.resolved >= LEAST_SEEN else None


@dataclass(frozen=True, slots=True)
class Velocity:
    """Of the deals closed in the last `days`: so many of the `resolved` were `won`, bringing `mean` each.

    `cycle` is the median of the days from making a deal to winning it.
    """

    days: int
    open_deals: int
    won: int
    resolved: int
    mean: float
    cycle: float

    @property
    def win_rate(self) -> float:
        return self.won / self.resolved

    @property
    def a_day(self) -> float | None:
        """None where deals are won in no time."""
        return self.open_deals * self.win_rate * self.mean / self.cycle if self.cycle > 0 else None


@dataclass(frozen=True, slots=True)
class Report:
    """Of `deals`, in the order of the stages; `expected` will be won within AHEAD days as things are."""

    deals: int
    expected: float
    stages: Sequence[StageReport]
    velocity: Velocity | None = None

    @property
    def bottleneck(self) -> int | None:
        """The place of the stage where more would add most, if that is anything."""
        sure = [place for place, stage in enumerate(self.stages) if stage.is_sure and stage.adds > 0]
        return max(sure, key=lambda place: self.stages[place].adds, default=None)


@dataclass(frozen=True, slots=True)
class Looked:
    """A report as it was on a day, on deals of a currency or without a value; amounts in its minor units.

    Without a currency it is on all deals, and what is counted is deals. `stage_ids` are those of the report's stages.
    """

    currency: str | None
    on: date
    stage_ids: Sequence[int]
    report: Report
