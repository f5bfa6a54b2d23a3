"""An imported deal as rows: the deal, its changes and its moves.

Every change that a file brings is of the kind IMPORTED, whatever its move did: the move's stages tell that, and
nobody can take back by a click what happened elsewhere.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.deal import ChangeKind
from pipeline.imports import ImportedDeal
from pipeline.money import Money
from pipeline.names import fold
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


class RowMaker:
    __slots__ = ("_by", "_origin", "_pipeline_id", "_stages", "workspace_id")

    def __init__(self, workspace_id: str, pipeline: Pipeline, origin: str, by: str) -> None:
        self.workspace_id = workspace_id
        self._pipeline_id = pipeline.id
        self._stages = {stage.key: (stage.id, stage.is_open) for stage in pipeline.stages}
        self._origin = origin
        self._by = by

    def deal(self, deal: ImportedDeal, deal_id: int, number: int) -> Row:
        said = deal.said
        text = {name: said.get(name) or "" for name in _TEXTS}
        money = said.get(Field.VALUE)
        minor, currency = (money.minor, money.currency) if isinstance(money, Money) else (None, None)
        last = deal.visits[-1]
        stage_id, is_open = self._stages[last.stage]
        entered = to_micros(last.entered_at)
        company = str(text[Field.COMPANY])
        return (
            deal_id,
            self.workspace_id,
            number,
            self._pipeline_id,
            stage_id,
            text[Field.TITLE],
            fold(str(text[Field.TITLE])),
            company,
            fold(company),
            text[Field.CONTACT],
            fold(str(text[Field.CONTACT])),
            minor,
            currency,
            said.get(Field.OWNER),
            text[Field.NEED],
            text[Field.BUDGET],
            text[Field.SOURCE],
            said.get(Field.CLOSE_ON),
            text[Field.NEXT_STEP],
            said.get(Field.NEXT_STEP_ON),
            text[Field.REASON],
            len(deal.visits),
            to_micros(deal.visits[0].entered_at),
            self._by,
            entered,
            entered,
            None if is_open else entered,
            self._origin,
            deal.external_id,
            deal.digest,
        )

    def changes(self, deal: ImportedDeal, deal_id: int, change_ids: Sequence[int]) -> Iterator[Row]:
        for version, (change_id, visit) in enumerate(zip(change_ids, deal.visits, strict=True), start=1):
            note = deal.note if version == 1 else ""
            at = to_micros(visit.entered_at)
            yield (change_id, self.workspace_id, deal_id, version, _KIND, self._by, at, note)

    def moves(self, deal: ImportedDeal, deal_id: int, change_ids: Sequence[int]) -> Iterator[Row]:
        """The first change made the deal; every other one moved it."""
        visits = deal.visits
        for before, after, change_id in zip(visits, visits[1:], change_ids[1:], strict=False):
            since, at = to_micros(before.entered_at), to_micros(after.entered_at)
            there, here = self._stages[before.stage][0], self._stages[after.stage][0]
            yield (change_id, deal_id, there, here, self._by, at, since, (at - since) // _SECOND)


_TEXTS = (
    Field.TITLE,
    Field.COMPANY,
    Field.CONTACT,
    Field.NEED,
    Field.BUDGET,
    Field.SOURCE,
    Field.NEXT_STEP,
    Field.REASON,
)
