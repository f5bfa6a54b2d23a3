"""What the heartbeat does besides waking the courier: forgetting what is old, refreshing what ages."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.greeting import Greeting
from bot.nights import Looks, Night
from handlers.courier.calls import Calls
from handlers.courier.channels import refresh_channel
from handlers.courier.outcomes import CallFailed
from handlers.services import Services
from pipeline.people import Workspace
from pipeline.snapshots import week_of
from storage.fence import SHUT_OUT, Standing
from storage.fits import are_fitted
from storage.schema import HEAD
from storage.snapshots import take
from storage.store import Store

SWEEP_EVERY = timedelta(minutes=10)
TURN_EVERY = timedelta(hours=1)
# A copy that starts may have been away over a holiday.
TURNED_AT_START = timedelta(days=7)
RECEIPTS_KEPT = timedelta(days=1)
POST_KEPT = timedelta(days=30)
REFRESH_AFTER = timedelta(days=1)
# So few at a beat that a large workspace is refreshed slowly and Slack's limits are never near.
REFRESHED_AT_ONCE = 5

log = logging.getLogger(__name__)


class Housekeeping:
    def __init__(
        self, store: Store, services: Services, calls: Calls, greeting: Greeting, looks: Looks
    ) -> None:
        self._store = store
        self._services = services
        self._calls = calls
        self._greeting = greeting
        self._looks = looks
        self._standing: Standing | None = None
        self._swept: datetime | None = None
        self._turned: datetime | None = None
        self._refitted: date | None = None
        self._copied: str | None = None

    def chores(self) -> Sequence[Callable[[], object]]:
        return (self.look, self.sweep, self.snapshot, self.refit, self.turn, self.refresh)

    @property
    def _workspace(self) -> Workspace | None:
        return None if self._store.superseded else self._greeting.workspace

    def look(self) -> None:
        """Another version may work on the same database."""
        before, self._standing = self._standing, self._store.look()
        if self._standing == before or not self._standing.is_newer:
            return
        if self._standing.shuts_out:
            log.critical("%s", SHUT_OUT)
        else:
            log.warning(
                "the database has schema %s, newer than this version's %s: this copy works on until it is replaced",
                self._standing.schema,
                HEAD,
            )

    def sweep(self) -> None:
        """Receipts are kept a day, what was said a month."""
        now = self._services.clock()
        workspace = self._workspace
        if workspace is None or (self._swept and now - self._swept < SWEEP_EVERY):
            return
        self._swept = now
        with self._store.begin(workspace.id) as work:
            work.sweep(receipts_before=now - RECEIPTS_KEPT, post_older_than=POST_KEPT)

    def turn(self) -> None:
        """What time alone has made stale or overdue is shown as such."""
        now = self._services.clock()
        workspace = self._workspace
        if workspace is None or (self._turned and now - self._turned < TURN_EVERY):
            return
        since = self._turned or now - TURNED_AT_START
        first_day, today = (self._services.house.today(each) for each in (since, now))
        with self._store.begin(workspace.id) as work:
            work.cards.repaint_turned(since, now, first_day, today)
            if first_day != today:
                work.homes.touch_all()
        self._turned = now
        self._services.wake()

    def snapshot(self) -> None:
        """Once a week, a copy of what is open: by whichever bot comes first, and late where all were down."""
        now = self._services.clock()
        workspace, today = self._workspace, self._services.house.today(now)
        if workspace is None or self._copied == week_of(today):
            return
        take(self._store, workspace.id, now, today)
        self._copied = week_of(today)

    def refit(self) -> None:
        """Each midnight, how long deals usually stay, how often they are won and where they get stuck.

        Nobody waits then, and a month that begins is without its forecast for minutes. By any copy, and the
        database remembers that it was done. Without a single deal there is no past yet.
        """
        now = self._services.clock()
        workspace, today = self._workspace, self._services.house.today(now)
        if workspace is None or self._refitted == today:
            return
        with self._store.read(workspace.id) as work:
            if not work.deals.any():
                return
            seen = work.stages.are_seen(today) and are_fitted(work.tx, today)
        if not seen and self._looks.back(
            self._store, Night(workspace.id, now, today, self._services.house.zone)
        ):
            self._services.wake()
        self._refitted = today

    def refresh(self) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        before = self._services.clock() - REFRESH_AFTER
        with self._store.read(workspace.id) as work:
            people = work.people.seen_before(before, REFRESHED_AT_ONCE)
            channels = work.channels.seen_before(before, REFRESHED_AT_ONCE)
        for person_id in people:
            self._refreshed(person_id, partial(self._refresh_person, workspace.id, person_id))
        for channel_id in channels:
            describe = partial(refresh_channel, self._calls.client(), self._store, workspace.id, channel_id)
            self._refreshed(channel_id, partial(describe, self._services.clock()))

    def _refresh_person(self, workspace_id: str, person_id: str) -> None:
        try:
            answer = self._services.slack.users_info(user=person_id, include_locale=True)
        except SlackApiError:
            self._asked_in_vain(workspace_id, person_id)
            raise
        self._services.directory.learn(workspace_id, answer["user"])
        self._services.wake()

    def _asked_in_vain(self, workspace_id: str, person_id: str) -> None:
        """Whom Slack will not describe comes to the end of the queue, so that the others have their turn."""
        with self._store.begin(workspace_id) as work:
            known = work.people.get(person_id)
            if known:
                work.people.keep(known, self._services.clock())

    @staticmethod
    def _refreshed(name: str, refresh: Callable[[], object]) -> None:
        try:
            refresh()
        except (CallFailed, SlackClientError, OSError, HTTPException, ValueError) as error:
            log.info("%s was not refreshed: %s", name, type(error).__name__)
