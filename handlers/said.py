"""Outcomes in words, for the person who asked."""

from functools import partial

from handlers.actions import Action
from handlers.answer import Answer, told
from handlers.blocks import button
from handlers.request import Request
from handlers.services import Services
from handlers.views import answers
from pipeline.acts import Appointed
from pipeline.cards import CardShown
from pipeline.deal import ChangeKind
from pipeline.occasion import Outcome
from pipeline.people import Channel


def outcome(services: Services, request: Request, done: Outcome | Appointed | CardShown) -> Answer:
    texts = request.texts
    if isinstance(done, Appointed):
        return told(texts.appointed(done.person.name, texts.role(done.person.role)))
    if isinstance(done, CardShown):
        return _card_shown(services, request, done)
    names = partial(services.directory.name, request.workspace_id)
    if done.change.kind is ChangeKind.CREATED:
        where = _where(services, request, done)
        return answers.created(done, texts, names, where, money=request.money, offered=request.offered)
    return answers.changed(done, texts, names, money=request.money)


def _where(services: Services, request: Request, done: Outcome) -> str:
    if done.card_channel is None:
        return request.texts.card_nowhere()
    channel = services.directory.channel(request.workspace_id, done.card_channel, request.until)
    if not channel.known:
        return request.texts.card_follows()
    if channel.id == request.channel_id:
        return request.texts.card_here()
    return request.texts.card_in(channel.name)


def _card_shown(services: Services, request: Request, done: CardShown) -> Answer:
    texts = request.texts
    if done.ts is None:
        channel = services.directory.channel(request.workspace_id, done.channel_id, request.until)
        return told(texts.card_here() if channel.known else texts.card_follows())
    url = services.permalink(done.channel_id, done.ts)
    return told(texts.card_stands(done.deal.code), button(texts.open_card, Action.LINK, "card", url=url))


def channel_name(channel: Channel) -> str:
    return f"#{channel.name}" if channel.name else channel.id
