"""Which deals deserve attention first, and why: value x chance to be won soon."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pipeline.deal import Deal
from pipeline.health import PUSHED_OFTEN, health_of
from pipeline.odds import Chance, Odds
from pipeline.stages import Pipeline

SHOWN = 5
_DAY_SECONDS = 86_400
_MICROS = 1_000_000


class Candidate(NamedTuple):
    """An open deal that neither rests nor is snoozed; `entered` in microseconds, `due` in days, since 1970."""

    id: int
    pipeline_id: int
    stage_id: int
    entered: int
    minor: int | None
    currency: str | None
    due: int | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The highest in value of them; `total` counts all, `resting` those that are parked or snoozed."""

    rows: Sequence[Candidate]
    total: int
    resting: int


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a deal deserves attention, beside its value and its chance; days since when or on which."""

    step_due: date | None = None
    close_due: date | None = None
    closes: date | None = None
    pushes: int = 0
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Priority:
    """`score` is in minor units of the deal's currency, reckoned even where the `chance` is not told."""

    deal: Deal
    days: int
    chance: Chance | None
    score: float | None
    reasons: Reasons


def odds_of(pipeline: Pipeline, currency: str | None) -> Odds | None:
    """Those of the deal's own currency, where it has enough closed deals for that."""
    return pipeline.odds.get(currency or "") or pipeline.odds.get("")


def chance_of(deal: Deal, pipeline: Pipeline, now: datetime) -> Chance | None:
    """To be told; nothing of a deal that is closed or void, and nothing while data are thin."""
    odds = odds_of(pipeline, deal.value.currency if deal.value else None)
    if odds is None or deal.closed_at or deal.voided_at:
        return None
    return odds.chance(deal.stage_id, deal.entered_at, deal.close_on, now)


def priority_of(deal: Deal, pipeline: Pipeline, today: date, now: datetime) -> Priority:
    odds = odds_of(pipeline, deal.value.currency if deal.value else None)
    reckoned = odds.reckon(deal.stage_id, deal.entered_at, deal.close_on, now) if odds else None
    score = deal.value.minor * reckoned.share if deal.value and reckoned else None
    days = max((now - deal.entered_at) // timedelta(days=1), 0)
    return Priority(deal, days, chance_of(deal, pipeline, now), score, reasons_of(deal, pipeline, today, now))


def reasons_of(deal: Deal, pipeline: Pipeline, today: date, now: datetime) -> Reasons:
    health = health_of(deal, pipeline, today, now)
    sunday = today + timedelta(days=6 - today.weekday())
    step, close = deal.next_step_on, deal.close_on
    return Reasons(
        step_due=step if step and step < today else None,
        close_due=close if close and close < today else None,
        closes=close if close and today <= close <= sunday else None,
        pushes=deal.pushes if deal.pushes >= PUSHED_OFTEN else 0,
        stale=health.stale,
    )


def are_known(pipelines: Iterable[Pipeline]) -> bool:
    """Whether chances may be told of any of them."""
    return any(odds.are_known for pipeline in pipelines for odds in pipeline.odds.values())


def ranked(
    candidates: Sequence[Candidate], pipelines: Mapping[int, Pipeline], now: datetime, size: int = SHOWN
) -> Sequence[int]:
    """Ids, the first one first: by value x chance, or by value, due and stay while no chance is known.

    Amounts in two currencies have no order: the first of each come before the second of any, and the currency of most
    deals leads. What has no value comes last, the likeliest first.
    """
    known = are_known(pipelines.values())
    scored = _scored(candidates, pipelines, now) if known else _unscored(candidates)
    heaps: dict[str | None, list[tuple[tuple[float, ...], Candidate]]] = {}
    for key, candidate in scored:
        heaps.setdefault(candidate.currency, []).append((key, candidate))
    last = sorted(heaps.pop(None, []))
    order = sorted(heaps.values(), key=len, reverse=True)
    rows = [sorted(heap)[:size] for heap in order]
    turns = (heap[place] for place in range(size) for heap in rows if place < len(heap))
    return [candidate.id for _, candidate in [*turns, *last][:size]]


def _unscored(candidates: Sequence[Candidate]) -> Iterable[tuple[tuple[float, ...], Candidate]]:
    for each in candidates:
        due = each.due if each.due is not None else float("inf")
        yield (-(each.minor or 0), due, each.entered), each


def _scored(
    candidates: Sequence[Candidate], pipelines: Mapping[int, Pipeline], now: datetime
) -> Iterable[tuple[tuple[float, ...], Candidate]]:
    seconds = now.timestamp()
    today = seconds / _DAY_SECONDS
    for each in candidates:
        pipeline = pipelines[each.pipeline_id]
        odds = odds_of(pipeline, each.currency)
        age = (seconds - each.entered / _MICROS) / _DAY_SECONDS
        share = (
            odds.share(each.stage_id, age, None if each.due is None else each.due - today) if odds else None
        )
        if share is None:
            # What the team assumes, of a pipeline or stage that came after the last look.
            share = pipeline.stage(each.stage_id).chance / 100
        yield (-(1 if each.minor is None else each.minor) * share, each.entered), each
