"""What has changed as a picture: from then to now in one currency, step by step, and all of it as a table to sort."""

from collections.abc import Iterator, Sequence

from handlers.blocks import Block
from handlers.texts.english import English
from handlers.views.charts import Scale, bar_chart, drawn_currency
from handlers.views.sortable import Column, amounts, fit, names, number, numbers, sortable
from pipeline.bridge import Bridge, Passage
from pipeline.money import exponent


def bridge_chart(bridge: Bridge, own: str, texts: English) -> Block | None:
    """`own` is the workspace's currency; the others are told in numbers."""
    deals: dict[str, int] = dict.fromkeys([*bridge.opening.worth, *bridge.closing.worth], 0)
    for passage in bridge.passages:
        for each in passage.worth:
            deals[each] = deals.get(each, 0) + 1
    currency = drawn_currency({each: count for each, count in deals.items() if count}, own)
    if currency is None:
        return None
    steps = {
        texts.reason(reason): _worth(passages, currency) for reason, passages in bridge.by_reason().items()
    }
    bars = {
        texts.then: bridge.opening.worth.get(currency, 0),
        **{name: worth for name, worth in steps.items() if worth},
        texts.now: bridge.closing.worth.get(currency, 0),
    }
    drawn = list(bars.values())
    scale = Scale.of(currency, drawn)
    series = {currency: scale.drawn(drawn)}
    return bar_chart(texts.bridge_chart(currency), list(bars), series, scale.named(texts))


def bridge_table(bridge: Bridge, opening: str, texts: English, *, money: bool) -> Block | None:
    """A column for each currency; at the ends stand sums, between them what was added and taken away."""
    steps = bridge.by_reason()
    step, deals, value = texts.bridge_columns()
    named = [opening, *map(texts.reason, steps), texts.bridge_closing]
    counts = [bridge.opening.count, *map(len, steps.values()), bridge.closing.count]
    columns = [names(step, named), numbers(deals, counts, texts.number)]
    if money:
        columns += _of_money(bridge, list(steps.values()), value, texts)
    table = sortable(texts.bridge_caption(), columns)
    return table if table and fit([table]) else None


def _of_money(
    bridge: Bridge, steps: Sequence[Sequence[Passage]], value: str, texts: English
) -> Iterator[Column]:
    currencies = sorted({*bridge.opening.worth, *bridge.closing.worth, *_moved(steps)})
    for currency in currencies:
        ends = [bridge.opening.worth.get(currency, 0), bridge.closing.worth.get(currency, 0)]
        opening, closing = amounts("", ends, currency, texts).cells
        added = [_worth(passages, currency) for passages in steps]
        between = [
            number(minor / 10 ** exponent(currency), signed(minor, currency, texts)) for minor in added
        ]
        head = f"{value} {currency}" if len(currencies) > 1 else value
        yield Column(head, [opening, *between, closing])


def signed(minor: int, currency: str, texts: English) -> str:
    return f"{'-' if minor < 0 else '+'}{texts.total(abs(minor), currency)}"


def _moved(steps: Sequence[Sequence[Passage]]) -> Iterator[str]:
    return (currency for passages in steps for passage in passages for currency in passage.worth)


def _worth(passages: Sequence[Passage], currency: str) -> int:
    return sum(passage.worth.get(currency, 0) for passage in passages)
