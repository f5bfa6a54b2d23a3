"""Names of months and days and the words around them, in English and in German: the tables behind every date that is read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

_PLAIN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "\u2019": "'", "\u02bc": "'"})


def plainly(text: str) -> str:
    """As the tables write it."""
    return unicodedata.normalize("NFC", text).casefold().translate(_PLAIN)


def _numbered(names: Iterable[str], first: int) -> MappingProxyType[str, int]:
    return MappingProxyType({name: n for n, group in enumerate(names, start=first) for name in group.split()})


MONTHS: Final = _numbered(
    (
        "january januar jaenner jan",
        "february februar feb",
        "march maerz mar maer mrz",
        "april apr",
        "may mai",
        "june juni jun",
        "july juli jul",
        "august aug",
        "september sept sep",
        "october oktober oct okt",
        "november nov",
        "december dezember dec dez",
    ),
    first=1,
)
WEEKDAYS: Final = _numbered(
    (
        "monday montag mon mo",
        "tuesday dienstag tues tue di",
        "wednesday mittwoch wed mi",
        "thursday donnerstag thurs thur thu do",
        "friday freitag fri fr",
        "saturday samstag sonnabend sat sa",
        "sunday sonntag sun so",
    ),
    first=0,
)
GONE_BY: Final = MappingProxyType(
    {
        **dict.fromkeys(("yesterday", "gestern"), -1),
        **dict.fromkeys(("vorgestern", "day before yesterday"), -2),
    }
)
IN_DAYS: Final = MappingProxyType(
    {
        **GONE_BY,
        **dict.fromkeys(("today", "heute"), 0),
        **dict.fromkeys(("tomorrow", "morgen"), 1),
        **dict.fromkeys(("uebermorgen", "day after tomorrow"), 2),
    }
)
THIS: Final = "this|coming|diese[rnms]?|kommende[rnms]?"
NEXT: Final = "next|naechste[rnms]?"
NEXT_WEEK: Final = f"(?:{NEXT}|coming|kommende[rn]?) (?:week|woche)"
NUMBER: Final = "([0-9]{1,2})"
ORDINAL: Final = rf"{NUMBER}(?:\.|st|nd|rd|th)?"
YEAR: Final = r"(?:,? ([0-9]{4}))?"
MONTH: Final = rf"({'|'.join(MONTHS)})\.?"
WEEKDAY: Final = rf"({'|'.join(WEEKDAYS)})\.?"
COUNTS: Final = _numbered(
    (
        "a an one ein eine einem einen einer",
        "two zwei",
        "three drei",
        "four vier",
        "five fuenf",
        "six sechs",
        "seven sieben",
        "eight acht",
        "nine neun",
        "ten zehn",
        "eleven elf",
        "twelve zwoelf",
    ),
    first=1,
)
COUNT: Final = rf"([0-9]{{1,9}}|{'|'.join(COUNTS)})"
SPAN: Final = r"(month|monats?|quarter|quartals?|year|jahr(?:es)?)"
