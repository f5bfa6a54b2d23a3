"""Bookings of rooms as deals: made some days ahead, expected on the day of arrival, won by staying."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handlers.importing.moments import MomentColumn
from handlers.importing.past_deals import PastDeals

YEAR, MONTH, DAY = "arrival date year", "arrival date month", "arrival date day of month"
LEAD, RATE = "lead time", "adr"
NIGHTS = ("stays in weekend nights", "stays in week nights")
STATUS, STATUS_DATE = "reservation status", "reservation status date"
COLUMNS = (YEAR, MONTH, DAY, LEAD, RATE, *NIGHTS, STATUS, STATUS_DATE)

STAGES = ("Booked",)
_WON, _LOST = 1, 2
_STAYED = "check-out"
_GONE = ("canceled", "cancelled", "no-show")
# Nobody pays more for a night; what is written there is a slip.
_DEAREST = 1000.0
# A day is all that is known of an exit.
_MIDDAY = 0.5
_MONTHS = {datetime(2000, month, 1, tzinfo=UTC).strftime("%B").lower(): month for month in range(1, 13)}


@dataclass(frozen=True, slots=True)
class Booking:
    arrival: datetime
    lead: int
    value: float
    outcome: int | None
    outcome_on: datetime


def read_booking(cells: Sequence[str], dates: MomentColumn) -> Booking:
    """Cells in the order of COLUMNS. Raises ValueError."""
    year, month, day, lead, rate, weekend, week, status, changed = (cell.strip() for cell in cells)
    number = _MONTHS.get(month.lower()) or int(month)
    nights = int(float(weekend)) + int(float(week))
    told = status.lower()
    return Booking(
        arrival=datetime(int(year), number, int(day), tzinfo=UTC),
        lead=int(float(lead)),
        value=min(max(float(rate), 0.0), _DEAREST) * nights,
        outcome=_WON if told == _STAYED else _LOST if told in _GONE else None,
        outcome_on=dates.read(changed).at,
    )


def add_booking(deals: PastDeals, booking: Booking) -> None:
    """Who cancels after the day of arrival has not come on it."""
    arrival = deals.day(booking.arrival)
    created = deals.day(booking.arrival - timedelta(days=booking.lead))
    entries = [(created, 0)]
    if booking.outcome is not None:
        on = deals.day(booking.outcome_on)
        closed = (on if booking.outcome == _WON else min(on, arrival)) + _MIDDAY
        entries.append((max(closed, created), booking.outcome))
    deals.add(entries, created=created, value=booking.value, due=arrival)
