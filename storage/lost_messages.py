"""What is left in the archive when Slack has lost its messages, as a local one does with each restart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update

from pipeline.letters import card_letter
from storage.post_tables import CardRow
from storage.store import Work
from storage.tables import PersonRow


def forget_messages(work: Work) -> Sequence[tuple[int, str]]:
    """No card lives any more; the deals that had one, with the channel of the newest, newest first."""
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
    people = update(PersonRow).where(PersonRow.workspace_id == work.workspace_id)
    work.tx.execute(people.values(direct_channel=None))
    return tuple(shown.items())


def show_again(work: Work, shown: Sequence[tuple[int, str]], by: str, at: datetime) -> None:
    """Cards once more, under a key of this moment."""
    for deal_id, channel_id in reversed(shown):
        letter = card_letter(deal_id, channel_id, by, None)
        work.outbox.put(replace(letter, key=f"{letter.key}:{at:%Y%m%d%H%M%S}"))
