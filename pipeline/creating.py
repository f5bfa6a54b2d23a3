"""Making a deal."""

from datetime import timedelta

from pipeline import errors, letters
from pipeline.deal import Change, ChangeKind
from pipeline.fields import check_fields, settled
from pipeline.occasion import Occasion, Outcome, require
from pipeline.orders import New, Said
from pipeline.ownership import check_owner
from pipeline.permissions import Act
from pipeline.ports import VersionLost, Work
from pipeline.stages import Field, Stage

RETYPED = timedelta(minutes=2)


def create(work: Work, occasion: Occasion, order: New) -> Outcome:
    require(work, occasion, Act.CREATE)
    check_fields(order.fields, creating=True)
    pipeline = work.stages.pipeline(order.pipeline_id)
    said = settled({Field.OWNER: occasion.by, **order.fields})
    owner = said[Field.OWNER]
    if isinstance(owner, str) and owner != occasion.by:
        check_owner(work, owner)
    _check_first_gate(pipeline.first, said, order)
    if not order.again:
        title = str(order.fields[Field.TITLE])
        earlier = work.deals.made_lately(title, occasion.by, occasion.at - RETYPED)
        if earlier:
            raise errors.MadeAlready(earlier)
    try:
        deal = work.deals.add(
            said, stage=pipeline.first, pipeline_id=pipeline.id, by=occasion.by, at=occasion.at
        )
    except VersionLost:
        return create(work, occasion, order)
    channel = _card_channel(work, occasion, order.channel_id)
    if channel:
        fallback = occasion.main_channel
        work.outbox.put(letters.card_letter(deal.id, channel, occasion.by, fallback))
    change = Change(ChangeKind.CREATED, deal.version, occasion.by, occasion.at)
    return Outcome(deal, change, pipeline, card_channel=channel)


def _check_first_gate(first: Stage, said: Said, order: New) -> None:
    missing = tuple(wanted for wanted in first.gate if not said.get(wanted))
    if missing:
        raise errors.GateUnmet(None, first, missing, order)


def _card_channel(work: Work, occasion: Occasion, asked_in: str | None) -> str | None:
    """Where it was asked for if the bot is, or may be, a member there; else the main channel."""
    if asked_in is None:
        return occasion.main_channel
    channel = work.channels.get(asked_in)
    unsuited = channel is not None and channel.known and (channel.direct or not channel.member)
    return occasion.main_channel if unsuited else asked_in
