"""`/deal stages`: what the stages are, and shaping them."""

from collections.abc import Mapping

from handlers import answering
from handlers.answer import Answer
from handlers.commands.reading import Runner
from handlers.refusals import Misread, quoted
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded, TextProblem, UnfitText, clean
from handlers.stage_lines import UnreadableShape, read_shape
from handlers.views import stages
from handlers.vocabulary.command import Subject
from pipeline.letters import JSONDict
from pipeline.orders import Order
from pipeline.ports import Work

LINE_LIMIT = 500


def _stages(services: Services, request: Request, rest: Decoded) -> JSONDict:
    if not rest.text:
        return answering.look(services, request, lambda work: _listed(work, request))
    line = _clean_line(request, rest)

    def build(work: Work) -> Order:
        try:
            return read_shape(work.stages.pipeline(), line)
        except UnreadableShape as unreadable:
            raise Misread(stages.unreadable(unreadable, request.texts, quoted(unreadable.word))) from None

    return answering.write(services, request, build)


def _listed(work: Work, request: Request) -> Answer:
    pipeline = work.stages.pipeline()
    return stages.listed(pipeline, work.deals.counted(pipeline.id), request.texts)


def _clean_line(request: Request, rest: Decoded) -> str:
    try:
        return clean(rest.spelled(rest.text), LINE_LIMIT)
    except UnfitText as unfit:
        texts = request.texts
        if unfit.problem is TextProblem.TOO_LONG:
            raise Misread(texts.too_long(texts.stage_name(), unfit.limit)) from None
        raise Misread(texts.forbidden_character(texts.stage_name())) from None


RUNNERS: Mapping[Subject, Runner] = {Subject.STAGES: _stages}
