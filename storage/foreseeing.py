"""Reckoning what will be won: read the past of each pipeline in each currency, forecast, and write it down."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import delete, insert

from pipeline.forecasting import Hindsight, wins_of
from pipeline.kept_forecasts import LEAST_WINS, KeptForecast, Period, PeriodForecast, span_of
from pipeline.outlook import Outlook, outlook, standing_of
from storage.engine import take_time
from storage.forecasts import written
from storage.insight import day_of
from storage.pasts import LedgerPast, pasts_in
from storage.stages import in_turn
from storage.store import Store, Work
from storage.tables import ForecastRow


def refit(store: Store, workspace_id: str, now: datetime, zone: tzinfo) -> None:
    """Periods are those of the zone; a parked deal is worth nothing until its rest is over.

    Reading keeps nobody waiting; writing is a few rows.
    """
    with store.read(workspace_id, still=True) as work:
        take_time(work.tx.connection)
        pasts = pasts_in(work, now, awake_on=now.astimezone(zone).date())
        found = [(past.pipeline.id, _foreseen(past, now, zone)) for past in pasts]
        known = [pipeline.id for pipeline in work.stages.all()]
    with store.begin(workspace_id) as work:
        in_turn(work.tx, known)
        work.tx.execute(delete(ForecastRow).where(ForecastRow.pipeline_id.in_(known)))
        for pipeline_id, forecast in found:
            _write(work, pipeline_id, forecast)


def _write(work: Work, pipeline_id: int, forecast: KeptForecast) -> None:
    row = {
        "pipeline_id": pipeline_id,
        "currency": forecast.currency,
        "workspace_id": work.workspace_id,
        "as_of": forecast.as_of,
        "body": written(forecast),
    }
    work.tx.execute(insert(ForecastRow).values(**row))
    work.calls.foresee(pipeline_id, forecast)


def _foreseen(found: LedgerPast, now: datetime, zone: tzinfo) -> KeptForecast:
    at = day_of(now)
    chances = [stage.chance / 100 for stage in found.pipeline.open_stages]
    past = Hindsight(found.history, chances)
    wins = len(wins_of(past.known(at)).deal)
    stand = standing_of(past, at, chances)
    told = _periods(past, now, zone) if wins >= LEAST_WINS else ()
    return KeptForecast(
        currency=found.currency,
        as_of=now,
        wins=wins,
        open_deals=stand.open_deals,
        unvalued=stand.unvalued,
        weighted=round(stand.weighted),
        outlived=stand.outlived,
        periods=list(told),
    )


def _periods(past: Hindsight, now: datetime, zone: tzinfo) -> Iterator[PeriodForecast]:
    for period in Period:
        first, last = span_of(period, now.astimezone(zone).date())
        since, until = _midnight(first, zone), _midnight(last + timedelta(days=1), zone)
        if period is Period.DAYS:
            since, until = now, now + (until - since)
        yield _kept(period, (first, last), outlook(past, day_of(now), day_of(since), day_of(until)))


def _kept(period: Period, span: tuple[date, date], found: Outlook) -> PeriodForecast:
    forecast = found.forecast
    return PeriodForecast(
        period=period,
        first=span[0],
        last=span[1],
        won=round(found.won_already),
        expected=round(found.expected),
        low=round(found.low),
        high=round(found.high),
        from_open=round(forecast.from_open),
        from_new=round(forecast.from_new),
        checks=forecast.checks,
        off_by=forecast.off_by,
    )


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
