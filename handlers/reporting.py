"""Answers with blocks that not every Slack takes: said by the courier, who can say them in another way."""

import time

from handlers.actions import Action, value
from handlers.answer import Answer, told
from handlers.blocks import BUTTON_VALUE, button
from handlers.request import Request
from handlers.services import Services
from pipeline.errors import ArchiveDown, CommitUnknown
from pipeline.letters import JSONDict

# Whoever waits for an answer gets the plain one rather than wait longer for a place in the outbox.
PATIENCE_SECONDS = 0.5
EPHEMERAL: JSONDict = {"response_type": "ephemeral"}


def command_body(answer: Answer) -> JSONDict:
    return {**EPHEMERAL, **answer.message()}


def acknowledged(services: Services, request: Request, answer: Answer) -> JSONDict:
    """Nothing where the courier is to say it: a refused acknowledgement cannot be answered with something else."""
    if not (answer.newer and request.response_url and services.newer.are_taken(request.workspace_id)):
        return command_body(answer)
    until = min(request.until, time.monotonic() + PATIENCE_SECONDS)
    try:
        with services.archive.begin(request.workspace_id, until) as work:
            work.outbox.reply(request.id, _report(request, answer))
    except CommitUnknown:
        # It may be said after all, and is not said twice.
        return command_body(lost(request))
    except ArchiveDown:
        return command_body(answer)
    services.wake()
    return {}


def replied(answer: Answer, addressed: JSONDict) -> JSONDict:
    """The bodies of a reply: the second is for a Slack that refuses the first."""
    newest = answer.newest()
    classic: JSONDict = {**addressed, **answer.message()}
    return {"body": classic} if newest is None else {"body": {**addressed, **newest}, "classic": classic}


def _report(request: Request, answer: Answer) -> JSONDict:
    """`person` gets it where the address is gone, `lost` where nobody knows whether it was said."""
    return {
        "url": request.response_url,
        **replied(answer, EPHEMERAL),
        "person": request.person.id,
        "lost": command_body(lost(request)),
    }


def lost(request: Request) -> Answer:
    carried = value(run=request.escaped)
    again = [button(request.texts.report_again, Action.RUN, carried)] if len(carried) <= BUTTON_VALUE else []
    return told(request.texts.report_lost(), *again)
