"""What the bot says in German of forecasts."""

from typing_extensions import override

from handlers.texts.english_forecast import EnglishForecast
from pipeline.kept_forecasts import Period


class GermanForecast(EnglishForecast):
    @override
    def forecast_title(self, pipeline: str) -> str:
        return f"Prognose, {pipeline}" if pipeline else "Prognose"

    @override
    def forecast_period(self, period: Period, first: str, last: str, days: int) -> str:
        return {
            Period.MONTH: f"Dieser Monat, bis {last}",
            Period.QUARTER: f"Dieses Quartal, {first} bis {last}",
            Period.DAYS: f"Nächste {days} Tage",
        }[period]

    @override
    def forecast_follows(self) -> str:
        return "Noch nicht ausgerechnet. Die Prognose folgt in wenigen Minuten."

    @override
    def forecast_band(self, amount: str, low: str, high: str) -> str:
        return f"{amount} (80 %: {low} bis {high})."

    @override
    def forecast_won(self, amount: str) -> str:
        return f"{amount} davon sind schon gewonnen."

    @override
    def forecast_sources(self, from_open: str, from_new: str, open_deals: int) -> str:
        deals = "einem offenen Deal" if open_deals == 1 else f"{open_deals} offenen Deals"
        return (
            f"{from_open} aus {deals}, {from_new} aus Deals, die ihr üblicherweise in dieser Zeit "
            "neu anlegt und abschließt."
        )

    @override
    def forecast_checks(self, checks: int, percent: int) -> str:
        when = "Bei der letzten Prüfung" if checks == 1 else f"Bei den letzten {checks} Prüfungen"
        return f"{when} lag ich im Mittel um {percent} % daneben."

    @override
    def forecast_rough(self, checks: int) -> str:
        past = "noch keine" if not checks else "erst wenig"
        return f"Die Spanne ist grob: Es gibt {past} Vergangenheit, an der sie sich prüfen ließe."

    @override
    def forecast_sample(self, wins: int) -> str:
        return f"All das beruht auf {wins} gewonnenen Deals."

    @override
    def forecast_weighted(self, amount: str, outlived: int) -> str:
        said = f"Die gewichtete Pipeline hätte {amount} gesagt"
        if not outlived:
            return f"{said}, wann immer die Deals schließen."
        deals = "Ein Deal ist" if outlived == 1 else f"{outlived} Deals sind"
        return f"{said}: {deals} älter als jeder Deal, den ihr je gewonnen habt."

    @override
    def forecast_unvalued(self, count: int) -> str:
        deals = (
            "Ein Deal hat keinen Betrag und zählt"
            if count == 1
            else f"{count} Deals haben keinen Betrag und zählen"
        )
        return f"{deals} wie ein üblicher Gewinn, in der gewichteten Pipeline gar nicht."

    @override
    def forecast_too_thin(self, wins: int, least: int) -> str:
        won = (
            "ein Deal wurde"
            if wins == 1
            else f"{wins or 'kein'} Deal{'s' if wins else ''} wurde{'n' if wins else ''}"
        )
        return f"Noch lässt sich nichts vorhersagen: Bisher {won} gewonnen. Ab {least} versuche ich es jede Nacht."

    @override
    def forecast_unknown(self) -> str:
        return (
            "Es gibt noch keine Prognose: Ich rechne sie jede Nacht aus Deals mit Betrag. "
            "So bekommt einer einen Betrag: /deal wert D-1 12k"
        )

    @override
    def forecast_hidden(self) -> str:
        return (
            "Beträge werden dir hier nicht gezeigt, und eine Prognose besteht aus nichts anderem. "
            "Frag jemanden, der sie sehen darf."
        )

    @override
    def not_foreseen(self, words: str) -> str:
        return (
            "Eine Prognose gibt es für diesen Monat, dieses Quartal und die nächsten 30 Tage, "
            f"nicht für {words}. Zum Beispiel: /deal prognose quartal"
        )
