"""Forecasts as they were reckoned: written by storage.foreseeing, read by answers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from pipeline.kept_forecasts import KeptForecast, Period, PeriodForecast
from storage.tables import ForecastRow
from storage.transaction import Transaction

_KEPT = (
    select(ForecastRow.currency, ForecastRow.as_of, ForecastRow.body)
    .where(
        ForecastRow.workspace_id == bindparam("workspace"), ForecastRow.pipeline_id == bindparam("pipeline")
    )
    .order_by(ForecastRow.currency)
)


class Forecasts:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of(self, pipeline_id: int) -> Sequence[KeptForecast]:
        given = {"workspace": self._tx.workspace_id, "pipeline": pipeline_id}
        return [_kept(row) for row in self._tx.execute(_KEPT, given)]


def written(forecast: KeptForecast) -> str:
    body = asdict(forecast)
    del body["currency"], body["as_of"]
    return json.dumps(body, default=date.isoformat, separators=(",", ":"))


def _kept(row: Any) -> KeptForecast:  # noqa: ANN401 - a row
    body = json.loads(row.body)
    periods = [_period(each) for each in body.pop("periods")]
    return KeptForecast(currency=row.currency, as_of=row.as_of, periods=periods, **body)


def _period(body: Mapping[str, Any]) -> PeriodForecast:
    first, last = (date.fromisoformat(body[name]) for name in ("first", "last"))
    return PeriodForecast(**{**body, "period": Period(body["period"]), "first": first, "last": last})
