"""Amounts, dates and files: read, or refused by name; never anything else."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from handlers.amounts import UnreadableAmount, read_amount
from handlers.dates import UnreadableDate, date_last, read_date
from handlers.grammar import parse
from handlers.slack_text import UnfitText, clean, decode
from pipeline.money import LIMIT, is_currency
from tests.fuzz.nonsense import WORDS, line

TODAY = date(2026, 11, 25)

pytestmark = [pytest.mark.slow, pytest.mark.fuzz]


def test_any_text_is_an_amount_in_its_bounds_or_refused(chance: Random, rounds: Iterator[int]) -> None:
    for _ in rounds:
        text = _figures(chance)
        try:
            found = read_amount(text, "EUR")
        except UnreadableAmount:
            continue
        assert 0 <= found.minor < LIMIT, text
        assert is_currency(found.currency), text


def test_any_text_is_a_day_of_this_century_or_refused(chance: Random, rounds: Iterator[int]) -> None:
    for _ in rounds:
        text = f"{_figures(chance)} {line(chance)}"
        try:
            day = read_date(text, TODAY)
        except UnreadableDate:
            continue
        assert date(2000, 1, 1) <= day <= date(2100, 12, 31), text
        found = date_last(text, TODAY)
        assert found is None or found.day == day, text


def test_any_line_is_a_command_or_a_hint(chance: Random, rounds: Iterator[int]) -> None:
    for _ in rounds:
        typed = line(chance)
        parsed = parse(decode(typed))
        assert parsed.subject is not None or parsed.word, typed
        try:
            kept = clean(typed, 100)
        except UnfitText:
            continue
        assert 0 < len(kept) <= 100
        assert clean(kept, 100) == kept


def _figures(chance: Random) -> str:
    signs = "0123456789.,' -/€$kKmMEURQqpmfridMio\u00a0"
    if chance.random() < 0.2:
        return chance.choice(WORDS)
    return "".join(chance.choice(signs) for _ in range(chance.randrange(1, 12)))
