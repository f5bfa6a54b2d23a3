"""Saying something of a deal without moving it."""

from collections.abc import Mapping

from handlers import answering, refusals
from handlers.amounts import UnreadableAmount, read_amount
from handlers.commands.reading import Runner, named_deal
from handlers.mentions import spelled
from handlers.refusals import Misread
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.vocabulary.command import Subject
from pipeline.letters import JSONDict
from pipeline.orders import Edit, Order
from pipeline.ports import Work
from pipeline.stages import Field


def _value(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        try:
            with spelled(rest):
                amount = read_amount(named.rest, request.currency)
        except UnreadableAmount as unreadable:
            raise Misread(refusals.amount_sentence(unreadable, request.texts)) from unreadable
        return Edit(named.deal.number, {Field.VALUE: amount})

    return answering.write(services, request, build)


RUNNERS: Mapping[Subject, Runner] = {Subject.VALUE: _value}
