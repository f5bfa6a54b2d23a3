"""Where a letter goes: a card to a channel that takes it, a private letter to the person's direct messages."""

from typing import Protocol, cast

from handlers.courier.channels import INFO, refresh_channel
from handlers.courier.parking import tell_of_no_card
from handlers.courier.satchel import Satchel
from pipeline.people import Channel
from pipeline.ports import Work
from pipeline.postbox import ClaimedLetter

OPEN = "conversations.open"


class _DirectChannels(Protocol):
    """What the archive keeps of people beyond what the rules ask of it."""

    def direct_channel(self, person_id: str) -> str | None: ...

    def keep_direct_channel(self, person_id: str, channel_id: str) -> None: ...


def place_of(satchel: Satchel, workspace_id: str, letter: ClaimedLetter) -> str:
    """The channel, for a person the stored one of their direct messages. Raises CallFailed."""
    if letter.channel_id is not None:
        return letter.channel_id
    if letter.person_id is None:
        raise ValueError(f"letter {letter.key} has no address")
    with satchel.archive.read(workspace_id) as work:
        stored = _people(work).direct_channel(letter.person_id)
    return stored or _open(satchel, workspace_id, letter.person_id)


def _open(satchel: Satchel, workspace_id: str, person_id: str) -> str:
    opened = str(satchel.ask(workspace_id, OPEN, users=person_id)["channel"]["id"])
    with satchel.archive.begin(workspace_id) as work:
        _people(work).keep_direct_channel(person_id, opened)
    return opened


def _people(work: Work) -> _DirectChannels:
    return cast("_DirectChannels", work.people)


def takes_card(satchel: Satchel, workspace_id: str, letter: ClaimedLetter) -> bool:
    """Else the card is sent on to its other channel, or nobody gets it and who asked is told."""
    here = letter.channel_id or ""
    if _is_welcome(_known(satchel, workspace_id, here)):
        return True
    fallback = letter.payload.get("fallback")
    if isinstance(fallback, str) and fallback != here:
        other = _known(satchel, workspace_id, fallback)
        if _is_welcome(other) and not (other and other.archived):
            satchel.postbox.address(letter.id, fallback)
            return False
    tell_of_no_card(satchel, workspace_id, letter)
    satchel.postbox.cancel(letter.id, "not in the channel")
    return False


def _is_welcome(channel: Channel | None) -> bool:
    return channel is not None and channel.member and not channel.direct


def _known(satchel: Satchel, workspace_id: str, channel_id: str) -> Channel | None:
    """From the archive if the bot is a member, else as Slack says now."""
    with satchel.archive.read(workspace_id) as work:
        channel = work.channels.get(channel_id)
    if channel is not None and channel.member:
        return channel
    satchel.check_free(workspace_id, INFO)
    channel = refresh_channel(
        satchel.calls.client(), satchel.archive, workspace_id, channel_id, satchel.clock()
    )
    satchel.silence.works(INFO)
    return channel
