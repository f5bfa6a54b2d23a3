"""The commands that look ahead, and what each reads: the same for the bot, for the bare SQL and for pandas."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from handlers.commands.ranking import first_of
from pipeline.calling import progress_of
from pipeline.calls import Span, span_at
from pipeline.finding import Wanted
from pipeline.kept_forecasts import Period
from storage.store import Work
from tests.bench.crowd import ASKING
from tests.bench.lookups import Read

COMMANDS = ("top team", "top", "forecast", "bottlenecks")


def spans_at(today: date) -> Sequence[Span]:
    """Of which a forecast tells what is won, and what closes in them."""
    return [span_at(period, today) for period in (Period.MONTH, Period.QUARTER)]


def asked(now: datetime) -> Mapping[str, Read]:
    today = now.date()
    everybody, mine = Wanted(today, now), Wanted(today, now, owner_ids=(ASKING,))

    def top(work: Work, wanted: Wanted) -> object:
        return work.deals.those(first_of(work, wanted)[1])

    def foreseen(work: Work) -> object:
        pipeline_id = work.stages.pipeline().id
        told = [progress_of(work, pipeline_id, span, today, UTC) for span in spans_at(today)]
        return work.forecasts.of(pipeline_id), told

    def stuck(work: Work) -> object:
        pipeline_id = work.stages.pipeline().id
        heaps = work.deals.board(pipeline_id, today, parked_too=False)
        return heaps, work.bottlenecks.found(pipeline_id)

    reads: tuple[Read, ...] = (
        lambda work: top(work, everybody),
        lambda work: top(work, mine),
        foreseen,
        stuck,
    )
    return dict(zip(COMMANDS, reads, strict=True))
