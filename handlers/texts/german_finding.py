"""What the bot says in German of lists, of the board, and of how a deal fares."""

from collections.abc import Sequence

from typing_extensions import override

from handlers.texts import formats
from handlers.texts.english_finding import EnglishFinding
from pipeline.finding import Order


class GermanFinding(EnglishFinding):
    # How a deal fares

    stale = "liegt still"
    overdue = "überfällig"
    at_rest = "ruht"

    @override
    def pushed(self, times: int) -> str:
        return f"{times}-mal vertagt"

    @override
    def parked_until(self, day: str) -> str:
        return f"ruht bis {day}"

    # Lists

    next_page = "Nächste Seite"
    previous_page = "Vorige Seite"
    show_deal = "Zeigen"

    @override
    def show_label(self, code: str) -> str:
        return f"{code} zeigen"

    @override
    def list_title(self, *, closed_too: bool) -> str:
        return "Alle Deals" if closed_too else "Offene Deals"

    @override
    def list_words(self, words: str) -> str:
        return f"„{words}“"

    @override
    def list_over(self, amount: str) -> str:
        return f"über {amount}"

    @override
    def list_closing(self, first: str, last: str) -> str:
        return f"Abschluss {first}" if first == last else f"Abschluss {first} bis {last}"

    @override
    def list_count(self, total: int, order: str) -> str:
        return "Ein Deal" if total == 1 else f"{formats.whole(total, 'de')} Deals: {order}"

    @override
    def list_page(self, first: int, last: int, total: int, order: str) -> str:
        return f"{formats.whole(first, 'de')}-{formats.whole(last, 'de')} von {formats.whole(total, 'de')}, {order}"

    @override
    def order(self, order: Order) -> str:
        return {
            Order.LONGEST: "die längsten in ihrer Phase zuerst",
            Order.ENTERED: "die letzten zuerst",
            Order.SOONEST: "die nächsten Abschlüsse zuerst",
            Order.HIGHEST: "die höchsten Werte zuerst",
            Order.NEEDIEST: "was Aufmerksamkeit braucht, zuerst",
            Order.NEWEST: "die neuesten zuerst",
            Order.ALIKE: "die so heißen zuerst, dann offene nach letzter Änderung",
        }[order]

    @override
    def list_worth(self, sums: Sequence[str]) -> str:
        return f"Zusammen {' und '.join(sums)} wert."

    @override
    def unvalued(self, count: int) -> str:
        return (
            "Ein Deal ohne Wert ist in keiner Summe enthalten."
            if count == 1
            else f"{formats.whole(count, 'de')} Deals ohne Wert sind in keiner Summe enthalten."
        )

    @override
    def list_empty(self, asked: str) -> str:
        return f"Dazu passt kein Deal: {asked}."

    @override
    def nothing_open(self, pipeline: str = "", *, may_create: bool) -> str:
        inside = f" in {pipeline}" if pipeline else ""
        example = f" Zum Beispiel: /deal neu Acme Verlängerung 12k{inside}" if may_create else ""
        said = f"In {pipeline} gibt es" if pipeline else "Es gibt"
        return f"{said} keine offenen Deals.{example}"

    @override
    def unknown_filter(self, word: str, *, first: bool = False) -> str:
        example = "prioritäten Verhandlung Team" if first else "liste Verhandlung meine überfällig über 50k"
        return f"Nach „{word}“ kann ich eine Liste nicht eingrenzen. Zum Beispiel: /deal {example}"

    @override
    def no_filter_by_value(self) -> str:
        return "Beträge werden hier nicht gezeigt, also lässt sich eine Liste nicht danach eingrenzen. Zum Beispiel: /deal liste meine überfällig"

    @override
    def find_what(self) -> str:
        return "Was suchst du? Zum Beispiel: /deal suche acme"

    # Board

    board_total = "Gesamt"

    @override
    def board_title(self) -> str:
        return "Deine Pipeline"

    @override
    def board_columns(self) -> tuple[str, str, str, str]:
        return "Phase", "Deals", "Wert", "Gewichtet"

    @override
    def board_more(self, count: int) -> str:
        return f"{formats.whole(count, 'de')} weitere Zeilen passen nicht hierher; die Summen enthalten sie."

    @override
    def board_unowned(self, count: int) -> str:
        what = (
            "Ein Deal hat keinen Besitzer"
            if count == 1
            else f"{formats.whole(count, 'de')} Deals haben keinen Besitzer"
        )
        return f"{what}: /deal liste ohne Besitzer"
