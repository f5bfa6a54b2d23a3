"""The lives of sample deals: what was done to each, by whom and when, ended before a given day."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from bot import samples_words as words
from pipeline.money import Money
from pipeline.orders import Edit, Move, New, Reopen, Said, Undo
from pipeline.stages import Field, Pipeline

ANA: Final = "U0ANA"
BEN: Final = "U0BEN"
JONAS: Final = "U0JONAS"
MIA: Final = "U0MIA"
SELLERS: Final = (ANA, ANA, ANA, BEN, BEN, BEN, JONAS, JONAS, MIA, MIA)

Told = New | Move | Reopen | Edit | Undo
SEED: Final = 20_260_401
MONTHS: Final = 18
# How many deals ended (well or badly) after each stage; the rest stand in each stage today. As many stand there as come
# in a usual stay, else business would look as if it had just begun to boom, or had stopped.
LOST_IN: Final = {"lead": 66, "qualification": 63, "proposal": 51, "negotiation": 30, "closing": 9}
WON: Final = 111
OPEN_IN: Final = {"lead": 6, "qualification": 9, "proposal": 10, "negotiation": 8, "closing": 3}
# The usual stay in days.
STAYS: Final = {"lead": 7.0, "qualification": 14.0, "proposal": 20.0, "negotiation": 24.0, "closing": 9.0}
OPEN_STAGES: Final = tuple(STAYS)
BACKWARDS = 0.09
REOPENED = 4
STALE = 0.12
OVERDUE = 0.25
SLIP = 0.03
NOBODYS = 0.3


@dataclass(frozen=True, slots=True)
class Step:
    """The order names its deal by 0 until the deal has a number."""

    at: datetime
    by: str
    order: Told


@dataclass(slots=True)
class Life:
    """A deal as it is told: its stays with their days, and how it ended."""

    stays: list[tuple[str, float]]
    end: str | None
    title: str
    company: str
    contact: str
    owner: str | None
    value: Money
    source: str
    steps: list[Step] = field(default_factory=list)

    @property
    def days(self) -> float:
        return sum(days for _, days in self.stays)


def lives(pipeline: Pipeline, today: date) -> Sequence[Life]:
    """The same for the same day."""
    chance = Random(SEED)  # noqa: S311 - nothing secret
    teller = _Teller(pipeline, today, chance)
    return [teller.told(life) for life in _Cast(chance).all()]


class _Cast:
    """Who the deals are, before anything happens to them."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._taken: set[tuple[str, str]] = set()

    def all(self) -> list[Life]:
        ends = [(stage, "lost") for stage, count in LOST_IN.items() for _ in range(count)]
        ends += [("closing", "won")] * WON
        found = [self._life(stage, end) for stage, end in ends]
        found += [self._life(stage, None) for stage, count in OPEN_IN.items() for _ in range(count)]
        return found

    def _life(self, last: str, end: str | None) -> Life:
        chance = self._chance
        company, contact = chance.choice(words.FIRMS)
        title, worth = self._good(company)
        value = round(min(worth * math.exp(chance.gauss(0, 0.5)), 180_000) / 100) * 100
        source = chance.choice(words.SOURCES)
        nobodys = last == "lead" and end is None and _happens(chance, NOBODYS)
        stays = self._stays(last, (value / 16_000) ** 0.2)
        if end is None:
            stays[-1] = (last, self._age(last))
        owner = None if nobodys else chance.choice(SELLERS)
        return Life(stays, end, title, company, contact, owner, Money(value * 100, "EUR"), source)

    def _good(self, company: str) -> tuple[str, int]:
        while True:
            title, worth, numbers = self._chance.choice(words.GOODS)
            title = title.format(self._chance.choice(numbers)) if numbers else title
            if (company, title) not in self._taken:
                self._taken.add((company, title))
                return title, worth

    def _stays(self, last: str, size: float) -> list[tuple[str, float]]:
        """Every stage up to the last, now and then one step back or over one."""
        path: list[str] = []
        for stage in OPEN_STAGES[: OPEN_STAGES.index(last) + 1]:
            if stage == "qualification" and stage != last and _happens(self._chance, BACKWARDS):
                continue
            if stage in ("negotiation", "closing") and _happens(self._chance, BACKWARDS):
                path += [stage, OPEN_STAGES[OPEN_STAGES.index(stage) - 1]]
            path.append(stage)
        return [
            (stage, max(STAYS[stage] * size * math.exp(self._chance.gauss(0, 0.7)), 0.3)) for stage in path
        ]

    def _age(self, stage: str) -> float:
        if _happens(self._chance, STALE):
            return STAYS[stage] * self._chance.uniform(3, 5)
        return STAYS[stage] * self._chance.uniform(0.1, 1.6)


