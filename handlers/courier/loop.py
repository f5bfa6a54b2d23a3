"""The courier: claims what the postbox holds for Slack and has it sent, in threads of its own."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from handlers.courier.calls import Calls
from handlers.courier.message import Composer
from handlers.courier.outcomes import CallFailed, Fate
from handlers.courier.painting import Cards, Homes
from handlers.courier.replying import Replying
from handlers.courier.satchel import Pace, Satchel
from handlers.courier.senders import Senders
from handlers.courier.sending import Sending
from handlers.courier.silence import Silence
from handlers.newer_blocks import NewerBlocks
from pipeline.errors import ArchiveDown
from pipeline.people import Workspace
from pipeline.ports import Archive
from pipeline.postbox import Postbox

__all__ = ["Composer", "Courier"]

SENDERS = 6
DRAIN_SECONDS = 10.0
# How long to sleep while a sender's end or a probe is awaited anyway.
BUSY_SECONDS = 1.0
PROBE = "probe"

log = logging.getLogger(__name__)
Claimed = TypeVar("Claimed")
Claimed_contra = TypeVar("Claimed_contra", contravariant=True)
Act = Callable[[], object]


class Courier:
    """`wake` may be called from anywhere; a heartbeat calls it too, for what other copies have left behind."""

    def __init__(
        self,
        *,
        archive: Archive,
        postbox: Postbox,
        composer: Composer,
        calls: Calls,
        newer: NewerBlocks,
        workspace: Callable[[], Workspace | None],
        clock: Callable[[], datetime],
        pace: Pace | None = None,
        senders: int = SENDERS,
    ) -> None:
        self._pace = pace or Pace()
        self._silence = Silence(self._pace.silence)
        self._satchel = Satchel(archive, postbox, composer, calls, newer, clock, self._silence, self._pace)
        self._postbox = postbox
        self._workspace = workspace
        self._letters = Sending(self._satchel)
        self._replies = Replying(self._satchel)
        self._cards = Cards(self._satchel)
        self._homes = Homes(self._satchel)
        self._senders = Senders(senders, self.wake)
        self._kept = min(1, senders - 1)
        self._hands = threading.Lock()
        self._in_hand: set[object] = set()
        self._following: dict[object, tuple[Act, Act]] = {}
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self._greeted = False
        self._outages = 0
        self._sleep = 0.0

    @property
    def trouble(self) -> str | None:
        """What only the operator can heal; None while Slack takes the bot's calls."""
        return self._silence.trouble

    def start(self) -> None:
        self._senders.start()
        self._thread.start()

    def wake(self) -> None:
        self._woken.set()

    def stop(self, drain_seconds: float = DRAIN_SECONDS) -> bool:
        """Claim nothing more and finish what is in hand; whether that came to an end in time."""
        until = time.monotonic() + drain_seconds
        self._stopping.set()
        self.wake()
        if self._thread.is_alive():
            self._thread.join(drain_seconds)
        done = self._senders.stop(max(until - time.monotonic(), 0.0))
        if not done:
            log.warning("The courier was stopped with calls in hand; they are looked up at the next start")
        return done

    def channel_is_back(self, workspace_id: str, channel_id: str) -> int:
        """Letters parked for a channel that takes them again are sent now; how many."""
        freed = self._postbox.unpark(workspace_id, channel_id)
        if freed:
            log.info("%s parked letters follow to %s", freed, channel_id)
            self.wake()
        return freed

    def _run(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            self._woken.clear()
            self._guarded(self._round, self._rest)
            self._woken.wait(self._sleep)
            # A hundred changes wake a hundred times and need one round: the answers have the processor.
            self._stopping.wait(max(self._pace.round_gap - (time.monotonic() - began), 0.0))

    def _rest(self) -> None:
        self._sleep = self._pace.longest_sleep

    def _round(self) -> None:
        workspace = self._workspace()
        if workspace is None:
            self._rest()
            return
        if not self._greeted:
            # A new start often comes with a new token: what was parked is tried once more.
            self._postbox.unpark(workspace.id, None)
            self._greeted = True
        idle = self._postbox.idle_for(workspace.id)
        if idle == 0 or self._silence.reigns:
            self._hand_out(workspace)
            idle = self._postbox.idle_for(workspace.id)
        self._sleep = self._until_next(idle)
        self._archive_is_back()

    def _hand_out(self, workspace: Workspace) -> None:
        """Replies first, and one thread is kept for them: a person waits."""
        self._claim(workspace, self._postbox.claim_replies, self._replies, kept=0)
        if self._silence.reigns:
            if self._silence.probe_is_due():
                self._give(PROBE, partial(self._probe, workspace.id), self.wake)
            return
        self._claim(workspace, self._postbox.claim_letters, self._letters, kept=self._kept)
        self._claim(workspace, self._postbox.claim_cards, self._cards, kept=self._kept)
        self._claim(workspace, self._postbox.claim_homes, self._homes, kept=self._kept)

    def _claim(
        self,
        workspace: Workspace,
        claim: Callable[[str, int], Sequence[Claimed]],
        trade: "Trade[Claimed]",
        *,
        kept: int,
    ) -> None:
        """Only as much as is begun at once: a lease runs from the claim."""
        room = self._senders.free() - kept
        if room <= 0 or self._stopping.is_set():
            return
        for claimed in claim(workspace.id, room):
            failed = partial(trade.stumbled, workspace, claimed)
            self._give(_name(claimed), partial(trade.send, workspace, claimed), failed)

    def _give(self, name: object, act: Act, failed: Act) -> None:
        """A call that outlived its own lease is not made a second time beside itself, but after itself.

        A card is free for the next claim a moment before the hand that painted it is.
        """
        with self._hands:
            if name in self._in_hand:
                self._following[name] = (act, failed)
                return
            self._in_hand.add(name)
        self._senders.give(partial(self._carry, name, act, failed))

    def _carry(self, name: object, act: Act, failed: Act) -> None:
        while True:
            self._guarded(act, failed)
            with self._hands:
                following = self._following.pop(name, None)
                if following is None:
                    self._in_hand.discard(name)
                    return
            act, failed = following

    def _until_next(self, idle: float | None) -> float:
        if self._senders.free() <= self._kept:
            return BUSY_SECONDS
        if self._silence.reigns:
            return min(max(self._silence.until_probe(), self._pace.shortest_sleep), BUSY_SECONDS)
        longest = self._pace.longest_sleep
        return longest if idle is None else min(max(idle, self._pace.shortest_sleep), longest)

    def _probe(self, workspace_id: str) -> None:
        try:
            self._satchel.calls.ask("auth.test")
        except CallFailed as failed:
            if failed.failure.fate is Fate.TOKEN:
                self._silence.fall(failed.failure)
            return
        self._postbox.unpark(workspace_id, None)
        self._silence.lift()

    def _guarded(self, act: Act, failed: Act) -> None:
        """Whatever happens, the loop and the senders go on; what was in hand comes back with its lease's end."""
        try:
            act()
        except ArchiveDown as error:
            self._archive_is_down(error)
        except Exception:
            log.exception("The courier stumbled")
            self._guarded(failed, _nothing)

    def _archive_is_down(self, error: ArchiveDown) -> None:
        if self._outages == 0:
            log.warning("The courier waits for the archive: %s", error)
        self._outages += 1
        if threading.current_thread() is self._thread:
            self._sleep = self._pace.outage(self._outages)

    def _archive_is_back(self) -> None:
        if self._outages:
            log.info("The courier reaches the archive again")
        self._outages = 0


class Trade(Protocol[Claimed_contra]):
    """How one kind of post is dealt with, and what is done after an error of our own."""

    def send(self, workspace: Workspace, claimed: Claimed_contra, /) -> None: ...

    def stumbled(self, workspace: Workspace, claimed: Claimed_contra, /) -> None: ...


def _name(claimed: object) -> object:
    return type(claimed), getattr(claimed, "id", None) or getattr(claimed, "person_id", None)


def _nothing() -> None:
    """After a second stumble the lease is all that helps."""
