"""Who somebody is: from memory, from the archive, or from Slack at first sight."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from pipeline.errors import ArchiveDown
from pipeline.ownership import note_absence
from pipeline.people import Person, Standing
from pipeline.permissions import Role
from pipeline.ports import Archive, Work

FIRST_SIGHT_SECONDS = 0.8
# How long this copy may go on with what another copy has changed meanwhile; rights are read in each act.
REMEMBERED_SECONDS = 30.0

log = logging.getLogger(__name__)


class Directory:
    """Safe to use from many threads; `slack` bears a short time-out of its own."""

    def __init__(self, archive: Archive, slack: WebClient, clock: Callable[[], datetime]) -> None:
        self._archive = archive
        self._slack = slack
        self._clock = clock
        self._people: dict[tuple[str, str], tuple[float, Person]] = {}
        self._lock = threading.Lock()

    def person(self, workspace_id: str, person_id: str, until: float | None = None) -> Person:
        """Raises ArchiveDown. Somebody whom Slack does not describe in time acts as a rep without money."""
        held = self._people.get((workspace_id, person_id))
        if held and held[0] > time.monotonic():
            return held[1]
        with self._archive.read(workspace_id, until) as work:
            known = work.people.get(person_id)
        if known is None:
            known = self._first_sight(workspace_id, person_id, until)
        if known.known:
            self._remember(known)
        return known

    def name(self, workspace_id: str, person_id: str | None, work: Work | None = None) -> str | None:
        """The name to show; the id where nobody knows better. Never asks Slack.

        Whoever holds a transaction gives it: a second connection might be one too many.
        """
        if person_id is None:
            return None
        held = self._people.get((workspace_id, person_id))
        if held:
            return held[1].name
        known = work.people.get(person_id) if work else self._looked_up(workspace_id, person_id)
        if known is None:
            return person_id
        self._remember(known)
        return known.name

    def _looked_up(self, workspace_id: str, person_id: str) -> Person | None:
        try:
            with self._archive.read(workspace_id) as work:
                return work.people.get(person_id)
        except ArchiveDown:
            return None

    def learn(self, workspace_id: str, described: Mapping[str, object], until: float | None = None) -> Person:
        """Keep a person as Slack describes them (`users.info`, `user_change`, `team_join`).

        What their absence or return changes is painted at the next beat, or once whoever calls wakes the courier.
        """
        person = read_person(workspace_id, described)
        with self._archive.begin(workspace_id, until) as work:
            known = work.people.get(person.id)
            if known and "locale" not in described:
                person = replace(person, language=known.language)
            work.people.keep(person, self._clock())
            kept = work.people.get(person.id) or person
            note_absence(work, known, kept)
        self._remember(kept)
        return kept

    def forget_person(self, workspace_id: str, person_id: str) -> None:
        self._people.pop((workspace_id, person_id), None)

    def _remember(self, person: Person) -> None:
        with self._lock:
            self._people[person.workspace_id, person.id] = (
                time.monotonic() + REMEMBERED_SECONDS,
                person,
            )

    def _first_sight(self, workspace_id: str, person_id: str, until: float | None) -> Person:
        stranger = Person(workspace_id, person_id, person_id, known=False)
        if until is not None and until - time.monotonic() < FIRST_SIGHT_SECONDS:
            return stranger
        try:
            answer = self._slack.users_info(user=person_id, include_locale=True)
            described = answer["user"]
        except (SlackClientError, OSError, HTTPException, ValueError) as error:
            log.warning("users.info did not describe %s: %s", person_id, type(error).__name__)
            return stranger
        return self.learn(workspace_id, described, until)


def read_person(workspace_id: str, described: Mapping[str, object]) -> Person:
    profile = described.get("profile")
    names: Mapping[str, object] = profile if isinstance(profile, Mapping) else {}
    shown = names.get("display_name") or described.get("real_name") or described.get("name")
    person = Person(
        workspace_id,
        str(described["id"]),
        str(shown or described["id"]),
        slack_role=_slack_role(workspace_id, described),
        standing=_standing(workspace_id, described),
        language=str(described.get("locale") or "") or None,
        zone=str(described.get("tz") or "") or None,
        # No app has a say here: not as the last admin either.
        active=not described.get("deleted") and not described.get("is_bot"),
    )
    return replace(person, name=person.name[:255])


def names_of(described: Mapping[str, object]) -> frozenset[str]:
    """All that somebody is called in Slack: what they chose to be shown as, their full name, their handle."""
    profile = described.get("profile")
    told: Mapping[str, object] = profile if isinstance(profile, Mapping) else {}
    found = (
        told.get("display_name"),
        told.get("real_name"),
        described.get("real_name"),
        described.get("name"),
    )
    return frozenset(str(name) for name in found if name)


def _slack_role(workspace_id: str, described: Mapping[str, object]) -> Role:
    if _standing(workspace_id, described) is not Standing.MEMBER or described.get("is_bot"):
        return Role.VIEWER
    if described.get("is_admin") or described.get("is_owner"):
        return Role.ADMIN
    return Role.REP


def _standing(workspace_id: str, described: Mapping[str, object]) -> Standing:
    if described.get("is_stranger") or described.get("team_id", workspace_id) != workspace_id:
        return Standing.OUTSIDER
    is_guest = described.get("is_restricted") or described.get("is_ultra_restricted")
    return Standing.GUEST if is_guest else Standing.MEMBER
