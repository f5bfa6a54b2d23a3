"""Periods, reach and pipeline are read in any order, in both languages; the rest is left as it was typed."""

from datetime import date

import pytest

from handlers.period_lines import read_period_line, spelled
from pipeline.calls import Span, following, preceding, span_at
from pipeline.kept_forecasts import Period

TODAY = date(2026, 11, 17)
MONTH, QUARTER = span_at(Period.MONTH, TODAY), span_at(Period.QUARTER, TODAY)


@pytest.mark.parametrize(
    ("typed", "rest", "spans", "reach", "pipeline"),
    [
        ("", "", [], None, None),
        ("120k", "120k", [], None, None),
        ("120k month", "120k", [MONTH], None, None),
        ("quarter 120k", "120k", [QUARTER], None, None),
        ("300k for the next quarter in Partner sales", "300k", [following(QUARTER)], None, "Partner sales"),
        ("120 000 € diesen Monat", "120 000 €", [MONTH], None, None),
        ("1,5 Mio für nächstes Quartal, team", "1,5 Mio", [following(QUARTER)], "team", None),
        ("off next month", "off", [following(MONTH)], None, None),
        ("480k team month", "480k", [MONTH], "team", None),
        ("meine 480k Monat", "480k", [MONTH], "own", None),
        ("month and quarter", "", [MONTH, QUARTER], None, None),
        ("300k 2027-Q1", "300k", [span_at(Period.QUARTER, date(2027, 2, 1))], None, None),
        ("300k 2027-02", "300k", [span_at(Period.MONTH, date(2027, 2, 1))], None, None),
        ("300k Q1", "300k", [span_at(Period.QUARTER, date(2027, 2, 1))], None, None),
        ("300k in Q4", "300k", [QUARTER], None, None),
        ("Q1 2029 300k", "300k", [span_at(Period.QUARTER, date(2029, 1, 1))], None, None),
        ("300k 2029 q1 team", "300k", [span_at(Period.QUARTER, date(2029, 1, 1))], "team", None),
        ("300k for November", "300k", [MONTH], None, None),
        ("300k im März", "300k", [span_at(Period.MONTH, date(2027, 3, 1))], None, None),
        ("in May 300k", "300k", [span_at(Period.MONTH, date(2027, 5, 1))], None, None),
        ("300k Dez 2028", "300k", [span_at(Period.MONTH, date(2028, 12, 1))], None, None),
        ("300k Q5", "300k Q5", [], None, None),
        ("300k Q1 in Maybach", "300k", [span_at(Period.QUARTER, date(2027, 2, 1))], None, "Maybach"),
        ("300k decade", "300k decade", [], None, None),
        ("in Partners", "", [], None, "Partners"),
    ],
)
def test_a_line_is_taken_apart(
    typed: str, rest: str, spans: list[Span], reach: str | None, pipeline: str | None
) -> None:
    read = read_period_line(typed, TODAY)
    said = {True: "team", False: "own", None: None}[read.team]
    assert (list(read.spans), said, read.pipeline, read.rest) == (spans, reach, pipeline, rest)


@pytest.mark.parametrize("span", [MONTH, QUARTER, following(QUARTER), preceding(MONTH)])
def test_a_button_names_the_period_for_good(span: Span) -> None:
    assert read_period_line(f"9k {spelled(span)}", date(2030, 1, 1)).spans == [span]
