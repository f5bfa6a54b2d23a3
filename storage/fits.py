"""Chances as they were found out: written by storage.fitting, read with the pipeline that they are of."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from pipeline.odds import Odds, StageOdds, StageRisk
from storage.tables import FitRow, PipelineRow
from storage.transaction import Transaction

# Of all deals of a pipeline, whatever their currency.
ALL = ""
_KEPT = select(FitRow.currency, FitRow.fitted_at, FitRow.deals, FitRow.resolved, FitRow.odds).where(
    FitRow.pipeline_id == bindparam("pipeline")
)


@dataclass(frozen=True, slots=True)
class LastFit:
    """The newest one, and of how many deals, of all pipelines, chances are known."""

    at: datetime
    deals: int
    resolved: int


def kept_odds(tx: Transaction, pipeline_id: int) -> Mapping[str, Odds]:
    return {row.currency: _odds(row) for row in tx.execute(_KEPT, {"pipeline": pipeline_id})}


def kept_grounds(tx: Transaction, pipeline_id: int, currency: str) -> Mapping[str, Any]:
    """What the odds rest on, by stage; empty where there are none."""
    here = (FitRow.pipeline_id == pipeline_id, FitRow.currency == currency)
    found = tx.execute(select(FitRow.grounds).where(*here)).scalar()
    return dict(json.loads(found)) if found else {}


def last_fit(tx: Transaction) -> LastFit | None:
    rows = tx.execute(
        select(FitRow.fitted_at, FitRow.deals, FitRow.resolved).where(FitRow.currency == ALL)
    ).all()
    if not rows:
        return None
    return LastFit(
        max(row.fitted_at for row in rows), sum(row.deals for row in rows), sum(row.resolved for row in rows)
    )


def are_fitted(tx: Transaction, on: date) -> bool:
    """Whether the chances of every pipeline were found out on this day, or later."""
    fresh = select(FitRow.pipeline_id).where(FitRow.currency == ALL, FitRow.looked_on >= on)
    here = (PipelineRow.workspace_id == tx.workspace_id, PipelineRow.id.not_in(fresh))
    return tx.execute(select(PipelineRow.id).where(*here).limit(1)).first() is None


def written(odds: Mapping[int, StageOdds], ages: Sequence[float], dues: Sequence[float]) -> str:
    stages = {
        stage_id: [list(each.chances), list(each.similar), list(each.won), list(each.shift)]
        for stage_id, each in odds.items()
    }
    # Beside the stages: an older version that still runs expects four columns of each, and heeds no other key.
    risks = {
        stage_id: [each.risk.usual, list(each.risk.ever)] for stage_id, each in odds.items() if each.risk
    }
    body = {"ages": list(ages), "dues": list(dues), "stages": stages, "risks": risks}
    return json.dumps(body, separators=(",", ":"))


def _odds(row: Any) -> Odds:  # noqa: ANN401 - a row
    body = json.loads(row.odds)
    stages = {int(stage_id): StageOdds.kept(*columns) for stage_id, columns in body["stages"].items()}
    for stage_id, kept in body.get("risks", {}).items():
        stages[int(stage_id)] = replace(stages[int(stage_id)], risk=StageRisk.kept(*kept))
    return Odds(row.fitted_at, row.deals, row.resolved, tuple(body["ages"]), tuple(body["dues"]), stages)
