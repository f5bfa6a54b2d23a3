"""`/deal new`."""

from collections.abc import Sequence
from dataclasses import replace

from handlers import answering, asking, misreading
from handlers.amounts import UnreadableAmount
from handlers.calendar_days import DateProblem
from handlers.commands.reading import check_person, clean_field, misread_date, stranger
from handlers.dates import UnreadableDate
from handlers.misreading import Misread
from handlers.new_line import LineProblem, NewLine, UnreadableLine, may_name_pipeline, read_new_line
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from pipeline.letters import JSONDict
from pipeline.orders import New
from pipeline.stages import Field, Pipeline


def new(services: Services, request: Request, rest: Decoded) -> JSONDict:
    if not rest.text:
        return asking.ask_new(services, request)
    line = _read_line(services, request, rest)
    if line.owner_id is not None:
        check_person(services, request, line.owner_id)
    said = {Field.TITLE: clean_field(request, Field.TITLE, line.title)}
    optional = {
        Field.VALUE: line.value,
        Field.OWNER: line.owner_id,
        Field.COMPANY: clean_field(request, Field.COMPANY, line.company) if line.company else None,
        Field.CLOSE_ON: line.close_on,
    }
    given = {field: value for field, value in optional.items() if value is not None}
    order = New({**said, **given}, request.channel_id, line.pipeline_id, again=request.again)
    return answering.write(services, replace(request, offered=line.offered_value), lambda _work: order)


def _read_line(services: Services, request: Request, rest: Decoded) -> NewLine:
    pipelines: Sequence[Pipeline] = ()
    if may_name_pipeline(rest):
        with services.archive.read(request.workspace_id, request.until) as work:
            pipelines = work.stages.all()
    try:
        return read_new_line(rest, services.house.today(request.at), request.currency, pipelines)
    except UnreadableLine as unreadable:
        sentence = misreading.line_sentence(unreadable, request.texts)
        if unreadable.problem is LineProblem.UNKNOWN_OWNER:
            raise stranger(services, request, unreadable.word, sentence) from unreadable
        raise Misread(sentence) from unreadable
    except UnreadableAmount as unreadable:
        raise Misread(misreading.amount_sentence(unreadable, request.texts)) from unreadable
    except UnreadableDate as unreadable:
        if unreadable.problem is DateProblem.UNREADABLE:
            word = misreading.quoted(unreadable.word)
            raise Misread(request.texts.close_date_unreadable(word)) from unreadable
        raise misread_date(unreadable, request.texts, request.subject, rest) from unreadable
