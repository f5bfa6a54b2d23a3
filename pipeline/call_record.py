"""How good calls were, beside the forecast and beside saying that it will be as in the period before."""

from collections.abc import Iterator, Sequence
from datetime import timedelta, tzinfo
from typing import NamedTuple

from pipeline.calls import Call, Span, Won, preceding
from pipeline.ports import Work
from pipeline.snapshots import beginning_of

# Looked back on so many periods at most.
MOST = 6


class Record(NamedTuple):
    """What each was off by, as a share of all that came, in so many periods that somebody had called."""

    periods: int
    calls: float
    forecast: float | None
    as_before: float | None


class _Past(NamedTuple):
    """A period that is over; what was won in it and in the one before."""

    calls: Sequence[Call]
    won: Sequence[Won]
    before: Sequence[Won]

    def total(self, owner_id: str | None = None) -> int:
        return sum(each.minor for each in self.won if owner_id in (None, each.owner_id))

    @property
    def foreseen(self) -> int | None:
        """By the newest call, so that both knew the same."""
        told = [call.foreseen for call in self.calls if call.foreseen is not None]
        return told[-1] if told else None


def record_of(work: Work, pipeline_id: int, span: Span, zone: tzinfo, currency: str) -> Record | None:
    """Of the periods before this one; none where nobody called any, or nothing came."""
    past = [each for each in _pasts(work, pipeline_id, span, zone, currency) if each.calls]
    calls = [
        (call.amount.minor, each.total(None if call.team else call.person_id))
        for each in past
        for call in each.calls
    ]
    off = _off(calls)
    if off is None:
        return None
    forecast = _off([(each.foreseen, each.total()) for each in past if each.foreseen is not None])
    as_before = _off([(sum(won.minor for won in each.before), each.total()) for each in past])
    return Record(len(past), off, forecast, as_before)


def _pasts(work: Work, pipeline_id: int, span: Span, zone: tzinfo, currency: str) -> Iterator[_Past]:
    def won_in(span: Span) -> Sequence[Won]:
        since, until = (beginning_of(day, zone) for day in (span.first, span.last + timedelta(days=1)))
        return [each for each in work.calls.won(pipeline_id, since, until) if each.currency == currency]

    span = preceding(span)
    won = won_in(span)
    for _ in range(MOST):
        before = won_in(preceding(span))
        calls = [each for each in work.calls.said(pipeline_id, span) if each.amount.currency == currency]
        yield _Past(calls, won, before)
        span, won = preceding(span), before


def _off(said: Sequence[tuple[int, int]]) -> float | None:
    came = sum(actual for _, actual in said)
    return sum(abs(told - actual) for told, actual in said) / came if came else None
