"""Top lists: before anything is known, with chances, every reason and deals at risk, and without money."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.views.deal_card import CardFacts
from handlers.views.top import Top, top
from pipeline.deal import Deal
from pipeline.finding import Wanted
from pipeline.letters import JSONDict
from pipeline.money import Money
from pipeline.odds import Odds, StageOdds, StageRisk
from pipeline.ownership import Owner
from pipeline.people import Absence
from pipeline.priority import Candidates
from pipeline.stages import Pipeline
from tests.views.gallery.cards import card
from tests.views.gallery.sitter import ANA, BEN, NOW, Sitter, Wall

_AGES, _DUES = (0, 7, 30), (-30, 0, 15, 30)


def with_odds(pipeline: Pipeline, resolved: int = 212) -> Pipeline:
    """The first stages' visits are many, the last one's few."""
    stages = {
        stage.id: StageOdds.of([0.1 * place, 0.08 * place], [74, 40, 3], [30, 9, 0], [0.0] * 5)
        for place, stage in enumerate(pipeline.open_stages, start=1)
    }
    found = Odds(NOW - timedelta(hours=6), resolved + 40, resolved, _AGES, _DUES, stages)
    return replace(pipeline, odds={"": found}, refits=1)


def with_risks(pipeline: Pipeline) -> Pipeline:
    """After a week a deal of any stage is one that stays long."""
    known = with_odds(pipeline).odds[""]
    stages = {
        stage_id: replace(stage, risk=StageRisk.of(7, [0.18 * place, *[0.11 * place] * 8, 0.004]))
        for place, (stage_id, stage) in enumerate(known.stages.items(), start=1)
    }
    return replace(pipeline, odds={"": replace(known, stages=stages)}, refits=1)


def tops(sitter: Sitter) -> Wall:
    known = replace(sitter, pipeline=with_odds(sitter.pipeline))
    few = replace(sitter, pipeline=with_odds(sitter.pipeline, 3))
    risky = replace(sitter, pipeline=with_risks(sitter.pipeline))
    return {
        "top_of_none": _top(sitter, 0),
        "top_of_none_but_resting": _top(sitter, 0, resting=2),
        "top_before_chances": _top(few, 5),
        "top_before_any_fit": _top(sitter, 3, resting=1),
        "top_of_five": _top(known, 5),
        "top_of_one_mine": _top(known, 1, owner_ids=(ANA,)),
        "top_of_another": _top(known, 3, owner_ids=(BEN,), resting=4),
        "top_of_several_pipelines": _top(replace(known, others=(sitter.pipeline,)), 3),
        "top_of_two_currencies": _top(known, 3, second=Money(9_000_000, "USD")),
        "top_money_hidden": _top(replace(known, money=False), 5, may_change=False),
        "top_with_three_at_risk": _top(risky, 5, at_risk=3),
        "card_with_chance": card(known),
        "card_parked_without_chance": card(known.with_deal(nurture_until=NOW.date() + timedelta(days=9))),
    }


def _top(
    sitter: Sitter,
    shown: int,
    *,
    resting: int = 0,
    owner_ids: tuple[str, ...] = (),
    may_change: bool = True,
    at_risk: int = 0,
    second: Money | None = None,
) -> JSONDict:
    """`second` is what the second deal is worth."""
    pipelines: Sequence[Pipeline] = [sitter.pipeline, *sitter.others]
    name = sitter.pipeline.name if sitter.others else ""
    long = [
        replace(_neighbour(sitter, place), entered_at=NOW - timedelta(days=3 + place))
        for place in range(5, 5 + at_risk)
    ]
    first = [_neighbour(sitter, place) for place in range(shown)]
    if second:
        first[1] = replace(first[1], value=second)
    rows = [
        CardFacts(
            deal,
            sitter.pipeline,
            Owner("Ben", Absence.LEFT) if place == 4 else Owner("Ana"),
            sitter.money,
            NOW,
            pipeline_name=name,
        )
        for place, deal in enumerate([*first, *long])
    ]
    found = Candidates([], {"EUR": 37} if shown else {}, resting)
    owners = {ANA: Owner("Ana"), BEN: Owner("Ben")}
    wanted = Wanted(NOW.date(), NOW, owner_ids=owner_ids)
    facts = Top(
        rows[:shown], found, wanted, pipelines, owners, ANA, may_change, rows[shown:], money=sitter.money
    )
    return top(facts, sitter.texts).message()


def _neighbour(sitter: Sitter, place: int) -> Deal:
    """One that fares well, one overdue since lately, one for long and pushed, one that closes soon, one that lies."""
    opened = sitter.pipeline.open_stages
    today = NOW.date()
    deal = replace(
        sitter.deal,
        number=sitter.deal.number + place,
        stage_id=opened[place % len(opened)].id,
        closed_at=None,
        entered_at=NOW - timedelta(days=9 * place),
    )
    changes: Sequence[dict[str, object]] = (
        {},
        {"next_step_on": today - timedelta(days=1)},
        {"next_step_on": today - timedelta(days=40), "close_on": today - timedelta(days=3), "pushes": 3},
        {"close_on": today + timedelta(days=3), "next_step": "", "next_step_on": None},
        {"value": None, "company": "", "next_step": "", "next_step_on": None, "close_on": None},
    )
    return replace(deal, **changes[place % len(changes)])  # type: ignore[arg-type]
