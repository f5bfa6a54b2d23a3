"""What the bot says in German around saying something of a deal."""

from typing_extensions import override

from handlers.texts.english_care import EnglishCare
from pipeline.people import Absence


class GermanCare(EnglishCare):
    edit_deal = "Bearbeiten"
    note_on_deal = "Notiz"
    next_step_of = "Nächster Schritt"
    park_deal = "Ruhen lassen"
    void_deal = "Ungültig: war ein Irrtum"
    claim_deal = "Übernehmen"
    note = "Notiz"
    deal = "Welcher Deal"
    deal_hint = "Ein Kürzel wie D-42, oder genug von Titel oder Firma"

    @override
    def edit_title(self, code: str) -> str:
        return f"{code} bearbeiten"

    @override
    def note_title(self, code: str) -> str:
        return f"Notiz zu {code}" if code else "Notiz zu einem Deal"

    @override
    def claim_label(self, code: str) -> str:
        return f"Übernehmen: {code}"

    @override
    def form_for(self, code: str, title: str) -> str:
        return f"{code} {title}: Drück den Knopf und füll das Formular aus."

    @override
    def noted(self, code: str, title: str, by: str, text: str) -> str:
        return f"{code} {title}, Notiz von {by}: {text}"

    @override
    def made_void(self, code: str, title: str, by: str) -> str:
        return f"{code} {title} wurde von {by} für ungültig erklärt und zählt in keiner Liste und keiner Zahl mehr."

    @override
    def merged(self, code: str, title: str, other: str, by: str) -> str:
        return f"{code} {title} hat {other} aufgenommen, zusammengeführt von {by}."

    @override
    def absorbed(self, code: str, title: str, other: str, by: str) -> str:
        return f"{code} {title} ist in {other} aufgegangen, zusammengeführt von {by}."

    @override
    def merged_into(self, code: str) -> str:
        return f"aufgegangen in {code}"

    @override
    def separated(self, code: str, title: str, other: str) -> str:
        return f"{code} {title}: Die Zusammenführung ist zurückgenommen; {other} ist wieder ein eigener Deal."

    @override
    def undone_quietly(self, code: str, title: str) -> str:
        return f"{code} {title}: Die letzte Änderung wurde zurückgenommen."

    @override
    def owned_already(self, code: str, title: str, owner: str) -> str:
        return f"{code} {title} gehört {owner}. Übernehmen lässt sich nur, was niemandem gehört; Manager können sagen: /deal zuweisen {code} @wer"

    @override
    def owner_unfit(self, name: str, absence: Absence) -> str:
        why = {
            Absence.LEFT: "ist nicht mehr dabei",
            Absence.GUEST: "ist hier zu Gast",
            Absence.OUTSIDER: "gehört zu einer anderen Organisation",
            Absence.ONLOOKER: "darf Deals nur ansehen",
        }[absence]
        return f"{name} {why} und kann keinen Deal besitzen. Nenn jemand anderen, zum Beispiel: /deal zuweisen D-42 @ana"

    @override
    def merged_with_itself(self, code: str) -> str:
        return f"{code} lässt sich nicht mit sich selbst zusammenführen. Zum Beispiel: /deal zusammenführen {code} D-57"

    @override
    def kinds_differ(self, code: str, other: str) -> str:
        return f"{code} und {other} lassen sich nicht zusammenführen: Nur zwei offene, zwei gewonnene oder zwei verlorene können derselbe Deal sein."

    @override
    def assign_whom(self, code: str) -> str:
        return f"Wem? Nenn eine Person mit @, zum Beispiel: /deal zuweisen {code} @ana (oder: mir, niemandem)"

    @override
    def until_when(self, code: str) -> str:
        return f"Bis wann? Zum Beispiel: /deal ruhen {code} bis nächsten Montag"

    @override
    def close_when(self, code: str) -> str:
        return f"Welcher Tag? Zum Beispiel: /deal abschlussdatum {code} 15.12."

    @override
    def not_ahead(self, code: str, day: str) -> str:
        return f"{day} liegt nicht in der Zukunft. Zum Beispiel: /deal ruhen {code} bis nächsten Montag"

    @override
    def value_what(self, code: str) -> str:
        return f"Wie viel ist der Deal wert? Zum Beispiel: /deal wert {code} 12k"

    @override
    def which_survives(self, code: str, other: str) -> str:
        return f"Aus {code} und {other} wird ein Deal. Welcher von beiden soll bleiben?"

    @override
    def survives(self, code: str) -> str:
        return f"{code} bleibt"

    @override
    def merge_what(self, code: str) -> str:
        return f"Womit zusammenführen? Zum Beispiel: /deal zusammenführen {code} D-57 ({code} bleibt)"

    forget_them = "Vergessen"

    @override
    def forget_sure(self, deals: int) -> str:
        of = "Ein Deal hat" if deals == 1 else f"{deals} Deals haben"
        return f"{of} diesen Kontakt. Vergessen nimmt den Namen endgültig aus Deals, Verlauf, Antworten und Nachrichten; es lässt sich nicht zurücknehmen."

    @override
    def forgotten(self, deals: int) -> str:
        of = "Ein Deal hat" if deals == 1 else f"{deals} Deals haben"
        return f"{of} den Kontakt vergessen; die Zahlen bleiben. Was ich in den letzten 30 Tagen in Channels und Threads gesagt habe, schreibe ich ohne den Namen neu; ältere Zeilen, und was Menschen selbst geschrieben haben, löschst du selbst."

    @override
    def text_removed(self, code: str, title: str) -> str:
        return f"{code} {title}: Hier wurde persönlicher Text entfernt."

    @override
    def forget_whom(self) -> str:
        return "Wen? Nenne den Kontakt so, wie er am Deal steht, zum Beispiel: /deal vergiss Jo Fields"

    @override
    def forget_member(self, name: str, deals: int) -> str:
        first = ""
        if deals:
            owned = "einen offenen Deal" if deals == 1 else f"{deals} offene Deals"
            first = f" und hat {owned}: Gib erst weiter, was offen ist; /deal liste @{name} zeigt es"
        return (
            f"{name} gehört zu diesem Workspace{first}. Vergessen werden hier nur Kontakte von Deals; "
            "wer geht, wird in Slack entfernt, und die Deals warten dann auf jemand Neuen. Nichts wurde geändert."
        )

    @override
    def unknown_contact(self) -> str:
        return "Kein Deal hat diesen Kontakt. Nenn ihn wie der Deal, zum Beispiel: /deal vergiss Jo Fields"
