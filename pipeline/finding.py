"""Which deals a list shows, what it says of all of them, and the pipeline as a board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pipeline.deal import Deal
from pipeline.money import Money


class Order(StrEnum):
    LONGEST = "longest"
    """In their stage."""
    ENTERED = "entered"
    """Their stage last."""
    SOONEST = "soonest"
    """To close."""
    HIGHEST = "highest"
    """In value."""
    NEEDIEST = "neediest"
    """What needs attention first, what rests last; each longest in its stage first."""
    NEWEST = "newest"
    ALIKE = "alike"
    """To the words: called so, then beginning so, then the others; each open ones first, by their last change."""


@dataclass(frozen=True, slots=True)
class Called:
    """What a deal is called, both names folded."""

    number: int
    title: str
    company: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a deal must be, all at once; of several stages or owners one is enough. Void deals are never wanted.

    Unowned is what has no owner who counts as one. `neediest` and `newest` say in which order. `over` leaves out every
    other currency; each of the `words` stands in title, company or contact.
    """

    today: date
    now: datetime
    stage_ids: tuple[int, ...] = ()
    owner_ids: tuple[str, ...] = ()
    stale: bool = False
    overdue: bool = False
    unowned: bool = False
    parked: bool = False
    over: Money | None = None
    pipeline_id: int | None = None
    closing: tuple[date, date] | None = None
    words: str = ""
    closed_too: bool = False
    newest: bool = False
    neediest: bool = False

    @property
    def order(self) -> Order:
        if self.words:
            return Order.ALIKE
        if self.neediest or self.newest:
            return Order.NEEDIEST if self.neediest else Order.NEWEST
        if self.closing:
            return Order.SOONEST
        if self.over:
            return Order.HIGHEST
        # Of closed deals the ones of yesterday are asked for, not those of years ago.
        return Order.ENTERED if self.closed_too else Order.LONGEST


@dataclass(frozen=True, slots=True)
class Found:
    """One page: `before` deals come before it. `sums` are of all, in minor units for each currency."""

    deals: Sequence[Deal]
    total: int
    before: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)
    unvalued: int = 0


@dataclass(frozen=True, slots=True)
class Heap:
    """A stage's open deals of one currency, or those without a value.

    `weighted` leaves out the `parked` ones, which `count` and `minor` hold.
    """

    stage_id: int
    currency: str | None
    count: int
    minor: int = 0
    weighted: int = 0
    parked: int = 0


def weighted(value: Money, chance: int) -> int:
    """Minor units, rounded for each deal once; chance in percent."""
    return (value.minor * chance + 50) // 100
