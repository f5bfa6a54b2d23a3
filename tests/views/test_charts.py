"""Charts and tables to sort keep Slack's limits whatever stages are called and however much there is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.texts.english import English
from handlers.texts.languages import texts
from handlers.views.charts import LABEL, Scale, bar_chart, distinct, drawn_currency
from handlers.views.sortable import MOST_TEXT, amounts, fit, names, numbers, sortable
from playground.validation import message_problems

ENGLISH: English = texts("en")


def taken(*blocks: Any) -> bool:
    return message_problems({"text": "x", "blocks": list(blocks)}) == []


names_of_people = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@given(
    st.lists(st.one_of(names_of_people, st.sampled_from(["x" * 60, "x" * 59 + "y"])), min_size=2, max_size=20)
)
def test_labels_are_short_and_differ_whatever_the_names_are(named: list[str]) -> None:
    labels = distinct(named)
    assert len(set(labels)) == len(named)
    assert max(map(len, labels)) <= LABEL
    chart = bar_chart("t" * 80, named, {"s" * 40: [1.5] * len(named)}, "y" * 80)
    assert taken(chart)


@pytest.mark.parametrize("count", [0, 1, 21])
def test_one_bar_is_no_chart_and_too_many_are_none(count: int) -> None:
    assert bar_chart("Deals", [str(place) for place in range(count)], {"Deals": [1.0] * count}, "") is None


@pytest.mark.parametrize(
    ("currency", "minor", "drawn", "named"),
    [
        ("EUR", 999_999, 9_999.99, "EUR"),
        ("EUR", 1_000_000, 10.0, "EUR, thousands"),
        ("EUR", -1_234_560, -12.3, "EUR, thousands"),
        ("EUR", 2_000_000_000, 20.0, "EUR, millions"),
        ("JPY", 1_500_000, 1_500.0, "JPY, thousands"),
        ("JPY", 9_999, 9_999.0, "JPY"),
    ],
)
def test_large_amounts_are_drawn_in_thousands_and_millions(
    currency: str, minor: int, drawn: float, named: str
) -> None:
    scale = Scale.of(currency, [0, minor])
    assert (scale.drawn([minor]), scale.named(ENGLISH)) == ([drawn], named)


def test_the_workspaces_currency_is_drawn_else_that_of_the_most_deals() -> None:
    assert drawn_currency({"EUR": 1, "USD": 9}, "EUR") == "EUR"
    assert drawn_currency({"EUR": 1, "USD": 9}, "CHF") == "USD"
    assert drawn_currency({"USD": 3, "EUR": 3}, "CHF") == "EUR"
    assert drawn_currency({}, "EUR") is None


def test_what_is_not_known_is_sorted_below_the_least() -> None:
    column = numbers("Days", [3.0, None, -7.5], str)
    assert [(cell["value"], cell["text"]) for cell in column.cells] == [
        (3.0, "3.0"),
        (-8.5, "-"),
        (-7.5, "-7.5"),
    ]


def test_amounts_are_compared_in_whole_units_of_their_currency() -> None:
    (cell,) = amounts("Value", [123_450], "EUR", ENGLISH).cells
    assert (cell["value"], cell["text"]) == (1234.5, "€1,234.50")


def test_a_table_too_large_for_slack_is_none() -> None:
    rows = ["x"] * 101
    assert sortable("Deals", [names("Deal", rows)]) is None
    assert sortable("Deals", [names("Deal", ["x"])] * 21) is None
    assert sortable("Deals", [names("Deal", [])]) is None
    largest = sortable("Deals", [names("Deal", rows[:100])] * 20)
    assert largest
    assert taken(largest)


def test_tables_fit_together_or_not_at_all() -> None:
    table = sortable("Deals", [names("Deal", ["x" * (MOST_TEXT // 2 - 4)])])
    assert table
    assert fit([table, table])
    assert taken(table, table)
    assert not fit([table, table, table])
