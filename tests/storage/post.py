"""A post office in which time passes as a test says: rows grow older, the database's clock does not move."""

from collections.abc import Sequence

from sqlalchemy import text

from pipeline.deal import Deal
from pipeline.letters import Letter, LetterKind
from pipeline.postbox import ClaimedLetter
from storage.pictures import Pictures
from tests.conftest import MAIN_CHANNEL, TEAM
from tests.pipeline.desk import Desk

MOMENTS = {
    "outbox": ("not_before", "lease_until", "created"),
    "lanes": ("next_send_at",),
    "cards": ("not_before", "lease_until", "posted_at", "looked_at"),
    "homes": ("not_before", "lease_until"),
}
TS = "1700000000.000100"


def pass_time(desk: Desk, seconds: float) -> None:
    with desk.store.begin(TEAM) as work:
        for table, columns in MOMENTS.items():
            earlier = ", ".join(f"{column} = {column} - {int(seconds * 1000)}" for column in columns)
            work.tx.execute(text(f"UPDATE {table} SET {earlier}"))  # noqa: S608 - words of this module


def put(
    desk: Desk, key: str, channel: str = MAIN_CHANNEL, *, delay: int = 0, person: str | None = None
) -> None:
    """A letter to a channel, or to a person."""
    place = None if person else channel
    with desk.store.begin(TEAM) as work:
        work.outbox.put(Letter(LetterKind.PRIVATE, key, place, person_id=person, delay=delay))


def keys(letters: Sequence[ClaimedLetter]) -> list[str]:
    return [letter.key for letter in letters]


def carded(desk: Desk, box: Pictures, title: str = "Acme", ts: str = TS, channel: str = MAIN_CHANNEL) -> Deal:
    """A deal whose card has been posted."""
    desk.channel = channel
    deal = desk.filled(title)
    pass_time(desk, 10)
    (letter,) = [each for each in box.claim_letters(TEAM, 50) if each.deal_id == deal.id]
    box.posted(letter, ts, version=1)
    return deal
