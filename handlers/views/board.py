"""The pipeline as a table: each stage with its deals, their value and weighted value, per currency."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from handlers import blocks
from handlers.actions import Action, value
from handlers.answer import Answer, told
from handlers.blocks import button, shorten
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.board_picture import pictured
from handlers.views.tables import Line, aligned
from pipeline.finding import Heap
from pipeline.letters import JSONDict
from pipeline.stages import Pipeline, Stage

STAGE_WIDTH = 24
# Of stages and, again, of sums; what is left out is told.
MOST_LINES = 30
# With more other pipelines than this there is a menu of them.
MOST_BUTTONS = 4


def board(
    pipeline: Pipeline,
    heaps: Sequence[Heap],
    others: Sequence[Pipeline],
    texts: English,
    *,
    currency: str,
    money: bool,
    may_create: bool,
    unowned: int = 0,
) -> Answer:
    """`others` are the pipelines that could be shown instead; only beside them does this one need its name.

    `currency` is the workspace's.

    Below the table: how many of the deals nobody owns.
    """
    name, switch = isolate(pipeline.name), _switch(others, texts)
    if not heaps:
        return told(texts.nothing_open(name if others else "", may_create=may_create), *switch)
    columns = texts.board_columns() if money else texts.board_columns()[:2]
    lines = [line for line in _lines(pipeline, heaps, texts) if money or line[0]]
    totals = _rows(texts.board_total, heaps, texts)[: MOST_LINES if money else 1]
    table = aligned([line[: len(columns)] for line in (columns, *lines[:MOST_LINES], *totals)])
    title = texts.pipeline_called(name) if others else texts.board_title()
    shown = [blocks.header(title), table]
    more = [blocks.context(texts.board_more(len(lines) - MOST_LINES))] if len(lines) > MOST_LINES else []
    notes = [*_left_out(heaps, texts, money=money), *([texts.board_unowned(unowned)] if unowned else [])]
    below = [*map(blocks.context, notes), *([blocks.actions(*switch)] if switch else [])]
    charts, to_sort = pictured(_shown_stages(pipeline, heaps), heaps, currency, texts, money=money)
    newer = [shown[0], *charts, *([to_sort] if to_sort else [table, *more]), *below]
    return Answer(blocks.read_out(shown), (*shown, *more, *below), newer)


def _left_out(heaps: Sequence[Heap], texts: English, *, money: bool) -> Iterator[str]:
    """What is counted and is in no sum, or not in each."""
    parked = sum(heap.parked for heap in heaps)
    if parked:
        yield texts.board_parked_weighted(parked) if money else texts.board_parked(parked)
    unvalued = sum(heap.count for heap in heaps if heap.currency is None)
    if unvalued and money:
        yield texts.unvalued(unvalued)


def _switch(others: Sequence[Pipeline], texts: English) -> list[JSONDict]:
    """A button for each, or one menu for many."""
    if len(others) > MOST_BUTTONS:
        options = [blocks.option(each.name, value(p=each.id)) for each in others]
        return [blocks.static_select(texts.other_board, Action.BOARD, options)]
    return [
        button(
            each.name,
            f"{Action.BOARD}/{each.id}",
            value(p=each.id),
            label=texts.board_label(isolate(each.name)),
        )
        for each in others
    ]


def _lines(pipeline: Pipeline, heaps: Sequence[Heap], texts: English) -> Iterable[Line]:
    for stage in _shown_stages(pipeline, heaps):
        here = [heap for heap in heaps if heap.stage_id == stage.id]
        yield from _rows(texts.stage(stage), here, texts)


def _shown_stages(pipeline: Pipeline, heaps: Sequence[Heap]) -> Sequence[Stage]:
    """Open ones, empty ones too, and archived ones that still hold a deal."""
    held = {heap.stage_id for heap in heaps}
    return [stage for stage in pipeline.stages if stage.id in held or (stage.is_open and not stage.archived)]


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
