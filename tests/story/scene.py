"""What a story needs: a running bot beside the local Slack, and eyes for its rows and its messages."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from handlers.directory import read_person
from pipeline.acts import carry_out
from pipeline.deal import Change, Deal
from pipeline.money import Money
from pipeline.occasion import Occasion, Outcome
from pipeline.orders import Move, New, Order, Said
from pipeline.permissions import Role
from pipeline.stages import Field
from playground import people, seed
from playground.control import Control
from playground.painting import Element, elements
from playground.receipts import Delivered, Prepared
from playground.signatures import signed_headers
from storage.store import Store
from tests.running import MAIN, BotInThread, wait_until

Json = dict[str, Any]
TEAM = "T0SALES"
NOW = datetime.now(UTC)
STAGES = ("lead", "qualification", "proposal", "negotiation", "closing", "won", "lost")

# What a card's strip of stages shows, so far as no other strip does.
LEAD, QUALIFICATION = "◉━○━○━○━○", "●━◉━○━○━○"

# One for all: a client of its own for each request would read all the world's certificates each time.
_WIRE = httpx.Client(timeout=10, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))

EVERYWHERE = pytest.mark.parametrize(
    ("dialect", "transport"),
    [("sqlite", "http"), ("sqlite", "socket"), ("postgresql", "http"), ("postgresql", "socket")],
    indirect=True,
)
BOTH_ENGINES = pytest.mark.parametrize("dialect", ["sqlite", "postgresql"], indirect=True)
CROSSED = pytest.mark.parametrize(
    ("dialect", "transport"), [("sqlite", "socket"), ("postgresql", "http")], indirect=True
)


@dataclass
class Scene:
    """People act through `control`; `incidents` may be raised by a story that provokes some."""

    control: Control
    bot: BotInThread
    incidents: bool = False

    @property
    def store(self) -> Store:
        return self.bot.running.bot.store

    @property
    def url(self) -> str:
        return f"{self.bot.address}/slack/events"

    # What went before.

    def acquaint(self) -> None:
        with self.store.begin(TEAM) as work:
            for person in seed.people(self.bot.slack.identity):
                described = people.told(person, team_id=TEAM, include_locale=True, updated=0)
                work.people.keep(read_person(TEAM, described), NOW)
            work.people.appoint("U0MIA", Role.MANAGER)

    def done(self, by: str, *orders: Order) -> Deal:
        """What was done before the story begins."""
        with self.store.begin(TEAM) as work:
            for order in orders:
                outcome = carry_out(work, Occasion(by, datetime.now(UTC), MAIN), order)
        self.bot.running.bot.services.wake()
        assert isinstance(outcome, Outcome)
        return outcome.deal

    def at_stage(self, key: str, *, by: str = "U0ANA", title: str = "Acme renewal") -> Deal:
        """A deal in the main channel, with everything that the gates up to its stage ask for."""
        said: Said = {Field.TITLE: title, Field.VALUE: Money(1_200_000, "EUR")}
        deal = self.done(by, New(said, channel_id=MAIN))
        if key == "lead":
            return deal
        return self.done(by, Move(deal.number, self.stage_id(key), fields=REQUIRED[key]))

    # What people do.

    def deal(self, user: str, line: str, *, channel: str = "#sales") -> Delivered:
        said = self.control.command(user, "/deal", line, channel=channel)
        assert said.ok, said
        key = f"key = 'reply:{said.payload['trigger_id']}'"
        if said.message or not self.count("outbox", key):
            return said
        # A report: it follows the acknowledgement.
        wait_until(lambda: self.count("outbox", f"{key} AND state = 'sent'"), what="the report")
        read = self.control.messages(channel, user=user)
        return replace(said, shown={"message": next(each for each in read[::-1] if each["ephemeral"])})

    def hush(self) -> None:
        """The courier says nothing more, and reports are told in the acknowledgement."""
        self.bot.running.bot.courier.stop()
        self.bot.running.bot.services.newer.were_refused(TEAM)

    def say_at_once(self) -> None:
        """What waits for a minute to be joined by more is said now."""
        with self.store.begin(TEAM) as work:
            work.tx.connection.exec_driver_sql("UPDATE outbox SET not_before = 0 WHERE state = 'waiting'")
        self.bot.running.bot.services.wake()

    def told(self, user: str, line: str, *, channel: str = "#sales") -> str:
        return self.deal(user, line, channel=channel).text

    def press(self, user: str, on: Json, label: str) -> Json:
        """Press a button by what stands on it, and read what comes back to this person alone."""
        before = self.marked()
        self.touch(user, on, label)
        return self.reply(before)

    def held(self, user: str, on: Json, label: str) -> Prepared:
        """A press that is sent later, or more than once."""
        found = button(on, label)
        return self.control.prepare(
            "click",
            user=user,
            channel=on["channel"],
            ts=on["ts"],
            action_id=found.action_id,
            block_id=found.block_id,
        )

    def pressed_late(self, user: str, on: Json, label: str) -> Callable[[], Json]:
        """A press on what has been painted over since."""
        prepared = self.held(user, on, label)

        def press() -> Json:
            before = self.marked()
            assert self.send(prepared).status_code == httpx.codes.OK
            return self.reply(before)

        return press

    def touch(self, user: str, on: Json, label: str) -> Delivered:
        found = button(on, label)
        clicked = self.control.click(
            user, found.action_id, on=on, block_id=found.block_id, value=found.content.get("value")
        )
        assert clicked.ok, clicked
        return clicked

    def choose(self, user: str, code: str, label: str) -> None:
        """The menu of a deal on a person's Home."""
        home = self.control.home(user)
        number = code.removeprefix("D-")
        clicked = self.control.click(
            user, "deal.move/home", view_id=home["id"], block_id=f"home-{number}", select=label
        )
        assert clicked.ok, clicked

    def reply(self, before: int) -> Json:
        """The next private answer to a click or a form."""
        entry = wait_until(lambda: self._said_since(before), what="a reply")[0]
        assert not entry["problems"], entry
        return dict(entry["request"])

    def fill(self, user: str, **values: object) -> Delivered:
        return self.control.submit(user, values)

    def send(self, prepared: Prepared, body: str | bytes | None = None, **headers: str) -> httpx.Response:
        """A signed request by hand; another body gets the signature that fits it."""
        given = prepared.body if body is None else body
        raw = given.encode() if isinstance(given, str) else given
        secret = self.bot.slack.identity.signing_secret
        signed = signed_headers(secret, raw, time.time(), prepared.headers["Content-Type"])
        return _WIRE.post(self.url, content=raw, headers={**signed, **headers})

    # What people see.

    def card(self, code: str = "D-1", *, channel: str = "#sales", shows: str = "") -> Json:
        """The living card, as soon as it stands there and shows what it should."""
        return wait_until(
            lambda: self._card(code, channel, shows), what=f"the card of {code} showing {shows!r}"
        )

    def said_aloud(self, words: str, channel: str = "#sales") -> Json:
        """What everybody reads, cards aside."""

        def found() -> list[Json]:
            there = self.control.messages(channel)
            return [each for each in there if not each["ephemeral"] and words in shown(each)]

        return wait_until(found, what=f"a message that says {words!r}")[0]

    def cards(self, code: str, channel: str = "#sales") -> list[Json]:
        return [
            each
            for each in self.control.messages(channel)
            if not each["ephemeral"] and each.get("metadata") and each["text"].startswith(f"{code} ")
        ]

    def mention(self, user: str, line: str, *, channel: str = "#sales", thread_ts: str | None = None) -> Json:
        """What the bot answers below a mention; in a card's thread it knows the deal once the card is filed."""
        on_its_way = "kind = 'card' AND state = 'sending'"
        wait_until(lambda: not self.count("outbox", on_its_way), what="the card to be filed")
        said = self.control.mention(user, line, channel=channel, thread_ts=thread_ts)
        assert said.ok, said
        root, typed = said.payload["event"].get("thread_ts"), said.payload["event"]["ts"]
        return wait_until(
            lambda: self._below(channel, root or typed, typed), what="an answer to the mention"
        )[0]

    def home(self, user: str, *, shows: str = "") -> Json:
        wait_until(lambda: shows in shown(self.control.home(user)), what=f"a Home that shows {shows!r}")
        return self.control.home(user)

    # What is written down.

    def row(self, number: int = 1) -> Deal:
        with self.store.read(TEAM) as work:
            return work.deals.by_number(number)

    def stage(self, number: int = 1) -> str:
        with self.store.read(TEAM) as work:
            deal = work.deals.by_number(number)
            return work.stages.pipeline(deal.pipeline_id).stage(deal.stage_id).key

    def stage_id(self, key: str) -> int:
        with self.store.read(TEAM) as work:
            stage = work.stages.pipeline().keyed(key)
        assert stage is not None
        return stage.id

    def changes(self, number: int = 1) -> list[Change]:
        """Oldest first."""
        with self.store.read(TEAM) as work:
            return list(work.deals.history(work.deals.by_number(number), 1000))[::-1]

    def count(self, table: str, where: str = "1 = 1") -> int:
        with self.store.engine.connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table} WHERE {where}")).scalar_one())  # noqa: S608 - our words

    def state(self) -> tuple[int, ...]:
        """How much is written: nothing was, where this stays as it is."""
        letters = self.count("outbox", "kind NOT IN ('reply', 'mention')")
        return (*(self.count(table) for table in ("deals", "changes", "field_changes")), letters)

    def _card(self, code: str, channel: str, shows: str) -> Json | None:
        return next((each for each in self.cards(code, channel)[::-1] if shows in shown(each)), None)

    def _below(self, channel: str, thread: str, after: str) -> list[Json]:
        return [
            each
            for each in self.control.messages(channel, thread_ts=thread)
            if each.get("bot_id") and not each["ephemeral"] and each["ts"] > after
        ]

    def marked(self) -> int:
        return max((int(entry["n"]) for entry in self.control.log()), default=0)

    def _said_since(self, before: int) -> list[Json]:
        since = self.control.log(direction="in", since=before)
        private = [each for each in since if each["method"] in ("response_url", "chat.postEphemeral")]
        # A call that is still coming in has no content yet.
        return [each for each in private if each["status"]]


