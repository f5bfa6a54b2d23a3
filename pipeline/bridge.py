"""From what a pipeline was worth to what it is worth: each deal that made the difference, by one reason.

The portfolio is the open value of one pipeline, parked deals included, as the board sums it up; where an owner or a
period of expected closes is asked for, it is the part of it that is theirs or expects its close then. A deal that is
in no portfolio at either end makes no difference. Opening and all differences add up to closing, to the minor unit
and for each currency by itself.

A stage's chance is nobody's sale: values here are as they are, and what a changed chance does to the weighted value is
told apart from what deals did (`Weight`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pipeline.money import Money
from pipeline.stages import StageKind


class Reason(StrEnum):
    """Why a deal is worth more or less to a portfolio than it was."""

    NEW = "new"
    REOPENED = "reopened"
    """It was there before, and closed or void at the beginning."""
    PULLED_IN = "pulled_in"
    """Its expected close came into the period."""
    INCREASED = "increased"
    DECREASED = "decreased"
    CURRENCY = "currency"
    """Its value is in another currency now."""
    PUSHED_OUT = "pushed_out"
    """Its expected close left the period."""
    MOVED_IN = "moved_in"
    """From another pipeline or owner."""
    MOVED_OUT = "moved_out"
    LOST = "lost"
    WON = "won"
    REMOVED = "removed"
    """Void, or merged into another deal."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A deal at one moment, as far as it decides what it is worth to whom."""

    pipeline_id: int
    kind: StageKind
    value: Money | None
    owner_id: str | None
    close_on: date | None
    void: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part: of whom, where anybody is named, and expected to close when, both days included."""

    pipeline_id: int
    owner_ids: frozenset[str] = frozenset()
    closing: tuple[date, date] | None = None

    def holds(self, standing: Standing | None) -> bool:
        return standing is not None and _is_alive(standing) and self.is_part(standing)

    def is_part(self, standing: Standing) -> bool:
        """Whether it is, or would be if it were open."""
        return self.is_owned(standing) and standing.pipeline_id == self.pipeline_id and self.is_due(standing)

    def is_owned(self, standing: Standing) -> bool:
        return not self.owner_ids or standing.owner_id in self.owner_ids

    def is_due(self, standing: Standing) -> bool:
        if self.closing is None:
            return True
        first, last = self.closing
        return standing.close_on is not None and first <= standing.close_on <= last


@dataclass(frozen=True, slots=True)
class Course:
    """One deal at the beginning and at the end; none where it did not exist."""

    number: int
    title: str
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True, slots=True)
class Passage:
    """What one deal made of the portfolio's value, in minor units for each currency."""

    course: Course
    reason: Reason
    worth: Mapping[str, int]

    @property
    def weight(self) -> int:
        return max((abs(minor) for minor in self.worth.values()), default=0)


@dataclass(frozen=True, slots=True)
class Sums:
    """Of open deals; `unvalued` of them are in no sum."""

    count: int = 0
    worth: Mapping[str, int] = field(default_factory=dict)
    unvalued: int = 0


@dataclass(frozen=True, slots=True)
class Weight:
    """The weighted value of one currency at both ends, and how much of the difference changed chances make."""

    opening: int
    closing: int
    by_chances: int

    @property
    def by_deals(self) -> int:
        return self.closing - self.opening - self.by_chances


@dataclass(frozen=True, slots=True)
class Bridge:
    """`passing` deals came and were closed in between: they are in neither sum.

    `weights` by currency are known only where the chances of the beginning were written down.
    """

    opening: Sums
    closing: Sums
    passages: Sequence[Passage]
    passing: Sequence[Course] = ()
    weights: Mapping[str, Weight] = field(default_factory=dict)

    def by_reason(self) -> Mapping[Reason, Sequence[Passage]]:
        """In the order of the reasons; the largest first."""
        ordered = sorted(self.passages, key=lambda each: (-each.weight, each.course.number))
        found = {reason: [each for each in ordered if each.reason is reason] for reason in Reason}
        return {reason: each for reason, each in found.items() if each}

    @property
    def closes(self) -> bool:
        """Whether the differences explain the end, to the minor unit."""
        total = Counter(self.opening.worth)
        for passage in self.passages:
            total.update(passage.worth)
        return _without_nothing(total) == _without_nothing(self.closing.worth)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A bridge, from when on, and whether a weekly copy stands at its beginning."""

    bridge: Bridge
    since: datetime
    frozen: bool


def passages(courses: Iterable[Course], scope: Scope) -> Sequence[Passage]:
    return [passage for course in courses if (passage := _passage(course, scope))]


def passing(courses: Iterable[Course], scope: Scope) -> Sequence[Course]:
    """Deals that came after the beginning and are closed at the end, won ones first."""
    found = [each for each in courses if each.before is None and each.after and _is_over(each.after, scope)]
    return sorted(found, key=lambda each: each.after is not None and each.after.kind is not StageKind.WON)


def summed(standings: Iterable[Standing]) -> Sums:
    values = [each.value for each in standings]
    worth: Counter[str] = Counter()
    for value in values:
        if value:
            worth[value.currency] += value.minor
    return Sums(len(values), dict(worth), values.count(None))


def _passage(course: Course, scope: Scope) -> Passage | None:
    was, is_ = scope.holds(course.before), scope.holds(course.after)
    worth = Counter(_worth(course.after) if is_ else {})
    worth.subtract(_worth(course.before) if was else {})
    if was and is_:
        reason = _revalued(course)
    elif is_:
        reason = _entered(course.before, scope)
    else:
        reason = _left(course.after, scope) if was else None
    return Passage(course, reason, _without_nothing(worth)) if reason else None


def _revalued(course: Course) -> Reason | None:
    before = course.before.value if course.before else None
    after = course.after.value if course.after else None
    if before == after:
        return None
    if before and after and before.currency != after.currency:
        return Reason.CURRENCY
    return Reason.INCREASED if _minor(after) >= _minor(before) else Reason.DECREASED


def _entered(before: Standing | None, scope: Scope) -> Reason:
    if before is None:
        return Reason.NEW
    if not _is_alive(before):
        return Reason.REOPENED
    if before.pipeline_id != scope.pipeline_id or not scope.is_owned(before):
        return Reason.MOVED_IN
    return Reason.PULLED_IN


def _left(after: Standing | None, scope: Scope) -> Reason:
    if after is None or after.void:
        return Reason.REMOVED
    if after.kind is not StageKind.OPEN:
        return Reason.WON if after.kind is StageKind.WON else Reason.LOST
    if after.pipeline_id != scope.pipeline_id or not scope.is_owned(after):
        return Reason.MOVED_OUT
    return Reason.PUSHED_OUT


def _is_alive(standing: Standing) -> bool:
    return not standing.void and standing.kind is StageKind.OPEN


def _is_over(standing: Standing, scope: Scope) -> bool:
    return not standing.void and standing.kind is not StageKind.OPEN and scope.is_part(standing)


def _worth(standing: Standing | None) -> dict[str, int]:
    value = standing.value if standing else None
    return {value.currency: value.minor} if value else {}


def _minor(value: Money | None) -> int:
    return value.minor if value else 0


def _without_nothing(worth: Mapping[str, int]) -> dict[str, int]:
    return {currency: minor for currency, minor in worth.items() if minor}
