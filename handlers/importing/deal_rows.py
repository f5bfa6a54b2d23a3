"""One row per deal: where it stands now, and what can be said of the way there."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from handlers.importing.description import Describer, UnfitRow, cleaned
from handlers.importing.headers import DATES, Column, folded
from handlers.importing.identity import LONGEST_ID
from handlers.importing.moments import When
from handlers.importing.stage_names import AnyStage
from handlers.importing.survey import Survey, Wishes
from pipeline.imports import ImportedDeal, Skipped, SkipReason, Visit
from pipeline.stages import Field, StageKind

_OUTCOMES = {
    "won": StageKind.WON,
    "gewonnen": StageKind.WON,
    "lost": StageKind.LOST,
    "verloren": StageKind.LOST,
}


def read_deals(
    rows: Iterable[tuple[int, list[str]]], survey: Survey, wishes: Wishes
) -> Iterator[ImportedDeal | Skipped]:
    reader = _DealReader(survey, wishes)
    identify = survey.identity.of
    repeated = survey.repeats.last_lines
    first_lines: dict[str, int] = {}
    for line, cells in rows:
        external_id = identify(cells)
        if external_id in repeated:
            first = first_lines.setdefault(external_id, line)
            if external_id and first != line:
                yield Skipped(line, external_id[:LONGEST_ID], SkipReason.REPEATED, f"on line {first}")
                continue
        try:
            yield reader.read(line, external_id, cells)
        except UnfitRow as unfit:
            yield Skipped(line, external_id[:LONGEST_ID], unfit.reason, unfit.detail)


class _DealReader:
    __slots__ = (
        "_close",
        "_closed",
        "_created",
        "_describer",
        "_names",
        "_now",
        "_outcomes",
        "_stage_place",
        "_status",
    )

    def __init__(self, survey: Survey, wishes: Wishes) -> None:
        self._describer = Describer(survey, wishes)
        self._names = wishes.stages
        self._now = wishes.moment
        places = survey.layout.places
        self._stage_place = places[Column.STAGE]
        self._status = places.get(Column.STATUS)
        dates = {column: DateCells(survey, column) for column in DATES if column in places}
        self._created, self._close = dates.get(Column.CREATED), dates.get(Column.CLOSE)
        self._closed = dates.get(Column.CLOSED)
        self._outcomes = {
            StageKind.WON: dates.get(Column.WON_AT),
            StageKind.LOST: dates.get(Column.LOST_AT),
        }

    def read(self, line: int, external_id: str, cells: list[str]) -> ImportedDeal:
        check_id(external_id)
        stage = self._stage(cells)
        closes = self._close.of(cells) if self._close else None
        visits, dated = self._visits(cells, stage, closes)
        if visits[-1].entered_at > self._now:
            raise UnfitRow(SkipReason.FUTURE, visits[-1].entered_at.date().isoformat())
        lost = stage.kind is StageKind.LOST
        said, note = self._describer.describe(cells, external_id, lost=lost)
        if self._close:
            said[Field.CLOSE_ON] = closes.day if closes else None
        return ImportedDeal(line, external_id, said, visits, note, dated=dated)

    def _stage(self, cells: list[str]) -> AnyStage:
        """A status of won or lost goes before the stage, which is then where the deal was closed from."""
        if self._status is not None:
            status = _OUTCOMES.get(folded(cleaned(cells[self._status])))
            if status:
                return self._names.won if status is StageKind.WON else self._names.lost
        stage = self._named(cells)
        if stage is None:
            raise UnfitRow(SkipReason.NO_STAGE)
        return stage

    def _named(self, cells: list[str]) -> AnyStage | None:
        return self._names.find(cells[self._stage_place].strip())

    def _visits(
        self, cells: list[str], stage: AnyStage, closes: When | None
    ) -> tuple[tuple[Visit, ...], bool]:
        created = self._created.of(cells) if self._created else None
        if stage.kind is StageKind.OPEN:
            return (Visit(stage.key, created.at if created else self._now),), created is not None
        closed = self._ended(cells, stage) or closes
        if closed is None:
            raise UnfitRow(SkipReason.NO_CLOSE_DATE)
        begun = created or closed
        named = self._named(cells)
        before = named if named and named.kind is StageKind.OPEN else self._names.first
        return (Visit(before.key, begun.at), Visit(stage.key, _end(begun, closed))), True

    def _ended(self, cells: list[str], stage: AnyStage) -> When | None:
        outcome = self._outcomes[stage.kind]
        ended = outcome.of(cells) if outcome else None
        return ended or (self._closed.of(cells) if self._closed else None)


class DateCells:
    """The cells of one column of dates."""

    __slots__ = ("_column", "_moments", "_place")

    def __init__(self, survey: Survey, column: Column) -> None:
        self._column = column
        self._place = survey.layout.places[column]
        self._moments = survey.moments[column]

    def cell(self, cells: list[str]) -> str:
        return cells[self._place].strip()

    def of(self, cells: list[str]) -> When | None:
        """None for an empty cell. Raises UnfitRow."""
        cell = cells[self._place].strip()
        return self.read(cell) if cell else None

    def read(self, cell: str) -> When:
        try:
            return self._moments.read(cell)
        except (ValueError, OverflowError):
            raise UnfitRow(SkipReason.BAD_DATE, f"{self._column.value} {cell[:40]!r}") from None


def check_id(external_id: str) -> None:
    if not external_id:
        raise UnfitRow(SkipReason.NO_ID)
    if len(external_id) > LONGEST_ID:
        raise UnfitRow(SkipReason.LONG_ID)


def _end(begun: When, closed: When) -> datetime:
    """A day without a time ends a deal of the same day at the moment at which it began."""
    if closed.at >= begun.at:
        return closed.at
    if closed.day == begun.day and not closed.timed:
        return begun.at
    raise UnfitRow(SkipReason.BACKWARDS, f"{closed.day.isoformat()} before {begun.day.isoformat()}")
