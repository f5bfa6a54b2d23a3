"""What the bot says in German of calls, targets and categories."""

from collections.abc import Sequence

from typing_extensions import override

from handlers.texts.english_calls import EnglishCalls
from pipeline.kept_forecasts import Period


class GermanCalls(EnglishCalls):
    @override
    def span_title(self, period: Period, ahead: int, first: str, last: str) -> str:
        months = {0: "Dieser Monat", 1: "Nächster Monat", -1: "Letzter Monat"}
        quarters = {0: "Dieses Quartal", 1: "Nächstes Quartal", -1: "Letztes Quartal"}
        days = f"{first} bis {last}"
        which = (months if period is Period.MONTH else quarters).get(ahead)
        return f"{which}, {days}" if which else days

    @override
    def last_period(self, period: Period) -> str:
        return "Letzter Monat" if period is Period.MONTH else "Letztes Quartal"

    @override
    def one_period(self) -> str:
        return "Bitte nur ein Zeitraum auf einmal. Zum Beispiel: /deal ansage 120k quartal"

    @override
    def period_is_over(self, last: str) -> str:
        return (
            f"Dieser Zeitraum endete am {last}, und was dazu gesagt wurde, bleibt stehen. "
            "Zum Beispiel: /deal ansage 120k monat"
        )

    @override
    def calls_hidden(self) -> str:
        return "Beträge werden dir hier nicht gezeigt, und Ansagen und Ziele bestehen aus nichts anderem."

    @override
    def call_noted_hidden(self) -> str:
        return "Notiert. Beträge werden hier nicht gezeigt."

    @override
    def targets_title(self, pipeline: str) -> str:
        return f"Ziele, {pipeline}" if pipeline else "Ziele"

    @override
    def target_is(self, amount: str) -> str:
        return f"Das Ziel ist jetzt {amount}"

    @override
    def target_taken(self, amount: str) -> str:
        return f"Das Ziel von {amount} gilt nicht mehr."

    @override
    def target_was(self, amount: str) -> str:
        return f" (vorher {amount})"

    @override
    def target_none(self, currency: str) -> str:
        return f"Es gibt kein Ziel in {currency}. Manager setzen eines: /deal ziel 300k quartal"

    @override
    def targets_none(self) -> str:
        return "Es ist kein Ziel gesetzt. Manager setzen eines: /deal ziel 300k quartal"

    @override
    def target_unreadable(self, word: str) -> str:
        return f"„{word}“ ist kein Betrag und kein Zeitraum, den ich kenne. Zum Beispiel: /deal ziel 300k quartal"

    @override
    def back_to(self, amount: str) -> str:
        return f"Zurück auf {amount}"

    @override
    def take_away(self) -> str:
        return "Wieder wegnehmen"

    @override
    def target_named(self, amount: str) -> str:
        return f"Ziel {amount}: "

    @override
    def target_reached(self, won: str) -> str:
        return f"{won or 'nichts'} gewonnen, damit ist es erreicht, und es fehlt nichts mehr."

    @override
    def target_ahead(self, won: str, left: str) -> str:
        return f"bisher {won or 'nichts'} gewonnen, {left} fehlen."

    @override
    def coverage(self, value: str, times: str) -> str:
        return f"Offene Deals, die rechtzeitig schließen, sind {value} wert, das {times}-Fache dessen, was fehlt."

    @override
    def coverage_none(self) -> str:
        return (
            "Kein offener Deal mit Betrag schließt rechtzeitig. "
            "So sagst du, wann: /deal abschlussdatum D-1 freitag"
        )

    @override
    def calls_title(self, pipeline: str) -> str:
        return f"Ansagen, {pipeline}" if pipeline else "Ansagen"

    @override
    def call_is(self, amount: str, *, team: bool) -> str:
        return f"Du sagst {amount} an, {'für alle' if team else 'für deine eigenen Deals'}."

    @override
    def call_was(self, amount: str) -> str:
        return f"Bisher waren es {amount}."

    @override
    def call_taken(self, amount: str) -> str:
        return f"Deine Ansage von {amount} ist zurückgenommen."

    @override
    def call_none(self, currency: str) -> str:
        return f"Du hast in {currency} nichts angesagt. Zum Beispiel: /deal ansage 120k quartal"

    @override
    def calls_none(self) -> str:
        return "Noch hat niemand etwas angesagt. Zum Beispiel: /deal ansage 120k quartal"

    @override
    def call_unreadable(self, word: str) -> str:
        return (
            f"„{word}“ ist kein Betrag und kein Zeitraum, den ich kenne. "
            "Zum Beispiel: /deal ansage 120k quartal"
        )

    @override
    def call_own(self, name: str, amount: str, won: str) -> str:
        return f"{name}: {amount} für die eigenen Deals, bisher {won or 'nichts'} gewonnen"

    @override
    def call_team(self, name: str, amount: str) -> str:
        return f"{name}: {amount} für alle"

    @override
    def call_void(self, line: str, absent: str) -> str:
        return f"{line} (zählt nicht mehr: {absent})"

    @override
    def calls_together(self, people: int, amount: str) -> str:
        return f"Zusammen sagen {people} Leute {amount} für ihre eigenen Deals an."

    @override
    def calls_own(self, named: Sequence[str], others: int, total: str) -> str:
        more = f" und {others} weitere" if others > 1 else " und noch eine" if others else ""
        together = f"; zusammen {total}" if total else ""
        return f"Ansagen für die eigenen Deals: {', '.join(named)}{more}{together}."

    @override
    def calls_of_team(self, name: str, amount: str, more: str, fewer: str) -> str:
        beside = f", {more} mehr als die Prognose" if more else f", {fewer} weniger als die Prognose"
        return f"Ansage von {name} für alle: {amount}{beside if more or fewer else ''}."

    @override
    def forecast_beside(self, amount: str, low: str, high: str) -> str:
        return f"Die Prognose sagt für alle {amount} (80 %: {low} bis {high})."

    @override
    def became_team(self, name: str, period: str, called: str, became: str) -> str:
        return f"{period}: {self._call_of(name)} {called}, daraus wurden {became}."

    @override
    def became_own(self, name: str, period: str, called: str, became: str) -> str:
        return f"{period}: {self._call_of(name)} {called} für die eigenen Deals, gewonnen wurden {became}."

    @staticmethod
    def _call_of(name: str) -> str:
        return f"Ansage von {name}:" if name else "deine Ansage war"

    @override
    def forecast_then(self, amount: str) -> str:
        return f"Die Prognose sagte damals {amount}."

    @override
    def forecast_then_of_all(self, amount: str, became: str) -> str:
        return f"Die Prognose sagte damals {amount} für alle, daraus wurden {became}."

    @override
    def call_record(
        self, period: Period, periods: int, calls: int, forecast: int | None, as_before: int | None
    ) -> str:
        month = period is Period.MONTH
        several = "Monaten" if month else "Quartalen"
        when = f"Im letzten {'Monat' if month else 'Quartal'}" if periods == 1 else f"In {periods} {several}"
        parts = [f"lagen Ansagen um {calls} % daneben"]
        if forecast is not None:
            parts.append(f"die Prognose um {forecast} %")
        if as_before is not None:
            parts.append(f"„wie {'im Monat' if month else 'im Quartal'} davor“ um {as_before} %")
        return f"{when} {', '.join(parts)}."

    @override
    def closing_by_category(self, parts: str) -> str:
        return f"Es schließen darin: {parts}."

    @override
    def category_part(self, category: str, amount: str, deals: int) -> str:
        return f"{category} {amount} ({'1 Deal' if deals == 1 else f'{deals} Deals'})"

    @override
    def unvalued_part(self, deals: int) -> str:
        return "1 Deal ohne Betrag" if deals == 1 else f"{deals} Deals ohne Betrag"

    @override
    def closing_unvalued(self, deals: int) -> str:
        return "Einer mehr hat keinen Betrag." if deals == 1 else f"{deals} weitere haben keinen Betrag."

    @override
    def category_by_stage(self) -> str:
        return "Prognosekategorie: wie die Phase sagt"

    @override
    def category_by_stage_option(self) -> str:
        return "wie die Phase sagt"

    @override
    def category_overridden(self, category: str) -> str:
        return f"Prognosekategorie: {category}, von Hand gesetzt"

    @override
    def category_is_said(self, code: str, title: str, category: str) -> str:
        return f"{code} {title} zählt als {category}, von Hand gesetzt. Was soll es sein?"

    @override
    def category_is_of_stage(self, code: str, title: str, category: str, stage: str) -> str:
        return f"{code} {title} zählt als {category}, wie die Phase {stage}. Was soll es sein?"

    @override
    def category_of_deal_unknown(self, word: str, code: str, known: str) -> str:
        return f"„{word}“ ist keine Kategorie eines Deals. Zum Beispiel: /deal kategorie {code} Zusage ({known} oder automatisch)"
