"""Amounts as people type them, in English and in German. What could mean two things is refused.

One separator before exactly three digits groups thousands in both languages; of two different separators
the last is decimal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from handlers.currencies import EVERYDAY, ONLY_WITH_CURRENCY, SCALES, SIGNS, WORD_LIKE, WORDS, currencies_of
from pipeline.money import EXPONENTS, LIMIT, Money, exponent


class AmountProblem(StrEnum):
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    NEGATIVE = "negative"
    NOT_FINITE = "not_finite"
    EXPONENT = "exponent"
    UNDERSCORE = "underscore"
    DIGITS = "digits"
    TOO_LARGE = "too_large"
    TOO_PRECISE = "too_precise"
    UNKNOWN_CURRENCY = "unknown_currency"
    AMBIGUOUS_CURRENCY = "ambiguous_currency"
    TWO_CURRENCIES = "two_currencies"
    TWO_AMOUNTS = "two_amounts"


class UnreadableAmount(ValueError):  # noqa: N818 - a refusal to guess, not a defect
    """Why `word` is no amount; `currency` is known where its decimals or its limit are the reason."""

    def __init__(self, problem: AmountProblem, word: str, currency: str | None = None) -> None:
        super().__init__(problem, word, currency)
        self.problem = problem
        self.word = word
        self.currency = currency


@dataclass(frozen=True, slots=True)
class FoundAmount:
    money: Money
    start: int
    end: int


_UNSETTLED: Final = "kr"  # four countries' money, none of them the likely one

_QUOTES: Final = '"“”„«»'
_SPACE: Final = " \u00a0\u202f\u2009\u2007"
_MINUS: Final = "-\u2212\u2013"
_PARTS: Final = re.compile(r"(?P<head>[^0-9]*)(?P<number>[0-9](?:.*[0-9])?)(?P<tail>[^0-9]*)", re.DOTALL)
_ROUND: Final = re.compile(r"[.,][-\u2013\u2014]{1,2}")  # 12,- and CHF 12.-
_GROUPED: Final = re.compile(
    rf"(?P<whole>[1-9][0-9]{{0,2}}(?P<sep>[{_SPACE}'\u2019.,])[0-9]{{3}}(?:(?P=sep)[0-9]{{3}})*)"
    r"(?:(?!(?P=sep))[.,](?P<frac>[0-9]+))?"
)
_PLAIN: Final = re.compile(r"(?P<whole>0|[1-9][0-9]*)(?:[.,](?P<frac>[0-9]+))?")
_GROUP: Final = 3
_MOST_DIGITS: Final = 40
_EXPONENT: Final = re.compile(r"[0-9]\s*[eE][-+]?[0-9]")
_SIGNED: Final = re.compile(rf"[^0-9]*[{_MINUS}+]\s*[^0-9,.]*[.,]?[0-9]")
_NOT_FINITE: Final = frozenset({"nan", "inf", "infinity", "unendlich", "∞"})


def read_amount(text: str, default_currency: str) -> Money:
    """The amount that a whole text is: a form field, an argument. A bare number is the default currency's."""
    word = text.strip().strip(_QUOTES).strip()
    _refuse_forms(word)
    parts = _PARTS.fullmatch(word)
    if parts is None:
        raise UnreadableAmount(AmountProblem.UNREADABLE, word)
    tail = _ROUND.sub("", parts["tail"], count=1) if _ROUND.match(parts["tail"]) else parts["tail"]
    head_scale, head_money = _read_mark(parts["head"], word)
    tail_scale, tail_money = _read_mark(tail, word)
    if head_scale and tail_scale:
        raise UnreadableAmount(AmountProblem.UNREADABLE, word)
    currency = _settle([mark for mark in (head_money, tail_money) if mark], default_currency, word)
    return _reckon(parts["number"], head_scale or tail_scale, currency, word)


def _refuse_forms(word: str) -> None:
    """What a program would take for a number and a person does not write as an amount."""
    if "_" in word:
        raise UnreadableAmount(AmountProblem.UNDERSCORE, word)
    if any(char.isnumeric() and not char.isascii() for char in word):
        raise UnreadableAmount(AmountProblem.DIGITS, word)
    if word.strip(_MINUS + "+").casefold() in _NOT_FINITE:
        raise UnreadableAmount(AmountProblem.NOT_FINITE, word)
    if signed := _SIGNED.match(word):
        negative = any(minus in signed[0] for minus in _MINUS)
        raise UnreadableAmount(AmountProblem.NEGATIVE if negative else AmountProblem.UNREADABLE, word)
    if _EXPONENT.search(word):
        raise UnreadableAmount(AmountProblem.EXPONENT, word)


def _read_mark(mark: str, word: str) -> tuple[int, str]:
    """The scale and the currency word that stand beside a number: `Mio. €`, `TEUR`, `k`."""
    lower = mark.strip().casefold()
    if not lower or currencies_of(lower):
        return 0, lower
    for name in sorted(SCALES, key=len, reverse=True):
        rest = lower.removeprefix(name).removeprefix(".").strip()
        if lower.startswith(name) and (currencies_of(rest) or (not rest and name != ONLY_WITH_CURRENCY)):
            return SCALES[name], rest
    raise _unread_mark(mark.strip(), word)


