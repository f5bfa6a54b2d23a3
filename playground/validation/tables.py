"""Tables: as they are sent, and those that a reader sorts and leafs through.

Of `data_table` there are two copies of Slack's page; the smaller limits are kept, so that what passes here passes there.
"""

from collections.abc import Iterator, Mapping

from playground.validation.findings import Place, Problem, Surface
from playground.validation.objects import ID
from playground.validation.rich_text import RICH_TEXT
from playground.validation.rules import objects
from playground.validation.shapes import Choice, Family, Flag, Items, Kind, Number, Shape, String, Whole

NAMED: dict[str, Kind] = {"block_id": ID}
SURFACES = frozenset({Surface.MESSAGE, Surface.HOME})
COLUMNS, ROWS, DATA_ROWS, PAGE = 20, 100, 101, 100

CELLS = Family(
    "table cell",
    {
        "raw_text": Shape(required={"text": String()}),
        "raw_number": Shape(required={"value": Number()}, optional={"text": String()}),
        "rich_text": RICH_TEXT,
    },
)
COLUMN = Shape(optional={"align": Choice(("left", "center", "right")), "is_wrapped": Flag()})


def as_wide_as_its_head(table: Mapping[str, object], place: Place) -> Iterator[Problem]:
    rows = _rows(table)
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            sentence = f"Each row has as many cells as the first, {len(rows[0])}; found {len(row)}."
            yield (place / "rows" / index).problem("failed_constraint", sentence)


def plain_head(table: Mapping[str, object], place: Place) -> Iterator[Problem]:
    for index, cell in objects(next(iter(_rows(table)), None)):
        if cell.get("type") == "rich_text":
            sentence = "The head of a table to sort is no rich text."
            yield (place / "rows" / 0 / index).problem("failed_constraint", sentence)


def names_are_a_column(table: Mapping[str, object], place: Place) -> Iterator[Problem]:
    named, width = table.get("row_header_column_index"), len(next(iter(_rows(table)), ()))
    if isinstance(named, int) and named >= width:
        sentence = f"The rows are named by one of the {width} columns, found {named}."
        yield (place / "row_header_column_index").problem("failed_constraint", sentence)


def _rows(table: Mapping[str, object]) -> list[list[object]]:
    rows = table.get("rows")
    return (
        [list(row) for row in rows if isinstance(row, list | tuple)] if isinstance(rows, list | tuple) else []
    )


TABLE = Shape(
    required={"rows": Items(Items(CELLS, COLUMNS), ROWS)},
    optional={**NAMED, "column_settings": Items(COLUMN, COLUMNS, gaps=True)},
    surfaces=SURFACES,
)
DATA_TABLE = Shape(
    required={"caption": String(), "rows": Items(Items(CELLS, COLUMNS), DATA_ROWS, least=2)},
    optional={**NAMED, "page_size": Whole(1, PAGE), "row_header_column_index": Whole(0, COLUMNS - 1)},
    rules=(as_wide_as_its_head, plain_head, names_are_a_column),
    surfaces=SURFACES,
)
