"""Where deals get stuck: a pipeline of years, one of weeks, one of two currencies, and one that nobody looked at."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.answer import Answer
from handlers.views.bottlenecks import Standstill, bottlenecks
from pipeline.finding import Heap
from pipeline.stage_reports import Drift, Looked, Report, StageReport, Velocity
from tests.views.gallery.cards import TWELVE
from tests.views.gallery.sitter import Sitter, Wall, pictured

LOOKED_ON = date(2026, 11, 17)
HEAPS = (
    Heap(1, "EUR", 11, 7_654_300),
    Heap(1, None, 2),
    Heap(3, "EUR", 9, 19_230_000),
    Heap(4, "EUR", 7, 10_810_000),
)
IN_MONEY = 7_654_321.0
SEASONED = (
    StageReport(150, 139, 0.02, 11.2, 110, 41, 188_000, 889_000),
    StageReport(106, 97, 8.94, 29.2, 81, 38, -12, 1_200_000),
    StageReport(96, 87, 14.1, 39.4, 70, 36, IN_MONEY, 1_400_000, Drift(60, 12, 25.3, slower=True)),
    StageReport(69, 62, 18.3, None, 51, 33, 410_000, 1_900_000, Drift(60, 9, 19.8, onward=True, slower=True)),
    StageReport(47, 12, 0.4, None, 4, 3, 90_000, 2_460_000, Drift(60, 12, 12.4)),
)
PACE = Velocity(days=90, open_deals=29, won=14, resolved=41, mean=2_150_000.0, cycle=46.4)
YOUNG = (
    StageReport(23, 19, 2.5, 9.0, 17, 8, 10_000, 20_000),
    StageReport(8, 4, None, None, 3, 3, 10_000, 20_000),
    *[StageReport(0, 0, None, None, 0, 0, 0.0, 0.0)] * 3,
)


def standstills(sitter: Sitter) -> Wall:
    many = replace(sitter, pipeline=TWELVE)
    hidden = replace(sitter, money=False)
    both = (_counted(), _looked("EUR"), _looked("USD", YOUNG))
    answers = {
        "bottlenecks_of_years": _drawn(sitter, (_counted(), _looked("EUR"))),
        "bottlenecks_by_conversion": _drawn(sitter, (_looked("EUR", SEASONED[:2] + YOUNG[2:]),)),
        "bottlenecks_of_weeks": _drawn(sitter, (_looked("EUR", YOUNG),)),
        "bottlenecks_nowhere": _drawn(sitter, (_looked("EUR", _worth_nothing()),)),
        "bottlenecks_of_two_currencies": _drawn(
            sitter, both, heaps=(*HEAPS, Heap(2, "USD", 3, 100_000), Heap(5, "CHF", 1, 100))
        ),
        "bottlenecks_without_money": _drawn(sitter, (_counted(),), heaps=(Heap(1, None, 5),)),
        "bottlenecks_money_hidden": _drawn(hidden, both),
        "bottlenecks_not_looked_for": _drawn(sitter, ()),
        "bottlenecks_of_many_stages": _drawn(many, (_looked("EUR", SEASONED * 2),), named=True),
        "bottlenecks_named": _drawn(sitter, (_looked("EUR"),), named=True),
    }
    return pictured(answers)


def _drawn(
    sitter: Sitter, found: Sequence[Looked], heaps: Sequence[Heap] = HEAPS, *, named: bool = False
) -> Answer:
    pipeline = replace(sitter.pipeline, name=sitter.deal.title[:50]) if named else sitter.pipeline
    facts = Standstill(pipeline, heaps, found, named, sitter.money)
    return bottlenecks(facts, sitter.texts)


def _looked(currency: str | None, stages: Sequence[StageReport] = SEASONED) -> Looked:
    return Looked(currency, LOOKED_ON, range(1, len(stages) + 1), Report(173, 37_100_400.0, stages, PACE))


def _counted() -> Looked:
    """In deals."""
    counted = [
        replace(
            stage, speed_adds=stage.speed_adds / 1_000_000, conversion_adds=stage.conversion_adds / 1_000_000
        )
        for stage in SEASONED
    ]
    return Looked(None, LOOKED_ON, range(1, 6), Report(173, 31.4, counted, replace(PACE, mean=1.0)))


def _worth_nothing() -> Sequence[StageReport]:
    return [replace(stage, speed_adds=0.0, conversion_adds=0.0) for stage in SEASONED]
