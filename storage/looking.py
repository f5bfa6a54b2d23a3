"""The nightly look at where deals get stuck: every pipeline, in each currency that is usual there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import numpy as np

from pipeline.bottlenecks import look
from pipeline.stage_reports import Looked
from pipeline.stages import Pipeline
from storage.currencies import currencies_in
from storage.engine import take_time
from storage.insight import day_of, read_history
from storage.stages import in_turn
from storage.store import Store, Work

# Of so many currencies there is a report; the rest are named.
MOST_CURRENCIES = 4


def look_for_bottlenecks(store: Store, workspace_id: str, now: datetime, on: date) -> None:
    """Reading keeps nobody waiting; writing is a few rows. Two copies that do it at once write the same."""
    with store.read(workspace_id, still=True) as work:
        take_time(work.tx.connection)
        found = {
            each.id: list(_looked(work, each, now, on)) for each in work.stages.all() if each.open_stages
        }
    with store.begin(workspace_id) as work:
        in_turn(work.tx, found)
        for pipeline_id, looked in found.items():
            work.bottlenecks.keep(pipeline_id, looked)


def _looked(work: Work, pipeline: Pipeline, now: datetime, on: date) -> Iterator[Looked]:
    """In deals, for those who see no money and where there is none; then in money. Parked deals bring nothing."""
    stages = pipeline.open_stages
    chances = [stage.chance / 100 for stage in stages]
    currencies = currencies_in(work.tx, pipeline.id)
    for currency in (None, *currencies[:MOST_CURRENCIES]):
        leads = currency in currencies[:1]
        history = read_history(work.tx, pipeline, now, currency, awake_on=on, unvalued=leads)
        if currency is None:
            history = replace(history, value=np.ones_like(history.value))
        yield Looked(currency, on, [stage.id for stage in stages], look(history, day_of(now), chances))
