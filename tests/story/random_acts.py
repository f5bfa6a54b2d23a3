"""Random acts of several people, each through one of its doors, and what the model makes of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random

from handlers.vocabulary.command import Subject
from pipeline.money import Money
from pipeline.orders import Said
from pipeline.stages import Category, Field
from tests.storage.model import KINDS, Model, Now
from tests.story.doors import PERSON, Doors
from tests.story.scene import STAGES

AT = datetime.now(UTC)
SOON, LATER = AT.date() + timedelta(days=30), AT.date() + timedelta(days=60)
CONTACT = "Carla Xu"
FILLED: Said = {
    Field.CONTACT: CONTACT,
    Field.NEED: "A pipeline",
    Field.BUDGET: "20k",
    Field.VALUE: Money(1_000_000, "EUR"),
    Field.CLOSE_ON: SOON,
    Field.NEXT_STEP: f"Call {CONTACT}",
    Field.NEXT_STEP_ON: SOON,
}
TITLES = ("Alder", "Birch", "Cedar")
EDITS: Sequence[Said] = (
    {Field.VALUE: Money(1_200_000, "EUR")},
    {Field.VALUE: Money(900_000, "EUR")},
    {Field.CLOSE_ON: LATER},
    {Field.CLOSE_ON: None},
    {Field.NEXT_STEP: "Send the offer", Field.NEXT_STEP_ON: LATER},
    {Field.NEXT_STEP: "", Field.NEXT_STEP_ON: None},
    {Field.NURTURE_UNTIL: LATER},
    {Field.NURTURE_UNTIL: None},
    *({Field.CATEGORY: each} for each in (Category.COMMIT, Category.OMITTED, None)),
    *({Field.OWNER: each} for each in ("U0ANA", "U0BEN", None)),
    {Field.TITLE: "Renewal", Field.COMPANY: "Acme", Field.CONTACT: CONTACT},
    {Field.CONTACT: "", Field.SOURCE: "fair"},
)
# What each field is said by in one line, where it can be.
LINES: Mapping[Field, Subject] = {
    Field.VALUE: Subject.VALUE,
    Field.CLOSE_ON: Subject.CLOSE_DATE,
    Field.NEXT_STEP: Subject.NEXT,
    Field.NURTURE_UNTIL: Subject.NURTURE,
    Field.OWNER: Subject.ASSIGN,
    Field.CATEGORY: Subject.CATEGORY,
}


Say = Callable[[str, str], object]
Act = Callable[["RandomActs", str, int], str]


@dataclass(frozen=True)
class Way:
    """One door; a line means the survivor of a merger, a button or form the very deal it was painted for.

    `seen` tells whether the version that was seen comes with it.
    """

    go: Callable[[int, int], object]
    line: bool = False
    seen: bool = True


class RandomActs:
    def __init__(self, doors: Doors, model: Model, chance: Random) -> None:
        self.doors = doors
        self.model = model
        self.chance = chance
        self.stages = {key: doors.scene.stage_id(key) for key in STAGES}

    def lines(self, who: str, line: Callable[[str], str]) -> list[Way]:
        """Typed, mentioned, or repeated by a button."""
        ways: tuple[Say, ...] = (self.doors.command, self.doors.mention, self.doors.repeated)

        def through(say: Say) -> Way:
            return Way(lambda number, _version: say(who, line(f"D-{number}")), line=True)

        return [through(say) for say in ways]

    def buttons(self, who: str, action: str, **more: int) -> list[Way]:
        """On a card, and on Home."""

        def press(number: int, version: int, *, home: bool) -> object:
            return self.doors.click(who, action, {"d": number, "v": version, **more}, home=home)

        return [Way(partial(press, home=False)), Way(partial(press, home=True))]

    def through(self, number: int, ways: Iterable[Way]) -> tuple[int, int | None]:
        """The act is done through one of its doors; which deal it was meant for, and the version that came with it."""
        way = self.chance.choice(list(ways))
        meant = self.model.surviving(number) if way.line else number
        version = len(self.model.deals[meant].log)
        if way.seen and not way.line:
            version -= self.chance.choice((0, 0, 0, 0, 1)) if version > 1 else 0
        way.go(number, version)
        return meant, None if way.line or not way.seen else version

    # The acts.

    def new(self, who: str, _number: int) -> str:
        title = self.chance.choice(TITLES)
        if self.chance.random() < 0.5:
            ways: tuple[Say, ...] = (self.doors.command, self.doors.mention, self.doors.repeated)
            self.chance.choice(ways)(who, f"new {title} 10k")
        else:
            self.doors.form(who, "deal.new", {}, {"title": title, "value": "10k"})
        said: Said = {Field.TITLE: title, Field.VALUE: Money(1_000_000, "EUR")}
        return self.model.new(who, AT, said, again=False)

    def move(self, who: str, number: int) -> str:
        stage = self.chance.choice(STAGES)
        closing, said = stage in ("won", "lost"), {Field.REASON: "why"} if stage == "lost" else {}

        def line(code: str) -> str:
            return f"{stage} {code} why" if closing else f"move {code} {stage}"

        def form(deal: int, version: int) -> object:
            carried = {"d": deal, "v": version, "s": self.stages[stage]}
            return self.doors.form(who, "deal.gate", carried, {each.value: "why" for each in said})

        ways = self.lines(who, line)
        if KINDS[self.model.deals[number].now["stage"]] == "open":
            # Over a closed deal a form can only have asked to open it again.
            ways.append(Way(form))
        if not said:
            ways += self.buttons(who, "deal.move/1", s=self.stages[stage])
        meant, version = self.through(number, ways)
        return self.model.move(meant, who, AT, stage, version, said)

    def reopen(self, who: str, number: int) -> str:
        ways = self.lines(who, lambda code: f"reopen {code}") + self.buttons(who, "deal.reopen")
        meant, version = self.through(number, ways)
        return self.model.reopen(meant, who, AT, version, {})

    def undo(self, who: str, number: int) -> str:
        ways = self.lines(who, lambda code: f"undo {code}") + self.buttons(who, "deal.undo")
        meant, version = self.through(number, ways)
        return self.model.undo(meant, who, AT, version)

    def edit(self, who: str, number: int) -> str:
        said = self.chance.choice(EDITS)
        word = LINES.get(next(iter(said)))
        typed = {each.value: _typed(value) for each, value in said.items()}

        def form(deal: int, version: int) -> object:
            return self.doors.form(who, "deal.say", {"d": deal, "v": version, "f": "edit"}, typed)

        ways = [Way(form)]
        if word:
            ways += self.lines(who, lambda code: f"{word} {code} {_spoken(said)}")
        meant, version = self.through(number, ways)
        return self.model.edit(meant, who, AT, version, said)

    def claim(self, who: str, number: int) -> str:
        ways = self.lines(who, lambda code: f"claim {code}") + self.buttons(who, "deal.claim")
        meant, version = self.through(number, ways)
        return self.model.claim(meant, who, AT, version)

    def void(self, who: str, number: int) -> str:
        def menu(deal: int, version: int) -> object:
            return self.doors.chosen(who, "deal.menu", {"d": deal, "v": version, "f": "void"})

        meant, version = self.through(number, [Way(menu), *self.lines(who, lambda code: f"void {code}")])
        return self.model.void(meant, who, AT, version)

    def snooze(self, who: str, number: int) -> str:
        until = self.chance.choice((AT.date() + timedelta(days=3), None))

        def menu(deal: int, version: int) -> object:
            return self.doors.chosen(who, "deal.menu", {"d": deal, "v": version, "f": "snooze"})

        ways = self.lines(who, lambda code: f"snooze {code} {'3d' if until else 'off'}")
        meant, version = self.through(number, [*ways, *([Way(menu)] if until else [])])
        return self.model.snooze(meant, who, AT, version, until)

    def note(self, who: str, number: int) -> str:
        def form(deal: int, _version: int) -> object:
            return self.doors.form(who, "deal.note", {"d": deal}, {"note": "They called"})

        def message(deal: int, _version: int) -> object:
            return self.doors.noted_message(who, "They like it", f"D-{deal}")

        ways = [Way(form, seen=False), Way(message, line=True)]
        meant, _ = self.through(number, ways + self.lines(who, lambda code: f"note {code} they called"))
        return self.model.note(meant, who, AT)

    def merge(self, who: str, number: int) -> str:
        other = self.chance.choice(list(self.model.deals))
        meant, _ = self.through(number, self.lines(who, lambda code: f"merge {code} D-{other}"))
        return self.model.merge(meant, self.model.surviving(other), who, AT)

    def forget(self, who: str, _number: int) -> str:
        """Asked about first; only the button behind the question does it."""
        contact, certain = self.chance.choice((CONTACT, CONTACT.upper(), "Nobody")), True
        if self.chance.random() < 0.3:
            certain = False
            self.doors.command(who, f"forget {contact}")
        else:
            self.doors.repeated(who, f"forget {contact}", again=True)
        return self.model.forget(who, AT, contact, certain=certain)


def likely(act: Act, now: Now) -> bool:
    """Whether a deal is one with which people would do that."""
    if act is RandomActs.reopen:
        return bool(now["closed"]) and not now["voided"]
    if act is RandomActs.claim:
        return now[Field.OWNER] is None and not now["voided"]
    return not now["voided"]


WEIGHTS: Mapping[Act, int] = {
    RandomActs.move: 8,
    RandomActs.edit: 8,
    RandomActs.undo: 7,
    RandomActs.reopen: 3,
    RandomActs.note: 2,
    RandomActs.claim: 3,
    RandomActs.void: 1,
    RandomActs.merge: 2,
    RandomActs.snooze: 3,
    RandomActs.new: 2,
    RandomActs.forget: 1,
}
# Each word that changes something, by the act that plays it.
PLAYED = {
    *(Subject.NEW, Subject.MOVE, Subject.WON, Subject.LOST, Subject.REOPEN, Subject.UNDO, Subject.EDIT),
    *(Subject.CLAIM, Subject.VOID, Subject.NOTE, Subject.MERGE, Subject.FORGET),
    Subject.SNOOZE,
    *LINES.values(),
}


def _typed(value: object) -> object:
    return f"{value.minor // 100_000}k" if isinstance(value, Money) else value


def _spoken(said: Said) -> str:
    """The rest of the line; a word takes away what there is."""
    first, *more = said.values()
    if first in (None, ""):
        return {Field.OWNER: "nobody", Field.NEXT_STEP: "done"}.get(next(iter(said)), "none")
    if isinstance(first, str) and first in PERSON:
        return PERSON[first]
    words = [str(_typed(first)), *(str(each) for each in more)]
    return " ".join(words) if not isinstance(first, date) else first.isoformat()
