"""A period in what people type, and what else is said there: an amount, a pipeline, whose deals."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.vocabulary.forecasting import FILLERS, NEXT_WORDS, OWN_WORDS, PERIOD_WORDS, TEAM_WORDS
from pipeline.calls import Span, following, span_at
from pipeline.kept_forecasts import Period
from pipeline.names import fold

_INSIDE = re.compile(r"(.*?)(?:^|\s)in\s+(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r",(?=\s|$)")
_MOST_WORDS = 3
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(20[0-9]{2})-q([1-4])", re.IGNORECASE)
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
    text = " ".join(_BETWEEN.sub(" ", text).split())
    inside = _INSIDE.fullmatch(text)
    spans: list[Span] = []
    team: bool | None = None
    rest: list[str] = []
    for words in _phrases((inside[1] if inside else text).split()):
        folded = fold(words)
        span = _span(folded, today)
        if span:
            spans.append(span)
        elif folded in TEAM_WORDS or folded in OWN_WORDS:
            team = folded in TEAM_WORDS
        elif folded not in FILLERS:
            rest.append(words)
    return PeriodLine(spans, inside[2] if inside else None, team, " ".join(rest))


def spelled(span: Span) -> str:
    """As a button writes it, whenever it is pressed."""
    if span.period is Period.MONTH:
        return f"{span.first:%Y-%m}"
    return f"{span.first.year}-Q{(span.first.month + 2) // 3}"


def _phrases(words: Sequence[str]) -> Iterator[str]:
    """The longest run of words that is a period, else single ones."""
    left = list(words)
    while left:
        length = next(
            (n for n in range(_MOST_WORDS, 1, -1) if fold(" ".join(left[:n])) in _NAMED and len(left) >= n), 1
        )
        yield " ".join(left[:length])
        left = left[length:]


def _span(folded: str, today: date) -> Span | None:
    if folded in _NAMED:
        period, ahead = _NAMED[folded]
        span = span_at(period, today)
        return following(span) if ahead else span
    if month := _MONTH.fullmatch(folded):
        return span_at(Period.MONTH, date(int(month[1]), int(month[2]), 1))
    if quarter := _QUARTER.fullmatch(folded):
        return span_at(Period.QUARTER, date(int(quarter[1]), int(quarter[2]) * 3 - 2, 1))
    return None


_NAMED: Mapping[str, tuple[Period, bool]] = {
    fold(word): (period, ahead)
    for table, ahead in ((PERIOD_WORDS, False), (NEXT_WORDS, True))
    for period in _CALENDAR
    for word in table[period]
}
