"""The few deals that deserve attention first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers import answering
from handlers.answer import Answer
from handlers.commands.finding import filtered
from handlers.commands.reading import Runner
from handlers.filters import Asking
from handlers.request import Door, Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.views.deal_card import CardFacts
from handlers.views.top import Top, top
from handlers.vocabulary.command import Subject
from pipeline.finding import Wanted
from pipeline.letters import JSONDict
from pipeline.names import fold
from pipeline.ownership import owner_called, owner_of
from pipeline.permissions import Act
from pipeline.ports import Work
from pipeline.priority import SHOWN, Candidates, at_risk, ranked

_TEAM = frozenset(map(fold, ("team", "all", "everybody", "alle", "allen")))
# So many of the highest in value mostly settle it.
FEW_LOOKED_AT = 2_000
# More than anybody has open; of more, the smallest in value are left out.
MOST_LOOKED_AT = 20_000


def _top(services: Services, request: Request, rest: Decoded) -> JSONDict:
    words = rest.text.split()
    team = any(fold(word) in _TEAM for word in words)
    kept = Decoded(" ".join(word for word in words if fold(word) not in _TEAM), rest.mentions)

    def find(work: Work) -> Answer:
        pipelines = work.stages.all()
        asking = Asking(request.person.id, request.currency, pipelines, work.people.absent_owners)
        nothing = Wanted(services.house.today(request.at), services.house.local(request.at))
        wanted = filtered(request, kept, asking, nothing, first=True)
        if wanted == nothing and not team and request.door is not Door.MENTION:
            mine = replace(wanted, owner_ids=(request.person.id,))
            own = _first(request, work, mine)
            if own[0].total:
                return _drawn(request, work, mine, *own)
        return _drawn(request, work, wanted, *_first(request, work, wanted))

    return answering.look(services, request, find)


def _first(request: Request, work: Work, wanted: Wanted) -> tuple[Candidates, Sequence[int]]:
    """Whoever sees no amounts is not told in which order they lie."""
    if request.money:
        return first_of(work, wanted)
    found = work.deals.candidates(replace(wanted, neediest=True), SHOWN)
    return found, [each.id for each in found.rows]


def first_of(work: Work, wanted: Wanted, size: int = SHOWN) -> tuple[Candidates, Sequence[int]]:
    """What is wanted, and the ids of those that deserve attention first."""
    known = {each.id: each for each in work.stages.all()}
    found = work.deals.candidates(wanted, FEW_LOOKED_AT)
    ranking = ranked(found, known, wanted.now, size)
    if not ranking.settled:
        found = work.deals.candidates(wanted, MOST_LOOKED_AT)
        ranking = ranked(found, known, wanted.now, size)
    return found, ranking.ids


def at_risk_of(work: Work, wanted: Wanted, found: Candidates, shown: Sequence[int]) -> Sequence[int]:
    """The ids of those that are wanted and at risk, beside those that are shown already."""
    known = {each.id: each for each in work.stages.all()}
    ranking = at_risk(found, known, wanted.now, shown)
    if not ranking.settled and len(found.rows) < MOST_LOOKED_AT:
        found = work.deals.candidates(wanted, MOST_LOOKED_AT)
        ranking = at_risk(found, known, wanted.now, shown)
    return ranking.ids


def _drawn(
    request: Request, work: Work, wanted: Wanted, found: Candidates, deal_ids: Sequence[int]
) -> Answer:
    pipelines = work.stages.all()
    known = {each.id: each for each in pipelines}
    told = len(pipelines) > 1 and not wanted.pipeline_id
    risks = at_risk_of(work, wanted, found, deal_ids) if request.money else ()
    rows, risky = (
        [
            CardFacts(
                deal,
                known[deal.pipeline_id],
                owner_of(work, deal),
                request.money,
                wanted.now,
                pipeline_name=known[deal.pipeline_id].name if told else "",
            )
            for deal in work.deals.those(ids)
        ]
        for ids in (deal_ids, risks)
    )
    owners = {owner_id: owner_called(work, owner_id) for owner_id in wanted.owner_ids}
    may_change = request.may(Act.CHANGE)
    facts = Top(
        rows,
        found,
        wanted,
        pipelines,
        owners,
        request.person.id,
        may_change,
        risky,
        money=request.money,
    )
    return top(facts, request.texts)


RUNNERS: Mapping[Subject, Runner] = {Subject.TOP: _top}
