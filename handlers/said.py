"""Outcomes in words, for the person who asked."""

from functools import partial

from handlers.actions import Action
from handlers.answer import Answer, told
from handlers.blocks import button
from handlers.pipelines import name_among
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import isolate
from handlers.views import answers, calls, pipelines, settings, stages
from handlers.views.forecast_calls import target_lines
from pipeline.acts import Appointed, Done
from pipeline.calling import progress_of
from pipeline.calls import Called, Targeted
from pipeline.cards import CardShown
from pipeline.deal import ChangeKind
from pipeline.forgetting import Forgotten
from pipeline.occasion import Outcome
from pipeline.people import Channel
from pipeline.ports import Work
from pipeline.shapes import Established, MoneyShown, Settled, Shaped


def outcome(services: Services, work: Work, request: Request, done: Done) -> Answer:
    texts = request.texts
    if isinstance(done, Appointed):
        return told(texts.appointed(isolate(done.person.name), texts.role(done.person.role)))
    if isinstance(done, Forgotten):
        return told(texts.forgotten(done.deals))
    if isinstance(done, CardShown):
        return _card_shown(services, work, request, done)
    if isinstance(done, Called | Targeted | Shaped | Established | Settled | MoneyShown):
        return _settled(services, work, request, done)
    names = partial(services.directory.name, request.workspace_id, work=work)
    if done.change.kind is ChangeKind.CREATED:
        return answers.created(
            done,
            texts,
            names,
            _where(work, request, done),
            money=request.money,
            offered=request.offered,
            pipeline_name=name_among(work, done.pipeline),
        )
    return answers.changed(done, texts, names, money=request.money)


def _called(services: Services, work: Work, request: Request, done: Called | Targeted) -> Answer:
    texts, today, order = request.texts, services.house.today(request.at), done.order
    name = name_among(work, work.stages.pipeline(order.pipeline_id))
    if isinstance(done, Called):
        return calls.called(done, today, name, texts, money=request.money)
    stands = progress_of(work, order.pipeline_id, order.span, today, services.house.zone)
    lines = target_lines(stands[order.currency], texts, named=False) if order.currency in stands else ()
    return calls.targeted(done, today, name, list(lines), texts, money=request.money)


def _settled(
    services: Services,
    work: Work,
    request: Request,
    done: Called | Targeted | Shaped | Established | Settled | MoneyShown,
) -> Answer:
    texts = request.texts
    if isinstance(done, Called | Targeted):
        return _called(services, work, request, done)
    if isinstance(done, Established):
        return pipelines.established(done, texts)
    if isinstance(done, Shaped):
        return stages.shaped(done, texts)
    if isinstance(done, MoneyShown):
        return told(texts.money_shown() if done.shown else texts.money_hidden())
    return settings.settled(done, texts, _channel_name(work, request, done.value) if done.value else None)


def _where(work: Work, request: Request, done: Outcome) -> str:
    if done.card_channel is None:
        return request.texts.card_nowhere()
    channel = work.channels.get(done.card_channel)
    if channel is None:
        return request.texts.card_follows()
    if channel.id == request.channel_id:
        return request.texts.card_here()
    return request.texts.card_in(channel.name)


def _card_shown(services: Services, work: Work, request: Request, done: CardShown) -> Answer:
    texts = request.texts
    if done.ts is None:
        channel = work.channels.get(done.channel_id)
        if channel is None:
            return told(texts.card_follows())
        return told(texts.card_here() if channel.member else texts.card_nowhere())
    url = services.permalink(done.channel_id, done.ts)
    return told(texts.card_stands(done.deal.code), button(texts.open_card, Action.LINK, "card", url=url))


def _channel_name(work: Work, request: Request, channel_id: str) -> str | None:
    """None for a channel never seen before."""
    channel = work.channels.get(channel_id)
    if channel is None and channel_id == request.channel_id:
        return request.texts.this_channel()
    return channel_name(channel) if channel else None


def channel_name(channel: Channel) -> str:
    return f"#{channel.name}" if channel.name else channel.id
