"""How a workspace works: language, zone, currency, main channel, and which channels show no money."""

from pipeline import errors
from pipeline.occasion import Occasion, require
from pipeline.people import Channel
from pipeline.permissions import Act
from pipeline.ports import Work
from pipeline.shapes import MoneyShown, Setting, Settle, Settled, ShowMoney


def settle(work: Work, occasion: Occasion, order: Settle) -> Settled:
    require(work, occasion, Act.SETTINGS)
    if order.setting is Setting.MAIN_CHANNEL and order.value is not None:
        channel = work.channels.get(order.value) or Channel(work.workspace_id, order.value)
        # One never seen is asked for when the first card goes there.
        away = channel.known and (not channel.member or channel.archived)
        if away or channel.direct or order.value.startswith("D"):
            raise errors.ChannelOutOfReach(order.value)
    work.settings.keep(order.setting, order.value)
    if order.setting is Setting.LANGUAGE:
        work.cards.repaint_all()
        work.homes.touch_all()
    return Settled(order.setting, order.value)


def show_money(work: Work, occasion: Occasion, order: ShowMoney) -> MoneyShown:
    require(work, occasion, Act.SETTINGS)
    channel = work.channels.get(order.channel_id)
    if channel is None or channel.direct:
        raise errors.ChannelOutOfReach(order.channel_id)
    work.channels.show_money(channel.id, shown=order.shown)
    work.cards.repaint_in(channel.id)
    return MoneyShown(channel.id, order.shown)
