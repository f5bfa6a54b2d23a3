"""Every figure of where deals get stuck as one table to sort, each with what it rests on beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.blocks import Block
from handlers.texts.english import English
from handlers.views.sortable import Column, amounts, names, numbers, sortable
from pipeline.stage_reports import StageReport


@dataclass(frozen=True, slots=True)
class StageRow:
    """What stands in a stage at this moment, and what was found out about it, if it was there then."""

    name: str
    count: int
    worth: int
    found: StageReport | None


@dataclass(frozen=True, slots=True)
class Gains:
    """How a gain is rounded and written, and how many of what it is counted in make one of what is read."""

    rounded: Callable[[float], float]
    signed: Callable[[float], str]
    unit: int


def stage_table(
    rows: Sequence[StageRow],
    currency: str | None,
    caption: str,
    heads: Sequence[str],
    gains: Gains,
    texts: English,
) -> Block | None:
    """`heads` of all columns; that of the value is left out where there is no currency."""
    stage, opened, value, *others = heads
    columns = [
        names(stage, [row.name for row in rows]),
        numbers(opened, [row.count for row in rows], texts.number),
        *([amounts(value, [row.worth for row in rows], currency, texts)] if currency else []),
        *_found_out(rows, others, gains, texts),
    ]
    return sortable(caption, columns)


def _found_out(
    rows: Sequence[StageRow], heads: Sequence[str], gains: Gains, texts: English
) -> Sequence[Column]:
    def read(of: Callable[[StageReport], float | None]) -> list[float | None]:
        return [None if row.found is None else of(row.found) for row in rows]

    def gained(of: Callable[[StageReport], float]) -> list[float | None]:
        return read(lambda found: gains.rounded(of(found)) / gains.unit if found.is_sure else None)

    def say(gain: float) -> str:
        return gains.signed(gain * gains.unit)

    median, most, visits, won, resolved, faster, better, exits = heads
    return [
        numbers(median, read(lambda found: found.median), texts.lasting),
        numbers(most, read(lambda found: found.p90), texts.lasting),
        numbers(visits, read(lambda found: found.visits), texts.number),
        numbers(won, read(lambda found: found.conversion), percent),
        numbers(resolved, read(lambda found: found.resolved), texts.number),
        numbers(faster, gained(lambda found: found.speed_adds), say),
        numbers(better, gained(lambda found: found.conversion_adds), say),
        numbers(exits, read(lambda found: found.exits), texts.number),
    ]


def percent(share: float) -> str:
    return f"{round(share * 100)} %"
