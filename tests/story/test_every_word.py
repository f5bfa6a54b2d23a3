"""Every word of `/deal`, typed and mentioned, in both languages, on both engines and over both transports."""

import json
from itertools import count

import pytest
from sqlalchemy import text

from handlers.grammar import COMMANDS
from pipeline.deal import ChangeKind, Deal
from pipeline.money import Money
from pipeline.orders import Edit, Move, New, Order, Said
from pipeline.permissions import Role
from pipeline.stages import Field
from playground.receipts import Delivered
from tests.story.every_word import SAMPLES, Sample
from tests.story.scene import EVERYWHERE, TEAM, Scene, shown

WHO = ("U0OLGA", "U0JONAS")
ENGLISH, GERMAN = 0, 1
ZONES = ("Europe/Berlin", "Europe/Paris", "Europe/Rome")
_numbers = count(1)


class Word:
    """One word of one language, with a deal of its own."""

    def __init__(self, scene: Scene, sample: Sample, language: int) -> None:
        self.scene, self.sample, self.language = scene, sample, language
        self.who, self.place = WHO[language], next(_numbers)
        other = self._deal().number if sample.state == "twice" else 0
        self.number = self.latest + 1 if sample.state == "none" else self._deal().number
        self.words = {
            "title": self.title,
            "contact": f"Contact {self.place}",
            "other": other,
            "chance": self.place % 90 + 5,
            "zone": ZONES[self.place % 3],
        }

    @property
    def title(self) -> str:
        return f"Title {self.place}"

    @property
    def latest(self) -> int:
        return self.scene.count("deals")

    def _deal(self) -> Deal:
        """Changed once, so that there is something to take back."""
        said: Said = {
            Field.TITLE: self.title,
            Field.VALUE: Money(100, "EUR"),
            Field.CONTACT: f"Contact {self.place}",
            Field.OWNER: None if self.sample.state == "unowned" else self.who,
        }
        number = self.latest + 1
        then: Order = Edit(number, {Field.SOURCE: "fair"})
        if self.sample.state == "lost":
            then = Move(number, self.scene.stage_id("lost"), fields={Field.REASON: "dear"})
        return self.scene.done(self.who, New(said, again=True), then)

    def filled(self, pattern: tuple[str, str]) -> str:
        return pattern[self.language].format(self.number, **self.words)

    def plays(self, word: str) -> None:
        """Typed."""
        before = self.scene.state()[:3]
        answer = self.scene.deal(self.who, f"{word} {self.filled(self.sample.rest)}".strip())
        self.answered(f"{answer.text}\n{shown(answer.message or {})}{self.form(answer)}", word)
        self.holds(before, word)

    def form(self, answer: Delivered) -> str:
        """What stands in the form that opened, which is closed again."""
        view = self.scene.control.modal(self.who) if not answer.text else {}
        if view:
            self.scene.control.close_view(self.who, cleared=True)
        return shown(view)

    def is_mentioned(self, word: str) -> None:
        """Shared answers speak the workspace's language."""
        before, last = self.scene.state()[:3], self.last_row()
        assert self.scene.control.mention(self.who, f"{word} {self.filled(self.sample.rest)}".strip()).ok
        with self.scene.store.engine.connect() as connection:
            statement = text("SELECT payload FROM outbox WHERE id > :last AND kind = 'mention'")
            payload = json.loads(connection.execute(statement, {"last": last}).scalar_one())
        self.language = ENGLISH
        said = f"{payload['text']}\n{shown(payload)}"
        if self.sample.state == "form":
            assert "press the button and fill the form in" in said
        else:
            self.answered(said, word)
        self.holds(before, word)

    def last_row(self) -> int:
        with self.scene.store.engine.connect() as connection:
            return int(connection.execute(text("SELECT coalesce(max(id), 0) FROM outbox")).scalar_one())

    def answered(self, said: str, word: str) -> None:
        wanted = self.filled(self.sample.said).replace("olga", self.who.removeprefix("U0").lower())
        assert wanted in said.replace("\xa0", " "), (word, said)

    def holds(self, before: tuple[int, ...], word: str) -> None:
        sample = self.sample
        if sample.kind is None:
            assert self.scene.state()[:3] == before, word
            return
        row, change = self.scene.row(self.number), self.scene.changes(self.number)[-1]
        assert (change.kind, change.by) == (sample.kind, self.who), word
        assert {each: row.said(each) for each in sample.holds} == dict(sample.holds), word
        assert self.scene.stage(self.number) == sample.stage, word
        assert bool(row.voided_at) == (sample.kind is ChangeKind.VOIDED), word


@pytest.fixture
def quiet(scene: Scene) -> Scene:
    """The channel is known, and nothing more is sent, so that it can be read where it is written."""
    scene.at_stage("lead")
    scene.card()
    scene.bot.running.bot.heartbeat.beat()
    scene.hush()
    with scene.store.begin(TEAM) as work:
        work.people.appoint("U0JONAS", Role.ADMIN)
    scene.bot.running.bot.services.directory.forget_person(TEAM, "U0JONAS")
    return scene


@EVERYWHERE
def test_every_word_does_what_its_line_says(quiet: Scene) -> None:
    """That the other words of a subject mean the same is the grammar's matter."""
    for place, command in enumerate(COMMANDS):
        first = (command.english[0], command.german[0])
        for language, word in enumerate(first):
            Word(quiet, SAMPLES[command.subject], language).plays(word)
        Word(quiet, SAMPLES[command.subject], place % 2).is_mentioned(first[place % 2])


def test_no_word_is_without_a_sample() -> None:
    assert set(SAMPLES) == {command.subject for command in COMMANDS}
