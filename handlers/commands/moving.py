"""Moving a deal through its stages, and taking a change back."""

from collections.abc import Mapping

from handlers import answering
from handlers.commands.reading import Runner, clean_field, named_deal, read_note
from handlers.mentions import spelled
from handlers.request import Request
from handlers.resolution import Named, stage_for
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.vocabulary.command import Subject
from pipeline.letters import JSONDict
from pipeline.money import Money
from pipeline.orders import Move, Order, Reopen, Undo
from pipeline.ports import Work
from pipeline.stages import Field, Stage


def _move(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        pipeline = work.stages.pipeline(named.deal.pipeline_id)
        with spelled(rest):
            stage, note = stage_for(named.deal, pipeline, named.rest)
        if note and stage.id == pipeline.lost.id:
            return _losing(request, rest, Named(named.deal, note), stage)
        written = read_note(request, rest, note)
        return Move(named.deal.number, stage.id, note=written, channel_id=request.channel_id)

    return answering.write(services, request, build)


def _won(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        won = work.stages.pipeline(named.deal.pipeline_id).won
        return Move(named.deal.number, won.id, note=read_note(request, rest, named.rest))

    return answering.write(services, request, build)


def _lost(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        lost = work.stages.pipeline(named.deal.pipeline_id).lost
        return _losing(request, rest, named, lost)

    return answering.write(services, request, build)


def _losing(request: Request, rest: Decoded, named: Named, lost: Stage) -> Move:
    """What follows is the reason: as a note it would have to be typed once more."""
    reason = clean_field(request, Field.REASON, rest.spelled(named.rest)) if named.rest.strip() else ""
    said: dict[Field, Money | str | None] = {Field.REASON: reason} if reason else {}
    return Move(named.deal.number, lost.id, fields=said)


def _reopen(services: Services, request: Request, rest: Decoded) -> JSONDict:
    return answering.write(
        services, request, lambda work: Reopen(named_deal(request, work, rest).deal.number)
    )


def _undo(services: Services, request: Request, rest: Decoded) -> JSONDict:
    return answering.write(services, request, lambda work: Undo(named_deal(request, work, rest).deal.number))


RUNNERS: Mapping[Subject, Runner] = {
    Subject.MOVE: _move,
    Subject.WON: _won,
    Subject.LOST: _lost,
    Subject.REOPEN: _reopen,
    Subject.UNDO: _undo,
}
