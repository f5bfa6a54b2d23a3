"""What narrows a list down, as people type it, in English and in German."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.amounts import UnreadableAmount, read_amount
from handlers.resolution import leading_stage
from handlers.slack_text import Decoded
from pipeline.finding import Wanted
from pipeline.names import fold
from pipeline.people import Person
from pipeline.stages import Pipeline

# Words of a name, at most.
LONGEST_NAME = 16

Period = tuple[date, date]
Taken = tuple[Wanted, int] | None
"""With the filter, and how many words it took."""


class UnknownFilter(ValueError):  # noqa: N818 - a refusal to guess, not a defect
    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and what their words are understood by."""

    person_id: str
    currency: str
    pipeline: Pipeline
    absent_owners: Callable[[], Sequence[Person]] = tuple
    """Whom Slack lets nobody mention any more; asked for by name."""


def read_filters(rest: Decoded, asking: Asking, wanted: Wanted) -> Wanted:
    """Filters in any order. Raises UnknownFilter or UnreadableAmount, naming the word."""
    words = _words(rest)
    while words:
        for take in (_plain, _owner, _closing, _over, _stage):
            taken = take(words, rest, asking, wanted)
            if taken:
                wanted, count = taken
                words = words[count:]
                break
        else:
            raise UnknownFilter(rest.spelled(words[0]))
    return wanted


def _words(rest: Decoded) -> list[str]:
    apart = "".join(f" {char} " if char in rest.mentions else char for char in rest.text)
    words = (word.strip(",;") for word in apart.replace(">", " over ").split())
    return [word for word in words if word and fold(word) not in _FILLERS]


def _plain(words: Sequence[str], _rest: Decoded, asking: Asking, wanted: Wanted) -> Taken:
    word = fold(words[0])
    if word in _UNOWNED:
        return replace(wanted, unowned=True), 1
    if word in _WITHOUT and fold(words[1] if len(words) > 1 else "") in _ANY_OWNER:
        return replace(wanted, unowned=True), 2
    if word in _PARKED:
        return replace(wanted, parked=True), 1
    if word in _MINE:
        return replace(wanted, owner_ids=(*wanted.owner_ids, asking.person_id)), 1
    if word in _STALE:
        return replace(wanted, stale=True), 1
    return (replace(wanted, overdue=True), 1) if word in _OVERDUE else None


def _owner(words: Sequence[str], rest: Decoded, asking: Asking, wanted: Wanted) -> Taken:
    person_id = rest.person(words[0])
    if person_id:
        return replace(wanted, owner_ids=(*wanted.owner_ids, person_id)), 1
    return _former_owner(words, asking, wanted) if words[0].startswith("@") else None


def _former_owner(words: Sequence[str], asking: Asking, wanted: Wanted) -> Taken:
    absent = asking.absent_owners()
    for count in range(min(len(words), LONGEST_NAME), 0, -1):
        name = fold(" ".join(words[:count]).removeprefix("@"))
        found = [person.id for person in absent if fold(person.name) == name]
        if found:
            return replace(wanted, owner_ids=(*wanted.owner_ids, *found)), count
    return None


def _closing(words: Sequence[str], _rest: Decoded, _asking: Asking, wanted: Wanted) -> Taken:
    """Without a period `closing` is the stage of that name."""
    if fold(words[0]) not in _CLOSING:
        return None
    for count in (2, 1):
        period = _PERIODS.get(fold(" ".join(words[1 : 1 + count])))
        if period:
            return replace(wanted, closing=period(wanted.today)), 1 + count
    return None


def _over(words: Sequence[str], rest: Decoded, asking: Asking, wanted: Wanted) -> Taken:
    if fold(words[0]) not in _OVER or len(words) == 1:
        return None
    for count in (3, 2):
        try:
            amount = read_amount(" ".join(words[1 : 1 + count]), asking.currency)
        except UnreadableAmount:
            continue
        return replace(wanted, over=amount), 1 + min(count, len(words) - 1)
    try:
        return replace(wanted, over=read_amount(words[1], asking.currency)), 2
    except UnreadableAmount as unreadable:
        unreadable.word = rest.spelled(unreadable.word)
        raise


def _stage(words: Sequence[str], _rest: Decoded, asking: Asking, wanted: Wanted) -> Taken:
    found = leading_stage(asking.pipeline, words[:LONGEST_NAME])
    if found is None:
        return None
    stage, count = found
    closed_too = wanted.closed_too or not stage.is_open
    return replace(wanted, stage_ids=(*wanted.stage_ids, stage.id), closed_too=closed_too), count


def _days(first: int, last: int) -> Callable[[date], Period]:
    return lambda today: (today + timedelta(days=first), today + timedelta(days=last))


def _week(ahead: int) -> Callable[[date], Period]:
    def week(today: date) -> Period:
        monday = today + timedelta(days=7 * ahead - today.weekday())
        return monday, monday + timedelta(days=6)

    return week


def _months(length: int, ahead: int = 0) -> Callable[[date], Period]:
    """The month, quarter or year that today lies in, or a later one."""

    def months(today: date) -> Period:
        start = (today.year * 12 + today.month - 1) // length * length + ahead * length
        return _first_of(start), _first_of(start + length) - timedelta(days=1)

    return months


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _folded(*words: str) -> frozenset[str]:
    return frozenset(map(fold, words))


_FILLERS = _folded("and", "und", "in", "deals", "deal", "open", "offen", "offene", "offenen", "still")
_MINE = _folded("mine", "my", "meine", "meiner", "mein")
_STALE = _folded("stale", "old", "liegt", "liegen", "alt", "alte")
_OVERDUE = _folded("overdue", "late", "überfällig", "überfällige", "ueberfaellig")
_UNOWNED = _folded("unowned", "unclaimed", "nobody", "besitzerlos", "herrenlos", "niemand", "niemandem")
_WITHOUT = _folded("no", "without", "ohne")
_ANY_OWNER = _folded("owner", "besitzer", "besitzerin")
_PARKED = _folded(
    "parked", "resting", "nurtured", "geparkt", "geparkte", "ruht", "ruhen", "ruhend", "ruhende"
)
_OVER = _folded("over", "above", "über", "ueber")
_CLOSING = _folded("closing", "closes", "close", "schließt", "schließen", "abschluss")
_PERIODS: Mapping[str, Callable[[date], Period]] = {
    fold(phrase): period
    for phrases, period in (
        (("today", "heute"), _days(0, 0)),
        (("tomorrow", "morgen"), _days(1, 1)),
        (("this week", "diese woche"), _week(0)),
        (("next week", "nächste woche", "naechste woche"), _week(1)),
        (("this month", "diesen monat"), _months(1)),
        (("next month", "nächsten monat", "naechsten monat"), _months(1, 1)),
        (("this quarter", "dieses quartal"), _months(3)),
        (("next quarter", "nächstes quartal", "naechstes quartal"), _months(3, 1)),
        (("this year", "dieses jahr"), _months(12)),
    )
    for phrase in phrases
}