def _unread_mark(mark: str, word: str) -> UnreadableAmount:
    scale, _, behind = mark.rpartition(" ")
    if scale.casefold() in SCALES:
        mark = behind
    like_currency = re.fullmatch(r"[^\W\d_]{3}", mark) or (
        len(mark) == 1 and unicodedata.category(mark) == "Sc"
    )
    if like_currency:
        return UnreadableAmount(AmountProblem.UNKNOWN_CURRENCY, mark)
    return UnreadableAmount(AmountProblem.UNREADABLE, word)


def _settle(marks: Sequence[str], default_currency: str, word: str) -> str:
    if not marks:
        return default_currency
    first, *others = map(currencies_of, marks)
    meant = [code for code in first if all(code in other for other in others)]
    if not meant:
        raise UnreadableAmount(AmountProblem.TWO_CURRENCIES, word)
    if default_currency in meant:
        return default_currency
    if len(meant) > 1 and marks[0] == _UNSETTLED:
        raise UnreadableAmount(AmountProblem.AMBIGUOUS_CURRENCY, marks[0])
    return meant[0]


def _reckon(number: str, scale: int, currency: str, word: str) -> Money:
    if len(number) > _MOST_DIGITS:
        raise UnreadableAmount(AmountProblem.TOO_LARGE, word, currency)
    whole, decimals = _digits(number, currency, word)
    shift = scale + exponent(currency) - len(decimals)
    if shift < 0:
        raise UnreadableAmount(AmountProblem.TOO_PRECISE, word, currency)
    minor = int(whole + decimals) * 10**shift
    if minor >= LIMIT:
        raise UnreadableAmount(AmountProblem.TOO_LARGE, word, currency)
    return Money(minor, currency)


def _digits(number: str, currency: str, word: str) -> tuple[str, str]:
    """The digits before and after the decimal separator, the last zeros left out."""
    if grouped := _GROUPED.fullmatch(number):
        separators = re.findall("[.,]", number)
        if len(separators) == 1 and not grouped["frac"] and exponent(currency) >= _GROUP:
            raise UnreadableAmount(AmountProblem.AMBIGUOUS, word, currency)
        return re.sub("[^0-9]", "", grouped["whole"]), (grouped["frac"] or "").rstrip("0")
    plain = _PLAIN.fullmatch(number)
    if plain is None or (len(plain["frac"] or "") == _GROUP and plain["whole"] != "0"):
        raise UnreadableAmount(AmountProblem.UNREADABLE, word)
    return plain["whole"], (plain["frac"] or "").rstrip("0")


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SIGN_OR_CODE: Final = rf"(?i:{_any_of([*SIGNS, *EVERYDAY])})|{_any_of([*EXPONENTS])}"
_CURRENCY: Final = rf"(?i:{_any_of([*WORDS])})|{_SIGN_OR_CODE}"
_SCALE_WORD: Final = r"(?i:mio|mrd|tsd|mln|mn|bn)\.?"
# Beside a currency only: `10 million users` is a title.
_LONG_SCALE: Final = r"(?i:thousand|tausend|millions?|millionen|milliarden?)"
_NUMBER: Final = (
    rf"[{_MINUS}+]?(?:[0-9]{{1,3}}(?:[{_SPACE}][0-9]{{3}})+(?![0-9])|[0-9])"
    r"(?:[0-9]|[.,'\u2019_](?=[0-9])|[eE][-+]?(?=[0-9]))*(?:[.,][-\u2013\u2014]{1,2})?"
)
_COMPANY: Final = "3M"
# `Q4,12k` is a word and an amount, or half a word and 4.12k.
_GLUED: Final = re.compile(r"[\w.,/-]*[0-9],$")
# An amount may stand in brackets, or between commas without a space: `Acme (12k)`, `Acme,12k`.
_BEGINS: Final = r"(?:(?<![^\s(\[])|(?<=\S[,;]))"
_ENDS: Final = r"(?=[)\]]?[.,;:!?]?(?:\s|$)|[)\]]?[,;](?![0-9])|(?<![0-9])[,;])"
_CANDIDATE: Final = re.compile(
    rf"{_BEGINS}(?P<sign>[{_MINUS}+])?"
    rf"(?:(?P<head>(?:[kmtKMT]|{_SCALE_WORD}[{_SPACE}]?)?(?P<code>{_SIGN_OR_CODE}))[{_SPACE}]?)?"
    rf"(?P<number>{_NUMBER})"
    rf"(?P<tail>[{_SPACE}]?(?:[kmtKMT]|{_SCALE_WORD}|{_LONG_SCALE})?[{_SPACE}]?(?P<currency>{_CURRENCY})"
    rf"|[{_SPACE}]?[kK]|[mM]|[{_SPACE}]?{_SCALE_WORD})?"
    rf"{_ENDS}"
)
_BARE: Final = re.compile(
    rf"(?:(?P<inside>(?<=[(\[]))|{_BEGINS}(?<![0-9],))"
    rf"(?:{_COMPANY}|(?:[1-9][0-9]{{0,2}}(?:[{_SPACE}][0-9]{{3}})+|[1-9][0-9]*)(?: {_LONG_SCALE})?)"
    r"(?(inside)(?=[)\]])|(?=[,;:!?]?(?:\s|$)))"
)
# `12k/year` and `99 €/seat`: so much each time is not yet what a deal is worth.
_TIME: Final = (
    r"(?i:(?:\s?/\s?|\s(?:per|pro)\s)(?:yr|years?|mo|months?|quarters?|weeks?|days?|hours?|hr|h|users?|seats?"
    r"|jahr|monat|quartal|woche|tag|stunde|std|nutzer|platz)|\s?p\.\s?[am]\.)(?!\w)"
)
_EACH_TIME: Final = re.compile(rf"[{_SPACE}]?(?:{_CURRENCY})?{_TIME}")
_EACH: Final = re.compile(
    rf"(?<![^\s(\[])(?=[^\s/]*[0-9])(?![0-9.,]+{_TIME})[^\s/()\[\]]+(?:[{_SPACE}](?:{_CURRENCY}))?(?={_TIME})"
)
# Alone they are words of a title: `Infinity Pool`, `Nan's Bakery`.
_NEVER_FINITE: Final = rf"(?i:{_any_of([*_NOT_FINITE])})"
_ENDLESS: Final = re.compile(
    rf"(?<!\S)[{_MINUS}+]?(?:{_NEVER_FINITE}[{_SPACE}]?(?:{_SIGN_OR_CODE})|(?:{_SIGN_OR_CODE})[{_SPACE}]?{_NEVER_FINITE}){_ENDS}"
)
_YEAR: Final = re.compile("19[0-9]{2}|20[0-9]{2}|2100")
_CENTS: Final = re.compile(r"[^.,]*[.,][0-9]{2}")


