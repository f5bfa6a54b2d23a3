"""The rules once more, on plain dictionaries: what a random act should come to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from pipeline.forgetting import without
from pipeline.names import fold
from pipeline.orders import Said
from pipeline.stages import DEFAULT_STAGES, LIMITS, Field
from tests.conftest import ANA, BEN, GUS, MIA, OLGA

RANK = {GUS: 0, ANA: 1, BEN: 1, MIA: 2, OLGA: 3}
GATES = {plan.key: plan.gate for plan in DEFAULT_STAGES}
KINDS = {plan.key: plan.kind.value for plan in DEFAULT_STAGES}
CLOSING = {"open": "moved", "won": "won", "lost": "lost"}
OWN = (Field.TITLE, Field.REASON, Field.NURTURE_UNTIL, Field.SNOOZED_UNTIL)
Now = dict[str, Any]
AGAIN = "again"
DONE = "done"


@dataclass
class Logged:
    kind: str
    by: str
    at: datetime
    before: Now
    stage: str = ""
    other: int = 0


@dataclass
class Entry:
    now: Now
    made_at: datetime
    made_by: str
    log: list[Logged] = field(default_factory=list)

    def write(self, kind: str, by: str, at: datetime, after: Now, stage: str = "", other: int = 0) -> str:
        self.log.append(Logged(kind, by, at, self.now, stage, other))
        self.now = after
        return DONE

    def press(self, expected: int | None, same: Callable[[Logged], bool]) -> str:
        if expected is None or expected == len(self.log):
            return "DealIsVoid" if self.now["voided"] else ""
        repeated = len(self.log) == expected + 1 and same(self.log[-1])
        return AGAIN if repeated else "Overtaken"


class Model:
    """Every act answers with `done`, `again` or the name of its refusal."""

    def __init__(self) -> None:
        self.deals: dict[int, Entry] = {}
        self.gone: set[str] = set()

    def new(self, who: str, at: datetime, said: Said, *, again: bool) -> str:
        if self._rank(who) == 0:
            return "NoRight"
        if self._rank(said.get(Field.OWNER, who)) == 0:
            return "OwnerUnfit"
        if not again and any(self._same(each, who, at, said) for each in self.deals.values()):
            return "MadeAlready"
        blank: Now = {each: "" if each in LIMITS else None for each in Field}
        now = {**blank, Field.OWNER: who, **spelled(said), "stage": "lead", "entered": at}
        entry = Entry({**now, "closed": None, "voided": None, "pushes": 0, "into": 0}, at, who)
        self.deals[len(self.deals) + 1] = entry
        return entry.write("created", who, at, entry.now)

    def move(self, number: int, who: str, at: datetime, stage: str, expected: int | None, said: Said) -> str:
        entry = self.deals[number]
        if not self._may_change(entry, who):
            return "NoRight"

        def same(last: Logged) -> bool:
            return last.kind in CLOSING.values() and (last.by, last.stage) == (who, stage)

        refused = entry.press(expected, same)
        if not refused and stage == entry.now["stage"]:
            refused = "AlreadyThere"
        if not refused and KINDS[entry.now["stage"]] != "open":
            refused = "DealIsClosed"
        return refused or self._enter(entry, CLOSING[KINDS[stage]], who, at, stage, said)

    def reopen(self, number: int, who: str, at: datetime, expected: int | None, said: Said) -> str:
        entry = self.deals[number]
        if not self._may_change(entry, who):
            return "NoRight"
        refused = entry.press(expected, lambda last: last.kind == "reopened" and last.by == who)
        if not refused and KINDS[entry.now["stage"]] == "open":
            refused = "DealIsOpen"
        if refused:
            return refused
        return self._enter(entry, "reopened", who, at, self._closed_from(entry), {**said, Field.REASON: ""})

    def edit(self, number: int, who: str, at: datetime, expected: int | None, said: Said) -> str:
        entry = self.deals[number]
        if not self._may_change(entry, who):
            return "NoRight"
        after = saying(entry.now, said)
        refused = entry.press(
            expected, lambda last: last.kind == "edited" and last.by == who and after == entry.now
        )
        of_open_deals = said.get(Field.NURTURE_UNTIL) or said.get(Field.CATEGORY)
        if not refused and of_open_deals and KINDS[entry.now["stage"]] != "open":
            refused = "DealIsClosed"
        if not refused and after == entry.now:
            refused = "AlreadySaid"
        if not refused and self._is_unfit(entry, after):
            refused = "OwnerUnfit"
        return refused or entry.write("edited", who, at, after)

    def undo(self, number: int, who: str, at: datetime, expected: int | None) -> str:
        entry = self.deals[number]
        if self._rank(who) == 0:
            return "NoRight"
        refused = entry.press(expected, lambda last: last.kind == "undone" and last.by == who)
        if refused == "DealIsVoid" and entry.log[-1].kind == "voided":
            refused = ""
        last = entry.log[-1]
        gone = self.deals[last.other] if last.kind == "merged" else None
        if not refused and last.kind in ("undone", "forgotten"):
            refused = "NothingToUndo"
        if not refused and last.by != who and self._rank(who) == 1:
            refused = "NoRight"
        if not refused and at - last.at > timedelta(days=1):
            refused = "UndoTooLate"
        if not refused and gone and gone.log[-1].kind != "absorbed":
            refused = "NothingToUndo"
        if refused:
            return refused
        if gone:
            gone.write("undone", who, at, gone.log[-1].before)
        before = {**entry.now, "voided": at} if last.kind == "created" else last.before
        return entry.write("undone", who, at, before)

    def note(self, number: int, who: str, at: datetime) -> str:
        entry = self.deals[number]
        if self._rank(who) == 0:
            return "NoRight"
        return "DealIsVoid" if entry.now["voided"] else entry.write("noted", who, at, entry.now)

    def claim(self, number: int, who: str, at: datetime, expected: int | None) -> str:
        owner = self.deals[number].now[Field.OWNER]
        if owner != who and self._rank(owner) > 0 and owner is not None:
            return "OwnedAlready"
        return self.edit(number, who, at, expected, {Field.OWNER: who})

    def void(self, number: int, who: str, at: datetime, expected: int | None) -> str:
        entry = self.deals[number]
        if not self._may_change(entry, who):
            return "NoRight"
        refused = entry.press(expected, lambda last: last.kind == "voided" and last.by == who)
        return refused or entry.write("voided", who, at, {**entry.now, "voided": at})

    def snooze(self, number: int, who: str, at: datetime, expected: int | None, until: date | None) -> str:
        entry = self.deals[number]
        if not self._may_change(entry, who):
            return "NoRight"
        after = {**entry.now, Field.SNOOZED_UNTIL: until}
        refused = entry.press(
            expected, lambda last: last.kind == "snoozed" and last.by == who and after == entry.now
        )
        if not refused and KINDS[entry.now["stage"]] != "open":
            refused = "DealIsClosed"
        if not refused and after == entry.now:
            refused = "AlreadySaid"
        return refused or entry.write("snoozed", who, at, after)

    def merge(self, number: int, other: int, who: str, at: datetime) -> str:
        kept, gone = self.deals[number], self.deals[other]
        if number == other:
            return "MergedWithItself"
        for entry in (kept, gone):
            if not self._may_change(entry, who):
                return "NoRight"
            if entry.now["voided"]:
                return "DealIsVoid"
        if KINDS[kept.now["stage"]] != KINDS[gone.now["stage"]]:
            return "KindsDiffer"
        lacked = {each: gone.now[each] for each in Field if each not in OWN and not kept.now[each]}
        after = saying(kept.now, {each: value for each, value in lacked.items() if value})
        gone.write("absorbed", who, at, {**gone.now, "voided": at, "into": number})
        return kept.write("merged", who, at, after, other=other)

    def _rank(self, who: Any) -> int:
        """Nobody ranks high enough to be no obstacle."""
        return 9 if who is None else 0 if who in self.gone else RANK[who]

    def _may_change(self, entry: Entry, who: str) -> bool:
        owner, rank = entry.now[Field.OWNER], self._rank(who)
        return rank > 1 or (rank == 1 and (owner in (None, who) or self._rank(owner) == 0))

    def _is_unfit(self, entry: Entry, after: Now) -> bool:
        """A deal is given to nobody who could do nothing with it."""
        owner = after[Field.OWNER]
        return owner != entry.now[Field.OWNER] and self._rank(owner) == 0

    def forget(self, who: str, at: datetime, contact: str, *, certain: bool) -> str:
        if self._rank(who) < RANK[OLGA]:
            return "NoRight"
        known = [each for each in self.deals.values() if fold(each.now[Field.CONTACT]) == fold(contact)]
        if not known:
            return "UnknownContact"
        for entry in known if certain else ():
            names = [each.now[Field.CONTACT] for each in known if each.now[Field.CONTACT]]
            blank: Now = {each: without(str(entry.now[each]), names) for each in LIMITS}
            entry.write("forgotten", who, at, {**entry.now, **blank, Field.CONTACT: ""})
        return DONE

    def surviving(self, number: int) -> int:
        """The deal that is meant by a merged one's code."""
        into: int = self.deals[number].now["into"]
        return self.surviving(into) if into else number

    def _enter(self, entry: Entry, kind: str, who: str, at: datetime, stage: str, said: Said) -> str:
        after = saying(entry.now, said)
        if self._is_unfit(entry, after):
            return "OwnerUnfit"
        if any(after[needed] in (None, "") for needed in GATES[stage]):
            return "GateUnmet"
        closed = None if KINDS[stage] == "open" else at
        return entry.write(kind, who, at, {**after, "stage": stage, "entered": at, "closed": closed}, stage)

    @staticmethod
    def _same(entry: Entry, who: str, at: datetime, said: Said) -> bool:
        lately = entry.made_by == who and at - entry.made_at < timedelta(minutes=2)
        return lately and entry.now[Field.TITLE] == said[Field.TITLE] and not entry.now["voided"]

    @staticmethod
    def _closed_from(entry: Entry) -> str:
        """Where the closing that still holds came from: undone ones left the state as it was."""
        standing: list[Logged] = []
        for each in entry.log:
            if each.kind == "undone":
                standing.pop()
            else:
                standing.append(each)
        closings = [each for each in standing if each.kind in ("won", "lost")]
        stage: str = closings[-1].before["stage"]
        return stage


def saying(now: Now, said: Said) -> Now:
    """A close date put off is a push."""
    after = {**now, **spelled(said)}
    old, new = now[Field.CLOSE_ON], after[Field.CLOSE_ON]
    pushed = old is not None and new is not None and new > old
    return {**after, "pushes": now["pushes"] + pushed}


def spelled(said: Said) -> Now:
    return {each: "" if value is None and each in LIMITS else value for each, value in said.items()}
