"""Charts: as many as a message may show, with a point for each category, and no slice of nothing."""

import pytest

from playground.validation import message_problems, view_problems
from tests.playground.test_validation_samples import Json, found, home, in_block, message


def point(label: str = "Lead", value: object = 3) -> Json:
    return {"label": label, "value": value}


def pie(*slices: Json) -> Json:
    return {"type": "data_visualization", "title": "Open", "chart": {"type": "pie", "segments": list(slices)}}


def bars(
    *series: Json, categories: tuple[str, ...] = ("Lead", "Offer"), title: str = "Days", kind: str = "bar"
) -> Json:
    axis = {"categories": list(categories), "y_label": "Days"}
    chart = {"type": kind, "series": list(series), "axis_config": axis}
    return {"type": "data_visualization", "title": title, "chart": chart}


def series(*points: Json, name: str = "Median") -> Json:
    return {"name": name, "data": list(points)}


WHOLE = series(point(), point("Offer", -1.5))


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_a_chart_over_categories_is_taken(kind: str) -> None:
    block = bars(WHOLE, series(point("Offer"), point(), name="Before"), kind=kind)
    assert in_block(block) == []
    assert in_block(pie(point(), point("Offer"))) == []


REFUSED = [
    (pie(point(value=0)), "/chart/segments/0/value", "failed_constraint"),
    (pie(*[point(str(each)) for each in range(13)]), "/chart/segments", "failed_constraint"),
    (bars(series(point())), "/chart/series/0/data", "failed_constraint"),
    (bars(series(point(), point(), point("Offer"))), "/chart/series/0/data", "failed_constraint"),
    (bars(WHOLE, WHOLE), "/chart/series", "failed_constraint"),
    (bars(series(point(value="3"), point("Offer"))), "/chart/series/0/data/0/value", "invalid_type"),
    (bars(WHOLE, title="x" * 51), "/title", "failed_constraint"),
    ({"type": "data_visualization", "title": "Days"}, "", "missing_required_field"),
    (
        {"type": "data_visualization", "title": "Days", "chart": {"type": "cake"}},
        "/chart/type",
        "unsupported_type",
    ),
]


@pytest.mark.parametrize(("block", "where", "kind"), REFUSED, ids=str)
def test_what_slack_would_not_draw_is_refused(block: Json, where: str, kind: str) -> None:
    assert in_block(block) == [(f"/blocks/0{where}", kind)]


def test_names_of_more_than_twenty_categories_or_letters_are_refused() -> None:
    many = tuple(map(str, range(21)))
    assert ("/blocks/0/chart/axis_config/categories", "failed_constraint") in in_block(
        bars(series(*map(point, many)), categories=many)
    )
    assert in_block(bars(series(point("x" * 21)), categories=("x" * 21,)))
    twice = bars(series(point(), point()), categories=("Lead", "Lead"))
    assert in_block(twice) == [("/blocks/0/chart/axis_config/categories", "failed_constraint")]


def test_a_message_shows_two_charts_and_a_home_none() -> None:
    assert found(message_problems(message(*[bars(WHOLE)] * 2))) == []
    assert found(message_problems(message(*[bars(WHOLE)] * 3))) == [("/blocks/2", "failed_constraint")]
    (problem,) = view_problems(home(bars(WHOLE)))
    assert problem.message == "A home does not show the block data_visualization."
