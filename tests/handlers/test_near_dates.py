"""What is meant as a date, whether or not it can be read."""

import pytest
from babel.dates import get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from handlers.near_dates import meant_as_date

NAMES = [
    name
    for locale in ("en", "de")
    for name in (*get_month_names(locale=locale).values(), *get_day_names(locale=locale).values())
]
LONG = [name for name in NAMES if len(name) > 6]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_a_month_or_day_is_meant(name: str) -> None:
    assert meant_as_date(name)
    assert meant_as_date(f"the end of {name} 2027")
    assert not meant_as_date(f"{name} GmbH")


@given(st.sampled_from(LONG), st.data())
def test_a_letter_too_few_or_too_many_is_still_meant(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(name) - 1))
    assert meant_as_date(name[:place] + name[place + 1 :])
    assert meant_as_date(name[:place] + name[place] + name[place:])


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Wire",
        "me",
        "day",
        "the week",
        "the end",
        "Anfang",
        "then",
        "two",
        "Montage",
        "Morgan",
        "3D",
        "1&1",
        "so",
        "the end of the project",
        "morning",
    ],
)
def test_words_that_only_stand_around_a_date_mean_none(words: str) -> None:
    assert not meant_as_date(words)


def test_a_long_text_means_none_and_costs_nothing() -> None:
    assert not meant_as_date("by december " * 400)


@given(st.text())
def test_any_text_is_meant_or_not(text: str) -> None:
    assert meant_as_date(text) in {True, False}
