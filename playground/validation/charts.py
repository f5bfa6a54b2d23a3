"""A chart: slices of a whole, or series over the same categories."""

from collections import Counter
from collections.abc import Iterator, Mapping

from playground.validation.findings import Place, Problem
from playground.validation.rules import objects
from playground.validation.shapes import Family, Items, Number, Shape, String

SLICES, SERIES, POINTS = 12, 12, 20
LABEL = String(20)


def slices_above_zero(chart: Mapping[str, object], place: Place) -> Iterator[Problem]:
    for index, slice_ in objects(chart.get("segments")):
        value = slice_.get("value")
        if isinstance(value, int | float) and value <= 0:
            sentence = f"A slice of a pie is larger than 0, found {value}."
            yield (place / "segments" / index / "value").problem("failed_constraint", sentence)


def distinct_names(chart: Mapping[str, object], place: Place) -> Iterator[Problem]:
    names = Counter(str(series.get("name")) for _, series in objects(chart.get("series")))
    axis = chart.get("axis_config")
    categories = Counter(_categories(axis))
    for found, at in ((names, place / "series"), (categories, place / "axis_config" / "categories")):
        if any(count > 1 for count in found.values()):
            yield at.problem("failed_constraint", "Each name is used once in a chart.")


def one_point_for_each_category(chart: Mapping[str, object], place: Place) -> Iterator[Problem]:
    wanted = sorted(_categories(chart.get("axis_config")))
    for index, series in objects(chart.get("series")):
        labels = sorted(str(point.get("label")) for _, point in objects(series.get("data")))
        if labels != wanted:
            sentence = "A series has one point for each category, and no other."
            yield (place / "series" / index / "data").problem("failed_constraint", sentence)


def _categories(axis: object) -> list[str]:
    named = axis.get("categories") if isinstance(axis, Mapping) else None
    return [str(each) for each in named] if isinstance(named, list | tuple) else []


POINT = Shape(required={"label": LABEL, "value": Number()})
AXIS = Shape(
    required={"categories": Items(LABEL, POINTS)},
    optional={"x_label": String(50), "y_label": String(50)},
)
OVER_CATEGORIES = Shape(
    required={
        "series": Items(Shape(required={"name": LABEL, "data": Items(POINT, POINTS)}), SERIES),
        "axis_config": AXIS,
    },
    rules=(distinct_names, one_point_for_each_category),
)
CHART = Family(
    "chart",
    {
        "pie": Shape(required={"segments": Items(POINT, SLICES)}, rules=(slices_above_zero,)),
        "bar": OVER_CATEGORIES,
        "area": OVER_CATEGORIES,
        "line": OVER_CATEGORIES,
    },
)
