"""Calls, targets and categories: nobody's, one, many, of people who left; and beside a forecast."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.answer import Answer
from handlers.views.calls import Calls, called, calls, targeted, targets
from handlers.views.forecast import Foreseen, forecast
from handlers.views.forecast_calls import Beside, ToldPeriod
from pipeline.call_record import Record
from pipeline.calls import (
    Call,
    Called,
    Closing,
    Progress,
    SayCall,
    SetTarget,
    Targeted,
    following,
    preceding,
    span_at,
)
from pipeline.kept_forecasts import Period
from pipeline.money import Money
from pipeline.ownership import Owner
from pipeline.people import Absence
from pipeline.stages import Category
from tests.views.gallery.forecasts import ALL, KEPT
from tests.views.gallery.sitter import ANA, BEN, NOW, Sitter, Wall, pictured

TODAY = date(2026, 11, 17)
MONTH, QUARTER = (span_at(period, TODAY) for period in (Period.MONTH, Period.QUARTER))
NAMES = {ANA: Owner("Ana"), BEN: Owner("Ben"), **{f"U{place}": Owner(f"Rep {place}") for place in range(5)}}
MINE = Call(ANA, Money(120_000_00, "EUR"), team=False, foreseen=101_400_00, at=NOW)
ALL_OF_THEM = Call(BEN, Money(480_000_00, "EUR"), team=True, foreseen=441_000_00, at=NOW)
STANDS = Progress(
    "EUR",
    QUARTER,
    target=500_000_00,
    won_by={ANA: 97_000_00, None: 3_000_00},
    closing=(
        Closing("EUR", Category.PIPELINE, 6, 90_000_00),
        Closing("EUR", Category.BEST_CASE, 1, 350_000_50),
        Closing("EUR", Category.COMMIT, 4, 200_000_00),
        Closing("EUR", Category.OMITTED, 2, 12_000_00),
    ),
    unvalued=2,
    calls=(MINE, ALL_OF_THEM),
)


def call_walls(sitter: Sitter) -> Wall:
    return pictured({**_calls(sitter), **_targets(sitter), **_beside(sitter)})


def _told(sitter: Sitter, progress: Progress, asker: str | None = ANA) -> ToldPeriod:
    names = {**NAMES, "U4": Owner(sitter.deal.title, Absence.LEFT)}
    return ToldPeriod(progress.span, {progress.currency: progress}, names, asker)


def _many() -> Sequence[Call]:
    return [
        replace(MINE, person_id=f"U{place}", amount=Money(90_000_00 + place, "EUR")) for place in range(5)
    ]


def _calls(sitter: Sitter) -> dict[str, Answer]:
    def draw(*told: ToldPeriod, past: Sequence[ToldPeriod] = (), name: str = "", **more: object) -> Answer:
        facts = Calls(told, past, [KEPT], name, TODAY, sitter.money)
        return calls(replace(facts, **more), sitter.texts)  # type: ignore[arg-type]

    ended = replace(STANDS, span=preceding(MONTH), calls=(MINE,))
    several = replace(STANDS, calls=(*_many(), ALL_OF_THEM))
    records = [(Period.MONTH, Record(1, 0.14, None, None)), (Period.QUARTER, Record(4, 0.14, 0.091, 0.2))]
    return {
        "calls_none": draw(_told(sitter, replace(STANDS, calls=()))),
        "calls_one": draw(_told(sitter, replace(STANDS, span=MONTH, calls=(MINE,)))),
        "calls_many": draw(_told(sitter, several), name=sitter.deal.title),
        "calls_of_the_past": draw(
            past=[_told(sitter, ended), _told(sitter, replace(STANDS, span=preceding(QUARTER)), None)],
            records=records,
        ),
        "calls_hidden": draw(_told(sitter, STANDS), money=False),
    }


def _targets(sitter: Sitter) -> dict[str, Answer]:
    texts, money, later = sitter.texts, sitter.money, following(QUARTER)
    say, aim = SayCall(1, QUARTER, "EUR", 110_000_00, team=False), SetTarget(1, later, "EUR", 300_000_00)
    lines = ["…"]

    def draw(*stands: Progress) -> Answer:
        return targets(Calls([_told(sitter, each) for each in stands], (), (), "", TODAY, money), texts)

    def call(order: SayCall, before: Call | None, name: str = "") -> Answer:
        return called(Called(order, before), TODAY, name, texts, money=money)

    def target(order: SetTarget, before: int | None, name: str = "") -> Answer:
        return targeted(Targeted(order, before), TODAY, name, lines, texts, money=money)

    return {
        "targets_none": draw(replace(STANDS, target=None)),
        "targets_ahead": draw(STANDS, replace(STANDS, span=MONTH, won_by={}, closing=())),
        "targets_reached": draw(replace(STANDS, target=100_000_00)),
        "called": call(say, None),
        "called_anew": call(replace(say, team=True), ALL_OF_THEM, sitter.deal.title),
        "call_taken_back": call(replace(say, amount=None), MINE),
        "call_was_none": call(replace(say, amount=None), None),
        "targeted": target(aim, None),
        "targeted_anew": target(aim, 250_000_00, sitter.deal.title),
        "target_taken_away": target(replace(aim, amount=None), 250_000_00),
        "target_was_none": target(replace(aim, amount=None), None),
    }


def _beside(sitter: Sitter) -> dict[str, Answer]:
    month = replace(STANDS, span=MONTH, target=None, calls=(), closing=STANDS.closing[:1], unvalued=1)
    fewer = replace(ALL_OF_THEM, amount=Money(400_000_00, "EUR"))
    quarter = _told(sitter, replace(STANDS, calls=(*_many(), fewer)))
    ended = _told(sitter, replace(STANDS, span=preceding(QUARTER), calls=(MINE,)))
    beside = {Period.MONTH: Beside(_told(sitter, month)), Period.QUARTER: Beside(quarter, ended)}
    thin = replace(KEPT, periods=(), wins=1)
    one = {Period.QUARTER: Beside(_told(sitter, STANDS))}
    bare = replace(STANDS, target=None, calls=(), closing=())
    without = {Period.QUARTER: Beside(_told(sitter, bare))}
    return {
        "forecast_of_what_has_no_amount": forecast(
            Foreseen([KEPT], ALL, "", sitter.money, without, currency="EUR", now=NOW), sitter.texts
        ),
        "forecast_with_calls": forecast(
            Foreseen([KEPT], ALL, "", sitter.money, beside, currency="EUR", now=NOW), sitter.texts
        ),
        "forecast_thin_with_calls": forecast(
            Foreseen([thin], ALL, "", sitter.money, one, currency="EUR", now=NOW), sitter.texts
        ),
        "forecast_unknown_with_calls": forecast(
            Foreseen([], ALL, "", sitter.money, one, currency="EUR", now=NOW), sitter.texts
        ),
    }
