"""`/deal stages`: what the stages are, and shaping them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from handlers import answering
from handlers.answer import Answer
from handlers.commands.reading import Runner, named_pipeline
from handlers.misreading import Misread, quoted
from handlers.pipeline_lines import UnreadablePipeline, read_pipeline_line
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded, TextProblem, UnfitText, clean
from handlers.stage_lines import UnreadableShape, read_shape
from handlers.views import stages
from handlers.vocabulary.command import Subject
from pipeline.letters import JSONDict
from pipeline.orders import Order
from pipeline.ports import Work

# Twenty stages with a name in each language.
LINE_LIMIT = 2500
_THERE = re.compile(r"in\s+([^:]+?)\s*(?::\s*(.*))?", re.IGNORECASE)


def _stages(services: Services, request: Request, rest: Decoded) -> JSONDict:
    """`in PIPELINE:` leads to the stages of another pipeline than the first."""
    line = _clean_line(request, rest) if rest.text else ""
    there = _THERE.fullmatch(line)
    name, said = (there[1], there[2] or "") if there else (None, line)
    if not said:
        return answering.look(services, request, lambda work: _listed(request, work, name))

    def build(work: Work) -> Order:
        pipeline = named_pipeline(request, work, name)
        try:
            shaped = read_pipeline_line(said, work.stages.all(), pipeline)
            return shaped or replace(read_shape(pipeline, said), pipeline_id=pipeline.id)
        except UnreadablePipeline as unreadable:
            raise Misread(request.texts.pipeline_example(unreadable.verb)) from None
        except UnreadableShape as unreadable:
            raise Misread(stages.unreadable(unreadable, request.texts, quoted(unreadable.word))) from None

    return answering.write(services, request, build)


def _listed(request: Request, work: Work, name: str | None) -> Answer:
    pipeline = named_pipeline(request, work, name)
    others = [each.name for each in work.stages.all() if each.id != pipeline.id]
    return stages.listed(pipeline, work.deals.counted(pipeline.id), others, request.texts)


def _clean_line(request: Request, rest: Decoded) -> str:
    try:
        return clean(rest.spelled(rest.text), LINE_LIMIT)
    except UnfitText as unfit:
        texts = request.texts
        if unfit.problem is TextProblem.TOO_LONG:
            raise Misread(texts.too_long(texts.stage_name(), unfit.limit)) from None
        raise Misread(texts.forbidden_character(texts.stage_name())) from None


RUNNERS: Mapping[Subject, Runner] = {Subject.STAGES: _stages}
