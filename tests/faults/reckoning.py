"""What must hold in the end, read from the database and from Slack: nothing lost, nothing doubled."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot import app
from handlers.courier.composer import SlackComposer
from pipeline.postbox import ClaimedCard
from tests.faults.crew import TEAM, Crew, letter_key
from tests.faults.workload import Wish
from tests.running import settings_for

NO_MESSAGE = ("reply", "amend")


@dataclass(frozen=True)
class Letters:
    written: int
    lost: Sequence[str]
    doubled: Sequence[str]
    unexplained: Sequence[str]
    """Messages that no letter stands behind."""


def letters(crew: Crew) -> Letters:
    """Each letter that was sent stands exactly once where it was sent to."""
    rows = crew.rows("SELECT kind, key, state, channel_id, error FROM outbox")
    written = [row for row in rows if row.kind not in NO_MESSAGE]
    channels = {row.channel_id for row in written if row.channel_id}
    stand: Counter[str] = Counter()
    for channel in channels:
        stand.update(key for each in crew.control.messages(channel) if (key := letter_key(each)))
    return Letters(
        written=len(written),
        lost=[f"{row.key}: {row.state} {row.error}" for row in written if _lost(row, stand)],
        doubled=[key for key, count in stand.items() if count > 1],
        unexplained=sorted(set(stand) - {row.key for row in written}),
    )


def _lost(row: Any, stand: Counter[str]) -> bool:
    if row.state == "cancelled":
        return False
    return row.state != "sent" or stand[row.key] == 0


def cards(crew: Crew) -> tuple[int, list[str]]:
    """How many cards there are, and those that do not show their row."""
    bot = app.build(settings_for(crew.slack, crew.url))
    try:
        bot.greeting.workspace = bot.store.workspace()
        composer = SlackComposer(bot.services)
        rows = crew.rows("SELECT id, deal_id, channel_id, ts, state FROM cards WHERE state <> 'gone'")
        shown = {channel: crew.control.messages(channel) for channel in {row.channel_id for row in rows}}
        wrong = [row.ts for row in rows if not _shows(composer, row, shown[row.channel_id])]
    finally:
        bot.store.close()
        bot.executor.shutdown()
    return len(rows), wrong


def _shows(composer: SlackComposer, row: Any, messages: Sequence[dict[str, Any]]) -> bool:
    claimed = ClaimedCard(row.id, row.deal_id, row.channel_id, row.ts, row.state == "link", again=False)
    drawn = composer.card(TEAM, claimed)
    shown = [each["sent"] for each in messages if each["ts"] == row.ts]
    assert drawn is not None
    return [(each["text"], each["blocks"]) for each in shown] == [(drawn.text, drawn.blocks)]


def deals_without_card(crew: Crew) -> list[int]:
    rows = crew.rows(
        "SELECT number FROM deals WHERE voided_at IS NULL AND id NOT IN"
        " (SELECT deal_id FROM cards WHERE state = 'living')"
    )
    return [row.number for row in rows]


def uneven_versions(crew: Crew) -> list[int]:
    """Deals whose version is not the number of their changes."""
    counted = crew.rows(
        "SELECT d.number FROM deals d LEFT JOIN changes c ON c.deal_id = d.id"
        " GROUP BY d.number, d.version HAVING count(c.id) <> d.version"
    )
    return [row.number for row in counted]


def broken_promises(crew: Crew, wishes: Sequence[Wish]) -> list[str]:
    """What was said to be done and is not there, and what is there more than once."""
    notes = Counter(row.note for row in crew.rows("SELECT note FROM changes WHERE note <> ''"))
    titles = Counter(row.title for row in crew.rows("SELECT title FROM deals"))
    found = [(wish, (titles if wish.word == "new" else notes)[wish.mark]) for wish in wishes if wish.mark]
    return [
        f"{wish} is there {times} times"
        for wish, times in found
        if times > 1 or (wish.done and times == 0 and _leaves_its_mark(wish))
    ]


def _leaves_its_mark(wish: Wish) -> bool:
    """A deal that is lost or reopened keeps no note."""
    return wish.word in ("new", "move")
