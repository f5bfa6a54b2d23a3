"""Saying what will be won, setting what should be, and how a period stands."""

from collections.abc import Mapping
from datetime import date, timedelta, tzinfo

from pipeline import errors
from pipeline.calls import Called, Progress, SayCall, SetTarget, Span, Targeted
from pipeline.occasion import Occasion, require
from pipeline.permissions import Act, least_role, may
from pipeline.ports import Work
from pipeline.snapshots import beginning_of


def say_call(work: Work, occasion: Occasion, order: SayCall) -> Called:
    """Everybody calls for themselves; on the deals of all, whoever may change them."""
    person = require(work, occasion, Act.CALL)
    if order.team and not may(person.role, Act.CALL, own=False):
        raise errors.NoRight(Act.CALL, least_role(Act.CALL, own=False))
    said = work.calls.said(order.pipeline_id, order.span)
    mine = (person.id, order.team, order.currency)
    before = next((each for each in said if (each.person_id, each.team, each.amount.currency) == mine), None)
    if order.amount is not None or before:
        work.calls.say(order, occasion.by, occasion.at, _foreseen(work, order))
    return Called(order, before)


def set_target(work: Work, occasion: Occasion, order: SetTarget) -> Targeted:
    require(work, occasion, Act.TARGETS)
    before = work.calls.targets(order.pipeline_id, order.span).get(order.currency)
    if order.amount != before:
        work.calls.set_target(order, occasion.by, occasion.at)
    return Targeted(order, before)


def progress_of(
    work: Work, pipeline_id: int, span: Span, today: date, zone: tzinfo
) -> Mapping[str, Progress]:
    """By currency, of which something is to be said. Of a period that is over only what was called is."""
    calls = work.calls.said(pipeline_id, span)
    if span.last < today and not calls:
        return {}
    since, until = (beginning_of(day, zone) for day in (span.first, span.last + timedelta(days=1)))
    won = work.calls.won(pipeline_id, since, until)
    targets = work.calls.targets(pipeline_id, span)
    closing = work.calls.closing(pipeline_id, span, today) if span.last >= today else ()
    told = {*targets, *(each.amount.currency for each in calls), *(each.currency for each in won)}
    told |= {each.currency for each in closing if each.currency}
    unvalued = sum(each.deals for each in closing if each.currency is None)
    theirs = work.calls.unvalued_in(pipeline_id) if unvalued else None
    told |= {theirs} if theirs else set()
    return {
        currency: Progress(
            currency,
            span,
            targets.get(currency),
            {each.owner_id: each.minor for each in won if each.currency == currency},
            [each for each in closing if each.currency == currency],
            unvalued if currency == theirs else 0,
            [each for each in calls if each.amount.currency == currency],
        )
        for currency in sorted(told)
    }


def _foreseen(work: Work, order: SayCall) -> int | None:
    """What the forecast says of the same, so that both can be judged by what came; the next one may be the first."""
    for kept in work.forecasts.of(order.pipeline_id):
        for period in kept.periods:
            if (kept.currency, period.period, period.first) == (order.currency, *order.span[:2]):
                return period.expected
    return None
