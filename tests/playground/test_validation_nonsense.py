"""Whatever comes in, the answer is a list of problems and never an exception."""

import copy
import math
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.validation import Problem, message_problems, view_problems
from tests.playground.test_validation_samples import BLOCKS, MODAL, Json, home, message, modal

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
NAMES = st.text() | st.sampled_from(["type", "text", "blocks", "elements", "options", "rows", "block_id"])
TYPES = st.sampled_from(["section", "actions", "table", "static_select", "mrkdwn", "modal", "home"])
JSON = st.recursive(
    SCALARS | TYPES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)

NOT_JSON = [object(), {1, 2}, b"bytes", math.nan, 10**5000, {10**5000: 1}, {None: 1}, "\ud800", ..., int]


def check(payload: object) -> None:
    for judge in (message_problems, view_problems):
        problems = judge(cast("Json", payload))
        assert all(isinstance(problem, Problem) for problem in problems)
        assert all(problem.pointer == "" or problem.pointer.startswith("/") for problem in problems)
        assert all(problem.message.endswith(".") for problem in problems)


@given(JSON)
def test_any_json_gets_an_answer(payload: object) -> None:
    check(payload)
    check({"blocks": payload})
    check({"type": "modal", "blocks": [payload]})


@given(st.data(), st.sampled_from(BLOCKS), JSON)
def test_a_good_block_with_one_part_replaced_gets_an_answer(
    data: st.DataObject, block: Json, splinter: object
) -> None:
    broken = copy.deepcopy(block)
    part: object = broken
    while isinstance(part, dict | list) and part:
        key = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        if data.draw(st.booleans()):
            part[key] = splinter
            break
        part = part[key]
    check(message(broken))
    check(modal(broken))


@pytest.mark.parametrize("splinter", NOT_JSON, ids=lambda splinter: type(splinter).__name__)
def test_what_is_no_json_is_refused_everywhere(splinter: object) -> None:
    check(splinter)
    check([splinter])
    check({"text": splinter, "blocks": splinter, "attachments": [splinter], "metadata": splinter})
    check({"type": splinter})
    for block in BLOCKS:
        for name in block:
            check(message({**block, name: splinter}))
            check(home({**block, name: [splinter]}))
    for name in MODAL:
        check({**MODAL, name: splinter})


def test_a_nest_deeper_than_the_call_stack_gets_an_answer() -> None:
    nest: object = "x"
    for step in ("rows", "elements", "text", "accessory") * 2_000:
        nest = {"type": "table", step: nest} if step == "text" else {"type": "table", step: [nest]}
    check(nest)
    for block in BLOCKS:
        for name in block:
            check(message({**block, name: nest}))
            check(home({**block, name: [nest]}))
