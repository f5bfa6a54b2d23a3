"""Days gone by as people type them after `since`: the last one that fits, where a date to come is the next one."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from handlers import named_days
from handlers.calendar_days import DateProblem, RefusedDateError
from handlers.dates import UnreadableDate, read_date
from pipeline.names import fold

_WEEKDAYS = (
    "mon(?:day)?|montag|mo|tue(?:s(?:day)?)?|dienstag|di|wed(?:nesday)?|mittwoch|mi|thu(?:rs(?:day)?)?|donnerstag|do|"
    "fri(?:day)?|freitag|fr|sat(?:urday)?|samstag|sonnabend|sa|sun(?:day)?|sonntag|so"
)
_LAST = "last|past|letzte[rnms]?|vorige[rnms]?|vergangene[rnms]?"
_THIS = "this|the|diese[rnms]?"
_SPAN = "(week|woche|month|monat|quarter|quartal|year|jahr)(?:s|e?s)?"
_ONE = ("a", "an", "one", "ein", "einem", "einer", "eine")
_COUNT = f"([0-9]{{1,4}}|{'|'.join(_ONE)})"
_UNIT = "(day|tag|week|woche|month|monat|year|jahr)(?:e?n|s)?"
_FILLERS = re.compile("(?:the|dem|den|der) ")
_NAMED = re.compile("|".join(named_days.DAYS))
_MONTHS = {"w": 0, "m": 1, "q": 3, "y": 12, "j": 12}


def read_past(text: str, today: date) -> date:
    """Raises UnreadableDate."""
    key = _FILLERS.sub("", fold(text), count=1)
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(key):
            try:
                return read(match, today)
            except RefusedDateError as refused:
                raise UnreadableDate(refused.problem, text.strip()) from None
    if _NAMED.fullmatch(key) or (any(char.isdigit() for char in key) and not key.startswith("in ")):
        return read_date(text, _a_year_before(today))
    try:
        return read_date(f"1 {text.strip()}", _a_year_before(today))
    except UnreadableDate:
        raise UnreadableDate(DateProblem.UNREADABLE, text.strip()) from None


def _a_year_before(today: date) -> date:
    """A date without a year is the next one from here on: the last one there was."""
    leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - 1, day=28 if leap_day else today.day) + timedelta(days=1)


def _days_ago(days: int) -> Callable[[re.Match[str], date], date]:
    return lambda _match, today: today - timedelta(days=days)


def _weekday(match: re.Match[str], today: date) -> date:
    """`monday` may be today; `last monday` is before it."""
    begin = 7 if match[1] else 6
    return read_date(match[2], today - timedelta(days=begin))


def _span(match: re.Match[str], today: date) -> date:
    """The first day of this one, or of the one before."""
    months = _MONTHS[match[2][0]]
    before = bool(re.fullmatch(_LAST, match[1] or ""))
    if not months:
        return today - timedelta(days=today.weekday() + 7 * before)
    start = (today.year * 12 + today.month - 1) // months * months - before * months
    return date(start // 12, start % 12 + 1, 1)


def _ago(match: re.Match[str], today: date) -> date:
    count = 1 if match[1] in _ONE else int(match[1])
    if match[2][0] in "dt":
        return today - timedelta(days=count)
    if match[2][0] == "w":
        return today - timedelta(weeks=count)
    month = today.year * 12 + today.month - 1 - count * _MONTHS[match[2][0]]
    first = date(max(month // 12, 1), month % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(today.day, last.day))


_FORMS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]]] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        ("today|heute", _days_ago(0)),
        ("yesterday|gestern", _days_ago(1)),
        ("day before yesterday|vorgestern", _days_ago(2)),
        (rf"(?:({_LAST}) )?({_WEEKDAYS})\.?", _weekday),
        (rf"(?:({_LAST}|{_THIS}) )?{_SPAN}", _span),
        (rf"{_COUNT} {_UNIT} ago", _ago),
        (rf"vor {_COUNT} {_UNIT}", _ago),
        (rf"last {_COUNT} {_UNIT}", _ago),
        *((pattern, named_days.week_gone_by) for pattern in named_days.WEEKS),
    )
)
