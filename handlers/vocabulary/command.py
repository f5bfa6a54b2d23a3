"""One command as a row of the table behind parsing, help, README and manifest."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.permissions import Act

# The deal of every example, where there is no real one to name.
EXAMPLE = "D-42"


class Subject(StrEnum):
    NEW = "new"
    SHOW = "show"
    MOVE = "move"
    WON = "won"
    LOST = "lost"
    REOPEN = "reopen"
    UNDO = "undo"
    VALUE = "value"
    EDIT = "edit"
    ASSIGN = "assign"
    CLAIM = "claim"
    CLOSE_DATE = "close-date"
    NEXT = "next"
    NOTE = "note"
    NURTURE = "nurture"
    SNOOZE = "snooze"
    MERGE = "merge"
    VOID = "void"
    FORGET = "forget"
    HISTORY = "history"
    LIST = "list"
    FIND = "find"
    BOARD = "board"
    TOP = "top"
    BOTTLENECKS = "bottlenecks"
    CHANGES = "changes"
    FORECAST = "forecast"
    CALL = "call"
    TARGET = "target"
    CATEGORY = "category"
    PEOPLE = "people"
    STAGES = "stages"
    SETTINGS = "settings"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Command:
    """One subject: its words in both languages, how it is used, what it does, what it takes to use it."""

    subject: Subject
    english: tuple[str, ...]
    german: tuple[str, ...]
    usage: tuple[str, str]
    does: tuple[str, str]
    example: tuple[str, str]
    act: Act

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.english, *self.german)
