"""Words that are meant as a date, whether or not one can be read of them: `mid December`, `frieday`, `Q1`.

They are asked about. Where a single word is none of a date (`by Wire`, `by May flowers`), all of them are a title's.
"""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

from handlers.date_words import COUNTS, IN_DAYS, MONTHS, WEEKDAYS, plainly

_CLOSE_ENOUGH: Final = 85
_LONGEST: Final = 60  # characters: what follows is compared with every name
_SHORTEST_MISTYPED: Final = 5
_SHORTEST_NAME: Final = 3  # `so`, `do` and `mi` are words of many kinds
_FIGURE: Final = re.compile(r"[0-9][0-9.,/:']*(?:st|nd|rd|th|am|pm|h)?|[qh][1-4]|(?:kw|cw)[0-9]+")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_MISTYPED: Final = frozenset(
    {*MONTHS, *WEEKDAYS, *(word for word in IN_DAYS if " " not in word)}
    | _words("christmas weihnachten silvester neujahr")
)
_NAMES: Final = frozenset(word for word in _MISTYPED if len(word) >= _SHORTEST_NAME) | _words(
    "xmas easter ostern pfingsten thanksgiving spring summer autumn fall winter fruehling fruehjahr sommer herbst"
    " tonight eod weekend wochenende"
)
_SPANS: Final = _words(
    "day days week weeks month months quarter quarters year years kw cw wk tag tage tagen woche wochen monat monate"
    " monats monaten quartal quartals jahr jahre jahres jahren kalenderwoche"
)
_WHICH: Final = _words(
    "this coming next last early mid middle late beginning start end ende mitte anfang diese diesen dieser dieses"
    " diesem naechste naechsten naechster naechstes naechstem kommende kommenden kommender kommendes letzte letzten"
) | {count for count, number in COUNTS.items() if number > 1}
_BETWEEN: Final = _words(
    "the of on in a an at der den dem des im am zum zur vom von morning noon afternoon evening night frueh"
    " vormittag mittag nachmittag abend"
)
_NO_DATES: Final = _words("montage")


def meant_as_date(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    words = [word.rstrip(".") for word in re.split(r"[\s,;!?-]+", plainly(text)) if word.rstrip(".")]
    known = [word in _WHICH or word in _BETWEEN or word in _SPANS or _is_name(word) for word in words]
    if not words or not all(known):
        return False
    return any(map(_is_name, words)) or not (_SPANS.isdisjoint(words) or _WHICH.isdisjoint(words))


def _is_name(word: str) -> bool:
    return word in _NAMES or bool(_FIGURE.fullmatch(word)) or _is_mistyped(word)


def _is_mistyped(word: str) -> bool:
    """By a letter or two, or cut short: `frieday`, `Dezemb`."""
    return word not in _NO_DATES and any(
        (len(word) >= _SHORTEST_MISTYPED and name.startswith(word))
        or (
            min(len(word), len(name)) >= _SHORTEST_MISTYPED
            and abs(len(word) - len(name)) <= 1
            and word[0] == name[0]
            and fuzz.ratio(word, name) >= _CLOSE_ENOUGH
        )
        for name in _MISTYPED
    )
