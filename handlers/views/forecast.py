"""What will be won: by currency and period, with its band, where it comes from, and how good past forecasts were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from handlers import blocks
from handlers.answer import Answer, told
from handlers.blocks import Block, Span, moment, rich, words
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.forecast_chart import forecast_chart
from pipeline.kept_forecasts import LEAST_WINS, KeptForecast, Period, PeriodForecast
from pipeline.money import exponent

# So many digits of a forecast are worth saying.
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`name` is the pipeline's, where there are several; `currency` is the workspace's."""

    forecasts: Sequence[KeptForecast]
    periods: Sequence[Period]
    name: str
    money: bool
    currency: str = field(kw_only=True)


def forecast(facts: Foreseen, texts: English) -> Answer:
    if not facts.money:
        return told(texts.forecast_hidden())
    if not facts.forecasts:
        return told(texts.forecast_unknown())
    shown: list[Block] = [blocks.header(texts.forecast_title(isolate(facts.name) if facts.name else ""))]
    shown += [rich(*_lines(each, facts.periods, texts)) for each in facts.forecasts]
    newest = max(each.as_of for each in facts.forecasts)
    shown.append(rich([words(texts.as_of), moment(newest, texts.day(newest.date()))]))
    chart = forecast_chart(facts.forecasts, facts.periods, facts.currency, texts)
    return Answer(blocks.read_out(shown), shown, [shown[0], chart, *shown[1:]] if chart else ())


def _lines(kept: KeptForecast, periods: Sequence[Period], texts: English) -> Iterator[Sequence[Span]]:
    if not kept.periods:
        yield [words(kept.currency, bold=True), words(f"  {texts.forecast_too_thin(kept.wins, LEAST_WINS)}")]
    for each in kept.periods:
        if each.period in periods:
            yield _period(each, kept, texts)
    yield [words(_weighted(kept, texts))]


def _period(each: PeriodForecast, kept: KeptForecast, texts: English) -> Sequence[Span]:
    amount, low, high = (
        _about(minor, kept.currency, texts) for minor in (each.expected, each.low, each.high)
    )
    parts = [texts.forecast_band(amount, low, high)]
    if each.won:
        parts.append(texts.forecast_won(texts.total(each.won, kept.currency)))
    from_open, from_new = (_about(minor, kept.currency, texts) for minor in (each.from_open, each.from_new))
    parts.append(texts.forecast_sources(from_open, from_new, kept.open_deals))
    if each.off_by is not None:
        parts.append(texts.forecast_checks(each.checks, round(each.off_by * 100)))
    if each.rough:
        parts.append(texts.forecast_rough(each.checks))
    days = (each.last - each.first).days + 1
    title = texts.forecast_period(each.period, texts.day(each.first), texts.day(each.last), days)
    return [words(f"{title}: ", bold=True), words(" ".join(parts))]


def _weighted(kept: KeptForecast, texts: English) -> str:
    said = texts.forecast_weighted(_about(kept.weighted, kept.currency, texts), kept.outlived)
    return f"{said} {texts.forecast_unvalued(kept.unvalued)}" if kept.unvalued and kept.periods else said


def _about(minor: int, currency: str, texts: English) -> str:
    """Never finer than a whole unit of the currency."""
    unit = 10 ** exponent(currency)
    whole = round(minor / unit)
    places = max(len(str(abs(whole))) - _DIGITS, 0)
    return texts.total(round(whole, -places) * unit, currency)