class _Teller:
    """Lets a deal live its life: working days only, each thing after the one before."""

    def __init__(self, pipeline: Pipeline, today: date, chance: Random) -> None:
        self._pipeline = pipeline
        self._today = today
        self._midnight = datetime.combine(today, time(), UTC)
        self._chance = chance
        self._reopenable = REOPENED

    def told(self, life: Life) -> Life:
        begin = self._midnight - timedelta(days=self._age(life))
        self._create(life, begin)
        day = begin
        for place, (stage, days) in enumerate(life.stays):
            if place:
                before = life.stays[place - 1][0]
                back = OPEN_STAGES.index(stage) < OPEN_STAGES.index(before)
                self._move(life, day, stage, self._pick(words.BACK_NOTES if back else words.NOTES))
            self._busy(life, stage, day, days, present=life.end is None and place == len(life.stays) - 1)
            day += timedelta(days=days)
        if life.end:
            self._close(life, day)
        return life

    def _age(self, life: Life) -> float:
        """Days since it began; what has ended did so at some time in these months."""
        if life.end is None:
            return life.days
        return life.days + 1 + math.pow(self._chance.random(), 1.1) * max(MONTHS * 30.4 - life.days - 2, 0)

    def _create(self, life: Life, day: datetime) -> None:
        by = life.owner or MIA
        said = {
            Field.TITLE: life.title,
            Field.COMPANY: life.company,
            Field.OWNER: life.owner,
            Field.SOURCE: life.source,
        }
        if _happens(self._chance, 0.6):
            said[Field.CONTACT] = life.contact
        if _happens(self._chance, 0.35):
            self._say(life, day, New({**said, Field.VALUE: life.value}), by)
        else:
            self._say(life, day, New(said), by)

    def _move(self, life: Life, day: datetime, stage: str, note: str) -> None:
        order = Move(0, self._id(stage), note=note, fields=self._asked(life, stage, day))
        if _happens(self._chance, SLIP):
            self._say(life, day, order)
            self._say(life, life.steps[-1].at + timedelta(minutes=9), Undo(0), exact=True)
            day = life.steps[-1].at + timedelta(days=1)
        self._say(life, day, order)

    def _asked(self, life: Life, stage: str, day: datetime) -> Said:
        """What the stage's gate requires."""
        asked: dict[str, Callable[[], Said]] = {
            "lead": dict,
            "qualification": lambda: {Field.CONTACT: life.contact},
            "proposal": lambda: {
                Field.NEED: self._pick(words.NEEDS),
                Field.BUDGET: self._pick(words.BUDGETS),
                **({Field.VALUE: life.value} if _happens(self._chance, 0.8) else {}),
            },
            "negotiation": lambda: {
                Field.VALUE: life.value,
                Field.CLOSE_ON: self._close_date(life, day, 20, 70),
            },
            "closing": lambda: self._next_step(life, self._later(day, 2, 9)),
            "won": lambda: {Field.VALUE: life.value},
            "lost": lambda: {Field.REASON: self._pick(words.REASONS)},
        }
        return asked[stage]()

    def _later(self, day: datetime, least: int, most: int) -> date:
        return day.date() + timedelta(days=self._chance.randint(least, most))

    def _busy(self, life: Life, stage: str, day: datetime, days: float, *, present: bool) -> None:
        """What is written down while a deal stays somewhere."""
        chance = self._chance
        later = day + timedelta(days=days * chance.uniform(0.2, 0.9))
        if stage == "negotiation" and _happens(chance, 0.4):
            life.value = Money(round(life.value.minor * chance.uniform(0.8, 0.97) / 10_000) * 10_000, "EUR")
            self._say(life, later, Edit(0, {Field.VALUE: life.value}))
        if stage in ("negotiation", "closing") and _happens(chance, 0.35):
            pushed = self._close_date(life, later, 25, 60)
            self._say(life, later, Edit(0, {Field.CLOSE_ON: pushed}))
        if stage != "lead" and _happens(chance, 0.8 if present else 0.4):
            due = self._later(later, 2, 12)
            if present:
                late = _happens(chance, OVERDUE)
                due = self._today + timedelta(days=-chance.randint(1, 6) if late else chance.randint(0, 14))
            self._say(life, later, Edit(0, self._next_step(life, due)))

    def _close(self, life: Life, day: datetime) -> None:
        """A few that were lost come back and are won."""
        end = life.end or "lost"
        self._say(life, day, Move(0, self._id(end), fields=self._asked(life, end, day)))
        again = day + timedelta(days=self._chance.uniform(25, 50))
        won = again + timedelta(days=self._chance.uniform(8, 20))
        if end == "lost" and self._reopenable and life.stays[-1][0] == "proposal" and won < self._midnight:
            self._reopenable -= 1
            self._say(life, again, Reopen(0))
            self._say(life, won, Move(0, self._id("won"), fields=self._asked(life, "won", won)))

    def _next_step(self, life: Life, due: date) -> Said:
        return {
            Field.NEXT_STEP: self._pick(words.STEPS).format(life.contact),
            Field.NEXT_STEP_ON: _working_day(due),
        }

    def _close_date(self, life: Life, day: datetime, least: int, most: int) -> date:
        """Of deals that are open today most close dates lie ahead, and some have passed."""
        wanted = self._later(day, least, most)
        if life.end is None:
            since = (self._today - day.date()).days
            if since > 1 and _happens(self._chance, OVERDUE):
                wanted = self._today - timedelta(days=self._chance.randint(1, min(since - 1, 12)))
            elif wanted <= self._today:
                wanted = self._later(self._midnight, 3, 45)
        return _working_day(wanted)

    def _say(
        self, life: Life, day: datetime, order: Told, by: str | None = None, *, exact: bool = False
    ) -> None:
        at = day if exact else self._at_work(day)
        if life.steps and at <= life.steps[-1].at:
            at = life.steps[-1].at + timedelta(minutes=self._chance.randint(3, 20))
        life.steps.append(Step(at, by or life.owner or MIA, order))

    def _at_work(self, day: datetime) -> datetime:
        """Between eight and five, never on a weekend, always before today."""
        there = min(day, self._midnight - timedelta(days=1)).date()
        there -= timedelta(days=max(there.weekday() - 4, 0))
        minutes = self._chance.randint(8 * 60, 16 * 60)
        return datetime.combine(there, time(), UTC) + timedelta(minutes=minutes)

    def _id(self, stage: str) -> int:
        found = self._pipeline.keyed(stage)
        if found is None:
            raise LookupError(f"the pipeline has no stage {stage}")
        return found.id

    def _pick(self, sentences: Sequence[str]) -> str:
        return self._chance.choice(sentences)


def _happens(chance: Random, share: float) -> bool:
    return chance.random() < share


def _working_day(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))