REQUIRED: Mapping[str, Said] = {
    "qualification": {Field.CONTACT: "Carla"},
    "proposal": {Field.NEED: "A pipeline", Field.BUDGET: "20k"},
    "negotiation": {Field.CLOSE_ON: date(2044, 1, 31)},
    "closing": {Field.NEXT_STEP: "Call Carla", Field.NEXT_STEP_ON: date(2044, 1, 15)},
    "won": {},
    "lost": {Field.REASON: "too expensive"},
}


def fields(view: Json) -> list[str]:
    """The inputs of a form, by block id."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def shown(part: object) -> str:
    """Everything that can be read on a message, a view or a part of one."""
    return "\n".join(_read(part))


def _read(part: object) -> Iterator[str]:
    if isinstance(part, Mapping):
        if isinstance(part.get("text"), str) and part.get("type") in ("plain_text", "mrkdwn", "text"):
            yield part["text"]
        for name, inside in part.items():
            if name not in ("sent", "metadata", "value"):
                yield from _read(inside)
    elif isinstance(part, Sequence) and not isinstance(part, str):
        for inside in part:
            yield from _read(inside)


def pressable(on: Json) -> list[Element]:
    return [each for each in elements(on.get("blocks") or ()) if each.kind == "button"]


def labels(on: Json) -> list[str]:
    return [each.content["text"]["text"] for each in pressable(on)]


def button(on: Json, label: str) -> Element:
    found = [each for each in pressable(on) if each.content["text"]["text"] == label]
    assert found, f"no button {label!r} among {labels(on)}"
    return found[0]


def carried(on: Json, label: str) -> Json:
    return dict(json.loads(button(on, label).content["value"]))
