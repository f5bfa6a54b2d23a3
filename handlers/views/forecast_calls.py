"""What people say beside a forecast: targets and what covers them, calls, categories, and what became of the last."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.rounding import about
from pipeline.calls import Call, Closing, Progress, Span, following, preceding, span_at
from pipeline.kept_forecasts import KeptForecast, Period, PeriodForecast
from pipeline.ownership import Owner
from pipeline.stages import Category

_NAMED = 3
_FAR = 9
# The surest first.
_ORDER = (Category.COMMIT, Category.BEST_CASE, Category.PIPELINE, Category.OMITTED)


@dataclass(frozen=True, slots=True)
class ToldPeriod:
    """How a period stands by currency, with the `names` of those who called; `asker` is who alone reads it."""

    span: Span
    progress: Mapping[str, Progress]
    names: Mapping[str, Owner] = field(default_factory=dict)
    asker: str | None = None

    def counting(self, currency: str) -> Sequence[Call]:
        """Whoever left calls no more: their deals are for others to take."""
        calls = self.progress[currency].calls
        return [call for call in calls if self.names[call.person_id].absence is None]

    def name(self, call: Call) -> str:
        return isolate(self.names[call.person_id].name)


@dataclass(frozen=True, slots=True)
class Beside:
    """A period and the one before it."""

    now: ToldPeriod
    before: ToldPeriod | None = None

    @property
    def currencies(self) -> Sequence[str]:
        """Of which something is said."""
        told = [currency for currency, each in self.now.progress.items() if each.says_anything]
        before = self.before.progress.items() if self.before else ()
        called = [currency for currency, each in before if each.calls]
        return sorted({*told, *called})

    def lines(self, currency: str, expected: PeriodForecast | None, texts: English) -> Iterator[str]:
        """What a sales lead asks first comes first."""
        progress = self.now.progress.get(currency)
        if progress:
            yield from target_lines(progress, texts)
            yield from _call_lines(self.now, progress, expected, texts)
            yield from _category_lines(progress, texts)
        if self.before and self.before.asker and currency in self.before.progress:
            yield from became_lines(self.before, currency, texts, of=self.before.asker)


def span_title(span: Span, today: date, texts: English) -> str:
    present = span_at(span.period, today)
    places = {present: 0, following(present): 1, preceding(present): -1}
    return texts.span_title(span.period, places.get(span, _FAR), texts.day(span.first), texts.day(span.last))


def expected_of(forecasts: Sequence[KeptForecast], currency: str, span: Span) -> PeriodForecast | None:
    periods = (each for kept in forecasts if kept.currency == currency for each in kept.periods)
    return next((each for each in periods if (each.period, each.first) == span[:2]), None)


def target_lines(progress: Progress, texts: English, *, named: bool = True) -> Iterator[str]:
    """How far it is to the target, which is `named` unless it was a moment ago."""

    def say(minor: int) -> str:
        return texts.total(minor, progress.currency)

    if progress.target is None:
        return
    target = texts.target_named(say(progress.target)) if named else ""
    won = say(progress.won) if progress.won else ""
    if not progress.left:
        yield f"{target}{texts.target_reached(won)}"
        return
    ahead = f"{target}{texts.target_ahead(won, say(progress.left))}"
    if progress.open_value:
        covered = texts.coverage(say(progress.open_value), texts.number(progress.coverage or 0))
    else:
        covered = texts.coverage_none()
    yield f"{ahead} {covered}"


def _call_lines(
    told: ToldPeriod, progress: Progress, expected: PeriodForecast | None, texts: English
) -> Iterator[str]:
    calls = told.counting(progress.currency)
    own = sorted((call for call in calls if not call.team), key=lambda call: -call.amount.minor)
    if own:
        named = [f"{told.name(call)} {texts.money(call.amount)}" for call in own[:_NAMED]]
        together = sum(call.amount.minor for call in own)
        total = texts.total(together, progress.currency) if len(own) > 1 else ""
        yield texts.calls_own(named, len(own) - len(named), total)
    for call in [call for call in calls if call.team][-_NAMED:]:
        more, fewer = _beside(call, expected, texts)
        yield texts.calls_of_team(told.name(call), texts.money(call.amount), more, fewer)


def _beside(call: Call, expected: PeriodForecast | None, texts: English) -> tuple[str, str]:
    if expected is None or expected.expected == call.amount.minor:
        return "", ""
    off = call.amount.minor - expected.expected
    said = about(abs(off), call.amount.currency, texts)
    return (said, "") if off > 0 else ("", said)


def _category_lines(progress: Progress, texts: English) -> Iterator[str]:
    known = {each.category: each for each in progress.closing}
    parts = [_part(known[each], progress.currency, texts) for each in _ORDER if each in known]
    if not parts and progress.unvalued:
        yield texts.closing_by_category(texts.unvalued_part(progress.unvalued))
    elif parts:
        line = texts.closing_by_category(", ".join(parts))
        unvalued = texts.closing_unvalued(progress.unvalued) if progress.unvalued else ""
        yield f"{line} {unvalued}".strip()


def _part(each: Closing, currency: str, texts: English) -> str:
    return texts.category_part(texts.category(each.category), texts.total(each.minor, currency), each.deals)


def became_lines(told: ToldPeriod, currency: str, texts: English, *, of: str | None = None) -> Iterator[str]:
    """What came of the calls of a period that is over; `of` one person, or of all."""
    progress, period = told.progress[currency], texts.last_period(told.span.period)
    calls = [call for call in progress.calls if of in (None, call.person_id)]
    for call in calls:
        name = "" if call.person_id == told.asker else told.name(call)
        say = texts.became_team if call.team else texts.became_own
        yield say(name, period, texts.money(call.amount), texts.total(progress.became(call), currency))
    foreseen = [(call.at, call.foreseen) for call in calls if call.foreseen is not None]
    if foreseen:
        yield _foreseen(max(foreseen), progress, texts, of_all=all(not call.team for call in calls))


def _foreseen(newest: tuple[datetime, int], progress: Progress, texts: English, *, of_all: bool) -> str:
    said = about(newest[1], progress.currency, texts)
    if of_all:
        return texts.forecast_then_of_all(said, texts.total(progress.won, progress.currency))
    return texts.forecast_then(said)


def is_beside(period: Period, periods: Sequence[Period]) -> bool:
    """The next 30 days overlap what people plan by: only who asks for them alone is told what closes in them."""
    return period is not Period.DAYS or len(periods) == 1
