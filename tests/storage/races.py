"""People at the same moment, each at a copy of the bot of their own."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from threading import Barrier

from pipeline.errors import ArchiveDown, Overtaken, Refusal
from storage.store import Store
from tests.conftest import ANA, MIA, TEAM
from tests.pipeline.desk import Desk

Answer = object


def together(*acts: Callable[[], Answer]) -> Sequence[Answer]:
    """What each came to: its answer, or what it was refused or failed with."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Answer]) -> Answer:
        start.wait()
        try:
            return act()
        except (Refusal, ArchiveDown) as ended:
            return ended

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@dataclass
class Copies:
    """Two copies of the bot at one database."""

    one: Desk
    two: Desk

    @classmethod
    def of(cls, stores: Sequence[Store], at: datetime) -> "Copies":
        one, two = (Desk(store, TEAM, at, ANA) for store in stores)
        return cls(one, two)


def race_of_targets(copies: Copies, rounds: int) -> Counter[tuple[str, str]]:
    """Two people press different stages of one card, `rounds` times; how often each pair of answers came."""
    seen: Counter[tuple[str, str]] = Counter()
    for place in range(rounds):
        deal = copies.one.filled(f"Deal {place}")
        answers = together(
            lambda: copies.one.move(deal, "proposal", ANA, expected=1),  # noqa: B023 - done within the round
            lambda: copies.two.move(deal, "negotiation", MIA, expected=1),  # noqa: B023 - as above
        )
        first, second = sorted(type(answer).__name__ for answer in answers)
        seen[first, second] += 1
        check_loser_was_told(copies.one, answers)
        assert copies.one.deal(deal).version == 2
        assert len(copies.one.history(deal)) == 2
    return seen


def check_loser_was_told(desk: Desk, answers: Sequence[Answer]) -> None:
    for told in answers:
        if isinstance(told, Overtaken):
            present = desk.deal(told.deal)
            assert told.deal == present
            assert told.stage.id == present.stage_id
            assert told.change == desk.history(present)[-1]
