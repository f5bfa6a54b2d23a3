"""Phases of a pipeline and what each requires."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from pipeline.odds import Odds


class StageKind(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Category(StrEnum):
    """Forecast category: how sure a deal's value is held to be."""

    PIPELINE = "pipeline"
    BEST_CASE = "best_case"
    COMMIT = "commit"
    CLOSED = "closed"
    OMITTED = "omitted"


# What an open deal, or its stage, may be said to be.
CATEGORIES = (Category.PIPELINE, Category.BEST_CASE, Category.COMMIT, Category.OMITTED)


class Field(StrEnum):
    """What a person may say of a deal, and a gate may require."""

    TITLE = "title"
    COMPANY = "company"
    CONTACT = "contact"
    VALUE = "value"
    OWNER = "owner"
    NEED = "need"
    BUDGET = "budget"
    SOURCE = "source"
    CLOSE_ON = "close_on"
    NEXT_STEP = "next_step"
    NEXT_STEP_ON = "next_step_on"
    REASON = "reason"
    NURTURE_UNTIL = "nurture_until"
    SNOOZED_UNTIL = "snoozed_until"
    CATEGORY = "category"


# Longest text of each field, in characters.
LIMITS: Mapping[Field, int] = {
    Field.TITLE: 150,
    Field.COMPANY: 150,
    Field.CONTACT: 150,
    Field.NEED: 1000,
    Field.BUDGET: 150,
    Field.SOURCE: 100,
    Field.NEXT_STEP: 200,
    Field.REASON: 300,
}
NOTE_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Stay:
    """How long deals usually stay, as was found out `on` a day from so many visits; `limit` in days."""

    limit: int
    median: timedelta
    visits: int
    on: date


@dataclass(frozen=True, slots=True)
class Stage:
    """One phase; chance in percent, patience in days."""

    id: int
    key: str
    english: str
    german: str
    kind: StageKind
    position: int
    chance: int
    patience: int | None
    gate: tuple[Field, ...]
    category: Category
    archived: bool = False
    stay: Stay | None = None

    @property
    def limit(self) -> int | None:
        """The days after which a deal has stayed too long: by what was measured, else by what was set."""
        return self.stay.limit if self.stay else self.patience

    @property
    def is_open(self) -> bool:
        return self.kind is StageKind.OPEN


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Stages in order: the open ones, then won and lost.

    `odds` are those of all deals under "", and those of a currency that has enough of its own; nothing before the
    first of the `refits`.
    """

    id: int
    key: str
    name: str
    version: int
    stages: tuple[Stage, ...]
    odds: Mapping[str, Odds] = field(default_factory=dict, compare=False, repr=False)
    refits: int = field(default=0, compare=False)

    @property
    def stamp(self) -> int:
        """Another one, whatever has changed."""
        return self.version + self.refits

    @property
    def living(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.stages if not stage.archived)

    @property
    def open_stages(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.living if stage.is_open)

    @property
    def first(self) -> Stage:
        return self.open_stages[0]

    @property
    def won(self) -> Stage:
        return self._only(StageKind.WON)

    @property
    def lost(self) -> Stage:
        return self._only(StageKind.LOST)

    def stage(self, stage_id: int) -> Stage:
        return next(stage for stage in self.stages if stage.id == stage_id)

    def keyed(self, key: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.key == key), None)

    def _only(self, kind: StageKind) -> Stage:
        return next(stage for stage in self.living if stage.kind is kind)


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage before it has a place in an archive."""

    key: str
    english: str
    german: str
    kind: StageKind
    chance: int
    patience: int | None
    gate: tuple[Field, ...]
    category: Category


DEFAULT_PIPELINE = "default"
DEFAULT_STAGES: tuple[StagePlan, ...] = (
    StagePlan("lead", "Lead generation", "Lead-Generierung", StageKind.OPEN, 10, 7, (), Category.PIPELINE),
    StagePlan(
        "qualification",
        "Qualification",
        "Qualifizierung",
        StageKind.OPEN,
        25,
        14,
        (Field.CONTACT,),
        Category.PIPELINE,
    ),
    StagePlan(
        "proposal",
        "Proposal",
        "Angebotserstellung",
        StageKind.OPEN,
        50,
        14,
        (Field.NEED, Field.BUDGET),
        Category.BEST_CASE,
    ),
    StagePlan(
        "negotiation",
        "Negotiation",
        "Verhandlung",
        StageKind.OPEN,
        70,
        21,
        (Field.VALUE, Field.CLOSE_ON),
        Category.COMMIT,
    ),
    StagePlan(
        "closing",
        "Closing",
        "Abschluss",
        StageKind.OPEN,
        90,
        10,
        (Field.NEXT_STEP, Field.NEXT_STEP_ON),
        Category.COMMIT,
    ),
    StagePlan("won", "Won", "Gewonnen", StageKind.WON, 100, None, (Field.VALUE,), Category.CLOSED),
    StagePlan("lost", "Lost", "Verloren", StageKind.LOST, 0, None, (Field.REASON,), Category.OMITTED),
)


def closing_stages() -> tuple[StagePlan, StagePlan]:
    """Won and lost as every pipeline has them."""
    return DEFAULT_STAGES[-2], DEFAULT_STAGES[-1]


def evenly_planned(names: Iterable[str]) -> tuple[StagePlan, ...]:
    """Open stages by name alone, chances rising evenly from 10 to 90 %, then won and lost."""
    opened = list(names)
    step = 80 / max(len(opened) - 1, 1)
    plans = [
        StagePlan(
            key=key_of(name),
            english=name,
            german=name,
            kind=StageKind.OPEN,
            chance=round(10 + step * place),
            patience=14,
            gate=(),
            category=Category.PIPELINE,
        )
        for place, name in enumerate(opened)
    ]
    return (*plans, *closing_stages())


def key_of(name: str) -> str:
    return "-".join(name.casefold().split())
