"""Public logs that are tried where they are at hand: in the folder PIPELINE_SAMPLES, or beside the project."""

import csv
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest

from pipeline.history import History
from tests.bot.program import ROOT
from tests.pipeline.lives import Life, past_of

LOANS = "bpi2012_stage_history.csv"
_STAGES = ("Submitted", "Pre-accepted", "Accepted", "Offer sent", "Offer returned", "Won", "Lost")
_OPEN = len(_STAGES) - 2
_DAY_0 = datetime(2011, 10, 1, tzinfo=UTC)
LOAN_CHANCES = (0.15, 0.3, 0.45, 0.5, 0.7)


def loans() -> History:
    """Loan applications of a Dutch bank (BPI Challenge 2012) as a pipeline of five open stages."""
    with found(LOANS).open(encoding="utf8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=itemgetter("deal_id"))
    return past_of(_OPEN, list(_lives(rows)))


def _lives(rows: list[dict[str, str]]) -> Iterator[Life]:
    for _, told in groupby(rows, itemgetter("deal_id")):
        entries = [(_STAGES.index(row["stage"]), _day(row["entered_at"]), row["amount"]) for row in told]
        entries.sort(key=itemgetter(1))
        yield Life([(stage, at) for stage, at, _ in entries], value=float(entries[-1][2]))


def _day(moment: str) -> float:
    return (datetime.fromisoformat(moment) - _DAY_0).total_seconds() / 86_400


def found(name: str) -> Path:
    folder = Path(os.environ.get("PIPELINE_SAMPLES") or ROOT.parent / "shared" / "data")
    if not (folder / name).is_file():
        pytest.skip(f"{folder} holds no {name}: PIPELINE_SAMPLES may name another folder")
    return folder / name
