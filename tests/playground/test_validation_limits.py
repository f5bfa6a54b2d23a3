"""Each limit at its edge, where nothing is wrong, and one beyond, where one problem names the place."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from typing_extensions import override

from playground.validation import Problem, message_problems, view_problems
from tests.playground.test_validation_samples import (
    CONFIRM,
    IMAGE,
    Json,
    button,
    entry,
    home,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    rich_text,
    run,
    section,
)


@dataclass(frozen=True)
class Limit:
    rule: str
    most: int
    pointer: str
    build: Callable[[int], Json]
    code: str = "failed_constraint"

    @override
    def __str__(self) -> str:
        return self.rule


def problems(payload: Json) -> list[Problem]:
    return view_problems(payload) if "type" in payload else message_problems(payload)


def x(count: int) -> str:
    return "x" * count


def letters(field: str, block: Callable[[str], Json], rule: str, most: int, under: str) -> Limit:
    return Limit(rule, most, f"/blocks/0{under}{field}", lambda n: message(block(x(n))))


def options(count: int) -> list[Json]:
    return [option(str(n)) for n in range(count)]


def select(**fields: object) -> Json:
    return section({"type": "static_select", "options": [option()], **fields})


def confirm(**fields: object) -> Json:
    return section(button(confirm={**CONFIRM, **fields}))


def table(*rows: list[Json], **fields: object) -> Json:
    return {"type": "table", "rows": list(rows), **fields}


def sortable(*rows: list[Json], **fields: object) -> Json:
    return {"type": "data_table", "caption": "Deals", "rows": list(rows), **fields}


def cell(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def divider(n: int) -> Json:
    return {"type": "divider", "block_id": str(n)}


def listing(**fields: object) -> Json:
    return rich_text({"type": "rich_text_list", "style": "bullet", "elements": [run()], **fields})


CHARACTERS = [
    letters("/text/text", lambda t: {"type": "section", "text": mrkdwn(t)}, "a section text", 3000, ""),
    letters(
        "/text", lambda t: {"type": "section", "fields": [plain(t)]}, "a section field", 2000, "/fields/0"
    ),
    letters("/text/text", lambda t: {"type": "header", "text": plain(t)}, "a header", 150, ""),
    letters("/text", lambda t: {"type": "context", "elements": [plain(t)]}, "context", 3000, "/elements/0"),
    letters("/alt_text", lambda t: {**IMAGE, "alt_text": t}, "an image's alt text", 2000, ""),
    letters("/title/text", lambda t: {**IMAGE, "title": plain(t)}, "an image's title", 2000, ""),
    letters("/block_id", lambda t: {"type": "divider", "block_id": t}, "a block_id", 255, ""),
    letters(
        "/label/text", lambda t: {**entry({"type": "users_select"}), "label": plain(t)}, "a label", 2000, ""
    ),
    letters("/hint/text", lambda t: entry({"type": "users_select"}, hint=plain(t)), "a hint", 2000, ""),
    letters("/text/text", lambda t: section(button(text=plain(t))), "a button label", 75, "/accessory"),
    letters("/value", lambda t: section(button(value=t)), "a button value", 2000, "/accessory"),
    letters("/action_id", lambda t: section(button(action_id=t)), "an action_id", 255, "/accessory"),
    letters(
        "/accessibility_label",
        lambda t: section(button(accessibility_label=t)),
        "a spoken button label",
        75,
        "/accessory",
    ),
    letters("/title/text", lambda t: confirm(title=plain(t)), "a confirm title", 100, "/accessory/confirm"),
    letters("/text/text", lambda t: confirm(text=mrkdwn(t)), "a confirm text", 300, "/accessory/confirm"),
    letters("/confirm/text", lambda t: confirm(confirm=plain(t)), "a yes", 30, "/accessory/confirm"),
    letters("/deny/text", lambda t: confirm(deny=plain(t)), "a no", 30, "/accessory/confirm"),
    letters("/placeholder/text", lambda t: select(placeholder=plain(t)), "a placeholder", 150, "/accessory"),
    letters(
        "/text/text",
        lambda t: select(options=[option("a", t)]),
        "an option label",
        75,
        "/accessory/options/0",
    ),
    letters("/value", lambda t: select(options=[option(t)]), "an option value", 150, "/accessory/options/0"),
    letters(
        "/description/text",
        lambda t: select(options=[{**option(), "description": plain(t)}]),
        "an option description",
        75,
        "/accessory/options/0",
    ),
    letters(
        "/label/text",
        lambda t: section(
            {"type": "static_select", "option_groups": [{"label": plain(t), "options": options(1)}]}
        ),
        "a group label",
        75,
        "/accessory/option_groups/0",
    ),
]

COUNTS = [
    Limit("a message: 50 blocks", 50, "/blocks", lambda n: message(*map(divider, range(n)))),
    Limit("a modal: 100 blocks", 100, "/blocks", lambda n: modal(*map(divider, range(n)))),
    Limit("a home tab: 100 blocks", 100, "/blocks", lambda n: home(*map(divider, range(n)))),
    Limit(
        "a message: 100 attachments",
        100,
        "/attachments",
        lambda n: {"attachments": [{"blocks": [divider(i)]} for i in range(n)]},
    ),
    Limit(
        "a section: 10 fields",
        10,
        "/blocks/0/fields",
        lambda n: message({"type": "section", "fields": [plain()] * n}),
    ),
    Limit(
        "actions: 25 elements",
        25,
        "/blocks/0/elements",
        lambda n: message({"type": "actions", "elements": [button(action_id=str(i)) for i in range(n)]}),
    ),
    Limit(
        "context: 10 elements",
        10,
        "/blocks/0/elements",
        lambda n: message({"type": "context", "elements": [plain()] * n}),
    ),
    Limit(
        "a select: 100 options",
        100,
        "/blocks/0/accessory/options",
        lambda n: message(select(options=options(n))),
    ),
    Limit(
        "a select: 100 groups",
        100,
        "/blocks/0/accessory/option_groups",
        lambda n: message(
            section(
                {"type": "static_select", "option_groups": [{"label": plain(), "options": options(1)}] * n}
            )
        ),
    ),
    Limit(
        "a group: 100 options",
        100,
        "/blocks/0/accessory/option_groups/0/options",
        lambda n: message(
            section({"type": "static_select", "option_groups": [{"label": plain(), "options": options(n)}]})
        ),
    ),
    *(
        Limit(
            f"{kind}: {most} options",
            most,
            "/blocks/0/accessory/options",
            lambda n, kind=kind: message(section({"type": kind, "options": options(n)})),  # type: ignore[misc]
        )
        for kind, most in (("overflow", 5), ("radio_buttons", 10), ("checkboxes", 10))
    ),
    Limit("a table: 100 rows", 100, "/blocks/0/rows", lambda n: message(table(*[[cell()]] * n))),
    Limit("a table to sort: 101 rows", 101, "/blocks/0/rows", lambda n: message(sortable(*[[cell()]] * n))),
    Limit(
        "its page: 100 rows",
        100,
        "/blocks/0/page_size",
        lambda n: message(sortable([cell()], [cell()], page_size=n)),
    ),
    Limit("a row: 20 cells", 20, "/blocks/0/rows/0", lambda n: message(table([cell()] * n))),
    Limit(
        "a table: 20 column settings",
        20,
        "/blocks/0/column_settings",
        lambda n: message(table([cell()], column_settings=[None] * n)),
    ),
]

SIZES = [
    Limit("a header level: 4", 4, "/blocks/0/level", lambda n: message({**header(), "level": n})),
    Limit("a list indent: 8", 8, "/blocks/0/elements/0/indent", lambda n: message(listing(indent=n))),
    Limit("a list border: 1", 1, "/blocks/0/elements/0/border", lambda n: message(listing(border=n))),
    Limit(
        "an input's max_length: 3000",
        3000,
        "/blocks/0/element/max_length",
        lambda n: modal(entry({"type": "plain_text_input", "max_length": n})),
    ),
    Limit(
        "an input's min_length: 3000",
        3000,
        "/blocks/0/element/min_length",
        lambda n: modal(entry({"type": "plain_text_input", "min_length": n})),
    ),
    Limit(
        "a message's tables: 10,000 characters together",
        10_000,
        "/blocks/1/rows",
        lambda n: message(table([cell(x(6000))]), table([cell(x(3000)), cell(x(n - 9000))])),
    ),
    Limit(
        "a message's tables to sort: 10,000 characters together",
        10_000,
        "/blocks/1/rows",
        lambda n: message(
            sortable([cell(x(6000))], [cell()]), sortable([cell(x(3000))], [cell(x(n - 9001))])
        ),
    ),
    Limit("a message text: 40,000", 40_000, "/text", lambda n: {"text": x(n)}),
    Limit("a modal title: 24", 24, "/title/text", lambda n: {**modal(), "title": plain(x(n))}),
    Limit("a submit label: 24", 24, "/submit/text", lambda n: {**modal(), "submit": plain(x(n))}),
    Limit("a close label: 24", 24, "/close/text", lambda n: modal(close=plain(x(n)))),
    Limit("private metadata: 3000", 3000, "/private_metadata", lambda n: modal(private_metadata=x(n))),
    Limit("a callback_id: 255", 255, "/callback_id", lambda n: home(callback_id=x(n))),
    Limit("an external_id: 255", 255, "/external_id", lambda n: home(external_id=x(n))),
]


def header() -> Json:
    return {"type": "header", "text": plain()}


@pytest.mark.parametrize("limit", [*CHARACTERS, *COUNTS, *SIZES], ids=str)
def test_it_holds_so_much_and_not_one_more(limit: Limit) -> None:
    assert problems(limit.build(limit.most)) == []
    beyond = problems(limit.build(limit.most + 1))
    assert [(problem.pointer, problem.code) for problem in beyond] == [(limit.pointer, limit.code)]


@pytest.mark.parametrize("limit", CHARACTERS, ids=str)
def test_an_empty_text_is_refused(limit: Limit) -> None:
    assert [problem.pointer for problem in problems(limit.build(0))] == [limit.pointer]


@pytest.mark.parametrize("limit", [limit for limit in COUNTS if limit.pointer.count("/") > 1], ids=str)
def test_an_empty_array_is_refused_inside_a_block(limit: Limit) -> None:
    assert (limit.pointer, "failed_constraint") in [(p.pointer, p.code) for p in problems(limit.build(0))]


def test_lengths_count_code_points_not_bytes() -> None:
    assert message_problems(message(section(button(text=plain("🎉" * 75))))) == []
    assert len(message_problems(message(section(button(text=plain("🎉" * 76)))))) == 1


def test_a_problem_names_the_limit_and_what_was_found() -> None:
    (problem,) = message_problems(message(section(button(text=plain(x(80))))))
    assert problem.message == "Holds at most 75 characters, found 80."


def test_a_view_takes_250_kilobytes() -> None:
    assert view_problems(home(*paragraphs(2400))) == []
    (problem,) = view_problems(home(*paragraphs(2600)))
    assert (problem.pointer, problem.code) == ("", "failed_constraint")
    assert "250000 bytes" in problem.message


def paragraphs(length: int) -> list[Json]:
    return [{"type": "section", "text": plain(x(length))} for _ in range(100)]
