"""Faults on request: what Slack or the network does wrong, how often, and to which call."""

import random
from dataclasses import asdict, dataclass, field, fields
from typing import Final

from playground.refusals import ImpossibleError
from playground.words import Json

DONE_ANYWAY: Final = frozenset({"truncated", "cut_after", "slow"})
KINDS: Final = DONE_ANYWAY | {
    "rate_limited",
    "http_500",
    "http_503",
    "fatal_error",
    "hang",
    "cut",
    "error",
}


@dataclass
class Fault:
    kind: str
    method: str = "*"
    """A Web API method, `response_url`, or * for all."""
    count: int | None = 1
    """How many calls it hits; none means until it is lifted."""
    skip: int = 0
    """So many fitting calls go well first."""
    probability: float = 1.0
    channel: str = ""
    seconds: float = 1.0
    retry_after: int = 1
    error: str = ""
    extra: Json = field(default_factory=dict)
    """Further members of an error's answer, such as `needed`."""
    done: bool | None = None
    """Whether Slack did the work although the caller is not told."""
    hits: int = 0

    @property
    def work_is_done(self) -> bool:
        return self.kind in DONE_ANYWAY if self.done is None else self.done

    def fits(self, method: str, channel: str) -> bool:
        spent = self.count is not None and self.hits >= self.count
        named = self.method in ("*", method) and self.channel in ("", channel)
        return named and not spent


class Faults:
    def __init__(self) -> None:
        self.down = False
        self._planned: list[Fault] = []
        self._chance = random.Random(0)  # noqa: S311 -- repeatable chance is the point

    def plan(self, given: Json) -> Fault:
        wanted = dict(given)
        seed = wanted.pop("seed", None)
        if seed is not None:
            self._chance.seed(seed)
        unknown = set(wanted) - {f.name for f in fields(Fault)}
        if unknown or wanted.get("kind") not in KINDS:
            raise ImpossibleError(f"a fault is one of {sorted(KINDS)}; unknown here: {sorted(unknown)}", 400)
        if wanted.get("probability") is not None and "count" not in wanted:
            wanted["count"] = None
        fault = Fault(**wanted)
        self._planned.append(fault)
        return fault

    def lift(self) -> None:
        self.down = False
        self._planned.clear()

    def draw(self, method: str, channel: str) -> Fault | None:
        for fault in self._planned:
            if not fault.fits(method, channel):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            if self._chance.random() < fault.probability:
                fault.hits += 1
                return fault
        return None

    def told(self) -> Json:
        return {"down": self.down, "planned": [asdict(fault) for fault in self._planned]}
