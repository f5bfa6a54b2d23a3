"""Who has which role."""

from collections.abc import Mapping

from handlers import answering, refusals
from handlers.commands.reading import Runner, check_person
from handlers.refusals import Misread
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.views import answers
from handlers.vocabulary.command import Subject
from pipeline.letters import JSONDict
from pipeline.orders import Appoint
from pipeline.permissions import Role


def _people(services: Services, request: Request, rest: Decoded) -> JSONDict:
    if not rest.text:
        return answering.look(
            services, request, lambda work: answers.roles(work.people.roles(), request.texts)
        )
    person, _, word = rest.text.partition(" ")
    person_id = rest.person(person)
    if person_id is None:
        raise Misread(request.texts.unknown_person(refusals.quoted(rest.spelled(person))))
    role = _read_role(request, word.strip())
    check_person(services, request, person_id)
    body = answering.write(services, request, lambda _work: Appoint(person_id, role))
    services.directory.forget_person(request.workspace_id, person_id)
    return body


def _read_role(request: Request, word: str) -> Role | None:
    """None for `auto`: by Slack's own standing again."""
    named = word.casefold()
    if named in ("auto", "automatisch"):
        return None
    for role in Role:
        if named in (role.value, request.texts.role(role).casefold()):
            return role
    raise Misread(request.texts.unknown_role(refusals.quoted(word)))


RUNNERS: Mapping[Subject, Runner] = {Subject.PEOPLE: _people}
