"""`/deal call` and `/deal target`: what people say will be won, and what should be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from handlers import answering
from handlers.amounts import AmountProblem, UnreadableAmount, read_amount
from handlers.answer import Answer
from handlers.commands.reading import Runner, named_pipeline
from handlers.currencies import currencies_of
from handlers.misreading import Misread, amount_sentence, quoted
from handlers.period_lines import PeriodLine, read_period_line
from handlers.periods import told_period
from handlers.pipelines import name_among
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.texts.english import English
from handlers.views.calls import Calls, calls, targets
from handlers.views.forecast_calls import ToldPeriod
from handlers.vocabulary.command import Subject
from handlers.vocabulary.stages import OFF
from pipeline.call_record import Record, record_of
from pipeline.calls import SayCall, SetTarget, Span, following, preceding, span_at
from pipeline.kept_forecasts import Period
from pipeline.letters import JSONDict
from pipeline.names import fold
from pipeline.orders import Order
from pipeline.permissions import Act, may
from pipeline.ports import Work
from pipeline.stages import Pipeline

_TAKEN_BACK = frozenset(map(fold, (*OFF, "none", "clear", "keine", "keins", "weg")))
# What a person may want to see where they name no period, and what they mean where they say an amount.
_SHOWN, _MEANT = (Period.MONTH, Period.QUARTER), Period.QUARTER


def _call(services: Services, request: Request, rest: Decoded) -> JSONDict:
    line = _read(services, request, rest)
    if not line.rest:
        return _shown(services, request, line, calls)
    span = _one_span(services, request, line)

    def build(work: Work) -> Order:
        pipeline = named_pipeline(request, work, line.pipeline)
        currency, amount = _amount(work, request, pipeline, line, Subject.CALL)
        for_all = may(request.person.role, Act.CALL, own=False)
        return SayCall(pipeline.id, span, currency, amount, for_all if line.team is None else line.team)

    return answering.write(services, request, build)


def _target(services: Services, request: Request, rest: Decoded) -> JSONDict:
    line = _read(services, request, rest)
    if not line.rest:
        return _shown(services, request, line, targets)
    span = _one_span(services, request, line)

    def build(work: Work) -> Order:
        pipeline = named_pipeline(request, work, line.pipeline)
        return SetTarget(pipeline.id, span, *_amount(work, request, pipeline, line, Subject.TARGET))

    return answering.write(services, request, build)


def _read(services: Services, request: Request, rest: Decoded) -> PeriodLine:
    return read_period_line(rest.spelled(rest.text), services.house.today(request.at))


def _shown(
    services: Services, request: Request, line: PeriodLine, draw: Callable[[Calls, English], Answer]
) -> JSONDict:
    today = services.house.today(request.at)
    spans = line.spans or [span_at(period, today) for period in _SHOWN]

    def find(work: Work) -> Answer:
        pipeline = named_pipeline(request, work, line.pipeline)
        tell = partial(told_period, services, work, request, pipeline.id)
        past = [tell(preceding(span_at(period, today))) for period in _SHOWN]
        facts = Calls(
            [tell(span) for span in spans],
            past,
            work.forecasts.of(pipeline.id),
            name_among(work, pipeline),
            today,
            request.money,
            [record for each in past for record in _records(services, work, pipeline, each)],
        )
        return draw(facts, request.texts)

    return answering.look(services, request, find, still=True)


def _records(
    services: Services, work: Work, pipeline: Pipeline, last: ToldPeriod
) -> Iterator[tuple[Period, Record]]:
    """How good calls were, where the last period was called too."""
    for progress in last.progress.values():
        span, zone = following(last.span), services.house.zone
        if progress.calls and (found := record_of(work, pipeline.id, span, zone, progress.currency)):
            yield span.period, found


def _one_span(services: Services, request: Request, line: PeriodLine) -> Span:
    texts, today = request.texts, services.house.today(request.at)
    if len(line.spans) > 1:
        raise Misread(texts.one_period())
    span = line.spans[0] if line.spans else span_at(_MEANT, today)
    if span.last < today:
        raise Misread(texts.period_is_over(texts.day(span.last)))
    return span


def _amount(
    work: Work, request: Request, pipeline: Pipeline, line: PeriodLine, subject: Subject
) -> tuple[str, int | None]:
    """Currency and minor units; no amount where what was said is to be taken back."""
    first, *others = line.rest.split()
    usual = _usual_currency(work, request, pipeline)
    if fold(first) in _TAKEN_BACK and len(others) <= 1:
        named: Sequence[str] = currencies_of(others[0].casefold()) if others else [usual]
        if len(named) == 1:
            return named[0], None
    try:
        money = read_amount(line.rest, usual)
    except UnreadableAmount as unreadable:
        if unreadable.problem is AmountProblem.UNREADABLE:
            say = (
                request.texts.call_unreadable if subject is Subject.CALL else request.texts.target_unreadable
            )
            raise Misread(say(quoted(line.rest))) from unreadable
        raise Misread(amount_sentence(unreadable, request.texts)) from unreadable
    return money.currency, money.minor


def _usual_currency(work: Work, request: Request, pipeline: Pipeline) -> str:
    """That of the pipeline, where it has one alone; else the workspace's."""
    known = [each.currency for each in work.forecasts.of(pipeline.id)]
    return known[0] if len(known) == 1 else request.currency


RUNNERS: Mapping[Subject, Runner] = {Subject.CALL: _call, Subject.TARGET: _target}
