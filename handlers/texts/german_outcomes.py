"""What the bot says in German of what was done."""

from typing_extensions import override

from handlers.texts.english_outcomes import EnglishOutcomes
from pipeline.deal import ChangeKind


class GermanOutcomes(EnglishOutcomes):
    @override
    def created(self, code: str, title: str, stage: str, details: str) -> str:
        return f"{code} {title} steht in {stage}{details}."

    @override
    def detail_close(self, day: str) -> str:
        return f", Abschluss erwartet am {day}"

    @override
    def detail_owner(self, name: str) -> str:
        return f", Besitzer {name}"

    @override
    def card_here(self) -> str:
        return "Die Karte kommt gleich hier."

    @override
    def card_in(self, channel: str) -> str:
        return f"Die Karte kommt gleich in #{channel}."

    @override
    def card_follows(self) -> str:
        return "Die Karte folgt, sobald ich diesen Channel kenne."

    @override
    def card_nowhere(self) -> str:
        return "Noch ohne Karte: Lade mich in einen Channel ein (/invite @pipeline) und drücke dann in /deal zeige auf „Karte hier posten“."

    @override
    def no_card_for(self, code: str) -> str:
        return f"Ich konnte die Karte von {code} nicht posten: Lade mich in den Channel ein (/invite @pipeline) und drücke dann in /deal zeige {code} auf „Karte hier posten“."

    @override
    def card_stands(self, code: str) -> str:
        return f"Die Karte von {code} ist schon hier."

    @override
    def offered_value(self, value: str) -> str:
        return f"Ist {value} der Wert?"

    @override
    def set_value(self, value: str) -> str:
        return f"Wert {value} setzen"

    @override
    def moved(self, code: str, title: str, old: str, new: str, by: str) -> str:
        return f"{code} {title}: {old} → {new} durch {by}."

    @override
    def undone(self, code: str, title: str, what: str) -> str:
        return f"{code} {title}: Die letzte Änderung wurde zurückgenommen. {what}."

    @override
    def undone_to(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} steht wieder in {stage}; die Verschiebung ist zurückgenommen."

    @override
    def voided(self, code: str, title: str) -> str:
        return f"{code} {title} ist zurückgenommen und ungültig."

    @override
    def appointed(self, name: str, role: str) -> str:
        return f"{name} hat jetzt die Rolle {role}."

    @override
    def change(self, kind: ChangeKind) -> str:
        return {
            ChangeKind.CREATED: "angelegt",
            ChangeKind.MOVED: "verschoben",
            ChangeKind.WON: "gewonnen",
            ChangeKind.LOST: "verloren",
            ChangeKind.REOPENED: "wiedereröffnet",
            ChangeKind.UNDONE: "zurückgenommen",
            ChangeKind.IMPORTED: "importiert",
            ChangeKind.EDITED: "geändert",
            ChangeKind.NOTED: "Notiz",
            ChangeKind.VOIDED: "für ungültig erklärt",
            ChangeKind.MERGED: "zusammengeführt",
            ChangeKind.ABSORBED: "aufgegangen",
            ChangeKind.FORGOTTEN: "Kontakt vergessen",
            ChangeKind.SNOOZED: "zum Schlummern gebracht",
        }[kind]

    @override
    def history_line(self, what: str, by: str) -> str:
        return f"{what} durch {by}, "

    @override
    def history_of(self, code: str, title: str) -> str:
        return f"Verlauf von {code} {title}"

    @override
    def not_parked(self) -> str:
        return "Ruht nicht mehr"

    @override
    def field_cleared(self, field: str) -> str:
        return f"{field} geleert"

    # Letters

    @override
    def won_first(self, code: str, title: str, value: str, by: str) -> str:
        return (
            f"🎉 {code} {title} ist gewonnen{value}: der erste Deal dieser Pipeline, abgeschlossen von {by}."
        )

    @override
    def won_biggest(self, code: str, title: str, value: str, by: str) -> str:
        return f"🎉 {code} {title} ist gewonnen{value}: der größte seit 30 Tagen, abgeschlossen von {by}."

    @override
    def win_taken_back(self, code: str, title: str) -> str:
        return f"{code} {title}: Der Gewinn ist zurückgenommen."

    @override
    def parked(self, channel: str, why: str) -> str:
        return f"Ich kann in {channel} nichts posten: {why}. Was wartet, bleibt erhalten und geht raus, sobald ich wieder kann."

    @override
    def why_parked(self, error: str) -> str:
        return {
            "not_in_channel": "Ich bin dort nicht mehr Mitglied (/invite @pipeline)",
            "is_archived": "Der Channel ist archiviert",
            "channel_not_found": "Der Channel ist gelöscht oder für mich unsichtbar",
            "restricted_action": "Posten ist dort eingeschränkt",
            "missing_scope": "Der App fehlt eine Berechtigung",
        }.get(error, f"Slack antwortet „{error}“")

    @override
    def stopped_by(self) -> str:
        return "Du bekommst das, weil eine Nachricht von dir nicht gepostet werden konnte."
