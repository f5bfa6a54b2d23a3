"""What the bot says in German where there is more than one pipeline."""

from typing_extensions import override

from handlers.texts import formats
from handlers.texts.english_pipelines import EnglishPipelines
from handlers.vocabulary.stages import PipelineVerb


class GermanPipelines(EnglishPipelines):
    pipeline_label = "Welche Pipeline"
    see_stages = "Phasen ansehen"
    other_board = "Andere Pipeline …"

    @override
    def pipeline_made(self, name: str, order: str) -> str:
        return f"Die Pipeline {name} steht: {order}. Ein Deal kommt dorthin mit: /deal neu Acme Verlängerung 12k in {name}. Anpassen lässt sie sich mit: /deal phasen in {name}: umbenennen … (oder wahrscheinlichkeit, pflichtfelder, neu …)"

    @override
    def pipeline_renamed(self, old: str, new: str) -> str:
        return f"Die Pipeline {old} heißt jetzt {new}."

    @override
    def pipeline_name_taken(self, name: str) -> str:
        return f"Dieser Name steht schon für die Pipeline {name}. Wähle einen anderen, oder passe die vorhandene an: /deal phasen in {name}"

    @override
    def pipeline_name_unfit(self, limit: int) -> str:
        return f"Eine Pipeline braucht einen Namen aus 1 bis {limit} Zeichen ohne Doppelpunkt, zum Beispiel: /deal phasen neu Partner: Kontakt, Pilot, Vertrag"

    @override
    def stage_count_unfit(self, least: int, most: int) -> str:
        return f"Eine neue Pipeline hat {least} bis {most} offene Phasen, durch Kommas getrennt; Gewonnen und Verloren kommen von selbst. Zum Beispiel: /deal phasen neu Partner: Kontakt, Pilot, Vertrag"

    @override
    def stage_named_twice(self, name: str) -> str:
        return f"Die Phase {name} gäbe es zweimal; Gewonnen und Verloren kommen von selbst. Zum Beispiel: /deal phasen neu Partner: Kontakt, Pilot, Vertrag"

    @override
    def pipeline_example(self, verb: PipelineVerb) -> str:
        example = {
            PipelineVerb.NEW: "neu Partner: Kontakt, Pilot, Vertrag",
            PipelineVerb.RENAME: "umbenennen Pipeline Partner in Vertriebspartner",
        }[verb]
        return f"Zum Beispiel: /deal phasen {example}"

    @override
    def detail_pipeline(self, name: str) -> str:
        return f", Pipeline {name}"

    @override
    def pipeline_called(self, name: str) -> str:
        return f"Pipeline {name}"

    @override
    def board_label(self, name: str) -> str:
        return f"Die Pipeline {name} zeigen"

    @override
    def board_parked(self, count: int) -> str:
        return "1 dieser Deals ruht." if count == 1 else f"{formats.whole(count, 'de')} dieser Deals ruhen."

    @override
    def board_parked_weighted(self, count: int) -> str:
        them = "1 dieser Deals ruht" if count == 1 else f"{formats.whole(count, 'de')} dieser Deals ruhen"
        return f"{them}: mitgezählt, aber in keinem gewichteten Wert enthalten."
