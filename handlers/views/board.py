"""The pipeline as a table: each stage with its deals, their value and weighted value, per currency."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from handlers import blocks
from handlers.answer import Answer, told
from handlers.blocks import shorten
from handlers.texts.english import English
from pipeline.finding import Heap
from pipeline.stages import Pipeline

Line = tuple[str, ...]

STAGE_WIDTH = 24
# Of stages and, again, of sums; what is left out is told.
MOST_LINES = 30


def board(
    pipeline: Pipeline, heaps: Sequence[Heap], texts: English, *, money: bool, unowned: int = 0
) -> Answer:
    """Below the table: how many of the deals nobody owns."""
    if not heaps:
        return told(texts.board_empty())
    columns = texts.board_columns() if money else texts.board_columns()[:2]
    lines = [line for line in _lines(pipeline, heaps, texts) if money or line[0]]
    totals = _rows(texts.board_total, heaps, texts)[: MOST_LINES if money else 1]
    table = _table([line[: len(columns)] for line in (columns, *lines[:MOST_LINES], *totals)])
    shown = [blocks.header(texts.board_title()), blocks.preformatted(table)]
    notes = [texts.board_more(len(lines) - MOST_LINES)] if len(lines) > MOST_LINES else []
    unvalued = sum(heap.count for heap in heaps if heap.currency is None)
    if unvalued and money:
        notes.append(texts.unvalued(unvalued))
    if unowned:
        notes.append(texts.board_unowned(unowned))
    return Answer(blocks.read_out(shown), (*shown, *map(blocks.context, notes)))


def _lines(pipeline: Pipeline, heaps: Sequence[Heap], texts: English) -> Iterable[Line]:
    """Open stages, empty ones too, and archived ones that still hold a deal."""
    at = {stage.id: [heap for heap in heaps if heap.stage_id == stage.id] for stage in pipeline.stages}
    for stage in pipeline.stages:
        if at[stage.id] or (stage.is_open and not stage.archived):
            yield from _rows(texts.stage(stage), at[stage.id], texts)


def _rows(name: str, heaps: Sequence[Heap], texts: English) -> list[Line]:
    """A line for each currency; name and count stand on the first."""
    count = sum(heap.count for heap in heaps)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for heap in heaps:
        if heap.currency:
            sums[heap.currency][0] += heap.minor
            sums[heap.currency][1] += heap.weighted
    worth = [
        (texts.total(minor, currency), texts.total(weight, currency))
        for currency, (minor, weight) in sums.items()
    ] or [("", "")]
    first, *others = worth
    return [(shorten(name, STAGE_WIDTH), str(count), *first), *(("", "", *other) for other in others)]


def _table(lines: Sequence[Line]) -> str:
    """The first column to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
