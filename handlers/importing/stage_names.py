"""The stages of a file's cells: by key, English or German name, the words for won and lost, or a mapping."""

from collections import Counter
from collections.abc import Mapping, Sequence

from handlers.importing.headers import folded
from pipeline.imports import Unimportable
from pipeline.stages import Stage, StageKind, StagePlan

AnyStage = Stage | StagePlan

WON_WORDS = (
    "won",
    "closed won",
    "closedwon",
    "close won",
    "gewonnen",
    "abgeschlossen gewonnen",
    "geschlossen gewonnen",
)
LOST_WORDS = (
    "lost",
    "closed lost",
    "closedlost",
    "close lost",
    "verloren",
    "abgeschlossen verloren",
    "geschlossen verloren",
)
OPEN_WORDS = ("open", "offen")
_MOST_UNKNOWN = 200
_SHOWN_UNKNOWN = 20


class StageNames:
    """Finds stages by what cells say; remembers every cell that it has looked at."""

    def __init__(self, stages: Sequence[AnyStage], mapping: Mapping[str, str]) -> None:
        self._known: dict[str, AnyStage] = {}
        opened = [stage for stage in stages if stage.kind is StageKind.OPEN]
        won = next(stage for stage in stages if stage.kind is StageKind.WON)
        lost = next(stage for stage in stages if stage.kind is StageKind.LOST)
        self.first = opened[0]
        self.won, self.lost = won, lost
        words = {
            **dict.fromkeys(OPEN_WORDS, self.first),
            **dict.fromkeys(WON_WORDS, won),
            **dict.fromkeys(LOST_WORDS, lost),
        }
        self._known.update(words)
        for stage in reversed(stages):
            for name in (stage.german, stage.english, stage.key):
                self._known[folded(name)] = stage
        self._names = [stage.english for stage in stages]
        self._mapped(mapping)
        self._cells: dict[str, AnyStage | None] = {}

    def find(self, cell: str) -> AnyStage | None:
        if cell in self._cells:
            return self._cells[cell]
        found = self._known.get(folded(cell))
        if found is None and cell.endswith(")"):
            # Pipedrive and HubSpot add the pipeline: `Proposal (Sales)`.
            found = self._known.get(folded(cell.rpartition("(")[0]))
        if found is not None or len(self._cells) < _MOST_UNKNOWN:
            self._cells[cell] = found
        return found

    def _mapped(self, mapping: Mapping[str, str]) -> None:
        for word, name in mapping.items():
            stage = self._known.get(folded(name))
            if stage is None:
                raise Unimportable(
                    f'there is no stage "{name}" to map "{word}" to; there are {self._listed()}'
                )
            self._known[folded(word)] = stage

    def refuse_unknown(self, counts: Counter[str]) -> None:
        unknown = Counter({cell: count for cell, count in counts.items() if cell and self.find(cell) is None})
        if not unknown:
            return
        shown = ", ".join(f'"{cell[:60]}" ({count})' for cell, count in unknown.most_common(_SHOWN_UNKNOWN))
        more = f" and {len(unknown) - _SHOWN_UNKNOWN} more" if len(unknown) > _SHOWN_UNKNOWN else ""
        example = next(iter(unknown.most_common(1)))[0][:60]
        raise Unimportable(
            f"these stages are not among {self._listed()}: {shown}{more}. "
            f'Map each, for example --map "{example}={self.first.key}", '
            "or bring them in as they are with --pipeline NAME --stages A,B,C (won and lost are added)"
        )

    def _listed(self) -> str:
        return ", ".join(self._names)
