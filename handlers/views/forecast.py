"""What will be won: by currency and period, with its band, where it comes from, and how good past forecasts were."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers import blocks
from handlers.answer import Answer, told
from handlers.blocks import Block, Span, moment, rich, words
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.forecast_calls import Beside, expected_of
from handlers.views.forecast_chart import forecast_chart
from handlers.views.rounding import about
from pipeline.kept_forecasts import LEAST_WINS, KeptForecast, Period, PeriodForecast, span_of

# In less, hardly anything comes: shares of it say nothing of the forecast above.
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`name` is the pipeline's, where there are several; `currency` is the workspace's, and `now` is in its zone."""

    forecasts: Sequence[KeptForecast]
    periods: Sequence[Period]
    name: str
    money: bool
    beside: Mapping[Period, Beside] = field(default_factory=dict)
    currency: str = field(kw_only=True)
    now: datetime = field(kw_only=True)

    @property
    def today(self) -> date:
        return self.now.date()

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.now.tzinfo).date()

    def said(self, currency: str, period: Period, texts: English) -> Sequence[str]:
        """What people say of it, as far as it is told there."""
        each = self.beside.get(period)
        if each is None:
            return ()
        return list(each.lines(currency, expected_of(self.forecasts, currency, each.now.span), texts))


def forecast(facts: Foreseen, texts: English) -> Answer:
    if not facts.money:
        return told(texts.forecast_hidden())
    said_alone = list(_said_alone(facts, texts))
    if not facts.forecasts and not said_alone:
        return told(texts.forecast_unknown())
    shown: list[Block] = [blocks.header(texts.forecast_title(isolate(facts.name) if facts.name else ""))]
    shown += [rich(*_lines(each, facts, texts)) for each in facts.forecasts]
    shown += said_alone
    if not facts.forecasts:
        shown.append(blocks.context(texts.forecast_unknown()))
        return Answer(blocks.read_out(shown), shown)
    newest = max(each.as_of for each in facts.forecasts)
    shown.append(rich([words(texts.as_of), moment(newest, texts.day(facts.day_of(newest)))]))
    chart = forecast_chart(facts.forecasts, facts.periods, facts.today, facts.currency, texts)
    return Answer(blocks.read_out(shown), shown, [shown[0], chart, *shown[1:]] if chart else ())


def _lines(kept: KeptForecast, facts: Foreseen, texts: English) -> Iterator[Sequence[Span]]:
    if not kept.periods:
        yield [words(kept.currency, bold=True), words(f"  {texts.forecast_too_thin(kept.wins, LEAST_WINS)}")]
    for each in kept.periods:
        if each.period in facts.periods:
            yield _period(each, kept, facts, texts)
            yield from ([words(line)] for line in facts.said(kept.currency, each.period, texts))
    yield [words(_weighted(kept, texts))]


def _period(each: PeriodForecast, kept: KeptForecast, facts: Foreseen, texts: English) -> Sequence[Span]:
    """Until somebody has looked at a period that has begun, what is kept is of the one before."""
    over = each.is_over(facts.today)
    span = span_of(each.period, facts.today) if over else (each.first, each.last)
    said = texts.forecast_follows() if over else " ".join(_reckoned(each, kept, facts, texts))
    return [words(f"{_title(each.period, *span, texts)}: ", bold=True), words(said)]


def _reckoned(each: PeriodForecast, kept: KeptForecast, facts: Foreseen, texts: English) -> Iterator[str]:
    amount, low, high = (about(minor, kept.currency, texts) for minor in (each.expected, each.low, each.high))
    yield texts.forecast_band(amount, low, high)
    if each.won:
        yield texts.forecast_won(texts.total(each.won, kept.currency))
    from_open, from_new = (
        about(minor, kept.currency, texts, of=each.expected) for minor in (each.from_open, each.from_new)
    )
    yield texts.forecast_sources(from_open, from_new, kept.open_deals)
    if each.off_by is not None and each.days_left(facts.day_of(kept.as_of)) >= _WEEK:
        yield texts.forecast_checks(each.checks, round(each.off_by * 100))
    if each.rough:
        yield texts.forecast_rough(each.checks)
    if kept.rests_on_few:
        yield texts.forecast_sample(kept.wins)


def _title(period: Period, first: date, last: date, texts: English) -> str:
    return texts.forecast_period(period, texts.day(first), texts.day(last), (last - first).days + 1)


def _weighted(kept: KeptForecast, texts: English) -> str:
    said = texts.forecast_weighted(about(kept.weighted, kept.currency, texts), kept.outlived)
    return f"{said} {texts.forecast_unvalued(kept.unvalued)}" if kept.unvalued and kept.periods else said


def _said_alone(facts: Foreseen, texts: English) -> Iterator[Block]:
    """What people say where there is no forecast beside which it could stand."""
    foreseen = {each.currency for each in facts.forecasts if each.periods}
    for period in facts.periods:
        each = facts.beside.get(period)
        for currency in each.currencies if each else ():
            lines = () if currency in foreseen else facts.said(currency, period, texts)
            if each and lines:
                title = _title(*each.now.span, texts)
                yield rich([words(title, bold=True)], *([words(line)] for line in lines))
