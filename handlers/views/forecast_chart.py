"""What will be won as a chart: for each period what is won already, and what is to come from where."""

from collections.abc import Sequence
from datetime import date

from handlers.blocks import Block
from handlers.texts.english import English
from handlers.views.charts import Scale, bar_chart, drawn_currency
from pipeline.kept_forecasts import KeptForecast, Period, PeriodForecast


def forecast_chart(
    forecasts: Sequence[KeptForecast], periods: Sequence[Period], today: date, own: str, texts: English
) -> Block | None:
    """Of the workspace's own currency, or of that with the most deals. Slack stacks no bars: they stand side by side."""
    known = {each.currency: each for each in forecasts if each.periods}
    currency = drawn_currency({each.currency: each.open_deals for each in known.values()}, own)
    if currency is None:
        return None
    kept = [each for each in known[currency].periods if each.period in periods]
    shown = [each for each in kept if not each.is_over(today)]
    if not shown:
        return None
    parts = [_parts(each) for each in shown]
    scale = Scale.of(currency, [amount for each in parts for amount in each])
    drawn = [scale.drawn(each) for each in parts]
    title, axis = texts.forecast_chart(currency), scale.named(texts)
    sources = texts.forecast_series()
    if len(shown) == 1:
        # One period alone: its parts are the bars.
        name = texts.forecast_category(shown[0].period)
        return bar_chart(title, sources, {name: drawn[0]}, axis)
    series = {name: [each[place] for each in drawn] for place, name in enumerate(sources)}
    return bar_chart(title, [texts.forecast_category(each.period) for each in shown], series, axis)


def _parts(each: PeriodForecast) -> Sequence[int]:
    return each.won, each.from_open, each.from_new
