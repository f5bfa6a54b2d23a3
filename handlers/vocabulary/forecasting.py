"""What will be won."""

from collections.abc import Mapping

from handlers.vocabulary.command import Command, Subject
from pipeline.kept_forecasts import Period
from pipeline.permissions import Act

FORECASTING: tuple[Command, ...] = (
    Command(
        Subject.FORECAST,
        ("forecast",),
        ("prognose", "vorhersage"),
        (
            "forecast [month] [quarter] [30 days] [in PIPELINE]",
            "prognose [Monat] [Quartal] [30 Tage] [in PIPELINE]",
        ),
        (
            "What will be won, how sure that is, and how far off past forecasts were",
            "Was gewonnen wird, wie sicher das ist und wie weit frühere Prognosen danebenlagen",
        ),
        ("forecast quarter", "prognose quartal"),
        Act.LOOK,
    ),
)
PERIOD_WORDS: Mapping[Period, frozenset[str]] = {
    Period.MONTH: frozenset({"month", "this month", "monat", "dieser monat", "diesen monat"}),
    Period.QUARTER: frozenset({"quarter", "this quarter", "quartal", "dieses quartal"}),
    Period.DAYS: frozenset({"30 days", "30d", "30 d", "30 tage", "next 30 days", "nächste 30 tage"}),
}
