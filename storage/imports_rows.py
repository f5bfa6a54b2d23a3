"""An imported deal as rows: the deal, its changes and its moves.

Every change that a file brings is of the kind IMPORTED, whatever its move did: the move's stages tell that, and
nobody can take back by a click what happened elsewhere.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from pipeline.deal import ChangeKind
from pipeline.imports import ImportedDeal
from pipeline.money import Money
from pipeline.names import fold
from pipeline.orders import Said
from pipeline.stages import Field, Pipeline
from storage.schema import to_micros

DEAL_COLUMNS = (
    "id",
    "workspace_id",
    "number",
    "pipeline_id",
    "stage_id",
    "title",
    "folded_title",
    "company",
    "folded_company",
    "contact",
    "folded_contact",
    "value",
    "currency",
    "owner_id",
    "need",
    "budget",
    "source",
    "close_on",
    "next_step",
    "next_step_on",
    "reason",
    "version",
    "created_at",
    "created_by",
    "entered_at",
    "changed_at",
    "closed_at",
    "origin",
    "origin_id",
    "origin_digest",
)
CHANGE_COLUMNS = ("id", "workspace_id", "deal_id", "version", "kind", "by", "at", "note")
MOVE_COLUMNS = ("change_id", "deal_id", "from_stage_id", "to_stage_id", "by", "at", "since", "seconds")
_SECOND = 1_000_000
_KIND = ChangeKind.IMPORTED.value

Row = tuple[Any, ...]
Rows = tuple[list[Row], list[Row], list[Row]]
"""Of deals, of changes and of moves."""


class RowMaker:
    __slots__ = ("_by", "_origin", "_pipeline_id", "_stages", "workspace_id")

    def __init__(self, workspace_id: str, pipeline: Pipeline, origin: str, by: str) -> None:
        self.workspace_id = workspace_id
        self._pipeline_id = pipeline.id
        self._stages = {stage.key: (stage.id, stage.is_open) for stage in pipeline.stages}
        self._origin = origin
        self._by = by

    def append(
        self, deal: ImportedDeal, deal_id: int, number: int, change_ids: Iterator[int], rows: Rows
    ) -> None:
        """The first change made the deal; every other one moved it."""
        deals, changes, moves = rows
        workspace_id, by, note, told = self.workspace_id, self._by, deal.note, _told(deal.said)
        here = since = 0
        entered = [to_micros(entered_at) for _, entered_at in deal.visits]
        for version, (stage, _) in enumerate(deal.visits, start=1):
            (there, is_open), at, change_id = self._stages[stage], entered[version - 1], next(change_ids)
            changes.append((change_id, workspace_id, deal_id, version, _KIND, by, at, note))
            if version > 1:
                moves.append((change_id, deal_id, here, there, by, at, since, (at - since) // _SECOND))
            here, since, note = there, at, ""
        ends = since if not is_open else None
        deals.append(
            (
                deal_id,
                workspace_id,
                number,
                self._pipeline_id,
                here,
                *told,
                len(deal.visits),
                entered[0],
                by,
                since,
                since,
                ends,
                self._origin,
                deal.external_id,
                _digest(deal, told, entered),
            )
        )


def digest_of(deal: ImportedDeal) -> str:
    """The same for the same content, whenever and however often it is imported."""
    return _digest(deal, _told(deal.said), [to_micros(entered_at) for _, entered_at in deal.visits])


def _digest(deal: ImportedDeal, told: Row, entered: Sequence[int]) -> str:
    text = "\x1f".join(map(str, told)) + "\x1f" + deal.note
    for (stage, _), at in zip(deal.visits, entered, strict=True):
        text += f"\x1f{stage}@{at}" if deal.dated else f"\x1f{stage}"
    return blake2b(text.encode(), digest_size=16).hexdigest()


@lru_cache(maxsize=4096)
def _day(said: object) -> str | None:
    """As both engines read it; Python's driver for SQLite takes much longer to turn a date into the same."""
    return str(said) if said else None


def _told(said: Said) -> Row:
    told = said.get
    title, company, contact = told(_TITLE) or "", told(_COMPANY) or "", told(_CONTACT) or ""
    money = told(_VALUE)
    minor, currency = (money.minor, money.currency) if isinstance(money, Money) else (None, None)
    return (
        title,
        fold(str(title)),
        company,
        fold(str(company)),
        contact,
        fold(str(contact)),
        minor,
        currency,
        told(_OWNER),
        told(_NEED) or "",
        told(_BUDGET) or "",
        told(_SOURCE) or "",
        _day(told(_CLOSE_ON)),
        told(_NEXT_STEP) or "",
        _day(told(_NEXT_STEP_ON)),
        told(_REASON) or "",
    )


_TITLE, _COMPANY, _CONTACT, _OWNER = Field.TITLE, Field.COMPANY, Field.CONTACT, Field.OWNER
_NEED, _BUDGET, _SOURCE, _REASON = Field.NEED, Field.BUDGET, Field.SOURCE, Field.REASON
_VALUE, _CLOSE_ON, _NEXT_STEP, _NEXT_STEP_ON = (
    Field.VALUE,
    Field.CLOSE_ON,
    Field.NEXT_STEP,
    Field.NEXT_STEP_ON,
)
