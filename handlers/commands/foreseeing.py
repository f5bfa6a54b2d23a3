"""What will be won, as it was last reckoned."""

import re
from collections.abc import Mapping, Sequence

from handlers import answering
from handlers.answer import Answer
from handlers.commands.reading import Runner, named_pipeline
from handlers.misreading import Misread, quoted
from handlers.pipelines import name_among
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.views.forecast import Foreseen, forecast
from handlers.vocabulary.command import Subject
from handlers.vocabulary.forecasting import PERIOD_WORDS
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
        kept, name = work.forecasts.of(pipeline.id), name_among(work, pipeline)
        facts = Foreseen(kept, periods, name, request.money, currency=request.currency)
        return forecast(facts, request.texts)

    return answering.look(services, request, find)


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
