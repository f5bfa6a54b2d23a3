"""What will be won, as it was last reckoned."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from handlers import answering
from handlers.answer import Answer
from handlers.commands.reading import Runner, named_pipeline
from handlers.misreading import Misread, quoted
from handlers.periods import told_period
from handlers.pipelines import name_among
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.views.forecast import Foreseen, forecast
from handlers.views.forecast_calls import Beside, is_beside
from handlers.vocabulary.command import Subject
from handlers.vocabulary.forecasting import PERIOD_WORDS
from pipeline.calls import preceding, span_at
from pipeline.kept_forecasts import Period
from pipeline.letters import JSONDict
from pipeline.names import fold
from pipeline.ports import Work

_INSIDE = re.compile(r"(.*?)(?:^|\s)in\s+(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r",|\band\b|\bund\b")
_MOST_WORDS = 3
_PERIODS = {fold(word): period for period, words in PERIOD_WORDS.items() for word in words}


def _forecast(services: Services, request: Request, rest: Decoded) -> JSONDict:
    text = " ".join(rest.spelled(rest.text).split())
    inside = _INSIDE.fullmatch(text)
    periods = _periods(request, inside[1] if inside else text)

    def find(work: Work) -> Answer:
        pipeline = named_pipeline(request, work, inside[2] if inside else None)
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


def _periods(request: Request, text: str) -> Sequence[Period]:
    """All of them where none is named."""
    words = _BETWEEN.sub(" ", text).split()
    found: list[Period] = []
    while words:
        length = next(
            (each for each in range(_MOST_WORDS, 0, -1) if fold(" ".join(words[:each])) in _PERIODS), 0
        )
        if not length:
            raise Misread(request.texts.period_unknown(quoted(words[0])))
        found.append(_PERIODS[fold(" ".join(words[:length]))])
        words = words[length:]
    return [each for each in Period if each in found] or list(Period)


RUNNERS: Mapping[Subject, Runner] = {Subject.FORECAST: _forecast}
