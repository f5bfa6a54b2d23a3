"""Bots as processes of their own at one database and one local Slack, and eyes for what they wrote."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import httpx
from sqlalchemy import text

from handlers.directory import read_person
from pipeline.acts import carry_out
from pipeline.deal import Deal
from pipeline.money import Money
from pipeline.occasion import Occasion, Outcome
from pipeline.orders import New, Said
from pipeline.people import Workspace
from pipeline.permissions import Role
from pipeline.stages import Field
from playground import people, seed
from playground.control import Control
from playground.receipts import Prepared
from playground.server import LocalSlack
from storage.engine import connect
from storage.store import Store
from tests.running import MAIN, BotProcess, environment, wait_until

TEAM = "T0SALES"
LAUNCHER = ("-m", "tests.faults.launcher")
FILLED: Said = {
    Field.COMPANY: "Acme",
    Field.CONTACT: "Carla",
    Field.NEED: "A pipeline",
    Field.BUDGET: "20k",
    Field.VALUE: Money(1_200_000, "EUR"),
    Field.CLOSE_ON: date(2044, 1, 31),
    Field.NEXT_STEP: "Call Carla",
    Field.NEXT_STEP_ON: date(2044, 1, 15),
}
OPEN = ("lead", "qualification", "proposal", "negotiation", "closing")


@dataclass
class Crew:
    """`store` is the test's own; the bots share nothing but the database and Slack."""

    slack: LocalSlack
    url: str
    store: Store
    stack: ExitStack
    bots: list[BotProcess] = field(default_factory=list)
    _stages: dict[str, int] = field(default_factory=dict)

    @property
    def control(self) -> Control:
        return self.slack.control

    def start(self, *, plain: bool = False, **settings: str) -> BotProcess:
        """`plain` is `python -m bot run` as anybody starts it; else the launcher with its traps."""
        command = ("-m", "bot", "run") if plain else LAUNCHER
        given = {"database_url": self.url, **{name.lower(): value for name, value in settings.items()}}
        env = environment(
            self.slack, given.pop("database_url"), **{name.upper(): value for name, value in given.items()}
        )
        bot = self.stack.enter_context(BotProcess(env, command=command))
        self.bots.append(bot)
        return bot

    def acquaint(self) -> None:
        """The bots know the workspace and its people; Mia is a manager, Olga an admin."""
        identity = self.slack.identity
        url = f"https://{identity.team_domain}.slack.com/"
        self.store.found(
            Workspace(TEAM, "Sales", identity.bot_user_id, identity.bot_id, identity.app_id, url)
        )
        with self.store.begin(TEAM) as work:
            for person in seed.people(identity):
                described = people.told(person, team_id=TEAM, include_locale=True, updated=0)
                work.people.keep(read_person(TEAM, described), datetime.now(UTC))
            work.people.appoint("U0MIA", Role.MANAGER)

    def filled(
        self, title: str = "Acme renewal", *, carded: bool = False, by: str = "U0MIA", channel: str = MAIN
    ) -> Deal:
        """A deal that passes every gate, in the first stage; `carded` with its card's letter."""
        place = channel if carded else None
        order = New({Field.TITLE: title, **FILLED}, channel_id=place, again=True)
        with self.store.begin(TEAM) as work:
            outcome = carry_out(work, Occasion(by, datetime.now(UTC), place), order)
        assert isinstance(outcome, Outcome)
        return outcome.deal

    def deal(self, number: int) -> Deal:
        with self.store.read(TEAM) as work:
            return work.deals.by_number(number)

    def stage_id(self, key: str) -> int:
        if not self._stages:
            with self.store.read(TEAM) as work:
                self._stages = {stage.key: stage.id for stage in work.stages.pipeline().stages}
        return self._stages[key]

    def rows(self, statement: str, **given: Any) -> Sequence[Any]:
        with self.store.engine.connect() as connection:
            return connection.execute(text(statement), given).all()

    def count(self, table: str, where: str = "1 = 1") -> int:
        return int(self.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])  # noqa: S608 - our words

    def card(self, code: str, channel: str = "#sales") -> dict[str, Any]:
        def found() -> list[dict[str, Any]]:
            there = self.control.messages(channel)
            return [each for each in there if each["text"].startswith(f"{code} ") and is_card(each)]

        wait_until(found, what=f"the card of {code}")
        return found()[-1]

    def typed(self, who: str, line: str) -> Prepared:
        """A command that is sent later, or more than once."""
        return self.control.prepare("command", user=who, command="/deal", text=line, channel="#sales")

    def at_rest(self) -> bool:
        """Nothing is on its way, and the first look back, which a new copy begins with, is over."""
        stale = sum(self.count(table, "wanted_version > painted_version") for table in ("cards", "homes"))
        return self.unsent() == 0 and stale == 0 and self.count("fits") > 0

    def unsent(self) -> int:
        return self.count("outbox", "state IN ('waiting', 'sending', 'unknown')")


def letter_key(message: dict[str, Any]) -> str:
    """What the courier wrote into the message's metadata; empty for all that is no letter."""
    return str(((message.get("metadata") or {}).get("event_payload") or {}).get("key", ""))


def is_card(message: dict[str, Any]) -> bool:
    return letter_key(message).startswith("card:")


@contextmanager
def crew(slack: LocalSlack, url: str) -> Iterator[Crew]:
    with ExitStack() as stack:
        store = Store(connect(url))
        stack.callback(store.close)
        gathered = Crew(slack, url, store, stack)
        gathered.acquaint()
        yield gathered


def send(bot: BotProcess, prepared: Prepared, **headers: str) -> httpx.Response:
    """Raises httpx.HTTPError where the bot gives no answer."""
    with client() as one:
        return one.post(bot.events_url, content=prepared.body, headers={**prepared.headers, **headers})


def at_once(deliveries: Sequence[tuple[BotProcess, Prepared]]) -> list[httpx.Response]:
    """All sent at the same moment, each by a sender of its own; `elapsed` is each answer's time."""
    barrier = Barrier(len(deliveries))

    def deliver(delivery: tuple[BotProcess, Prepared]) -> httpx.Response:
        bot, prepared = delivery
        barrier.wait()
        return together.post(bot.events_url, content=prepared.body, headers=prepared.headers)

    with client() as together, ThreadPoolExecutor(len(deliveries)) as senders:
        return list(senders.map(deliver, deliveries))


def client(timeout: float = 10) -> httpx.Client:
    """A connection for each request: the bot at its other end may be another by the next."""
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(timeout=timeout, limits=limits, trust_env=False)
