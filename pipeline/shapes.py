"""Orders that shape a pipeline or settle how a workspace works, and what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.stages import Category, Field, Pipeline, Stage

NAME_LIMIT = 50


@dataclass(frozen=True, slots=True)
class AlterStage:
    """What is None stays. `expected` is the pipeline's version that the person saw."""

    stage_id: int
    english: str | None = None
    german: str | None = None
    chance: int | None = None
    patience: int | None = None
    gate: Sequence[Field] | None = None
    category: Category | None = None
    pipeline_id: int | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class AddStage:
    """Behind another open stage, or as the last one."""

    english: str
    german: str
    after_id: int | None = None
    pipeline_id: int | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceStage:
    """Behind another open stage, or as the first one."""

    stage_id: int
    after_id: int | None
    pipeline_id: int | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class ArchiveStage:
    """`into` takes the deals that stand in the way."""

    stage_id: int
    into_id: int | None = None
    pipeline_id: int | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class RestoreStage:
    stage_id: int
    pipeline_id: int | None = None
    expected: int | None = None


Reshaping = AlterStage | AddStage | PlaceStage | ArchiveStage | RestoreStage


@dataclass(frozen=True, slots=True)
class EstablishPipeline:
    """Another pipeline: the English and the German name of each open stage, in order."""

    name: str
    stages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RenamePipeline:
    pipeline_id: int
    name: str


Establishing = EstablishPipeline | RenamePipeline


@dataclass(frozen=True, slots=True)
class Established:
    """`before` is the name that a renamed pipeline had."""

    pipeline: Pipeline
    before: str | None = None


class Shape(StrEnum):
    """What was done to a stage."""

    RENAMED = "renamed"
    CHANCE = "chance"
    PATIENCE = "patience"
    GATE = "gate"
    CATEGORY = "category"
    ADDED = "added"
    PLACED = "placed"
    ARCHIVED = "archived"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Shaped:
    """`before` is the stage as it was; `moved` counts the deals that went to `into`."""

    pipeline: Pipeline
    stage: Stage
    shape: Shape
    before: Stage | None = None
    into: Stage | None = None
    moved: int = 0


class Setting(StrEnum):
    LANGUAGE = "language"
    ZONE = "zone"
    CURRENCY = "currency"
    MAIN_CHANNEL = "main_channel"


@dataclass(frozen=True, slots=True)
class StoredSettings:
    """What an admin has set in Slack; where nothing is, the environment holds."""

    zone: str | None = None
    language: str | None = None
    currency: str | None = None
    main_channel: str | None = None


@dataclass(frozen=True, slots=True)
class Settle:
    """None goes by the environment again."""

    setting: Setting
    value: str | None


@dataclass(frozen=True, slots=True)
class ShowMoney:
    """Whether a channel's messages show amounts."""

    channel_id: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Settled:
    setting: Setting
    value: str | None


@dataclass(frozen=True, slots=True)
class MoneyShown:
    channel_id: str
    shown: bool
