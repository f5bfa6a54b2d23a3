"""Who has which role."""

from collections.abc import Mapping

from handlers import answering, misreading
from handlers.actions import Action, value
from handlers.answer import Answer, told
from handlers.blocks import button
from handlers.commands.reading import Runner, check_person, stranger
from handlers.misreading import Misread
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded, isolate
from handlers.views import answers
from handlers.vocabulary.command import Subject
from pipeline.finding import Wanted
from pipeline.forgetting import Uncertain
from pipeline.letters import JSONDict
from pipeline.occasion import require
from pipeline.orders import Appoint, Forget
from pipeline.ownership import owner_called
from pipeline.permissions import Act, Role
from pipeline.ports import Work


def _people(services: Services, request: Request, rest: Decoded) -> JSONDict:
    if not rest.text:
        return answering.look(
            services, request, lambda work: answers.roles(work.people.roles(), request.texts)
        )
    person, word = _either_way(rest)
    person_id = rest.person(person)
    if person_id is None:
        word = rest.spelled(person)
        raise stranger(services, request, word, request.texts.unknown_person(misreading.quoted(word)))
    role = _read_role(request, word.strip())
    check_person(services, request, person_id)
    body = answering.write(services, request, lambda _work: Appoint(person_id, role))
    services.directory.forget_person(request.workspace_id, person_id)
    return body


def _either_way(rest: Decoded) -> tuple[str, str]:
    """`@ana manager` or `manager @ana`."""
    first, _, second = rest.text.partition(" ")
    if rest.person(first) is None and rest.person(second.strip()):
        return second.strip(), first
    return first, second


def _read_role(request: Request, word: str) -> Role | None:
    """None for `auto`: by Slack's own standing again."""
    named = word.casefold()
    if named in ("auto", "automatisch"):
        return None
    for role in Role:
        if named in (role.value, request.texts.role(role).casefold()):
            return role
    raise Misread(request.texts.unknown_role(misreading.quoted(word)) if word else request.texts.which_role())


def _forget(services: Services, request: Request, rest: Decoded) -> JSONDict:
    """Asked once more before, because it cannot be taken back."""
    if not rest.text.strip():
        raise Misread(request.texts.forget_whom())
    if rest.people:
        return _member(services, request, rest.people[0])
    order = Forget(rest.spelled(rest.text), certain=request.again)
    try:
        return answering.write(services, request, lambda _work: order)
    except Uncertain as uncertain:
        texts = request.texts
        carried = value(run=request.escaped, again=True)
        press = button(texts.forget_them, f"{Action.RUN}/forget", carried, style="danger")
        return answering.tell(services, request, told(texts.forget_sure(uncertain.deals), press))


def _member(services: Services, request: Request, person_id: str) -> JSONDict:
    """Whom Slack knows it would tell of again; what can be done is said, and what stands in the way of it."""

    def find(work: Work) -> Answer:
        require(work, request.occasion(services), Act.FORGET)
        wanted = Wanted(
            services.house.today(request.at), services.house.local(request.at), owner_ids=(person_id,)
        )
        name, deals = owner_called(work, person_id).name, work.deals.find(wanted, 1, 1).total
        return told(request.texts.forget_member(isolate(name), deals))

    return answering.look(services, request, find)


RUNNERS: Mapping[Subject, Runner] = {Subject.PEOPLE: _people, Subject.FORGET: _forget}
