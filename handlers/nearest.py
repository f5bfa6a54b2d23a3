"""What somebody may have meant whose words name no deal, or nobody."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from pipeline.finding import Called
from pipeline.names import fold
from pipeline.people import Person

OFFERED = 3
# Deals that changed last are meant more often than not, and are compared in some ten milliseconds.
COMPARED = 1000
_CLOSE = 75
_SHORTEST = 3
_MOST_WORDS = 6
# A word more that is nearly right says more than one that is quite right.
_FOR_A_WORD = 5


@dataclass(frozen=True, slots=True)
class NearDeal:
    """A deal, and the words that were typed behind its name."""

    deal: Called
    rest: str


def near_deals(deals: Sequence[Called], text: str) -> Sequence[NearDeal]:
    """The best first: as many leading words as are most like so many words of a title or company."""
    words = text.split()
    best, count = _most_like(deals, words)
    rest = " ".join(words[count:])
    return [NearDeal(deals[place], rest) for place in dict.fromkeys(best)][:OFFERED]


def _most_like(deals: Sequence[Called], words: Sequence[str]) -> tuple[list[int], int]:
    found: tuple[float, int, list[int]] = (0.0, 0, [])
    for count in range(1, min(len(words), _MOST_WORDS) + 1):
        typed = fold(" ".join(words[:count]))
        if len(typed) < _SHORTEST:
            continue
        names = [(place, name) for place, deal in enumerate(deals) for name in _names(deal, count)]
        near = process.extract(
            typed, [name for _, name in names], scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=OFFERED * 2
        )
        likeness = near[0][1] + _FOR_A_WORD * count if near else 0.0
        if likeness > found[0]:
            found = likeness, count, [names[where][0] for _, _, where in near]
    return found[2], found[1]


def _names(deal: Called, count: int) -> Iterator[str]:
    """So many words in a row."""
    for name in (deal.title, deal.company):
        words = name.split()
        for start in range(max(len(words) - count, 0) + 1):
            yield " ".join(words[start : start + count])


def near_people(people: Iterable[Person], word: str) -> Sequence[Person]:
    """Who is called so, begins so, or nearly so; the best first."""
    typed = fold(word.strip().lstrip("@"))
    if not typed:
        return ()
    scored = [(_likeness(typed, fold(person.name)), person) for person in people]
    close = [each for each in scored if each[0] >= _CLOSE]
    return [person for _, person in sorted(close, key=lambda each: -each[0])][:OFFERED]


def _likeness(typed: str, name: str) -> float:
    beginning = 90.0 if any(part.startswith(typed) for part in name.split()) else 0.0
    return max(beginning, fuzz.ratio(typed, name), *(fuzz.ratio(typed, part) for part in name.split()))
