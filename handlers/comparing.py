"""What `/deal changes` is asked: since when, and for which part of which pipeline."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.calendar_days import DateProblem
from handlers.dates import UnreadableDate
from handlers.filters import Asking, UnknownFilter, read_filters
from handlers.past_dates import read_past
from handlers.slack_text import Decoded
from pipeline.bridge import Scope
from pipeline.finding import Wanted
from pipeline.names import fold
from pipeline.stages import Pipeline

_SINCE = frozenset({"since", "seit"})
_MOST_WORDS = 5


class Ahead(ValueError):  # noqa: N818 - a refusal to guess, not a defect
    """Nothing has changed since a day that is still to come."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


@dataclass(frozen=True, slots=True)
class Asked:
    """A day, and the words that do not speak of it."""

    since: date
    rest: Decoded


def read_since(rest: Decoded, today: date) -> Asked:
    """The last Monday where nothing is said; on a Monday, the one before. Raises UnreadableDate, Ahead."""
    words = rest.text.split()
    place = next((place for place, word in enumerate(words) if fold(word) in _SINCE), None)
    begin = 0 if place is None else place + 1
    day, count = _longest(words[begin : begin + _MOST_WORDS], today)
    if day is None and place is not None:
        raise UnreadableDate(DateProblem.UNREADABLE, rest.spelled(" ".join(words[begin : begin + 2])))
    if day is None:
        return Asked(today - timedelta(days=today.weekday() or 7), rest)
    if day > today:
        raise Ahead(day)
    left = words[: begin if place is None else place] + words[begin + count :]
    return Asked(day, Decoded(" ".join(left), rest.mentions))


def read_scope(rest: Decoded, asking: Asking, wanted: Wanted, pipeline: Pipeline) -> Scope:
    """`pipeline` is the one that is meant where none is named. Raises UnknownFilter."""
    found = read_filters(rest, asking, wanted)
    allowed = Wanted(
        found.today,
        found.now,
        owner_ids=found.owner_ids,
        closing=found.closing,
        pipeline_id=found.pipeline_id,
    )
    if found != allowed:
        raise UnknownFilter(" ".join(rest.spelled(rest.text).split()))
    return Scope(found.pipeline_id or pipeline.id, frozenset(found.owner_ids), found.closing)


def _longest(words: list[str], today: date) -> tuple[date | None, int]:
    """The day that they begin with, and how many of them tell it."""
    for count in range(len(words), 0, -1):
        try:
            return read_past(" ".join(words[:count]).rstrip(",;"), today), count
        except UnreadableDate as unreadable:
            if unreadable.problem is not DateProblem.UNREADABLE:
                raise
    return None, 0
