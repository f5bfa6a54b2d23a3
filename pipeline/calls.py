"""What people say will be won in a month or quarter (calls), and what should be (targets).

Both are kept as they were said, one row after another; the newest counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pipeline.kept_forecasts import Period, span_of
from pipeline.money import Money
from pipeline.stages import Category


class Span(NamedTuple):
    """A calendar month or quarter, by its first and its last day."""

    period: Period
    first: date
    last: date


def span_at(period: Period, today: date) -> Span:
    return Span(period, *span_of(period, today))


def following(span: Span) -> Span:
    return span_at(span.period, span.last + timedelta(days=1))


def preceding(span: Span) -> Span:
    return span_at(span.period, span.first - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Call:
    """`team` tells a call on all deals of the pipeline from one on the person's own.

    `foreseen` is what the forecast said of the whole pipeline when this was said, or what it first said after.
    """

    person_id: str
    amount: Money
    team: bool
    foreseen: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class SayCall:
    """Without an amount the person's call in that currency is taken back."""

    pipeline_id: int
    span: Span
    currency: str
    amount: int | None
    team: bool


@dataclass(frozen=True, slots=True)
class SetTarget:
    """Without an amount the target is taken away."""

    pipeline_id: int
    span: Span
    currency: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class Called:
    """`before` is what the person had said until now."""

    order: SayCall
    before: Call | None


@dataclass(frozen=True, slots=True)
class Targeted:
    order: SetTarget
    before: int | None


class Closing(NamedTuple):
    """Open deals of one category that are expected to close in a period; without a currency they have no value."""

    currency: str | None
    category: Category
    deals: int
    minor: int


class Won(NamedTuple):
    """What somebody, or nobody, has won in a period."""

    currency: str
    owner_id: str | None
    minor: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How a period stands in one currency; `calls` by currency are those that count.

    `unvalued` deals close in it too, and have no amount; they belong to one currency.
    """

    currency: str
    span: Span
    target: int | None = None
    won_by: Mapping[str | None, int] = field(default_factory=dict)
    closing: Sequence[Closing] = ()
    unvalued: int = 0
    calls: Sequence[Call] = ()

    @property
    def won(self) -> int:
        return sum(self.won_by.values())

    @property
    def open_value(self) -> int:
        """What nobody has left out of the forecast."""
        return sum(each.minor for each in self.closing if each.category is not Category.OMITTED)

    @property
    def left(self) -> int | None:
        """What is still to be won; 0 where the target is reached."""
        return None if self.target is None else max(self.target - self.won, 0)

    @property
    def coverage(self) -> float | None:
        """Open value closing in the period / what is still to be won; none where nothing is."""
        return self.open_value / self.left if self.left else None

    def became(self, call: Call) -> int:
        """What was won of that on which the call was."""
        return self.won if call.team else self.won_by.get(call.person_id, 0)

    @property
    def says_anything(self) -> bool:
        closes = self.unvalued > 0 or any(each.minor for each in self.closing)
        return self.target is not None or bool(self.calls) or closes
