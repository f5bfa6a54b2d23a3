"""Forecasts: none yet, too few wins, several currencies, rough, a period that has just begun, and without money."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from handlers.views.forecast import Foreseen, forecast
from pipeline.kept_forecasts import KeptForecast, Period, PeriodForecast
from tests.views.gallery.sitter import NOW, Sitter, Wall, pictured

MONTH = PeriodForecast(
    Period.MONTH,
    date(2026, 11, 1),
    date(2026, 11, 30),
    won=120_000_00,
    expected=420_337_12,
    low=330_120_00,
    high=539_610_00,
    from_open=200_337_12,
    from_new=100_000_00,
    checks=12,
    off_by=0.14,
)
QUARTER = replace(
    MONTH, period=Period.QUARTER, first=date(2026, 10, 1), last=date(2026, 12, 31), checks=2, off_by=0.31
)
DAYS = replace(
    MONTH,
    period=Period.DAYS,
    first=date(2026, 11, 17),
    last=date(2026, 12, 16),
    won=0,
    checks=0,
    off_by=None,
)
KEPT = KeptForecast("EUR", NOW - timedelta(hours=6), 212, 41, 0, 1_912_345_00, 63, (MONTH, QUARTER, DAYS))
ALL = tuple(Period)
# The November of KEPT is over, and nobody has looked at December.
DECEMBER = datetime(2026, 12, 1, 0, 10, tzinfo=UTC)


def forecasts(sitter: Sitter) -> Wall:
    dollars = replace(KEPT, currency="USD", open_deals=1, unvalued=1, outlived=1, weighted=1_234_56)
    thin = replace(KEPT, periods=(), wins=1, unvalued=3, outlived=0)
    views = {
        "forecast": Foreseen([KEPT], ALL, "", money=True, currency="EUR", now=NOW),
        "forecast_of_a_quarter": Foreseen(
            [KEPT], [Period.QUARTER], "Partners", money=True, currency="EUR", now=NOW
        ),
        "forecast_in_two_currencies": Foreseen(
            [KEPT, dollars], [Period.DAYS], "", money=True, currency="EUR", now=NOW
        ),
        "forecast_not_reckoned_yet": Foreseen([KEPT], ALL, "", money=True, currency="EUR", now=DECEMBER),
        "forecast_of_few_wins": Foreseen(
            [replace(KEPT, wins=7)], [Period.DAYS], "", money=True, currency="EUR", now=NOW
        ),
        "forecast_too_thin": Foreseen(
            [thin, replace(thin, currency="USD", wins=0)], ALL, "", money=True, currency="EUR", now=NOW
        ),
        "forecast_unknown": Foreseen([], ALL, "", money=True, currency="EUR", now=NOW),
        "forecast_hidden": Foreseen([KEPT], ALL, "", money=False, currency="EUR", now=NOW),
    }
    return pictured({name: forecast(facts, sitter.texts) for name, facts in views.items()})
