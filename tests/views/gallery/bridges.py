"""What has changed: much, little, nothing; in one currency and in many; with money and without."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers.answer import Answer
from handlers.views.bridge import Compared, compared
from pipeline.bridge import (
    Bridge,
    Course,
    Crossing,
    Passage,
    Reason,
    Standing,
    Sums,
    Weight,
)
from pipeline.money import Money
from pipeline.stages import StageKind
from tests.views.gallery.sitter import ANA, NOW, Sitter, Wall, pictured

MONDAY = date(2026, 11, 16)
CURRENCIES = ("AUD", "CAD", "CHF", "DKK", "EUR", "GBP", "NOK", "USD")
NOTHING = Bridge(Sums(), Sums(), ())
AS_BEFORE = Sums(12, {"EUR": 123_456_700}, 2)
WEIGHTS = {"EUR": Weight(50_000_000, 65_000_000, -4_000_000)}


def bridges(sitter: Sitter) -> Wall:
    hidden = replace(sitter, money=False)
    one = Bridge(Sums(), Sums(1, {"EUR": 1_200_000}), _passages(sitter, (Reason.NEW,), 1))
    answers = {
        "changes_none": _view(sitter, NOTHING),
        "changes_none_of_some": _view(sitter, Bridge(AS_BEFORE, AS_BEFORE, ())),
        "changes_none_but_chances": _view(
            sitter, replace(Bridge(AS_BEFORE, AS_BEFORE, ()), weights=WEIGHTS), frozen=True
        ),
        "changes_one": _view(sitter, one),
        "changes_many": _view(sitter, _many(sitter), frozen=True, part="Ana · closing this quarter"),
        "changes_money_hidden": _view(hidden, _many(sitter), frozen=True),
        "changes_many_currencies": _view(sitter, _currencies(sitter)),
    }
    return pictured(answers)


def _view(sitter: Sitter, bridge: Bridge, *, frozen: bool = False, part: str = "") -> Answer:
    crossing = Crossing(bridge, NOW - timedelta(days=1), frozen=frozen)
    return compared(Compared(crossing, MONDAY, NOW, part, sitter.money, "EUR"), sitter.texts)


def _many(sitter: Sitter) -> Bridge:
    """Every reason, up to five deals each, and some that came and went."""
    passing = [
        _course(sitter, 90 + place, kind) for place, kind in enumerate((StageKind.WON, StageKind.LOST))
    ]
    return Bridge(
        Sums(41, {"EUR": 123_456_789, "USD": 900_000}, 3),
        Sums(52, {"EUR": 223_456_789, "USD": 100_000}),
        [
            passage
            for place, reason in enumerate(Reason)
            for passage in _passages(sitter, (reason,), 1 + place % 5)
        ],
        passing,
        WEIGHTS,
    )


def _currencies(sitter: Sitter) -> Bridge:
    """More lines than fit: what is left out is told."""
    reasons = list(Reason)
    worth = dict.fromkeys(CURRENCIES, 100_050)
    return Bridge(Sums(8, worth), Sums(9, worth), _passages(sitter, reasons, 1, worth))


def _passages(
    sitter: Sitter, reasons: Sequence[Reason], count: int, worth: Mapping[str, int] | None = None
) -> list[Passage]:
    leaving = (Reason.DECREASED, Reason.PUSHED_OUT, Reason.MOVED_OUT, Reason.LOST, Reason.WON, Reason.REMOVED)
    return [
        Passage(
            _course(sitter, 42 + place, StageKind.WON if reason is Reason.WON else StageKind.OPEN),
            reason,
            worth or {"EUR": (-1 if reason in leaving else 1) * 1_000_000 * (count - place)},
        )
        for reason in reasons
        for place in range(count)
    ]


def _course(sitter: Sitter, number: int, kind: StageKind) -> Course:
    standing = Standing(1, kind, Money(1_000_000, "EUR"), ANA, MONDAY)
    return Course(number, sitter.deal.title, None, standing)
