"""Charts within Slack's limits: names of 20 characters that differ, 20 categories, one currency each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.blocks import Block, fitted
from handlers.texts.english import English
from pipeline.letters import JSONDict, JSONValue
from pipeline.money import exponent

LABEL, TITLE, AXIS = 20, 50, 50
MOST_CATEGORIES = 20
# From how much on amounts are drawn in thousands and in millions: nobody reads long figures on an axis.
_SCALES = ((6, 20_000_000, 2), (3, 10_000, 1))


def bar_chart(
    title: str, categories: Sequence[str], series: Mapping[str, Sequence[float]], y_label: str
) -> Block | None:
    """A bar of each series for each category; one bar alone is no chart, and too many are none either."""
    if not 1 < len(categories) <= MOST_CATEGORIES:
        return None
    names = distinct(categories)
    drawn: list[JSONValue] = [
        {"name": name, "data": [_point(*each) for each in zip(names, values, strict=True)]}
        for name, values in zip(distinct(list(series)), series.values(), strict=True)
    ]
    axis: JSONDict = {"categories": list(names), "y_label": fitted(y_label, AXIS)}
    chart: JSONDict = {"type": "bar", "series": drawn, "axis_config": axis}
    return {"type": "data_visualization", "title": fitted(title, TITLE), "chart": chart}


def _point(label: str, value: float) -> JSONDict:
    return {"label": label, "value": value}


def distinct(names: Sequence[str]) -> list[str]:
    """Short enough to be labels; those that would be the same are numbered."""
    found: list[str] = []
    for name in names:
        label, count = fitted(name, LABEL), 1
        while label in found:
            count += 1
            number = f" {count}"
            label = fitted(name, LABEL - len(number)) + number
        found.append(label)
    return found


@dataclass(frozen=True, slots=True)
class Scale:
    """How amounts of one currency are drawn: in units, thousands or millions of it."""

    currency: str
    power: int
    places: int

    @classmethod
    def of(cls, currency: str, minors: Sequence[int]) -> "Scale":
        largest = max(map(abs, minors), default=0) / 10 ** exponent(currency)
        fits = ((power, places) for power, least, places in _SCALES if largest >= least)
        return cls(currency, *next(fits, (0, exponent(currency))))

    def drawn(self, minors: Sequence[int]) -> list[float]:
        unit = 10 ** (exponent(self.currency) + self.power)
        return [round(minor / unit, self.places) + 0.0 for minor in minors]

    def named(self, texts: English) -> str:
        return texts.amounts_in(self.currency, self.power)


def drawn_currency(deals: Mapping[str, int], own: str) -> str | None:
    """The workspace's where there are deals in it, else that of the most deals; the others are told in numbers."""
    if own in deals or not deals:
        return own if deals else None
    return min(deals, key=lambda currency: (-deals[currency], currency))
