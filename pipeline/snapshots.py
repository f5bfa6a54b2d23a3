"""A pipeline's weekly copy: what is written down of each open deal, and which week it is for.

Nothing changes a copy afterwards: what was known then is what a forecast is judged by.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from pipeline.deal import Deal
from pipeline.money import Money
from pipeline.stages import Category, Stage

# A copy stands for a moment that it was taken at, or soon after: the bot looks a few times a minute.
SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Frozen:
    """One open deal as it stood; `chance`, in percent, is what its value was weighted with."""

    deal_id: int
    stage_id: int
    value: Money | None
    close_on: date | None
    owner_id: str | None
    category: Category
    chance: int


def frozen(deal: Deal, stage: Stage, today: date) -> Frozen:
    """A parked deal is in the copy and weighs nothing, as on the board."""
    parked = deal.nurture_until is not None and deal.nurture_until > today
    return Frozen(
        deal.id,
        stage.id,
        deal.value,
        deal.close_on,
        deal.owner_id,
        Category.OMITTED if parked else deal.category_in(stage),
        0 if parked else stage.chance,
    )


def week_of(day: date) -> str:
    """The ISO week, such as `2026-W47`; the first days of January may belong to the last week of a year."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def beginning_of(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day in a zone; where clocks skip midnight, the moment at which they do.

    In UTC, where an hour later is an hour later.
    """
    return datetime.combine(day, time(), zone).astimezone(UTC)
