"""A period in what people type, and what else is said there: an amount, a pipeline, whose deals."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.date_words import MONTHS, plainly
from handlers.vocabulary.forecasting import FILLERS, NEXT_WORDS, OWN_WORDS, PERIOD_WORDS, TEAM_WORDS
from pipeline.calls import Span, following, span_at
from pipeline.kept_forecasts import Period
from pipeline.names import fold

_INSIDE = re.compile(r"(.*?)(?:^|\s)in\s+(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r",(?=\s|$)")
_MOST_WORDS = 3
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(?P<year>20[0-9]{2})[- ]?q(?P<number>[1-4])")
# "Q1", "Q1 2027" and "March 2027": without a year the next one that is not over.
_NAMED_QUARTER = re.compile(r"q(?P<number>[1-4])(?:[ /-]?(?P<year>20[0-9]{2}))?")
_NAMED_MONTH = re.compile(r"(?P<name>[a-z]+)(?: (?P<year>20[0-9]{2}))?")
_CALENDAR = (Period.MONTH, Period.QUARTER)


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """`rest` is what is left once periods, pipeline and reach are taken out; `team` is None where neither was said."""

    spans: Sequence[Span]
    pipeline: str | None
    team: bool | None
    rest: str


def read_period_line(text: str, today: date) -> PeriodLine:
    """Total: whatever is not understood is left in `rest`."""
    said, pipeline = apart(" ".join(_BETWEEN.sub(" ", text).split()), today)
    spans: list[Span] = []
    team: bool | None = None
    rest: list[str] = []
    for words in _phrases(said.split(), today):
        folded = fold(words)
        span = read_span(words, today)
        if span:
            spans.append(span)
        elif folded in TEAM_WORDS or folded in OWN_WORDS:
            team = folded in TEAM_WORDS
        elif folded not in FILLERS:
            rest.append(words)
    return PeriodLine(spans, pipeline, team, " ".join(rest))


def apart(text: str, today: date) -> tuple[str, str | None]:
    """What is said, and the pipeline that it is said of: `in Partners`, but not `in January`."""
    inside = _INSIDE.fullmatch(text)
    if inside is None:
        return text, None
    if read_span(next(_phrases(inside[2].split(), today)), today) is None:
        return inside[1], inside[2]
    said, pipeline = apart(inside[2], today)
    return f"{inside[1]} {said}", pipeline


def spelled(span: Span) -> str:
    """As a button writes it, whenever it is pressed."""
    if span.period is Period.MONTH:
        return f"{span.first:%Y-%m}"
    return f"{span.first.year}-Q{(span.first.month + 2) // 3}"


def read_span(words: str, today: date) -> Span | None:
    """The month or the quarter that all of the words name."""
    folded = fold(words)
    if folded in _NAMED:
        period, ahead = _NAMED[folded]
        span = span_at(period, today)
        return following(span) if ahead else span
    if month := _MONTH.fullmatch(folded):
        return span_at(Period.MONTH, date(int(month[1]), int(month[2]), 1))
    if quarter := _QUARTER.fullmatch(folded) or _NAMED_QUARTER.fullmatch(folded):
        return _span_from(Period.QUARTER, int(quarter["number"]) * 3 - 2, quarter["year"], today)
    named = _NAMED_MONTH.fullmatch(plainly(words))
    if named and (number := MONTHS.get(named["name"])):
        return _span_from(Period.MONTH, number, named["year"], today)
    return None


def _span_from(period: Period, month: int, year: str | None, today: date) -> Span:
    if year:
        return span_at(period, date(int(year), month, 1))
    span = span_at(period, date(today.year, month, 1))
    return span if span.last >= today else span_at(period, date(today.year + 1, month, 1))


def _phrases(words: Sequence[str], today: date) -> Iterator[str]:
    """The longest run of words that is a period, else single ones."""
    left = list(words)
    while left:
        runs = range(min(_MOST_WORDS, len(left)), 1, -1)
        length = next((n for n in runs if read_span(" ".join(left[:n]), today)), 1)
        yield " ".join(left[:length])
        left = left[length:]


_NAMED: Mapping[str, tuple[Period, bool]] = {
    fold(word): (period, ahead)
    for table, ahead in ((PERIOD_WORDS, False), (NEXT_WORDS, True))
    for period in _CALENDAR
    for word in table[period]
}
