"""Look-ups: a deal, its history, the commands themselves."""

from collections.abc import Mapping
from functools import partial

from handlers import answering
from handlers.answer import Answer
from handlers.commands.reading import Runner, named_deal
from handlers.grammar import COMMANDS, command_of, parse
from handlers.misreading import Misread, quoted
from handlers.pipelines import name_among
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.views import answers
from handlers.views.deal_card import CardFacts
from handlers.views.history import PAGE, HistoryPage, history
from handlers.vocabulary.command import Subject
from pipeline.letters import JSONDict
from pipeline.ownership import owner_of
from pipeline.ports import Work


def _show(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def find(work: Work) -> Answer:
        deal = named_deal(request, work, rest).deal
        pipeline = work.stages.pipeline(deal.pipeline_id)
        living = work.cards.living(deal.id)
        link = services.permalink(*living) if living else None
        now = services.house.local(request.at)
        owner, name = owner_of(work, deal), name_among(work, pipeline)
        facts = CardFacts(deal, pipeline, owner, request.money, now, pipeline_name=name)
        return answers.shown(facts, request.texts, link)

    return answering.look(services, request, find)


def _history(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def find(work: Work) -> Answer:
        deal = named_deal(request, work, rest).deal
        pipeline = work.stages.pipeline(deal.pipeline_id)
        before = min(request.page - 1, (deal.version - 1) // PAGE) * PAGE
        # What took a change back stands just above it, maybe as the last one of the page before.
        above = min(before, 1)
        changes = work.deals.history(deal, above + PAGE, before - above)
        undone = {each.undoes_id for each in changes if each.undoes_id}
        names = partial(services.directory.name, request.workspace_id, work=work)
        facts = HistoryPage(
            deal, pipeline, changes[above:], names, request.money, before, undone, services.house.zone
        )
        return history(facts, request.texts)

    return answering.look(services, request, find)


def _help(services: Services, request: Request, rest: Decoded) -> JSONDict:
    subject = parse(rest).subject if rest.text else None
    if subject:
        return answering.tell(services, request, answers.help_one(command_of(subject), request.texts))
    if rest.text:
        raise Misread(request.texts.unknown_word(quoted(rest.spelled(rest.text))))
    commands = [each for each in COMMANDS if request.may(each.act)]
    return answering.look(
        services, request, lambda work: answers.help_all(work.stages.pipeline(), commands, request.texts)
    )


RUNNERS: Mapping[Subject, Runner] = {
    Subject.SHOW: _show,
    Subject.HISTORY: _history,
    Subject.HELP: _help,
}
