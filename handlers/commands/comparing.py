"""What has changed since a day."""

from collections.abc import Iterator, Mapping

from handlers import answering
from handlers.amounts import UnreadableAmount
from handlers.answer import Answer, told
from handlers.calendar_days import DateProblem
from handlers.commands.reading import Runner, misread_date
from handlers.comparing import Ahead, Asked, read_scope, read_since
from handlers.dates import UnreadableDate
from handlers.filters import Asking, UnknownFilter
from handlers.misreading import Misread, quoted
from handlers.pipelines import name_among
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded, isolate
from handlers.views.bridge import Compared, compared
from handlers.views.naming import ownership
from handlers.vocabulary.command import Subject
from pipeline.bridge import Scope
from pipeline.finding import Wanted
from pipeline.letters import JSONDict
from pipeline.ownership import owner_called
from pipeline.ports import Work
from pipeline.snapshots import beginning_of


def _changes(services: Services, request: Request, rest: Decoded) -> JSONDict:
    asked = _asked(services, request, rest)

    def find(work: Work) -> Answer:
        scope = _scope(services, request, work, asked)
        since = beginning_of(asked.since, services.house.zone)
        crossing = work.past.bridge(scope, since, services.house.today(request.at))
        if crossing is None:
            return told(request.texts.too_much_changed(request.texts.day(asked.since)))
        part = " · ".join(_part(request, work, scope))
        now = request.at.astimezone(services.house.zone)
        facts = Compared(crossing, asked.since, now, part, request.money, request.currency)
        return compared(facts, request.texts)

    return answering.look(services, request, find, still=True)


def _asked(services: Services, request: Request, rest: Decoded) -> Asked:
    try:
        return read_since(rest, services.house.today(request.at))
    except UnreadableDate as unreadable:
        unreadable.word = rest.spelled(unreadable.word)
        if unreadable.problem is DateProblem.UNREADABLE:
            raise Misread(request.texts.since_unreadable(quoted(unreadable.word))) from None
        raise misread_date(unreadable, request.texts, request.subject, rest) from None
    except Ahead as ahead:
        raise Misread(request.texts.since_ahead(request.texts.day(ahead.day))) from None


def _scope(services: Services, request: Request, work: Work, asked: Asked) -> Scope:
    wanted = Wanted(services.house.today(request.at), services.house.local(request.at))
    asking = Asking(request.person.id, request.currency, work.stages.all(), work.people.absent_owners)
    try:
        return read_scope(asked.rest, asking, wanted, work.stages.pipeline())
    except (UnknownFilter, UnreadableAmount) as unknown:
        raise Misread(request.texts.unknown_part(quoted(unknown.word))) from None


def _part(request: Request, work: Work, scope: Scope) -> Iterator[str]:
    """The part that was asked for, said back."""
    texts, name = request.texts, name_among(work, work.stages.pipeline(scope.pipeline_id))
    if name:
        yield texts.pipeline_called(isolate(name))
    for owner_id in sorted(scope.owner_ids):
        yield ownership(owner_called(work, owner_id), texts, open_=False)
    if scope.closing:
        yield texts.list_closing(*map(texts.day, scope.closing))


RUNNERS: Mapping[Subject, Runner] = {Subject.CHANGES: _changes}
