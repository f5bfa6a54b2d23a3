"""What is brought in from elsewhere: deals with their past, and the account of what became of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pipeline.errors import Refusal
from pipeline.orders import Said
from pipeline.stages import Field

IMPORTER = "import"
"""Who did it, where no person of the workspace did."""

SHOWN_PROBLEMS = 20
_NOTHING = (None, "")


@dataclass
class Unimportable(Refusal):
    """Nothing of the file was taken; one sentence, and the line where there is one."""

    sentence: str
    line: int = 0

    @property
    def spoken(self) -> str:
        return f"line {self.line}: {self.sentence}" if self.line else self.sentence


class Fate(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class SkipReason(StrEnum):
    NO_ID = "has no id"
    LONG_ID = "has an id that is too long"
    REPEATED = "has an id that came before"
    NO_STAGE = "has no stage"
    BAD_DATE = "has a date that cannot be read"
    BAD_AMOUNT = "has an amount that cannot be read"
    BAD_TEXT = "has a text that does not fit"
    NO_CLOSE_DATE = "is won or lost without a date"
    BACKWARDS = "ends before it begins"
    FUTURE = "has a past that lies in the future"
    CHANGED_IN_SLACK = "was changed in Slack since the last import"
    PAST_DIFFERS = "has another past than was imported"


@dataclass(frozen=True, slots=True)
class Skipped:
    line: int
    external_id: str
    reason: SkipReason
    detail: str = ""


class Visit(NamedTuple):
    """A stay in a stage (by its key) begins; it ends where the next one begins."""

    stage: str
    entered_at: datetime


@dataclass(slots=True)
class ImportedDeal:
    """Not frozen, which would triple the price of making a million of them.

    `past_known`: the file tells every stage; else only the present one, and the way there is assumed.

    `dated`: without a date in the file the deal begins at the import's own moment.
    """

    line: int
    external_id: str
    said: Said
    visits: Sequence[Visit]
    note: str = ""
    past_known: bool = False
    dated: bool = True

    def lacks(self, gate: Sequence[Field]) -> list[Field]:
        """Imported history is never gated; what a gate would have asked for is named."""
        said = self.said
        return [wanted for wanted in gate if said.get(wanted) in _NOTHING]


@dataclass(slots=True)
class ImportReport:
    """Every deal of the file is in exactly one of the counts."""

    rows: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    skipped: Counter[SkipReason] = field(default_factory=Counter)
    problems: list[Skipped] = field(default_factory=list)
    gaps: Counter[Field] = field(default_factory=Counter)
    unowned: Counter[str] = field(default_factory=Counter)
    undated: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def deals(self) -> int:
        return self.fates.total() + self.skipped.total()

    @property
    def changed(self) -> int:
        """Deals that are new or otherwise than before."""
        return self.fates.total() - self.fates[Fate.UNCHANGED]

    def skip(self, skipped: Skipped) -> None:
        self.skipped[skipped.reason] += 1
        if len(self.problems) < SHOWN_PROBLEMS:
            self.problems.append(skipped)

    def took(self, deals: Sequence[ImportedDeal], fate: Fate, gates: Mapping[str, Sequence[Field]]) -> None:
        """`gates` by the stage that they lead to."""
        self.fates[fate] += len(deals)
        if fate is Fate.UNCHANGED:
            return
        for deal in deals:
            self.undated += not deal.dated
            gate = gates[deal.visits[-1].stage]
            if gate:
                for lacking in deal.lacks(gate):
                    self.gaps[lacking] += 1
            if deal.note:
                self.unowned[deal.note] += 1
