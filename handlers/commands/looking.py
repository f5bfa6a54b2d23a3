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
from handlers.vocabulary.command import Subject
from pipeline.letters import JSONDict
from pipeline.ownership import owner_of
from pipeline.ports import Work

HISTORY_SHOWN = 20


def _show(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def find(work: Work) -> Answer:
        deal = named_deal(request, work, rest).deal
        pipeline = work.stages.pipeline(deal.pipeline_id)
        living = work.cards.living(deal.id)
        link = services.permalink(*living) if living else None
        today = services.house.today(request.at)
        owner, name = owner_of(work, deal), name_among(work, pipeline)
        facts = CardFacts(deal, pipeline, owner, request.money, today, request.at, pipeline_name=name)
        return answers.shown(facts, request.texts, link)

    return answering.look(services, request, find)


def _history(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def find(work: Work) -> Answer:
        deal = named_deal(request, work, rest).deal
        pipeline = work.stages.pipeline(deal.pipeline_id)
        changes = work.deals.history(deal, HISTORY_SHOWN)
        names = partial(services.directory.name, request.workspace_id, work=work)
        return answers.history(deal, changes, pipeline, request.texts, names, money=request.money)

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
