"""The words behind `/deal stages` and `/deal settings`."""

from collections.abc import Mapping
from enum import StrEnum

from pipeline.shapes import Setting
from pipeline.stages import Field


class Verb(StrEnum):
    RENAME = "rename"
    CHANCE = "chance"
    PATIENCE = "patience"
    GATE = "gate"
    CATEGORY = "category"
    ADD = "add"
    ORDER = "order"
    ARCHIVE = "archive"
    RESTORE = "restore"


VERBS: Mapping[Verb, tuple[str, ...]] = {
    Verb.RENAME: ("rename", "umbenennen"),
    Verb.CHANCE: ("chance", "probability", "wahrscheinlichkeit"),
    Verb.PATIENCE: ("patience", "geduld"),
    Verb.GATE: ("gate", "pflichtfelder"),
    Verb.CATEGORY: ("category", "kategorie"),
    Verb.ADD: ("add", "new", "hinzufügen", "neu"),
    Verb.ORDER: ("order", "place", "ordnen", "einordnen"),
    Verb.ARCHIVE: ("archive", "archivieren", "archiviere"),
    Verb.RESTORE: ("restore", "wiederherstellen"),
}


class PipelineVerb(StrEnum):
    NEW = "new"
    RENAME = "rename"


PIPELINE_VERBS: Mapping[PipelineVerb, tuple[str, ...]] = {
    PipelineVerb.NEW: ("new", "neu", "neue"),
    PipelineVerb.RENAME: VERBS[Verb.RENAME],
}
PIPELINE = ("pipeline",)
TO, AFTER, INTO = ("to", "in", "zu"), ("after", "nach", "hinter"), ("into", "in", "nach")
BEFORE = ("before", "vor")
FIRST, NONE = ("first", "zuerst"), ("none", "nothing", "keine", "keins", "nichts")

SETTING_WORDS: Mapping[Setting, tuple[str, ...]] = {
    Setting.LANGUAGE: ("language", "sprache"),
    Setting.ZONE: ("zone", "timezone", "zeitzone"),
    Setting.CURRENCY: ("currency", "währung"),
    Setting.MAIN_CHANNEL: ("main-channel", "channel", "hauptkanal"),
}
# What a field is called elsewhere: in its command.
FIELD_WORDS: Mapping[str, Field] = {"close date": Field.CLOSE_ON, "abschlussdatum": Field.CLOSE_ON}
MONEY = ("money", "geld")
ON, OFF = ("on", "an", "ein"), ("off", "aus")
HERE = ("here", "hier")
AUTO = ("auto", "automatic", "automatisch", "default", "standard")
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "en": ("en", "english", "englisch"),
    "de": ("de", "german", "deutsch"),
}
