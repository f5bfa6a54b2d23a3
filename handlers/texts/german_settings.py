"""What the bot says in German of stages and settings."""

from typing_extensions import override

from handlers.texts import formats
from handlers.texts.english_settings import EnglishSettings
from handlers.vocabulary.stages import Verb
from pipeline.shapes import Setting
from pipeline.stages import Category


class GermanSettings(EnglishSettings):
    @override
    def stages_title(self) -> str:
        return "Phasen"

    @override
    def stages_archived(self, names: str) -> str:
        return f"Archiviert: {names}"

    @override
    def other_pipelines(self, names: str) -> str:
        return f"Weitere Pipelines: {names}. Zum Beispiel: /deal phasen in Partner: umbenennen Verhandlung in Endrunde"

    @override
    def pipeline_unknown(self, word: str, known: str, first: str) -> str:
        return f"Es gibt keine Pipeline „{word}“, nur {known}. Zum Beispiel: /deal tafel {first}, oder /deal phasen in {first}"

    @override
    def stages_more(self) -> str:
        return "Admins ändern sie, zum Beispiel: /deal phasen umbenennen Verhandlung in Endverhandlung. Eine weitere Pipeline: /deal phasen neu Partner: Kontakt, Pilot, Vertrag"

    @override
    def stage_name(self) -> str:
        return "Der Name der Phase"

    @override
    def stage_chance(self, chance: int) -> str:
        return f"{chance} % Chance"

    @override
    def stage_patience(self, days: int) -> str:
        return f"{days} Tage"

    @override
    def stage_limit(self, days: int, visits: int) -> str:
        span = "1 Tag" if days == 1 else f"{days} Tagen"
        return f"liegt still nach {span}: das 1,5-Fache des Medians von {visits} Aufenthalten"

    @override
    def stage_count(self, count: int) -> str:
        return "1 Deal" if count == 1 else f"{formats.whole(count, 'de')} Deals"

    @override
    def stage_gate(self, fields: str) -> str:
        return f"Verlangt: {fields}"

    @override
    def stage_renamed(self, old: str, new: str) -> str:
        return f"{old} heißt jetzt {new}."

    @override
    def chance_set(self, stage: str, chance: int) -> str:
        return f"{stage}: {chance} % Wahrscheinlichkeit."

    @override
    def patience_set(self, stage: str, days: int) -> str:
        return f"{stage}: Ein Deal darf {days} Tage bleiben."

    @override
    def patience_waits(self, limit: str) -> str:
        return f"Das gilt, wo es zu wenige Aufenthalte zum Messen gibt; hier gilt das Gemessene ({limit})."

    @override
    def gate_set(self, stage: str, fields: str) -> str:
        return f"{stage} verlangt ab jetzt {fields}."

    @override
    def gate_lifted(self, stage: str) -> str:
        return f"{stage} verlangt nichts mehr."

    @override
    def category_set(self, stage: str, category: str) -> str:
        return f"{stage} zählt in der Prognose als {category}."

    @override
    def stage_added(self, stage: str, order: str) -> str:
        return f"{stage} ist neu: {order}."

    @override
    def stages_ordered(self, order: str) -> str:
        return f"Die Phasen sind jetzt: {order}."

    @override
    def archived_now(self, stage: str) -> str:
        return f"{stage} ist archiviert."

    @override
    def deals_moved(self, count: int, into: str) -> str:
        counted = "Deal steht" if count == 1 else "Deals stehen"
        return f"{formats.whole(count, 'de')} {counted} jetzt in {into}."

    @override
    def restored_now(self, stage: str) -> str:
        return f"{stage} ist wieder da."

    @override
    def archive_into(self, other: str) -> str:
        return f"Archivieren, Deals nach {other}"

    @override
    def stage_has_deals(self, stage: str, count: int, deals: str) -> str:
        counted = "steht noch 1 Deal" if count == 1 else f"stehen noch {formats.whole(count, 'de')} Deals"
        return f"In {stage} {counted}: {deals}. Wohin damit?"

    @override
    def gate_in_the_way(self, into: str, fields: str, count: int, deals: str) -> str:
        counted = "Deal" if count == 1 else "Deals"
        return f"{into} verlangt {fields}, und das fehlt bei {formats.whole(count, 'de')} {counted}: {deals}. Es wurde nichts geändert."

    @override
    def stage_name_taken(self, stage: str) -> str:
        return f"Die Phase {stage} gibt es schon. Wähle einen anderen Namen."

    @override
    def archived_name_taken(self, stage: str) -> str:
        return f"Eine archivierte Phase heißt {stage}. So kommt sie zurück: /deal phasen wiederherstellen {stage}"

    @override
    def stage_name_unfit(self, limit: int) -> str:
        return f"Eine Phase braucht einen Namen aus 1 bis {limit} Zeichen, zum Beispiel: /deal phasen neu Demo nach Qualifizierung"

    @override
    def chance_unfit(self, stage: str) -> str:
        return f"Eine Wahrscheinlichkeit ist eine ganze Zahl von 0 bis 100, zum Beispiel: /deal phasen wahrscheinlichkeit {stage} 40"

    @override
    def patience_unfit(self, stage: str) -> str:
        return f"Geduld ist mindestens 1 Tag und höchstens zehn Jahre, zum Beispiel: /deal phasen geduld {stage} 10"

    @override
    def gate_unfit(self, stage: str, field: str) -> str:
        return f"{stage} kann „{field}“ nicht verlangen. Zum Beispiel: /deal phasen pflichtfelder {stage} Kontakt, Wert"

    @override
    def stage_fixed(self, stage: str) -> str:
        return f"{stage} kann umbenannt werden und Pflichtfelder bekommen; sonst ändert sich daran nichts."

    @override
    def stage_unchanged(self, stage: str) -> str:
        return f"{stage} ist schon so."

    @override
    def last_open_stage(self, stage: str) -> str:
        return f"{stage} ist die letzte offene Phase; lege zuerst eine andere an: /deal phasen neu Demo"

    @override
    def pipeline_overtaken(self) -> str:
        return "Jemand anders hat die Phasen gerade geändert. Du hast nichts geändert; sieh noch einmal nach: /deal phasen"

    @override
    def channel_out_of_reach(self) -> str:
        return "Diesen Kanal kenne ich nicht, oder ich bin nicht darin. Lade mich zuerst dorthin ein: /invite @pipeline"

    @override
    def shape_unknown(self, word: str) -> str:
        return f"„{word}“ kenne ich nicht. Zum Beispiel: /deal phasen umbenennen Verhandlung in Endverhandlung (oder wahrscheinlichkeit, geduld, pflichtfelder, kategorie, neu, ordnen, archivieren, wiederherstellen)"

    @override
    def category_unknown(self, word: str, known: str) -> str:
        return f"„{word}“ ist keine Kategorie einer Phase. Zum Beispiel: /deal phasen kategorie Verhandlung Zusage ({known})"

    @override
    def gate_field_unknown(self, word: str) -> str:
        return f"„{word}“ kann keine Phase verlangen. Zum Beispiel: /deal phasen pflichtfelder Verhandlung Kontakt, Wert (oder keine)"

    # Settings

    @override
    def settings_title(self) -> str:
        return "Einstellungen"

    @override
    def settings_more(self) -> str:
        return "Admins ändern sie, zum Beispiel: /deal einstellungen zeitzone Europe/Berlin"

    @override
    def set_in_slack(self) -> str:
        return "in Slack gesetzt"

    @override
    def set_outside(self) -> str:
        return "aus der Umgebung"

    @override
    def no_channel(self) -> str:
        return "keiner"

    @override
    def this_channel(self) -> str:
        return "dieser Kanal"

    @override
    def setting_is(self, name: str, value: str) -> str:
        return f"{name} ist jetzt {value}."

    @override
    def setting_outside(self, name: str) -> str:
        return f"{name} kommt wieder aus der Umgebung."

    @override
    def money_shown(self) -> str:
        return "Nachrichten in diesem Kanal zeigen ab jetzt Beträge."

    @override
    def money_hidden(self) -> str:
        return "Nachrichten in diesem Kanal zeigen keine Beträge mehr."

    @override
    def money_shown_here(self) -> str:
        return "Nachrichten in diesem Kanal zeigen Beträge."

    @override
    def money_hidden_here(self) -> str:
        return "Nachrichten in diesem Kanal zeigen keine Beträge."

    @override
    def setting_unknown(self, word: str) -> str:
        return f"Es gibt keine Einstellung „{word}“. Zum Beispiel: /deal einstellungen sprache de (oder zeitzone, währung, hauptkanal, geld)"

    @override
    def setting_value_missing(self) -> str:
        return "Was soll es sein? Zum Beispiel: /deal einstellungen sprache de, zeitzone Europe/Berlin, währung USD, hauptkanal hier"

    @override
    def language_unknown(self, word: str) -> str:
        return f"Ich spreche kein „{word}“, nur Englisch und Deutsch. Zum Beispiel: /deal einstellungen sprache de"

    @override
    def zone_unknown(self, word: str) -> str:
        return (
            f"Die Zeitzone „{word}“ kenne ich nicht. Zum Beispiel: /deal einstellungen zeitzone Europe/Berlin"
        )

    @override
    def currency_unknown_setting(self, word: str) -> str:
        return f"Die Währung „{word}“ kenne ich nicht. Zum Beispiel: /deal einstellungen währung USD"

    @override
    def main_channel_unreadable(self, word: str) -> str:
        return f"„{word}“ ist kein Kanal. Zum Beispiel: /deal einstellungen hauptkanal hier"

    @override
    def main_channel_unseen(self) -> str:
        return "Das ist jetzt der Hauptkanal. Ich kenne ihn noch nicht: Falls ich dort fehle, lade mich ein (/invite @pipeline)."

    @override
    def money_unreadable(self) -> str:
        return "Sag an oder aus, in dem Kanal, um den es geht. Zum Beispiel: /deal einstellungen geld aus"

    @override
    def category(self, category: Category) -> str:
        return {
            Category.PIPELINE: "Pipeline",
            Category.BEST_CASE: "Bestfall",
            Category.COMMIT: "Zusage",
            Category.CLOSED: "abgeschlossen",
            Category.OMITTED: "ohne Prognose",
        }[category]

    @override
    def setting(self, setting: Setting) -> str:
        return {
            Setting.LANGUAGE: "Die Sprache",
            Setting.ZONE: "Die Zeitzone",
            Setting.CURRENCY: "Die Währung",
            Setting.MAIN_CHANNEL: "Der Hauptkanal",
        }[setting]

    @override
    def not_read(self, word: str) -> str:
        return f"„{word}“ kann ich dort nicht lesen."

    @override
    def not_all_said(self) -> str:
        return "Da fehlt noch etwas."

    @override
    def shape_example(self, verb: Verb) -> str:
        example = {
            Verb.RENAME: "umbenennen Verhandlung in Endverhandlung",
            Verb.CHANCE: "wahrscheinlichkeit Verhandlung 40",
            Verb.PATIENCE: "geduld Verhandlung 10",
            Verb.GATE: "pflichtfelder Verhandlung Kontakt, Wert",
            Verb.CATEGORY: "kategorie Verhandlung Zusage",
            Verb.ADD: "neu Demo nach Qualifizierung",
            Verb.ORDER: "ordnen Abschluss nach Verhandlung",
            Verb.ARCHIVE: "archivieren Abschluss in Verhandlung",
            Verb.RESTORE: "wiederherstellen Abschluss",
        }[verb]
        return f"Zum Beispiel: /deal phasen {example}"

    @override
    def language(self, locale: str) -> str:
        return "Deutsch" if locale == "de" else "Englisch"
