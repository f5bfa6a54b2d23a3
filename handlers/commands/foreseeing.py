"""What will be won, as it was last reckoned."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from handlers import answering
from handlers.answer import Answer
from handlers.commands.reading import Runner, named_pipeline
from handlers.misreading import Misread, quoted
from handlers.period_lines import apart, read_span
from handlers.periods import told_period
from handlers.pipelines import name_among
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.views.answers import run_buttons
from handlers.views.forecast import Foreseen, forecast
from handlers.views.forecast_calls import Beside, is_beside
from handlers.vocabulary.command import Subject
from handlers.vocabulary.forecasting import PERIOD_WORDS
from pipeline.calls import preceding, span_at
from pipeline.kept_forecasts import Period
from pipeline.letters import JSONDict
from pipeline.names import fold
from pipeline.ports import Work

_BETWEEN = re.compile(r",|\band\b|\bund\b")
_MOST_WORDS = 3
# As a button writes them.
_WRITTEN = {Period.MONTH: "month", Period.QUARTER: "quarter", Period.DAYS: "30 days"}
_PERIODS = {fold(word): period for period, words in PERIOD_WORDS.items() for word in words}


def _forecast(services: Services, request: Request, rest: Decoded) -> JSONDict:
    today = services.house.today(request.at)
    said, inside = apart(" ".join(rest.spelled(rest.text).split()), today)
    periods = _periods(request, said, today)

    def find(work: Work) -> Answer:
        pipeline = named_pipeline(request, work, inside)
        told = [each for each in periods if is_beside(each, periods)]
        beside = {each: _beside(services, work, request, pipeline.id, each) for each in told}
        kept, name = work.forecasts.of(pipeline.id), name_among(work, pipeline)
        now = request.at.astimezone(services.house.zone)
        facts = Foreseen(kept, periods, name, request.money, beside, currency=request.currency, now=now)
        return forecast(facts, request.texts)

    return answering.look(services, request, find, still=True)


def _beside(services: Services, work: Work, request: Request, pipeline_id: int, period: Period) -> Beside:
    """Summed by the database as it stands now: a category that was said a moment ago counts."""
    span = span_at(period, services.house.today(request.at))
    tell = partial(told_period, services, work, request, pipeline_id)
    return Beside(tell(span), None if period is Period.DAYS else tell(preceding(span)))


def _periods(request: Request, text: str, today: date) -> Sequence[Period]:
    """All of them where none is named."""
    words = _BETWEEN.sub(" ", text).split()
    found: list[Period] = []
    while words:
        runs = (words[:length] for length in range(_MOST_WORDS, 0, -1))
        named = next((run for run in runs if _named(" ".join(run), today)), words[:1])
        period = _period(" ".join(named), today)
        if period is None:
            raise _not_foreseen(request, " ".join(named))
        found.append(period)
        words = words[len(named) :]
    return [each for each in Period if each in found] or list(Period)


def _named(words: str, today: date) -> bool:
    return fold(words) in _PERIODS or read_span(words, today) is not None


def _period(words: str, today: date) -> Period | None:
    """None also for a month or a quarter that nothing is reckoned for: only those of today are."""
    if period := _PERIODS.get(fold(words)):
        return period
    span = read_span(words, today)
    return span.period if span and span == span_at(span.period, today) else None


def _not_foreseen(request: Request, words: str) -> Misread:
    texts = request.texts
    commands = [(texts.forecast_category(each), f"forecast {word}") for each, word in _WRITTEN.items()]
    return Misread(texts.not_foreseen(quoted(words)), *run_buttons(commands))


RUNNERS: Mapping[Subject, Runner] = {Subject.FORECAST: _forecast}
