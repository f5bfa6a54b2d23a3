"""What the bot says in German of what has changed since a day."""

from collections.abc import Sequence

from typing_extensions import override

from handlers.texts.english_bridge import EnglishBridge
from pipeline.bridge import Reason


class GermanBridge(EnglishBridge):
    @override
    def bridge_title(self, day: str) -> str:
        return f"Änderungen seit {day}"

    @override
    def bridge_columns(self) -> tuple[str, str, str]:
        return "Schritt", "Anzahl", "Wert"

    @override
    def opening(self, day: str) -> str:
        return f"Offen am {day}"

    bridge_closing = "Jetzt offen"

    @override
    def reason(self, reason: Reason) -> str:
        return {
            Reason.NEW: "Neu",
            Reason.REOPENED: "Wieder offen",
            Reason.PULLED_IN: "Vorgezogen",
            Reason.INCREASED: "Erhöht",
            Reason.DECREASED: "Verringert",
            Reason.CURRENCY: "Andere Währung",
            Reason.PUSHED_OUT: "Verschoben",
            Reason.MOVED_IN: "Übernommen",
            Reason.MOVED_OUT: "Abgegeben",
            Reason.LOST: "Verloren",
            Reason.WON: "Gewonnen",
            Reason.REMOVED: "Ungültig oder vereint",
        }[reason]

    @override
    def and_more(self, count: int) -> str:
        return f"und {count} weitere" if count > 1 else "und ein weiterer"

    @override
    def won_for(self, amount: str) -> str:
        return f"gewonnen für {amount}"

    @override
    def came_and_won(self, count: int) -> str:
        return f"Zwischendurch gekommen und gewonnen ({count})"

    @override
    def came_and_lost(self, count: int) -> str:
        return f"Zwischendurch gekommen und verloren ({count})"

    as_of = "Stand: "

    @override
    def opening_is_frozen(self) -> str:
        return ". Der Anfang ist die wöchentliche Aufnahme, eingefroren "

    @override
    def opening_is_worked_out(self) -> str:
        return ". Der Anfang ist aus dem Verlauf errechnet; was zurückgenommen wurde, zählt nicht mit."

    @override
    def weighted_change(self, opening: str, closing: str, by_deals: str) -> str:
        return f"Gewichtet mit den Wahrscheinlichkeiten der Phasen: {opening} → {closing}, davon {by_deals} durch die Deals selbst."

    @override
    def weighted_by_chances(self, amount: str) -> str:
        return f"Geänderte Wahrscheinlichkeiten von Phasen: {amount} gewichtet. Dadurch wurde nichts verkauft und nichts verloren."

    @override
    def nothing_changed(self, day: str, count: int, sums: Sequence[str]) -> str:
        deals = "ein offener Deal" if count == 1 else f"{count} offene Deals"
        worth = f" im Wert von {' und '.join(sums)}" if sums else ""
        return f"Seit {day} ist kein Deal dazugekommen, weggefallen oder im Wert geändert: {deals}{worth}."

    @override
    def nothing_there(self, day: str) -> str:
        return (
            f"Seit {day} gibt es nichts zu vergleichen: Damals war kein Deal offen, und jetzt ist es keiner."
        )

    @override
    def nothing_before(self) -> str:
        return "Am Anfang war kein Deal offen: Alles hier ist seitdem dazugekommen."

    @override
    def too_much_changed(self, day: str) -> str:
        return f"Seit {day} haben sich zu viele Deals geändert, um das rechtzeitig zu erzählen. Frag nach einem späteren Tag, zum Beispiel: /deal änderungen seit montag"

    @override
    def since_unreadable(self, word: str) -> str:
        return f"„{word}“ kann ich nicht als Tag lesen. Zum Beispiel: /deal änderungen seit montag, seit 1. November oder seit letzter Woche"

    @override
    def since_ahead(self, day: str) -> str:
        return f"{day} liegt noch vor uns. Zum Beispiel: /deal änderungen seit montag"

    @override
    def unknown_part(self, word: str) -> str:
        return f"Nach „{word}“ kann ich Änderungen nicht eingrenzen. Zum Beispiel: /deal änderungen seit montag meine schließt dieses Quartal"
