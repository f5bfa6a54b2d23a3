"""Lists and boards of no deal, one, eight, and ten thousand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handlers.answer import Answer
from handlers.views.board import board
from handlers.views.lists import PAGE, Listed, listed
from pipeline.deal import Deal
from pipeline.finding import Found, Heap, Wanted
from pipeline.letters import JSONDict
from pipeline.money import Money
from pipeline.ownership import Owner
from pipeline.people import Absence
from pipeline.stages import Pipeline
from tests.views.gallery.cards import TWELVE
from tests.views.gallery.sitter import ANA, BEN, NOW, Sitter, Wall, pictured

MANY = 10_000
GONE = Owner("Ben", Absence.LEFT)
EVERYTHING: Mapping[str, Any] = {
    "stage_ids": (3, 4),
    "owner_ids": ("U0ANA", "U0BEN"),
    "stale": True,
    "overdue": True,
    "unowned": True,
    "parked": True,
    "over": Money(5_000_000, "EUR"),
    "closing": (date(2026, 11, 1), date(2026, 11, 30)),
}


def lists(sitter: Sitter) -> Wall:
    hidden = replace(sitter, money=False)
    return {
        "list_of_none": _list(sitter, 0),
        "list_of_one": _list(sitter, 1),
        "list_of_eight": _list(sitter, 8),
        "list_of_many_first": _list(sitter, MANY),
        "list_of_many_second": _list(sitter, MANY, before=PAGE),
        "list_of_many_last": _list(sitter, MANY, before=MANY - PAGE),
        "list_filtered": _list(sitter, 8, **EVERYTHING),
        "list_filtered_to_none": _list(sitter, 0, **EVERYTHING),
        "list_found_one": _list(sitter, 1, words=sitter.deal.title, closed_too=True),
        "list_found_eight": _list(sitter, 8, words=sitter.deal.title, closed_too=True),
        "list_found_many": _list(sitter, MANY, words=sitter.deal.title, closed_too=True),
        "list_found": _list(sitter, 37, before=PAGE, words=sitter.deal.title, closed_too=True),
        "list_found_none": _list(sitter, 0, words=sitter.deal.title, closed_too=True),
        "list_money_hidden": _list(hidden, 8),
        "list_of_many_pipelines": _list(sitter, 8, others=_others(sitter, 1)),
        "list_of_many_in_one_pipeline": _list(sitter, 8, others=_others(sitter, 1), pipeline_id=1),
    }


def boards(sitter: Sitter) -> Wall:
    hidden = replace(sitter, money=False)
    answers = {
        "board_of_none": _board(sitter, []),
        "board_of_one": _board(sitter, [Heap(3, "EUR", 1, 1_200_000, 600_000)]),
        "board_of_eight": _board(sitter, _heaps(8), unowned=1),
        "board_of_many": _board(replace(sitter, pipeline=TWELVE), _heaps(MANY, stages=12), unowned=MANY),
        "board_of_many_currencies": _board(sitter, _currencies()),
        "board_money_hidden": _board(hidden, _heaps(8)),
        "board_with_parked": _board(sitter, _parked()),
        "board_with_parked_money_hidden": _board(hidden, _parked()[:1]),
        "board_of_two_pipelines": _board(sitter, _heaps(8), _others(sitter, 1)),
        "board_of_many_pipelines": _board(sitter, _heaps(8), _others(sitter, 6)),
        "board_of_two_pipelines_and_none": _board(sitter, [], _others(sitter, 1)),
    }
    return pictured(answers)


def _list(
    sitter: Sitter, total: int, before: int = 0, others: Sequence[Pipeline] = (), **wanted: Any
) -> JSONDict:
    deals = [_neighbour(sitter, place) for place in range(before, min(total, before + PAGE))]
    sums = {"EUR": 123_456_789 * total, "USD": 98_765_400} if total > 1 else {"EUR": 1_200_000}
    found = Found(deals, total, before, sums, unvalued=total // 4)
    asked = Wanted(NOW.date(), NOW, **wanted)
    pipelines = [sitter.pipeline, *others]
    owners = {ANA: Owner("Ana"), BEN: GONE}
    facts = Listed(found, asked, pipelines, owners, "list mine", sitter.money, may_create=sitter.money)
    return listed(facts, sitter.texts).message()


def _neighbour(sitter: Sitter, place: int) -> Deal:
    """Each ails from something else."""
    stages = sitter.pipeline.living
    stage = stages[place % len(stages)]
    long_ago = NOW - timedelta(days=60)
    deal = replace(
        sitter.deal,
        number=sitter.deal.number + place,
        stage_id=stage.id,
        closed_at=None if stage.is_open else NOW,
    )
    ailing: Sequence[Mapping[str, Any]] = (
        {},
        {"entered_at": long_ago, "next_step_on": None},
        {"close_on": long_ago.date(), "pushes": 2, "owner_id": BEN},
        {"nurture_until": date(2027, 2, 1), "company": "", "value": None, "owner_id": None},
    )
    return replace(deal, **ailing[place % len(ailing)])


def _board(
    sitter: Sitter, heaps: Sequence[Heap], others: Sequence[Pipeline] = (), unowned: int = 0
) -> Answer:
    return board(
        sitter.pipeline,
        heaps,
        others,
        sitter.texts,
        currency="EUR",
        money=sitter.money,
        may_create=sitter.money,
        unowned=unowned,
    )


def _parked() -> list[Heap]:
    return [Heap(3, "EUR", 3, 1_200_000, 400_000, parked=1), Heap(4, None, 2, parked=1)]


def _others(sitter: Sitter, count: int) -> list[Pipeline]:
    """The first is called as the deal is: a name may be anything."""
    names = [sitter.deal.title[:50], "Partners & <friends>", *(f"Region {place}" for place in range(count))]
    return [
        replace(sitter.pipeline, id=place, name=name) for place, name in enumerate(names[:count], start=2)
    ]


def _currencies() -> list[Heap]:
    """More than fit: what is left out is told."""
    return [
        Heap(stage_id, currency, 1, 100_000, 50_000)
        for stage_id in range(1, 6)
        for currency in ("AUD", "CAD", "CHF", "DKK", "EUR", "GBP", "NOK", "USD")
    ]


def _heaps(total: int, stages: int = 2) -> list[Heap]:
    """As many deals, spread over stages and two currencies; a quarter has no value."""
    each = total // (4 * stages)
    worth = 123_456_700 * each
    return [
        Heap(stage_id, currency, count, *((worth, worth // 2) if currency else ()))
        for stage_id in range(1, stages + 1)
        for currency, count in (("EUR", 2 * each), ("USD", each), (None, each))
    ]
