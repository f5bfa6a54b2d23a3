"""Which deals deserve attention first, and why: value x chance to be won soon; and which are at risk."""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from pipeline.deal import Deal
from pipeline.health import health_of
from pipeline.odds import Chance, Odds, Risk
from pipeline.stages import Pipeline

SHOWN = 5
AT_RISK = 3
# The second time that the expected close is put off is the alarm.
_PUSHED_OFTEN = 2
_DAY_SECONDS = 86_400
_MICROS = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_Key = tuple[float, ...]


class Candidate(NamedTuple):
    """An open deal that neither rests nor is snoozed; `entered` in microseconds, `due` in days, since 1970."""

    id: int
    pipeline_id: int
    stage_id: int
    entered: int
    minor: int | None
    currency: str | None
    due: int | None


_Best = dict[str | None, list[tuple[_Key, Candidate]]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """`rows` are the highest in value, the highest first, or the neediest; `counts` are of all by currency, None where
    there is no value.

    `resting` ones are parked or snoozed, and no candidates.
    """

    rows: Sequence[Candidate]
    counts: Mapping[str | None, int]
    resting: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


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


def risk_of(deal: Deal, pipeline: Pipeline, now: datetime) -> Risk | None:
    """To be told; nothing of a deal that is closed or void, or has not stayed long, and nothing while data are thin."""
    odds = odds_of(pipeline, deal.value.currency if deal.value else None)
    if odds is None or deal.closed_at or deal.voided_at:
        return None
    return odds.risk(deal.stage_id, (now - deal.entered_at) // timedelta(days=1))


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
        pushes=deal.pushes if deal.pushes >= _PUSHED_OFTEN else 0,
        stale=health.stale,
    )


def are_known(pipelines: Iterable[Pipeline]) -> bool:
    """Whether chances may be told of any of them."""
    return any(odds.are_known for pipeline in pipelines for odds in pipeline.odds.values())


@dataclass(frozen=True, slots=True)
class Ranking:
    """`ids`, the first one first; where they are `settled`, no deal that was left out can come among them."""

    ids: Sequence[int]
    settled: bool


def ranked(found: Candidates, pipelines: Mapping[int, Pipeline], now: datetime, size: int = SHOWN) -> Ranking:
    """By value x chance, or by value, due and stay while no chance is known.

    Amounts in two currencies have no order: the first of each come before the second of any, and the currency of most
    deals leads. What has no value comes last, the likeliest first.
    """
    known = are_known(pipelines.values())
    best = _best(found.rows, _by_chance(pipelines, now) if known else _by_value, size)
    highest = _highest(pipelines) if known else 1.0
    return Ranking(_in_turns(found, best, size), _is_settled(found, best, highest, size))


def at_risk(
    found: Candidates,
    pipelines: Mapping[int, Pipeline],
    now: datetime,
    shown: Collection[int],
    size: int = AT_RISK,
) -> Ranking:
    """By value x drop of the chance to be won at all, without those that are `shown` already.

    Only what has a value and has stayed longer than eight in ten do; currencies take turns.
    """
    every = [odds.highest_drop for each in pipelines.values() for odds in each.odds.values()]
    highest = max(every, default=0.0)
    if not highest:
        return Ranking((), settled=True)
    rows = [each for each in found.rows if each.minor and each.id not in shown]
    best = _best(rows, _by_drop(pipelines, now), size, highest)
    return Ranking(_in_turns(found, best, size), _none_better(found, best, highest, size))


def _none_better(found: Candidates, best: _Best, highest: float, size: int) -> bool:
    """No place is one that a deal could take which was left out: of its currency, and worth no more than the last.

    Unlike those that come first, deals at risk may be so few that a currency takes another's places.
    """
    seen = Counter(each.currency for each in found.rows)
    most = ((found.rows[-1].minor or 0) if found.rows else 0) * highest
    taken = 0
    for place in range(size):
        for currency in _order(found, best):
            heap, all_seen = best.get(currency, ()), seen[currency] == found.counts.get(currency, 0)
            if taken == size:
                return True
            if place < len(heap) and (all_seen or -heap[place][0][0] > most):
                taken += 1
            elif not all_seen:
                return False
    return True


def _order(found: Candidates, best: _Best) -> Sequence[str]:
    """The currency of most deals leads."""
    every = dict.fromkeys([*best, *found.counts])
    return sorted(filter(None, every), key=lambda each: found.counts.get(each, 0), reverse=True)


def _in_turns(found: Candidates, best: _Best, size: int) -> Sequence[int]:
    """Ids: the first of each currency, then the second of each; what has no value comes last."""
    order = [best[each] for each in _order(found, best) if each in best]
    turns = [heap[place] for place in range(size) for heap in order if place < len(heap)]
    return [candidate.id for _, candidate in [*turns, *best.get(None, ())][:size]]


def _best(
    rows: Iterable[Candidate], key: Callable[[Candidate], _Key | None], size: int, highest: float = 1.0
) -> _Best:
    """By currency the first so many, in order; those without a key are none of them."""
    best: _Best = {}
    for each in rows:
        heap = best.setdefault(each.currency, [])
        # No share is above the highest: what is worth too little cannot come before the last of so many.
        if len(heap) == size and each.minor is not None and each.minor * highest < -heap[-1][0][0]:
            continue
        place = key(each)
        if place is not None:
            insort(heap, (place, each))
            del heap[size:]
    return best


def _is_settled(found: Candidates, best: _Best, highest: float, size: int) -> bool:
    """Whoever was left out is worth no more than the last that was looked at; currencies share the places."""
    if len(found.rows) == found.total:
        return True
    last = found.rows[-1].minor if found.rows else None
    if last is None:
        return False
    valued = [best.get(currency, []) for currency in found.counts if currency]
    places = -(-size // max(len(valued), 1))
    return all(len(heap) >= places and -heap[places - 1][0][0] > last * highest for heap in valued)


def _highest(pipelines: Mapping[int, Pipeline]) -> float:
    """No deal has a higher chance."""
    found = [odds.highest for each in pipelines.values() for odds in each.odds.values()]
    for each in pipelines.values():
        told = each.odds.values()
        unknown = (
            stage for stage in each.stages if not told or any(stage.id not in odds.stages for odds in told)
        )
        found += [stage.chance / 100 for stage in unknown if stage.is_open]
    return max(found, default=1.0)


def _by_value(each: Candidate) -> _Key:
    due = each.due if each.due is not None else float("inf")
    return -(each.minor or 0), due, each.entered


def _by_chance(pipelines: Mapping[int, Pipeline], now: datetime) -> Callable[[Candidate], _Key]:
    seconds = now.timestamp()
    today = seconds / _DAY_SECONDS

    def key(each: Candidate) -> _Key:
        pipeline = pipelines[each.pipeline_id]
        odds = odds_of(pipeline, each.currency)
        age = (seconds - each.entered / _MICROS) / _DAY_SECONDS
        share = (
            odds.share(each.stage_id, age, None if each.due is None else each.due - today) if odds else None
        )
        if share is None:
            # What the team assumes, of a pipeline or stage that came after the last look.
            share = pipeline.stage(each.stage_id).chance / 100
        return -(1 if each.minor is None else each.minor) * share, each.entered

    return key


def _by_drop(pipelines: Mapping[int, Pipeline], now: datetime) -> Callable[[Candidate], _Key | None]:
    """None of a deal that is not at risk."""
    moment = (now - _EPOCH) // timedelta(microseconds=1)

    def key(each: Candidate) -> _Key | None:
        odds = odds_of(pipelines[each.pipeline_id], each.currency)
        days = (moment - each.entered) // (_DAY_SECONDS * _MICROS)
        risk = odds.risk(each.stage_id, days) if odds else None
        return None if risk is None else (-(each.minor or 0) * risk.drop, each.entered)

    return key
