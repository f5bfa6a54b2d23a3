"""A deal that a later file tells differently: changed through the ledger's own door, never rewritten."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, select, update

from pipeline.deal import Change, ChangeKind, Deal, FieldChange, Move
from pipeline.imports import Fate, ImportedDeal, Visit
from pipeline.stages import LIMITS, Pipeline
from storage.imports_rows import digest_of
from storage.store import Work
from storage.tables import ChangeRow, DealRow, MoveRow

_MOVES = (
    select(MoveRow.from_stage_id, MoveRow.to_stage_id, MoveRow.at)
    .join(ChangeRow, ChangeRow.id == MoveRow.change_id)
    .where(MoveRow.deal_id == bindparam("deal"))
    .order_by(ChangeRow.version)
)
_DIGEST = update(DealRow).where(DealRow.id == bindparam("row")).values(origin_digest=bindparam("digest"))


class PastDiffersError(Exception):
    """What was imported before is not how the file's history begins; history is never rewritten."""


@dataclass(frozen=True, slots=True)
class Found:
    deal_id: int
    digest: str
    last_kind: str

    @property
    def untouched(self) -> bool:
        """The deal is as the last import left it."""
        return self.last_kind == ChangeKind.IMPORTED


class Updates:
    __slots__ = ("_by", "_moment", "_stages", "_work")

    def __init__(self, work: Work, pipeline: Pipeline, by: str, moment: datetime) -> None:
        self._work = work
        self._stages = {stage.key: stage for stage in pipeline.stages}
        self._by = by
        self._moment = moment

    def bring(self, known: Found, imported: ImportedDeal, *, writing: bool) -> Fate:
        """Append what is new: fields first, then each further stay. Raises PastDiffersError, VersionLost."""
        deal = self._work.deals.by_id(known.deal_id)
        steps = list(self._steps(deal, imported))
        if writing:
            for step in steps:
                self._work.deals.save(deal, *step)
                deal = step[0]
            self._work.tx.execute(_DIGEST, {"row": deal.id, "digest": digest_of(imported)})
        return Fate.UPDATED if steps else Fate.UNCHANGED

    def _steps(self, deal: Deal, imported: ImportedDeal) -> Iterator[tuple[Deal, Change]]:
        fields = tuple(_differences(deal, imported))
        stays = self._new_stays(deal, imported)
        if fields:
            after = deal.saying({change.field: change.new for change in fields})
            after = replace(after, version=deal.version + 1, changed_at=self._moment)
            kind = ChangeKind.IMPORTED
            yield after, Change(kind, after.version, self._by, self._moment, None, fields, imported.note)
            deal = after
        for stay in stays:
            step = self._entering(deal, stay)
            yield step
            deal = step[0]

    def _entering(self, deal: Deal, visit: Visit) -> tuple[Deal, Change]:
        stage, at = self._stages[visit.stage], visit.entered_at
        after = replace(
            deal,
            stage_id=stage.id,
            version=deal.version + 1,
            entered_at=at,
            changed_at=self._moment,
            closed_at=None if stage.is_open else at,
        )
        record = Move(deal.stage_id, stage.id, since=deal.entered_at)
        return after, Change(ChangeKind.IMPORTED, after.version, self._by, at, record)

    def _new_stays(self, deal: Deal, imported: ImportedDeal) -> Sequence[Visit]:
        if imported.past_known:
            return self._further(deal, imported.visits)
        last = imported.visits[-1]
        stage = self._stages[last.stage]
        if stage.id == deal.stage_id:
            return ()
        # When an open stage was entered the file does not say: between the last import and this one.
        known = last.entered_at > deal.entered_at
        at = last.entered_at if known else (self._moment if stage.is_open else deal.entered_at)
        return (Visit(last.stage, at),)

    def _further(self, deal: Deal, visits: Sequence[Visit]) -> Sequence[Visit]:
        moves = self._work.tx.execute(_MOVES, {"deal": deal.id}).all()
        first = moves[0].from_stage_id if moves else deal.stage_id
        past = [(first, deal.created_at), *((move.to_stage_id, move.at) for move in moves)]
        told = [(self._stages[visit.stage].id, visit.entered_at) for visit in visits]
        if told[: len(past)] != past:
            raise PastDiffersError
        return visits[len(past) :]


def _differences(deal: Deal, imported: ImportedDeal) -> Iterator[FieldChange]:
    for name, told in imported.said.items():
        held = deal.said(name)
        if (told or None) != (held or None):
            yield FieldChange(name, held, told or ("" if name in LIMITS else None))
