"""What the bot says in German on charts and tables, and of reports that are said after the acknowledgement."""

from typing_extensions import override

from handlers.texts import formats
from handlers.texts.english_charts import EnglishCharts
from pipeline.kept_forecasts import DAYS, Period


class GermanCharts(EnglishCharts):
    report_again = "Noch einmal zeigen"

    @override
    def report_lost(self) -> str:
        return (
            "Dein Bericht ist vielleicht unterwegs verloren gegangen. "
            "Wenn er nicht weiter oben steht, lass ihn noch einmal zeigen."
        )

    @override
    def amounts_in(self, currency: str, power: int) -> str:
        return {0: currency, 3: f"Tausend {currency}", 6: f"Millionen {currency}"}[power]

    @override
    def board_chart(self) -> str:
        return "Offene Deals je Phase"

    @override
    def board_value_chart(self, currency: str) -> str:
        return f"Offener Wert je Phase, {currency}"

    @override
    def board_sum(self, deals: int, sums: str) -> str:
        counted = "Ein offener Deal" if deals == 1 else f"{formats.whole(deals, 'de')} offene Deals"
        return f"{counted}: {sums}" if sums else f"{counted}."

    @override
    def board_worth(self, value: str, weighted: str) -> str:
        return f"{value}, gewichtet {weighted}"

    @override
    def bridge_chart(self, currency: str) -> str:
        return f"Offener Wert damals und jetzt, {currency}"

    @override
    def bridge_caption(self) -> str:
        return "Offene Deals, von damals bis jetzt"

    then = "Damals"
    now = "Jetzt"

    @override
    def stage_captions(self) -> tuple[str, str]:
        return "Wie lange Deals in einer Phase bleiben", "Was Verbesserungen in einer Phase brächten"

    @override
    def gain_heads(self, faster: str, better: str) -> tuple[str, str, str, str, str, str]:
        return "Phase", "Gewonnen", "Entschieden", f"{faster} schneller", f"{better} mehr weiter", "Abgänge"

    @override
    def forecast_chart(self, currency: str) -> str:
        return f"Was gewonnen wird, {currency}"

    @override
    def forecast_series(self) -> tuple[str, str, str]:
        return "Schon gewonnen", "Aus offenen Deals", "Aus neuen Deals"

    @override
    def forecast_category(self, period: Period) -> str:
        return {
            Period.MONTH: "Dieser Monat",
            Period.QUARTER: "Dieses Quartal",
            Period.DAYS: f"Nächste {DAYS} Tage",
        }[period]
