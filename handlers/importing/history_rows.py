"""Stage history: every row is the entry into a stage, and all rows of one id are one deal."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from handlers.importing.deal_rows import DateCells, check_id
from handlers.importing.description import Describer, UnfitRow
from handlers.importing.headers import Column
from handlers.importing.identity import LONGEST_ID
from handlers.importing.stage_names import AnyStage
from handlers.importing.survey import Survey, Wishes
from pipeline.imports import ImportedDeal, Skipped, SkipReason, Visit
from pipeline.stages import StageKind


@dataclass(slots=True)
class _Gathered:
    """The rows of one deal so far: its stays, and the cells of the latest row, one with an amount if there is."""

    line: int
    external_id: str
    stays: list[tuple[datetime, AnyStage]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rank: tuple[bool, datetime] | None = None
    unfit: Skipped | None = None
    complete: bool = False


def read_histories(
    rows: Iterable[tuple[int, list[str]]], survey: Survey, wishes: Wishes
) -> Iterator[ImportedDeal | Skipped]:
    """Deals in the order of their first rows; only what stands in between another deal's rows is held."""
    reader = _HistoryReader(survey, wishes)
    identify = survey.identity.of
    last_lines = survey.repeats.last_lines
    queue: deque[_Gathered] = deque()
    held: dict[str, _Gathered] = {}
    previous: _Gathered | None = None
    for line, cells in rows:
        external_id = identify(cells)
        if previous and previous.external_id != external_id and previous.external_id not in last_lines:
            previous.complete = True
        gathered = held.get(external_id)
        if gathered is None or not external_id:
            gathered = _Gathered(line, external_id)
            held[external_id] = gathered
            queue.append(gathered)
        reader.take(gathered, line, cells)
        gathered.complete = not external_id or last_lines.get(external_id, line + 1) <= line
        previous = gathered
        while queue and queue[0].complete:
            done = queue.popleft()
            held.pop(done.external_id, None)
            yield reader.finish(done)
    for gathered in queue:
        yield reader.finish(gathered)


class _HistoryReader:
    __slots__ = ("_amount", "_describer", "_entered", "_left", "_names", "_now", "_stage")

    def __init__(self, survey: Survey, wishes: Wishes) -> None:
        places = survey.layout.places
        self._describer = Describer(survey, wishes)
        self._names = wishes.stages
        self._now = wishes.moment
        self._stage = places[Column.STAGE]
        self._entered = DateCells(survey, Column.ENTERED)
        self._left = DateCells(survey, Column.LEFT) if survey.layout.has(Column.LEFT) else None
        self._amount = places.get(Column.AMOUNT)

    def take(self, gathered: _Gathered, line: int, cells: list[str]) -> None:
        """One unreadable row spoils the deal's whole past."""
        if gathered.unfit:
            return
        try:
            stage, entered = self._stay(cells)
        except UnfitRow as unfit:
            shown = gathered.external_id[:LONGEST_ID]
            gathered.unfit = Skipped(line, shown, unfit.reason, unfit.detail)
            return
        gathered.stays.append((entered, stage))
        rank = (self._tells_amount(cells), entered)
        if gathered.rank is None or rank >= gathered.rank:
            gathered.rank, gathered.cells = rank, cells

    def finish(self, gathered: _Gathered) -> ImportedDeal | Skipped:
        try:
            return gathered.unfit or self._deal(gathered)
        except UnfitRow as unfit:
            return Skipped(gathered.line, gathered.external_id[:LONGEST_ID], unfit.reason, unfit.detail)

    def _stay(self, cells: list[str]) -> tuple[AnyStage, datetime]:
        stage = self._names.find(cells[self._stage].strip())
        if stage is None:
            raise UnfitRow(SkipReason.NO_STAGE)
        entered = self._entered.read(self._entered.cell(cells))
        if entered.at > self._now:
            raise UnfitRow(SkipReason.FUTURE, entered.day.isoformat())
        if self._left:
            left = self._left.of(cells)
            if left and left.at < entered.at:
                raise UnfitRow(SkipReason.BACKWARDS, f"left at {self._left.cell(cells)[:40]!r}")
        return stage, entered.at

    def _tells_amount(self, cells: list[str]) -> bool:
        return self._amount is None or bool(cells[self._amount].strip())

    def _deal(self, gathered: _Gathered) -> ImportedDeal:
        check_id(gathered.external_id)
        stays = sorted(gathered.stays, key=lambda stay: stay[0])
        visits = [
            Visit(stage.key, entered)
            for place, (entered, stage) in enumerate(stays)
            if place == 0 or stays[place - 1][1] is not stage
        ]
        lost = stays[-1][1].kind is StageKind.LOST
        said, note = self._describer.describe(gathered.cells, gathered.external_id, lost=lost)
        return ImportedDeal(gathered.line, gathered.external_id, said, visits, note, past_known=True)
