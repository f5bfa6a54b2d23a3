"""What the bot says, in German."""

from collections.abc import Sequence

from typing_extensions import override

from handlers.texts import formats
from handlers.texts.english import English
from handlers.texts.german_bottlenecks import GermanBottlenecks
from handlers.texts.german_bridge import GermanBridge
from handlers.texts.german_calls import GermanCalls
from handlers.texts.german_care import GermanCare
from handlers.texts.german_charts import GermanCharts
from handlers.texts.german_finding import GermanFinding
from handlers.texts.german_forecast import GermanForecast
from handlers.texts.german_outcomes import GermanOutcomes
from handlers.texts.german_pipelines import GermanPipelines
from handlers.texts.german_priority import GermanPriority
from handlers.texts.german_refusals import GermanRefusals
from handlers.texts.german_settings import GermanSettings
from pipeline.people import Absence
from pipeline.permissions import Role
from pipeline.stages import Field, Stage


class German(
    GermanCare,
    GermanCharts,
    GermanFinding,
    GermanBottlenecks,
    GermanForecast,
    GermanCalls,
    GermanPriority,
    GermanBridge,
    GermanSettings,
    GermanPipelines,
    GermanOutcomes,
    GermanRefusals,
    English,
):
    """People are addressed as `du`."""

    locale = "de"

    undo = "Rückgängig"
    reopen = "Wieder öffnen"
    open_form = "Formular öffnen"
    new_deal = "Neuer Deal"
    create = "Anlegen"
    create_another = "Noch einen anlegen"
    save = "Speichern"
    close = "Schließen"
    cancel = "Abbrechen"
    post_card = "Karte hier posten"
    open_card = "Zur Karte"
    move_to = "Verschieben nach …"
    unowned = "ohne Besitzer"
    no_value = "ohne Wert"
    void = "ungültig"
    optional_note = "Notiz"
    value_hint = "Zum Beispiel 12k, 12.000 € oder 9000 USD"
    people_title = "Rollen"

    @override
    def wording(self, of_command: tuple[str, str]) -> str:
        return of_command[1]

    @override
    def stage(self, stage: Stage) -> str:
        return stage.german

    @override
    def field(self, field: Field) -> str:
        return {
            Field.TITLE: "Titel",
            Field.COMPANY: "Firma",
            Field.CONTACT: "Kontakt",
            Field.VALUE: "Wert",
            Field.OWNER: "Besitzer",
            Field.NEED: "Bedarf",
            Field.BUDGET: "Budget",
            Field.SOURCE: "Quelle",
            Field.CLOSE_ON: "Erwarteter Abschluss",
            Field.NEXT_STEP: "Nächster Schritt",
            Field.NEXT_STEP_ON: "Nächster Schritt fällig",
            Field.REASON: "Grund des Verlusts",
            Field.NURTURE_UNTIL: "Ruht bis",
            Field.SNOOZED_UNTIL: "Schlummert bis",
            Field.CATEGORY: "Prognosekategorie",
        }[field]

    @override
    def role(self, role: Role) -> str:
        return {
            Role.VIEWER: "Betrachter",
            Role.REP: "Vertrieb",
            Role.MANAGER: "Manager",
            Role.ADMIN: "Admin",
        }[role]

    # What a screen reader says of a button whose face is short.

    @override
    def move_label(self, code: str, stage: str) -> str:
        return f"{code} verschieben nach {stage}"

    @override
    def undo_label(self, code: str) -> str:
        return f"Rückgängig: letzte Änderung von {code}"

    @override
    def reopen_label(self, code: str) -> str:
        return f"{code} wieder öffnen"

    # Cards. A moment follows: "vor 2 Tagen", or a date.

    @override
    def in_stage_since(self, stage: str) -> str:
        return f"{stage}, erreicht "

    @override
    def closed_since(self, stage: str) -> str:
        return f"{stage}, geschlossen "

    @override
    def next_step(self, step: str, due: str) -> str:
        return f"Nächster Schritt: {step} ({due})" if due else f"Nächster Schritt: {step}"

    @override
    def expected_close(self, day: str) -> str:
        return f"Erwarteter Abschluss {day}"

    @override
    def lost_because(self, reason: str) -> str:
        return f"Grund: {reason}"

    @override
    def gaps(self, fields: Sequence[str]) -> str:
        return f"Es fehlt: {', '.join(fields)}"

    @override
    def owned_by(self, name: str) -> str:
        return f"Besitzer {name}"

    @override
    def left_unowned(self, name: str, absent: str) -> str:
        return f"ohne Besitzer - war {name}, {absent}"

    @override
    def absence(self, absence: Absence) -> str:
        return {
            Absence.LEFT: "nicht mehr dabei",
            Absence.GUEST: "hier zu Gast",
            Absence.OUTSIDER: "aus einer anderen Organisation",
            Absence.ONLOOKER: "darf nur ansehen",
        }[absence]

    @override
    def moved_card(self, code: str, title: str) -> str:
        return f"{code} {title}: Die Karte steht jetzt weiter unten."

    # Forms

    @override
    def gate_title(self, code: str) -> str:
        return f"{code} verschieben"

    @override
    def gate_intro(self, code: str, title: str, stage: str) -> str:
        return (
            f"{code} {title} → {stage}: Bitte fülle das noch aus. Mit dem Speichern ist der Deal verschoben."
        )

    @override
    def changed_meanwhile(self, what: str) -> str:
        return f"Der Deal hat sich geändert, während du geschrieben hast. {what} Deine Eingaben sind noch da; speichere erneut, wenn sie noch stimmen."

    @override
    def result_title(self) -> str:
        return "Deine Pipeline"

    # Home

    @override
    def home_title(self) -> str:
        return "Meine offenen Deals"

    home_attention = "Brauchen Aufmerksamkeit"
    home_on_track = "Auf Kurs"
    home_parked = "Ruhen"

    @override
    def home_count(self, shown: int, total: int) -> str:
        if shown == total:
            return f"{formats.whole(total, 'de')} offen"
        return f"{shown} von {formats.whole(total, 'de')}, was Aufmerksamkeit braucht, zuerst. Alle: /deal liste meine"

    @override
    def home_unowned(self, shown: int, total: int) -> str:
        return (
            f"Noch ohne Besitzer ({shown} von {formats.whole(total, 'de')}, die neuesten zuerst)"
            if shown < total
            else "Noch ohne Besitzer"
        )

    @override
    def home_empty(self) -> str:
        return "Du hast keine offenen Deals. Schreibe /deal neu Acme Verlängerung 12k in einen Channel, oder drücke auf den Knopf."

    @override
    def home_without_deals(self) -> str:
        return "Du hast keine offenen Deals. /deal liste zeigt die von allen."

    # Failures

    @override
    def not_saved(self) -> str:
        return "Nicht gespeichert, versuche es gleich noch einmal: Die Datenbank antwortet nicht. Es wurde nichts geändert."

    @override
    def maybe_saved(self) -> str:
        return "Die Datenbank ist beim Speichern weggebrochen. Sieh mit /deal zeige nach, ob es angekommen ist, bevor du es noch einmal versuchst."

    @override
    def took_too_long(self) -> str:
        return (
            "Das hat länger gedauert, als Slack wartet, und wie es ausging, weiß ich noch nicht. "
            "Sollte es etwas ändern, sieh mit /deal zeige nach, bevor du es noch einmal versuchst."
        )

    @override
    def superseded(self) -> str:
        return (
            "Eine neuere Version von mir hat übernommen, und diese Kopie schreibt nicht mehr: Es wurde nichts "
            "geändert. Wer mich betreibt, muss sie als neuere Version neu starten; versuche es danach noch einmal."
        )

    @override
    def starting(self) -> str:
        return "Ich starte noch. Versuche es in ein paar Sekunden noch einmal."

    @override
    def incident(self, number: str) -> str:
        return f"Da ist bei mir etwas schiefgegangen. Mehr passiert nicht; nenne deinem Admin den Vorfall {number}."

    @override
    def wrong_workspace(self) -> str:
        return "Dieser Bot arbeitet für einen anderen Workspace."

    # Help

    @override
    def help_title(self) -> str:
        return "Deine Pipeline in Slack"

    @override
    def help_stages(self, stages: str) -> str:
        return f"Phasen: {stages}"

    @override
    def help_more(self) -> str:
        return "Mehr zu einem Wort: /deal hilfe verschiebe"

    @override
    def help_words(self, words: str) -> str:
        return f"Verstanden als: {words}"

    @override
    def help_right(self, who: str) -> str:
        return f"Für {who}"

    @override
    def help_examples(self) -> str:
        return "Zum Beispiel"
