"""The pipeline as a picture: how many deals stand in each stage and what they are worth, and both as a table to sort."""

from collections import Counter
from collections.abc import Iterator, Sequence

from handlers.blocks import Block, section
from handlers.texts.english import English
from handlers.views.charts import Scale, bar_chart, drawn_currency
from handlers.views.sortable import Column, amounts, fit, names, numbers, sortable
from pipeline.finding import Heap
from pipeline.stages import Stage


def pictured(
    stages: Sequence[Stage], heaps: Sequence[Heap], currency: str, texts: English, *, money: bool
) -> tuple[Sequence[Block], Block | None]:
    """The charts with the sum in words, and the table; `currency` is the workspace's own."""
    counts = [sum(heap.count for heap in _at(stage, heaps)) for stage in stages]
    named, deals = [texts.stage(stage) for stage in stages], texts.board_columns()[1]
    charts = [bar_chart(texts.board_chart(), named, {deals: counts}, deals)]
    if money:
        charts.append(_of_value(stages, heaps, currency, texts))
    shown = [chart for chart in charts if chart]
    return [*shown, section(_sum(heaps, texts, money=money))], _table(stages, heaps, texts, money=money)


def _of_value(stages: Sequence[Stage], heaps: Sequence[Heap], own: str, texts: English) -> Block | None:
    deals: Counter[str] = Counter()
    for heap in heaps:
        if heap.currency:
            deals[heap.currency] += heap.count
    currency = drawn_currency(deals, own)
    if currency is None:
        return None
    here = [[heap for heap in _at(stage, heaps) if heap.currency == currency] for stage in stages]
    worth = [sum(heap.minor for heap in each) for each in here]
    weighted = [sum(heap.weighted for heap in each) for each in here]
    scale, (_, _, value, weighed) = Scale.of(currency, worth), texts.board_columns()
    series = {value: scale.drawn(worth), weighed: scale.drawn(weighted)}
    named = [texts.stage(stage) for stage in stages]
    return bar_chart(texts.board_value_chart(currency), named, series, scale.named(texts))


def _sum(heaps: Sequence[Heap], texts: English, *, money: bool) -> str:
    sums = []
    for currency in _currencies(heaps) if money else ():
        here = [heap for heap in heaps if heap.currency == currency]
        worth, weighted = sum(heap.minor for heap in here), sum(heap.weighted for heap in here)
        sums.append(texts.board_worth(texts.total(worth, currency), texts.total(weighted, currency)))
    return texts.board_sum(sum(heap.count for heap in heaps), "; ".join(sums))


def _table(stages: Sequence[Stage], heaps: Sequence[Heap], texts: English, *, money: bool) -> Block | None:
    stage, deals, *_ = texts.board_columns()
    counts = [sum(heap.count for heap in _at(each, heaps)) for each in stages]
    columns = [names(stage, [texts.stage(each) for each in stages]), numbers(deals, counts, texts.number)]
    if money:
        columns += _of_money(stages, heaps, texts)
    table = sortable(texts.board_chart(), columns)
    return table if table and fit([table]) else None


def _of_money(stages: Sequence[Stage], heaps: Sequence[Heap], texts: English) -> Iterator[Column]:
    _, _, value, weighted = texts.board_columns()
    currencies = _currencies(heaps)
    for currency in currencies:
        told = f" {currency}" if len(currencies) > 1 else ""
        here = [[heap for heap in _at(stage, heaps) if heap.currency == currency] for stage in stages]
        worth = [sum(heap.minor for heap in each) for each in here]
        weighed = [sum(heap.weighted for heap in each) for each in here]
        yield amounts(f"{value}{told}", worth, currency, texts)
        yield amounts(f"{weighted}{told}", weighed, currency, texts)


def _currencies(heaps: Sequence[Heap]) -> Sequence[str]:
    return sorted({heap.currency for heap in heaps if heap.currency})


def _at(stage: Stage, heaps: Sequence[Heap]) -> Iterator[Heap]:
    return (heap for heap in heaps if heap.stage_id == stage.id)
