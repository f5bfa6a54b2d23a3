"""Showing a deal's card in a channel."""

from dataclasses import dataclass

from pipeline.deal import Deal
from pipeline.errors import DealIsVoid
from pipeline.letters import Letter, LetterKind, card_letter
from pipeline.occasion import Occasion, require
from pipeline.orders import PostCard
from pipeline.permissions import Act
from pipeline.ports import Work

# A card younger than this is linked to instead of posting another.
FRESH_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class CardShown:
    """`ts` of the card that is there already; None while a new one is on its way."""

    deal: Deal
    channel_id: str
    ts: str | None


def post_card(work: Work, occasion: Occasion, order: PostCard) -> CardShown:
    require(work, occasion, Act.CREATE)
    deal = work.deals.by_number(order.number)
    if deal.voided_at:
        raise DealIsVoid(deal)
    living = work.cards.living_in(deal.id, order.channel_id)
    if living and living[1] < FRESH_MS:
        return CardShown(deal, order.channel_id, living[0])
    first = card_letter(deal.id, order.channel_id, occasion.by, None)
    if work.outbox.is_waiting(first.key):
        return CardShown(deal, order.channel_id, None)
    # Named after the card that it follows, so that two presses ask for one card.
    after = living[0] if living else "first"
    letter = Letter(
        LetterKind.CARD,
        key=f"card:{deal.id}:{order.channel_id}:{after}:{occasion.at:%Y%m%d%H}",
        channel_id=order.channel_id,
        deal_id=deal.id,
        payload={"by": occasion.by, "fallback": None},
    )
    work.outbox.put(letter)
    return CardShown(deal, order.channel_id, None)
