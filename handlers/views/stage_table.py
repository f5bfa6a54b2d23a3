"""Every figure of where deals get stuck as tables to sort, each with what it rests on beside it."""

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
    """How much `of` what is gained by, how that is rounded and written, and how many it is counted in make one."""

    of: tuple[str, str]
    rounded: Callable[[float], float]
    signed: Callable[[float], str]
    unit: int


def stage_tables(
    rows: Sequence[StageRow], currency: str | None, captions: Sequence[str], gains: Gains, texts: English
) -> Sequence[Block | None]:
    """How long deals stay, and what being better would bring: side by side nobody could read them without scrolling."""
    staying, gaining = captions
    return sortable(staying, _stays(rows, currency, texts)), sortable(gaining, _gains(rows, gains, texts))


def _stays(rows: Sequence[StageRow], currency: str | None, texts: English) -> Sequence[Column]:
    stage, opened, value, median, most, visits = texts.stay_columns()
    return [
        names(stage, [row.name for row in rows]),
        numbers(opened, [row.count for row in rows], texts.number),
        *([amounts(value, [row.worth for row in rows], currency, texts)] if currency else []),
        numbers(median, _read(rows, lambda found: found.median), texts.lasting),
        numbers(most, _read(rows, lambda found: found.p90), texts.lasting),
        numbers(visits, _read(rows, lambda found: found.visits), texts.number),
    ]


def _gains(rows: Sequence[StageRow], gains: Gains, texts: English) -> Sequence[Column]:
    def gained(of: Callable[[StageReport], float]) -> list[float | None]:
        return _read(rows, lambda found: gains.rounded(of(found)) / gains.unit if found.is_sure else None)

    def say(gain: float) -> str:
        return gains.signed(gain * gains.unit)

    stage, won, resolved, faster, better, exits = texts.gain_heads(*gains.of)
    return [
        names(stage, [row.name for row in rows]),
        numbers(won, _read(rows, lambda found: found.conversion), percent),
        numbers(resolved, _read(rows, lambda found: found.resolved), texts.number),
        numbers(faster, gained(lambda found: found.speed_adds), say),
        numbers(better, gained(lambda found: found.conversion_adds), say),
        numbers(exits, _read(rows, lambda found: found.exits), texts.number),
    ]


def _read(rows: Sequence[StageRow], of: Callable[[StageReport], float | None]) -> list[float | None]:
    return [None if row.found is None else of(row.found) for row in rows]


def percent(share: float) -> str:
    return f"{round(share * 100)} %"
