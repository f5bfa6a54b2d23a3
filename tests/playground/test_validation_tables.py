"""Tables to sort: a head of plain words, rows as wide as it, in messages and on Home."""

import pytest

from playground.validation import view_problems
from tests.playground.test_validation_samples import Json, found, home, in_block, modal, rich_text, run


def cell(text: str = "Acme") -> Json:
    return {"type": "raw_text", "text": text}


def number(value: object = 9000, **fields: object) -> Json:
    return {"type": "raw_number", "value": value, **fields}


def sortable(*rows: list[Json], **fields: object) -> Json:
    return {"type": "data_table", "caption": "Deals", "rows": list(rows), **fields}


HEAD = [cell("Deal"), cell("Value")]


def test_a_table_to_sort_is_taken() -> None:
    rows = [[cell(), number(text="€9,000")], [rich_text(run()), number(-1.5)]]
    table = sortable(HEAD, *rows, page_size=2, row_header_column_index=0)
    assert in_block(table) == []
    assert view_problems(home(table)) == []


def test_a_modal_shows_no_table_to_sort() -> None:
    assert found(view_problems(modal(sortable(HEAD, HEAD)))) == [("/blocks/0/type", "unsupported_type")]


REFUSED = [
    (sortable(HEAD), "/rows"),
    (sortable(HEAD, [cell()]), "/rows/1"),
    (sortable([cell(), rich_text(run())], HEAD), "/rows/0/1"),
    (sortable(HEAD, HEAD, row_header_column_index=2), "/row_header_column_index"),
    (sortable(HEAD, HEAD, caption=""), "/caption"),
]


@pytest.mark.parametrize(("block", "where"), REFUSED, ids=str)
def test_what_slack_would_not_sort_is_refused(block: Json, where: str) -> None:
    assert in_block(block) == [(f"/blocks/0{where}", "failed_constraint")]
