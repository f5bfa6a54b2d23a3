"""Tables that the reader sorts: what is shown is written out, what is compared is a number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from handlers.blocks import Block, fitted
from handlers.slack_text import isolate
from handlers.texts.english import English
from pipeline.letters import JSONDict, JSONValue
from pipeline.money import exponent

UNKNOWN = "-"
MOST_COLUMNS, MOST_ROWS = 20, 100
# Of all tables of a message together.
MOST_TEXT = 10_000
_CAPTION = 150


@dataclass(frozen=True, slots=True)
class Column:
    head: str
    cells: Sequence[JSONDict]


def names(head: str, cells: Sequence[str]) -> Column:
    return Column(head, [{"type": "raw_text", "text": isolate(cell)} for cell in cells])


def numbers(head: str, values: Sequence[float | None], say: Callable[[float], str]) -> Column:
    """What is not known lies below the least: one cell without a number, and Slack would sort by letters."""
    below = min([0.0, *(value for value in values if value is not None)]) - 1
    return Column(
        head, [number(below, UNKNOWN) if value is None else number(value, say(value)) for value in values]
    )


def number(value: float, shown: str) -> JSONDict:
    return {"type": "raw_number", "value": value, "text": shown}


def amounts(head: str, minors: Sequence[int], currency: str, texts: English) -> Column:
    unit = 10 ** exponent(currency)
    return numbers(
        head, [minor / unit for minor in minors], lambda amount: texts.total(round(amount * unit), currency)
    )


def sortable(caption: str, columns: Sequence[Column]) -> Block | None:
    """All rows on one page; none where it would be too large."""
    rows = list(zip(*(column.cells for column in columns), strict=True))
    if len(columns) > MOST_COLUMNS or not 0 < len(rows) <= MOST_ROWS:
        return None
    head: list[JSONValue] = [{"type": "raw_text", "text": column.head} for column in columns]
    return {
        "type": "data_table",
        "caption": fitted(caption, _CAPTION),
        "page_size": len(rows),
        "row_header_column_index": 0,
        "rows": [head, *map(list, rows)],
    }


def fit(tables: Sequence[Block]) -> bool:
    """Whether one message holds them all."""
    return sum(map(_text_of, tables)) <= MOST_TEXT


def _text_of(table: Block) -> int:
    rows = cast("list[list[JSONDict]]", table["rows"])
    return sum(len(str(cell["text"])) for row in rows for cell in row)