def find_amount(text: str, default_currency: str) -> FoundAmount | None:
    """The one value in a title line: a number with a currency, a suffix, thousands or cents.

    What is clearly meant as an amount and cannot be read is refused; every other number is the title's.
    """
    if endless := _ENDLESS.search(text):
        raise UnreadableAmount(AmountProblem.NOT_FINITE, endless[0])
    found = [amount for match in _CANDIDATE.finditer(text) if (amount := _take(match, default_currency))]
    if len(found) > 1:
        raise UnreadableAmount(AmountProblem.TWO_AMOUNTS, text[found[1].start : found[1].end])
    return found[0] if found else None


def _take(match: re.Match[str], default_currency: str) -> FoundAmount | None:
    start, end = match.span()
    number, tail = match["number"], match["tail"]
    head = match["head"]
    if match["code"] in WORD_LIKE and (match["currency"] or (number.isdigit() and not tail)):
        start, head = match.start("number"), None
    if match["currency"] in WORD_LIKE and number.isdigit() and not head:
        return None
    word = match.string[start:end]
    if _is_company(match) or _EACH_TIME.match(match.string, end):
        return None
    glued = _GLUED.search(match.string, max(start - _MOST_DIGITS, 0), start)
    if head or tail:
        if glued:
            raise UnreadableAmount(AmountProblem.AMBIGUOUS, glued[0] + word)
        _refuse_split(number, word)
        return FoundAmount(read_amount(word, default_currency), start, end)
    if match["sign"] or glued or match.string.startswith(".", end) or not _separated(number, word):
        return None
    return _read_unmarked(word, default_currency, start, end)


def _is_company(match: re.Match[str]) -> bool:
    """`Tape (3M)` and `Siemens,3M`: it stays in the title, and is offered."""
    return match[0] == _COMPANY and match.string[: match.start()].endswith(("(", "[", ",", ";"))


def _refuse_split(number: str, word: str) -> None:
    """`Phase 2 500 €`: a plain space groups only where the group could not begin a number of its own."""
    if re.search(" [1-9]", number):
        raise UnreadableAmount(AmountProblem.AMBIGUOUS, word)


def _separated(number: str, word: str) -> bool:
    """A number with thousands or cents; `4.0` and `1.2.3` are names, a date is no amount."""
    if not (_CENTS.fullmatch(number) or _GROUPED.fullmatch(number)):
        return False
    if " " in number and not re.search("[.,]", number):
        return False
    _refuse_split(number, word)
    return True


def _read_unmarked(word: str, default_currency: str, start: int, end: int) -> FoundAmount | None:
    try:
        return FoundAmount(read_amount(word, default_currency), start, end)
    except UnreadableAmount as unreadable:
        if unreadable.problem is AmountProblem.AMBIGUOUS:
            raise
        return None


def bare_number(text: str, default_currency: str) -> FoundAmount | None:
    """The last plain number of a title, or what it says of each year, to be offered as its value; a year is not."""
    for match in reversed([*_bare(text), *_EACH.finditer(text)]):
        try:
            return FoundAmount(read_amount(match[0], default_currency), *match.span())
        except UnreadableAmount:
            continue
    return None


def _bare(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _BARE.finditer(text) if not _YEAR.fullmatch(match[0]))
