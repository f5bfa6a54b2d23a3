"""People who go on working while the bots die: each wish is sent until it is answered, as Slack and they would."""

import random
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from playground.control import Control, ControlError
from playground.receipts import Prepared
from tests.faults.crew import OPEN, client

UNSAVED = (
    "Not saved",
    "went away while saving",
    "took longer than Slack waits",
    "I am still starting",
    "Nicht gespeichert",
    "länger gedauert, als Slack wartet",
    "Ich starte noch",
)
RETYPED = 0.15
# How often somebody looks at the channel before pressing a button.
LOOKS = 0.2
FILLED = 12


@dataclass
class Wish:
    """`mark` is the word that it leaves behind: a title, or the note of a change; a click leaves none."""

    word: str
    mark: str
    answer: str = ""
    deliveries: int = 0

    @property
    def done(self) -> bool:
        """What was said to be done."""
        return " is in " in self.answer if self.word == "new" else " → " in self.answer


@dataclass
class Worker:
    """One person with a head full of wishes."""

    name: str
    control: Control
    addresses: Sequence[str]
    chance: random.Random
    stop: threading.Event
    client: httpx.Client = field(default_factory=lambda: client(timeout=4))
    wishes: list[Wish] = field(default_factory=list)
    buttons: Sequence[tuple[str, str]] = ()
    requests: int = 0

    def work(self) -> None:
        while not self.stop.is_set():
            self._wish()
            time.sleep(self.chance.uniform(0.1, 0.5))

    def _wish(self) -> None:
        word = self.chance.choices(("new", "move", "mention", "close", "undo", "click"), (2, 4, 2, 2, 1, 3))[
            0
        ]
        mark = f"{self.name}{len(self.wishes)}x{self.chance.randrange(10**6)}"
        wish = Wish(word, mark)
        self.wishes.append(wish)
        match word:
            case "new":
                self._typed(wish, f"new {mark} 12k")
            case "click":
                self._clicked(wish)
            case "mention":
                held = self._held("mention", text=self._line("move", mark))
                self._deliver(wish, held)
            case _:
                self._typed(wish, self._line(word, mark))

    def _line(self, word: str, mark: str) -> str:
        code = f"D-{self.chance.randint(1, FILLED)}"
        match word:
            case "close":
                return self.chance.choice((f"won {code} {mark}", f"lost {code} dear", f"reopen {code}"))
            case "undo":
                return f"undo {code}"
            case _:
                return f"move {code} {self.chance.choice(OPEN)} {mark}"

    def _typed(self, wish: Wish, line: str) -> None:
        """Slack delivers no command twice: who gets no answer presses the arrow key, or lets Slack's be."""
        again = wish.word == "new" and self.chance.random() < RETYPED
        held = self._held("command", command="/deal", text=line)
        while not self._deliver(wish, held, most=1 if again else None):
            held = self._held("command", command="/deal", text=line)

    def _clicked(self, wish: Wish) -> None:
        if self.chance.random() < LOOKS or not self.buttons:
            self.buttons = list(pressable(self.control.messages("#sales")[-40:]))
        if not self.buttons:
            return
        ts, action = self.chance.choice(self.buttons)
        try:
            held = self._held("click", ts=ts, action_id=action)
        except ControlError:
            return  # it has been painted over since
        self._deliver(wish, held)

    def _held(self, act: str, **given: object) -> Prepared:
        return self.control.prepare(act, user=self.name, channel="#sales", **given)

    def _deliver(self, wish: Wish, held: Prepared, most: int | None = None) -> bool:
        """The same request until somebody answers it, or `most` times."""
        tried = 0
        while most is None or tried < most:
            if tried:
                time.sleep(self.chance.uniform(0.02, 0.2))
            tried += 1
            self.requests += 1
            wish.deliveries += 1
            retry = {"x-slack-retry-num": str(tried - 1)} if tried > 1 and wish.word == "mention" else {}
            try:
                address = self.chance.choice(self.addresses)
                answer = self.client.post(address, content=held.body, headers={**held.headers, **retry})
            except httpx.HTTPError:
                continue
            if answer.status_code == httpx.codes.OK and not any(each in answer.text for each in UNSAVED):
                wish.answer = (
                    answer.json()["text"] if answer.text.startswith("{") and "text" in answer.json() else ""
                )
                return True
        return False


def pressable(messages: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Message and button of each stage that a deal can be moved to."""
    for message in messages:
        for block in message.get("blocks") or ():
            for element in block.get("elements", ()):
                if str(element.get("action_id", "")).startswith("deal.move/") and element.get("value"):
                    yield message["ts"], element["action_id"]
