"""What the bot says in German of what was not understood or not done."""

from collections.abc import Sequence

from typing_extensions import override

from handlers.texts.english_refusals import EnglishRefusals
from handlers.texts.formats import in_brackets
from pipeline.permissions import Act, Role


class GermanRefusals(EnglishRefusals):
    @override
    def unknown_word(self, word: str) -> str:
        return f"„{word}“ kenne ich nicht. Zum Beispiel: /deal verschiebe D-42 Verhandlung, oder /deal hilfe."

    @override
    def show_help(self) -> str:
        return "Zeig, was du verstehst"

    @override
    def unknown_deal(self, word: str, code: str) -> str:
        return f"Es gibt keinen Deal „{word}“. Zum Beispiel: /deal zeige {code}, oder ein Teil des Titels."

    @override
    def which_deal(self, example: str) -> str:
        return f"Welcher Deal? Zum Beispiel: {example}"

    @override
    def several_deals(self, word: str, shown: int, total: int) -> str:
        if shown < total:
            return f"Mehrere Deals passen zu „{word}“; das sind die zuletzt geänderten. Mehr vom Namen hilft."
        return f"Mehrere Deals passen zu „{word}“. Welcher ist es?"

    @override
    def unknown_stage(self, word: str, stages: str) -> str:
        return f"Es gibt keine Phase „{word}“. Die Phasen sind: {stages}."

    @override
    def which_stage(self, code: str, stages: str) -> str:
        return f"Welche Phase? Zum Beispiel: /deal verschiebe {code} Verhandlung. Die Phasen sind: {stages}."

    @override
    def unknown_person(self, word: str) -> str:
        return f"„{word}“ kenne ich nicht. Nenne eine Person mit @, zum Beispiel: /deal leute @ana manager"

    @override
    def unknown_role(self, word: str) -> str:
        return f"„{word}“ ist keine Rolle. Zum Beispiel: /deal leute @ana manager (Betrachter, Vertrieb, Manager, Admin oder auto)"

    @override
    def any_undoing(self) -> str:
        return "Änderungen zurücknehmen"

    @override
    def call_for_all(self) -> str:
        return "Ansagen, was alle gewinnen,"

    @override
    def which_role(self) -> str:
        return "Welche Rolle? Zum Beispiel: /deal leute @ana manager (Betrachter, Vertrieb, Manager, Admin oder auto)"

    @override
    def no_right(self, act: str, who: str) -> str:
        return f"{act} dürfen {who}. Es wurde nichts geändert."

    @override
    def act(self, act: Act) -> str:
        return {
            Act.LOOK: "Deals ansehen",
            Act.CREATE: "Deals anlegen",
            Act.CHANGE: "Diesen Deal ändern",
            Act.NOTE: "Notizen schreiben",
            Act.CALL: "Sagen, was gewonnen wird,",
            Act.TARGETS: "Ziele setzen",
            Act.UNDO: "Eine fremde Änderung zurücknehmen",
            Act.IMPORT: "Importieren",
            Act.PEOPLE: "Rollen ändern",
            Act.FORGET: "Einen Kontakt vergessen lassen",
            Act.STAGES: "Phasen ändern",
            Act.SETTINGS: "Einstellungen ändern",
        }[act]

    @override
    def who_may(self, role: Role, owner: str | None) -> str:
        at_least = {
            Role.VIEWER: "alle",
            Role.REP: "volle Mitglieder (Vertrieb, Manager, Admins)",
            Role.MANAGER: "Manager und Admins",
            Role.ADMIN: "Admins",
        }[role]
        return f"{owner} (Besitzer), {at_least}" if owner else at_least

    @override
    def already_there(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} steht schon in {stage}."

    @override
    def already_said(self, code: str, title: str) -> str:
        return f"Das steht bei {code} {title} schon so."

    @override
    def already_has(self, code: str, title: str, said: str) -> str:
        return f"Nichts zu ändern: Bei {code} {title} steht schon „{said}“."

    @override
    def already_without(self, code: str, title: str, fields: str) -> str:
        return f"Nichts zu ändern: Bei {code} {title} steht nichts unter „{fields}“."

    @override
    def deal_is_closed(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} ist geschlossen ({stage}). Öffne den Deal zuerst wieder: /deal öffne {code}"

    @override
    def deal_is_open(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} ist schon offen, in {stage}."

    @override
    def deal_is_void(self, code: str) -> str:
        return f"{code} ist ungültig und ändert sich nicht mehr."

    @override
    def overtaken(self, code: str, title: str, what: str) -> str:
        happened = f": {what}" if what else " hat sich inzwischen geändert."
        return f"{code} {title}{happened} Du hast nichts geändert; so steht es jetzt."

    @override
    def moved_a_moment_ago(self, by: str, stage: str) -> str:
        return f"{by} hat den Deal gerade nach {stage} verschoben."

    @override
    def changed_a_moment_ago(self, by: str, fields: Sequence[str]) -> str:
        return f"{by} hat den Deal gerade geändert{in_brackets(fields)}."

    @override
    def moved_since(self, by: str, stage: str) -> str:
        return f"{by} hat den Deal inzwischen nach {stage} verschoben."

    @override
    def changed_since(self, by: str, fields: Sequence[str]) -> str:
        return f"{by} hat den Deal inzwischen geändert{in_brackets(fields)}."

    @override
    def gate_unmet(self, code: str, title: str, stage: str, fields: Sequence[str]) -> str:
        return f"{code} {title}: Für {stage} fehlt noch {', '.join(fields)}."

    @override
    def first_gate(self, stage: str, fields: Sequence[str]) -> str:
        return f"Ein neuer Deal beginnt in {stage}, und dafür fehlt noch {', '.join(fields)}. Ergänze es im Formular; was du geschrieben hast, bleibt."

    @override
    def stage_archived(self, stage: str) -> str:
        return f"Die Phase {stage} ist archiviert. Wähle eine andere."

    @override
    def made_already(self, code: str, title: str) -> str:
        return f"Du hast {code} {title} gerade erst angelegt; noch einen anlegen?"

    @override
    def nothing_to_undo(self, code: str) -> str:
        return (
            f"Die letzte Änderung von {code} lässt sich nicht zurücknehmen. Was geschah: /deal verlauf {code}"
        )

    @override
    def undo_too_late(self, code: str) -> str:
        return f"Die letzte Änderung von {code} ist über einen Tag her und bleibt; verschiebe von Hand: /deal verschiebe {code} …"

    @override
    def last_admin(self) -> str:
        return "Das ist der letzte Admin; ernenne zuerst einen anderen: /deal leute @olga admin"

    @override
    def title_missing(self) -> str:
        return (
            "Der Deal braucht einen Titel. Zum Beispiel: /deal neu Acme Verlängerung 12k bei Acme bis 15.12."
        )

    @override
    def empty_field(self, field: str) -> str:
        return f"{field} darf nicht leer sein."

    @override
    def too_long(self, field: str, limit: int) -> str:
        return f"{field} ist zu lang: höchstens {limit} Zeichen."

    @override
    def forbidden_character(self, field: str) -> str:
        return f"{field} enthält ein Zeichen, das sich nicht speichern lässt (ein Steuerzeichen oder ein halbes Zeichen)."

    # Amounts and dates

    @override
    def amount_unreadable(self, word: str) -> str:
        return f"„{word}“ kann ich nicht sicher als Betrag lesen. Zum Beispiel: 12k, 12.000 € oder 9000 USD"

    @override
    def amount_negative(self, word: str) -> str:
        return f"„{word}“: Ein Wert kann nicht negativ sein. Zum Beispiel: 12k"

    @override
    def two_amounts(self, word: str) -> str:
        return f"Ein Deal hat einen Wert; „{word}“ wäre der zweite. Zum Beispiel: 12k"

    @override
    def amount_not_finite(self, word: str) -> str:
        return f"„{word}“ ist keine Zahl. Zum Beispiel: 12k"

    @override
    def amount_too_large(self, word: str) -> str:
        return f"„{word}“ ist mehr, als ein Deal fassen kann (unter 10 Billionen). Zum Beispiel: 1,5 Mio"

    @override
    def amount_too_precise(self, word: str, currency: str) -> str:
        return f"„{word}“ hat mehr Nachkommastellen, als {currency} kennt. Zum Beispiel: 12.000 {currency}"

    @override
    def currency_unknown(self, word: str) -> str:
        return f"„{word}“ ist keine Währung, die ich kenne. Zum Beispiel: 12.000 EUR"

    @override
    def currency_ambiguous(self, word: str) -> str:
        return f"„{word}“ kann mehr als eine Währung sein. Schreibe ihr Kürzel, zum Beispiel: 12.000 USD"

    @override
    def date_unreadable(self, word: str) -> str:
        return f"„{word}“ kann ich nicht als Datum lesen. Zum Beispiel: 15.12., 2030-12-15, Freitag oder in 3 Wochen"

    @override
    def close_date_unreadable(self, word: str) -> str:
        return f"„{word}“ kann ich nicht als Datum lesen. Zum Beispiel: bis 15.12., bis Freitag oder bis KW 51; ein Titel mit solchen Wörtern gehört in Anführungszeichen: /deal neu „Alles bis Mai“ 12k"

    @override
    def date_impossible(self, word: str) -> str:
        return f"„{word}“ steht in keinem Kalender. Zum Beispiel: 2030-12-15"

    @override
    def date_ambiguous(self, word: str, candidates: Sequence[str]) -> str:
        return f"„{word}“ kann {' oder '.join(f'der {each}' for each in candidates)} sein. Schreibe es wie 15.12. oder 2030-12-15"

    @override
    def date_out_of_range(self, word: str) -> str:
        return f"„{word}“ liegt zu weit weg: nur die Jahre 2000 bis 2100."

    @override
    def unknown_owner(self, word: str) -> str:
        return f"„{word}“ kenne ich nicht. Wähle die Person aus Slacks Liste, oder setze einen Titel mit @ in Anführungszeichen: /deal neu „Stand @Messe“ 12k"

    @override
    def two_owners(self, word: str) -> str:
        return f"Ein Deal hat einen Besitzer; „{word}“ wäre der zweite. Nenne eine Person."
