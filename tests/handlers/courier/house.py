"""A courier with everything around it real: an archive, a local Slack, and a scribe who draws little."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select, update

from handlers.courier.calls import Calls
from handlers.courier.loop import Courier
from handlers.courier.message import Message
from handlers.courier.satchel import Pace
from handlers.newer_blocks import NewerBlocks
from pipeline.acts import carry_out
from pipeline.letters import JSONDict, Letter, LetterKind
from pipeline.occasion import Occasion, Outcome
from pipeline.orders import New
from pipeline.people import Channel, Workspace
from pipeline.postbox import ClaimedCard, ClaimedHome, ClaimedLetter
from pipeline.stages import Field
from playground.control import Control
from playground.server import LocalSlack
from storage.pictures import Pictures
from storage.post_tables import CardRow, OutboxRow
from storage.store import Store
from tests.conftest import ANA, TEAM

SALES, LEADS, PRIVATE_ROOM, RANDOM = "C0SALES", "C0LEADS", "C0BOARD", "C0RANDOM"
SWIFT = Pace(
    first_wait=0.1,
    longest_wait=0.4,
    repaint_wait=0.2,
    defect_wait=0.2,
    reply_waits=(0.1, 0.1, 0.1),
    silence=0.4,
    outage_wait=0.05,
    shortest_sleep=0.01,
    longest_sleep=0.5,
)


def section(text: str) -> JSONDict:
    return {"type": "section", "text": {"type": "plain_text", "text": text}}


class Scribe:
    """Writes a letter's key and a deal's version, which is all that these tests read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.classic_of: dict[str, Message] = {}
        self.silent: set[str] = set()
        self.broken: set[str] = set()

    def letter(self, _workspace_id: str, letter: ClaimedLetter) -> Message | None:
        if letter.key in self.broken:
            raise RuntimeError("the scribe broke his pen")
        if letter.key in self.silent:
            return None
        version = self._version(letter.deal_id) if letter.kind is LetterKind.CARD else 0
        return Message(letter.key, [section(letter.key)], version, self.classic_of.get(letter.key))

    def card(self, _workspace_id: str, card: ClaimedCard) -> Message | None:
        version = self._version(card.deal_id)
        text = "moved on" if card.is_link else f"version {version}"
        return Message(text, [section(text)], version)

    def home(self, _workspace_id: str, home: ClaimedHome) -> JSONDict:
        return {"type": "home", "blocks": [section(f"home {home.wanted_version}")]}

    def amended(self, _workspace_id: str, letter: ClaimedLetter) -> tuple[str, str, Message] | None:
        with self._store.read(TEAM) as work:
            found = work.tx.execute(
                select(OutboxRow.channel_id, OutboxRow.ts).where(OutboxRow.id == letter.payload["letter"])
            ).one()
        if found.ts is None or found.channel_id is None:
            return None
        return found.channel_id, found.ts, Message("taken back", [section("taken back")])

    def _version(self, deal_id: int | None) -> int:
        assert deal_id is not None
        with self._store.read(TEAM) as work:
            return work.deals.by_id(deal_id).version


class House:
    def __init__(self, store: Store, slack: LocalSlack) -> None:
        self.store = store
        self.slack = slack
        self.control: Control = slack.control
        self.scribe = Scribe(store)
        self.couriers: list[Courier] = []

    def postbox(self, copy: str = "one", *, gap_ms: int = 0) -> Pictures:
        return Pictures(self.store, copy, letter_gap_ms=gap_ms, again_ms=200)

    def courier(
        self,
        copy: str = "one",
        *,
        pace: Pace = SWIFT,
        gap_ms: int = 5,
        timeout: int = 2,
        senders: int = 6,
        store: Store | None = None,
        base_url: str = "",
        postbox: Pictures | None = None,
    ) -> Courier:
        """Built and started; stopped with the test."""
        store = store or self.store
        courier = Courier(
            archive=store,
            postbox=postbox or Pictures(store, copy, letter_gap_ms=gap_ms, again_ms=200),
            composer=self.scribe,
            calls=Calls(
                lambda: self.slack.identity.bot_token, base_url or self.slack.api_url, timeout=timeout
            ),
            newer=NewerBlocks(),
            workspace=workspace,
            clock=lambda: datetime.now(UTC),
            pace=pace,
            senders=senders,
        )
        self.couriers.append(courier)
        courier.start()
        return courier

    def close(self) -> None:
        for courier in self.couriers:
            courier.stop()

    # What is to be said.

    def put(self, *letters: Letter) -> None:
        with self.store.begin(TEAM) as work:
            for letter in letters:
                work.outbox.put(letter)

    def say(self, *keys: str, channel: str = SALES, thread_ts: str | None = None) -> None:
        self.put(
            *(
                Letter(LetterKind.MENTION, key, channel_id=channel, thread_ts=thread_ts, payload={"by": ANA})
                for key in keys
            )
        )

    def reply(self, request_id: str, payload: JSONDict) -> None:
        with self.store.begin(TEAM) as work:
            work.outbox.reply(request_id, payload)

    def new_deal(self, title: str = "Apollo", channel: str | None = SALES) -> Outcome:
        fields = {Field.TITLE: title}
        occasion = Occasion(ANA, datetime.now(UTC), main_channel=LEADS)
        with self.store.begin(TEAM) as work:
            made = carry_out(work, occasion, New(fields, channel_id=channel, again=True))
        assert isinstance(made, Outcome)
        return made

    def know(self, channel_id: str, *, member: bool = True, direct: bool = False) -> None:
        with self.store.begin(TEAM) as work:
            channel = Channel(TEAM, channel_id, channel_id.lower(), member=member, direct=direct)
            work.channels.keep(channel, datetime.now(UTC))

    # What came of it.

    def letters(self) -> dict[str, Row[Any]]:
        with self.store.read(TEAM) as work:
            rows = work.tx.execute(select(OutboxRow.__table__).order_by(OutboxRow.id)).all()
        return {row.key: row for row in rows}

    def state(self, key: str) -> str:
        return str(self.letters()[key].state)

    def cards(self) -> list[Row[Any]]:
        with self.store.read(TEAM) as work:
            return list(work.tx.execute(select(CardRow.__table__).order_by(CardRow.id)).all())

    def change(self, table: type[OutboxRow | CardRow], **columns: object) -> None:
        """What time or another copy would have done."""
        with self.store.begin(TEAM) as work:
            work.tx.execute(update(table).values(**columns))

    def texts(self, channel: str = SALES, **where: str) -> list[str]:
        return [message["text"] for message in self.control.messages(channel, **where)]

    def calls(self, method: str, **wanted: object) -> list[dict[str, Any]]:
        return self.control.log(method=method, **wanted)


def workspace() -> Workspace:
    return Workspace(TEAM, "Sales", "U0BOT", "B0BOT", "A0BOT")


def eventually(check: Callable[[], object], seconds: float = 15.0) -> None:
    """Wait until it holds; an assertion inside may fail in the meantime."""
    until = time.monotonic() + seconds
    while True:
        try:
            held = check()
            if held is not False:
                return
        except (AssertionError, KeyError, IndexError):
            if time.monotonic() > until:
                raise
        if time.monotonic() > until:
            raise AssertionError("it never came about")
        time.sleep(0.01)
