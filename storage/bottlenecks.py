"""Reports on where deals get stuck: made from the ledger, kept as JSON, and read by whoever asks."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from pipeline.stage_reports import Drift, Looked, Report, StageReport, Velocity
from storage.tables import BottlenecksRow
from storage.transaction import Transaction

_NO_CURRENCY = ""
_OF_PIPELINE = (
    select(BottlenecksRow.currency, BottlenecksRow.looked_on, BottlenecksRow.deals, BottlenecksRow.report)
    .where(
        BottlenecksRow.workspace_id == bindparam("workspace"),
        BottlenecksRow.pipeline_id == bindparam("pipeline"),
    )
    .order_by(BottlenecksRow.currency)
)


class Bottlenecks:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def found(self, pipeline_id: int) -> Sequence[Looked]:
        given = {"workspace": self._tx.workspace_id, "pipeline": pipeline_id}
        rows = self._tx.execute(_OF_PIPELINE, given)
        return [_read(row.currency, row.looked_on, row.deals, row.report) for row in rows]

    def keep(self, pipeline_id: int, found: Sequence[Looked]) -> None:
        """In place of what was found before."""
        self._tx.execute(delete(BottlenecksRow).where(BottlenecksRow.pipeline_id == pipeline_id))
        for each in found:
            row = {**_written(each), "workspace_id": self._tx.workspace_id, "pipeline_id": pipeline_id}
            self._tx.execute(insert(BottlenecksRow).values(row))


def _written(looked: Looked) -> dict[str, Any]:
    report = looked.report
    stages = [
        {"id": stage_id, **asdict(stage)}
        for stage_id, stage in zip(looked.stage_ids, report.stages, strict=True)
    ]
    pace = asdict(report.velocity) if report.velocity else None
    return {
        "currency": looked.currency or _NO_CURRENCY,
        "looked_on": looked.on,
        "deals": report.deals,
        "report": json.dumps({"expected": report.expected, "stages": stages, "velocity": pace}),
    }


def _read(currency: str, on: Any, deals: int, written: str) -> Looked:  # noqa: ANN401 - a driver's date
    told = json.loads(written)
    stage_ids = [stage.pop("id") for stage in told["stages"]]
    stages = [
        StageReport(**{**stage, "drift": Drift(**stage["drift"]) if stage["drift"] else None})
        for stage in told["stages"]
    ]
    # What an earlier version has written says nothing of it.
    pace = told.get("velocity")
    report = Report(deals, told["expected"], stages, Velocity(**pace) if pace else None)
    return Looked(currency or None, on, stage_ids, report)
