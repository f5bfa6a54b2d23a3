"""What will be won."""

from collections.abc import Mapping

from handlers.vocabulary.command import Command, Subject
from pipeline.kept_forecasts import Period
from pipeline.names import fold
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
    Command(
        Subject.CALL,
        ("call",),
        ("ansage", "ansagen"),
        (
            "call [AMOUNT] [month] [quarter] [next month | next quarter] [team] [in PIPELINE]",
            "ansage [BETRAG] [Monat] [Quartal] [nächster Monat | nächstes Quartal] [Team] [in PIPELINE]",
        ),
        (
            "Say what you will win; alone it shows what everybody has said, beside the forecast",
            "Sagt, was du gewinnen wirst; allein zeigt es, was alle gesagt haben, neben der Prognose",
        ),
        ("call 120k quarter", "ansage 120k quartal"),
        Act.LOOK,
    ),
    Command(
        Subject.TARGET,
        ("target", "quota"),
        ("ziel", "zielvorgabe"),
        (
            "target [AMOUNT | off] [month] [quarter] [next month | next quarter] [in PIPELINE]",
            "ziel [BETRAG | aus] [Monat] [Quartal] [nächster Monat | nächstes Quartal] [in PIPELINE]",
        ),
        (
            "What should be won in a month or quarter, and what is left of it; managers set it",
            "Was in einem Monat oder Quartal gewonnen werden soll und was daran fehlt; Manager setzen es",
        ),
        ("target 300k quarter", "ziel 300k quartal"),
        Act.LOOK,
    ),
    Command(
        Subject.CATEGORY,
        ("category",),
        ("kategorie", "einstufung"),
        ("category DEAL commit", "kategorie DEAL Zusage"),
        (
            "Say how sure a deal is, whatever its stage: pipeline, best case, commit, omitted; “auto” goes by the stage again",
            "Sagt, wie sicher ein Deal ist, unabhängig von der Phase: Pipeline, Bestfall, Zusage, ohne Prognose; „automatisch“ geht wieder nach der Phase",
        ),
        ("category D-42 commit", "kategorie D-42 Zusage"),
        Act.CHANGE,
    ),
)
PERIOD_WORDS: Mapping[Period, frozenset[str]] = {
    Period.MONTH: frozenset({"month", "this month", "monat", "dieser monat", "diesen monat"}),
    Period.QUARTER: frozenset({"quarter", "this quarter", "quartal", "dieses quartal"}),
    Period.DAYS: frozenset({"30 days", "30d", "30 d", "30 tage", "next 30 days", "nächste 30 tage"}),
}
NEXT_WORDS: Mapping[Period, frozenset[str]] = {
    Period.MONTH: frozenset({"next month", "nächster monat", "nächsten monat", "nächstem monat"}),
    Period.QUARTER: frozenset({"next quarter", "nächstes quartal", "nächstem quartal"}),
}
TEAM_WORDS = frozenset(map(fold, ("team", "everybody", "everyone", "all", "alle", "allen")))
OWN_WORDS = frozenset(map(fold, ("mine", "own", "me", "myself", "meine", "eigene", "mich")))
# Around a period they say nothing.
FILLERS = frozenset(map(fold, ("for", "the", "für", "das", "den", "im", "whole", "ganze", "and", "und")))
