"""Finding the chances out: read the past of each pipeline, fit, and write the outcome beside the pipeline."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from pipeline.fitting import AGES, DUES, Fit, fitted
from pipeline.odds import LEAST_SAMPLE, StageOdds
from pipeline.stages import Pipeline
from storage.currencies import currencies_in
from storage.engine import take_time
from storage.fits import ALL, written
from storage.insight import Places, day_of, read_history
from storage.stages import in_turn
from storage.store import Store, Work
from storage.tables import DealRow, FitRow, PipelineRow

# So many closed deals, and a currency is a market of its own with chances of its own.
LEAST_OF_A_CURRENCY = 100


@dataclass(frozen=True, slots=True)
class _Found:
    pipeline: Pipeline
    currency: str
    fit: Fit


def refit(store: Store, workspace_id: str, now: datetime, on: date) -> bool:
    """Whether there are chances to be shown.

    Reading keeps nobody waiting; writing is a few rows. Two copies that do it at once write the same.
    """
    with store.read(workspace_id, still=True) as work:
        take_time(work.tx.connection)
        pipelines = [each for each in work.stages.all() if each.open_stages]
        found = [each for pipeline in pipelines for each in _found(work, pipeline, now)]
    with store.begin(workspace_id) as work:
        in_turn(work.tx, {each.pipeline.id for each in found})
        found = _not_outrun(work, found, now)
        fitted_ids = {each.pipeline.id for each in found}
        work.tx.execute(delete(FitRow).where(FitRow.pipeline_id.in_(fitted_ids)))
        for each in found:
            _write(work, each, now, on)
        raised = update(PipelineRow).where(PipelineRow.id.in_(fitted_ids))
        work.tx.execute(raised.values(refits=PipelineRow.refits + 1))
        told = {each.pipeline.id for each in found if each.fit.resolved >= LEAST_SAMPLE}
    # In a transaction of its own: who waits for a card must not keep new deals waiting for their pipeline.
    with store.begin(workspace_id) as work:
        for pipeline_id in sorted(told):
            work.cards.repaint_open(pipeline_id)
    return bool(told)


def _not_outrun(work: Work, found: Sequence[_Found], now: datetime) -> list[_Found]:
    """Whoever began later knows more, and may have been done earlier."""
    ids = [each.pipeline.id for each in found]
    newer = select(FitRow.pipeline_id).where(FitRow.pipeline_id.in_(ids), FitRow.fitted_at > now)
    outrun = set(work.tx.execute(newer).scalars())
    return [each for each in found if each.pipeline.id not in outrun]


def _found(work: Work, pipeline: Pipeline, now: datetime) -> Sequence[_Found]:
    chances = [stage.chance / 100 for stage in pipeline.open_stages]
    leading = currencies_in(work.tx, pipeline.id)[:1]
    wanted = [None, *_markets(work, pipeline)]
    pasts = ((each, read_history(work.tx, pipeline, now, each, unvalued=each in leading)) for each in wanted)
    return [_Found(pipeline, each or ALL, fitted(past, day_of(now), chances)) for each, past in pasts]


def _markets(work: Work, pipeline: Pipeline) -> Sequence[str]:
    """None where all deals are in one currency."""
    here = (
        DealRow.workspace_id == work.workspace_id,
        DealRow.pipeline_id == pipeline.id,
        DealRow.voided_at.is_(None),
        DealRow.closed_at.is_not(None),
        DealRow.currency.is_not(None),
    )
    closed = select(DealRow.currency, func.count().label("deals")).where(*here).group_by(DealRow.currency)
    counts: Mapping[str, int] = {str(row.currency): row.deals for row in work.tx.execute(closed)}
    return sorted(each for each, count in counts.items() if len(counts) > 1 and count >= LEAST_OF_A_CURRENCY)


def _write(work: Work, found: _Found, now: datetime, on: date) -> None:
    fit, places = found.fit, Places.of(found.pipeline)
    odds: dict[int, StageOdds] = {}
    grounds: dict[str, Any] = {}
    for stage in found.pipeline.stages:
        if stage.is_open:
            place = places.place_of[stage.id]
            odds[stage.id] = fit.odds[place]
            grounds[str(stage.id)] = asdict(fit.grounds[place])
    row = {
        "pipeline_id": found.pipeline.id,
        "currency": found.currency,
        "workspace_id": work.workspace_id,
        "fitted_at": now,
        "looked_on": on,
        "deals": fit.deals,
        "resolved": fit.resolved,
        "odds": written(odds, AGES, DUES),
        "grounds": json.dumps({"ends": _ends(found.pipeline), "stages": grounds}, separators=(",", ":")),
    }
    work.tx.execute(insert(FitRow).values(**row))


def _ends(pipeline: Pipeline) -> Sequence[int]:
    """The stages that exits and rates lead to, in their order."""
    return [*(stage.id for stage in pipeline.open_stages), pipeline.won.id, pipeline.lost.id]
