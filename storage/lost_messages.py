"""What is left in the archive when Slack has lost its messages, as a local one does with each restart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update

from pipeline.letters import card_letter
from storage.outbox import REPLY, UNSENT
from storage.post_tables import CardRow, OutboxRow
from storage.store import Work
from storage.tables import PersonRow

_UNSAID = OutboxRow.state.in_(UNSENT)


def forget_messages(work: Work) -> Sequence[tuple[int, str]]:
    """The deals that had a living card, with its channel, newest first. Only while no copy of the bot runs."""
    living = select(CardRow.deal_id, CardRow.channel_id).where(
        CardRow.workspace_id == work.workspace_id, CardRow.state == "living"
    )
    shown: dict[int, str] = {}
    for row in work.tx.execute(living.order_by(CardRow.id.desc())):
        shown.setdefault(row.deal_id, row.channel_id)
    work.tx.execute(
        update(CardRow)
        .where(CardRow.workspace_id == work.workspace_id)
        .values(state="gone", painted_version=CardRow.wanted_version)
    )
    post = update(OutboxRow).where(OutboxRow.workspace_id == work.workspace_id)
    # Replies go to addresses that are gone; what was just being said was lost with the rest.
    work.tx.execute(post.where(OutboxRow.kind == REPLY, _UNSAID).values(state="cancelled", error="too late"))
    work.tx.execute(post.where(_UNSAID).values(state="waiting", claimed_by=None, lease_until=None))
    people = update(PersonRow).where(PersonRow.workspace_id == work.workspace_id)
    work.tx.execute(people.values(direct_channel=None))
    return tuple(shown.items())


def show_again(work: Work, shown: Sequence[tuple[int, str]], by: str, at: datetime) -> None:
    """Cards once more, under a key of this moment."""
    for deal_id, channel_id in reversed(shown):
        letter = card_letter(deal_id, channel_id, by, None)
        work.outbox.put(replace(letter, key=f"{letter.key}:{at:%Y%m%d%H%M%S}"))
