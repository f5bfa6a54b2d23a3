"""What a night finds out from the ledger, and what people are told on the morning after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from pipeline.bridge import Bridge, Scope
from pipeline.deal import Deal
from pipeline.finding import Wanted
from pipeline.history import History
from pipeline.kept_forecasts import KeptForecast, Period, PeriodForecast
from pipeline.odds import Odds
from pipeline.priority import ranked
from pipeline.stage_reports import Looked, StageReport
from storage import fitting, foreseeing
from storage.insight import read_history
from storage.looking import look_for_bottlenecks
from tests.conftest import TEAM
from tests.pipeline.desk import Desk


@dataclass(frozen=True)
class Told:
    """`history` and `top` are of the moment itself."""

    history: History
    odds: Odds
    forecasts: Mapping[str, KeptForecast]
    reports: Mapping[str | None, Looked]
    top: Sequence[int]

    def share(self, desk: Desk, deal: Deal) -> float:
        known = desk.deal(deal)
        share = self.odds.share(known.stage_id, (desk.at - known.entered_at) / timedelta(days=1), None)
        assert share is not None
        assert 0 <= share <= 1
        return share

    def stage(self, desk: Desk, key: str, currency: str | None = "EUR") -> StageReport:
        looked = self.reports[currency]
        return looked.report.stages[list(looked.stage_ids).index(desk.stage(key).id)]

    @property
    def days(self) -> PeriodForecast:
        return next(each for each in self.forecasts["EUR"].periods if each.period is Period.DAYS)


def told(desk: Desk, zone: ZoneInfo | None = None) -> Told:
    later(desk, 0.001)
    today = desk.at.astimezone(zone or UTC).date()
    foreseeing.refit(desk.store, TEAM, desk.at, zone or UTC)
    look_for_bottlenecks(desk.store, TEAM, desk.at, today)
    fitting.refit(desk.store, TEAM, desk.at, today)
    with desk.store.read(TEAM) as work:
        pipelines = {each.id: each for each in work.stages.all()}
        mine = work.stages.pipeline()
        candidates = work.deals.candidates(Wanted(today, desk.at), 1000)
        ids = ranked(candidates, pipelines, desk.at, 100).ids
        return Told(
            read_history(work.tx, mine, desk.at, "EUR"),
            mine.odds[""],
            {each.currency: each for each in work.forecasts.of(mine.id)},
            {each.currency: each for each in work.bottlenecks.found(mine.id)},
            [deal.number for deal in work.deals.those(ids)],
        )


def bridged(desk: Desk, since: datetime) -> Bridge:
    with desk.store.read(TEAM, still=True) as work:
        crossing = work.past.bridge(Scope(work.stages.pipeline().id), since, desk.at.date())
    assert crossing
    assert crossing.bridge.closes
    return crossing.bridge


def later(desk: Desk, days: float) -> datetime:
    desk.at += timedelta(days=days)
    return desk.at


def sold_usually(desk: Desk) -> Desk:
    """Ten deals of long ago: four days as a lead, six in the proposal; seven were won."""
    deals = [desk.filled(f"usual {place}") for place in range(10)]
    later(desk, 4)
    for deal in deals:
        desk.move(deal, "proposal")
    later(desk, 6)
    for place, deal in enumerate(deals):
        desk.move(deal, "won") if place < 7 else desk.lose(deal)
    later(desk, 35)
    return desk


def are_same(one: History, other: History) -> bool:
    columns = (
        (getattr(one, each.name), getattr(other, each.name))
        for each in fields(History)
        if each.name != "stages"
    )
    return all(np.array_equal(first, second, equal_nan=True) for first, second in columns)


def assert_same(found: Told, before: Told) -> None:
    assert are_same(found.history, before.history)
    assert found.odds.stages == before.odds.stages
    assert found.forecasts == before.forecasts
    assert found.reports == before.reports
    assert found.top == before.top
