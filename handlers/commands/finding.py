"""Lists, searches, the board, and where deals get stuck."""

import re
from collections.abc import Mapping
from dataclasses import replace

from handlers import answering, misreading
from handlers.amounts import UnreadableAmount
from handlers.answer import Answer
from handlers.commands.reading import Runner, named_pipeline
from handlers.filters import Asking, UnknownFilter, read_filters
from handlers.misreading import Misread
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.views.board import board
from handlers.views.bottlenecks import Standstill, bottlenecks
from handlers.views.lists import PAGE, Listed, listed
from handlers.vocabulary.command import Subject
from pipeline.finding import Wanted
from pipeline.letters import JSONDict
from pipeline.names import fold
from pipeline.ownership import owner_called
from pipeline.permissions import Act
from pipeline.ports import Work
from pipeline.stages import Pipeline

# More of them than anybody types only make a search dear.
MOST_WORDS = 10
_INSIDE = re.compile(r"in\s+(.+)", re.IGNORECASE)
_QUOTES = re.compile(r'["“”„‟«»]')


def _list(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def find(work: Work) -> Answer:
        asking = Asking(request.person.id, request.currency, work.stages.all(), work.people.absent_owners)
        wanted = filtered(request, rest, asking, _anything(services, request))
        return _page(request, work, wanted)

    return answering.look(services, request, find)


def _find(services: Services, request: Request, rest: Decoded) -> JSONDict:
    words = " ".join(_QUOTES.sub(" ", rest.spelled(rest.text)).split()[:MOST_WORDS])
    if not fold(words):
        raise Misread(request.texts.find_what())
    wanted = _anything(services, request, words)
    return answering.look(services, request, lambda work: _page(request, work, wanted))


def _board(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def find(work: Work) -> Answer:
        return _drawn_board(services, request, work, _asked_for(request, work, rest))

    return answering.look(services, request, find)


def _bottlenecks(services: Services, request: Request, rest: Decoded) -> JSONDict:
    """What was found out at night; what stands in the stages as it is now."""

    def find(work: Work) -> Answer:
        pipeline = _asked_for(request, work, rest)
        heaps = work.deals.board(pipeline.id, services.house.today(request.at), parked_too=False)
        named = len(work.stages.all()) > 1
        found = work.bottlenecks.found(pipeline.id)
        return bottlenecks(Standstill(pipeline, heaps, found, named, request.money), request.texts)

    return answering.look(services, request, find)


def _asked_for(request: Request, work: Work, rest: Decoded) -> Pipeline:
    name = " ".join(rest.spelled(rest.text).split())
    inside = _INSIDE.fullmatch(name)
    return named_pipeline(request, work, inside[1] if inside else name)


def show_board(services: Services, request: Request, pipeline_id: int) -> JSONDict:
    """Another one than was shown, pressed on the board."""

    def find(work: Work) -> Answer:
        known = work.stages.all()
        found = next((each for each in known if each.id == pipeline_id), known[0])
        return _drawn_board(services, request, work, found)

    return answering.look(services, request, find)


def _drawn_board(services: Services, request: Request, work: Work, pipeline: Pipeline) -> Answer:
    heaps = work.deals.board(pipeline.id, services.house.today(request.at))
    others = [each for each in work.stages.all() if each.id != pipeline.id]
    held = tuple(stage.id for stage in pipeline.stages if stage.is_open)
    wanted = replace(_anything(services, request), stage_ids=held, unowned=True)
    unowned = work.deals.find(wanted, 1, 1).total
    return board(
        pipeline,
        heaps,
        others,
        request.texts,
        currency=request.currency,
        money=request.money,
        may_create=request.may(Act.CREATE),
        unowned=unowned,
    )


def _anything(services: Services, request: Request, words: str = "") -> Wanted:
    return Wanted(
        services.house.today(request.at),
        services.house.local(request.at),
        words=words,
        closed_too=bool(words),
    )


def filtered(
    request: Request, rest: Decoded, asking: Asking, wanted: Wanted, *, first: bool = False
) -> Wanted:
    """`first`: of those that come first. Raises Misread."""
    texts = request.texts
    try:
        wanted = read_filters(rest, asking, wanted)
    except UnknownFilter as unknown:
        raise Misread(texts.unknown_filter(misreading.quoted(unknown.word), first=first)) from unknown
    except UnreadableAmount as unreadable:
        raise Misread(misreading.amount_sentence(unreadable, texts)) from unreadable
    if wanted.over and not request.money:
        # Asking again and again would tell what is hidden.
        raise Misread(texts.no_filter_by_value())
    return wanted


def _page(request: Request, work: Work, wanted: Wanted) -> Answer:
    found = work.deals.find(wanted, request.page, PAGE)
    named = {*wanted.owner_ids, *(deal.owner_id for deal in found.deals if deal.owner_id)}
    owners = {owner_id: owner_called(work, owner_id) for owner_id in named}
    may_create = request.may(Act.CREATE)
    facts = Listed(found, wanted, work.stages.all(), owners, request.escaped, request.money, may_create)
    return listed(facts, request.texts)


RUNNERS: Mapping[Subject, Runner] = {
    Subject.LIST: _list,
    Subject.FIND: _find,
    Subject.BOARD: _board,
    Subject.BOTTLENECKS: _bottlenecks,
}
