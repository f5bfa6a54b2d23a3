"""A workspace's settings: what an admin has set in Slack, else what the environment says."""

import time
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.texts.english import English
from handlers.texts.languages import texts
from pipeline.money import is_currency
from pipeline.ports import Archive, Work
from pipeline.shapes import Setting, StoredSettings
from pipeline.zones import zones

# How long this copy may go on with what another copy has changed meanwhile.
REMEMBERED_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _Facts:
    zone: ZoneInfo
    texts: English
    currency: str
    main_channel: str | None


class House:
    """Read at every request, from memory; safe to use from many threads."""

    def __init__(self, zone: ZoneInfo, texts: English, currency: str, main_channel: str | None) -> None:
        self._given = _Facts(zone, texts, currency, main_channel)
        self._present = self._given
        self._stored = StoredSettings()
        self._until = 0.0

    @property
    def zone(self) -> ZoneInfo:
        return self._present.zone

    @property
    def texts(self) -> English:
        return self._present.texts

    @property
    def currency(self) -> str:
        return self._present.currency

    @property
    def main_channel(self) -> str | None:
        return self._present.main_channel

    def today(self, at: datetime) -> date:
        """The one today: overdue, stale and close dates are judged by it in every view."""
        return self.local(at).date()

    def local(self, at: datetime) -> datetime:
        """As the team's clocks show it: what is written by hand, where Slack shows no reader's own time."""
        return at.astimezone(self.zone)

    def is_stored(self, setting: Setting) -> bool:
        """Whether it was set in Slack, rather than in the environment."""
        return getattr(self._stored, setting.value) is not None

    def freshen(self, archive: Archive, workspace_id: str, until: float | None) -> None:
        """Raises ArchiveDown."""
        if self._until < time.monotonic():
            with archive.read(workspace_id, until) as work:
                self.heed(work)

    def heed(self, work: Work) -> None:
        """What is stored now, whatever this copy remembered."""
        stored = work.settings.stored()
        self._until = time.monotonic() + REMEMBERED_SECONDS
        if stored != self._stored:
            self._stored, self._present = stored, _settled(self._given, stored)

    def forget(self) -> None:
        self._until = 0.0


def _settled(given: _Facts, stored: StoredSettings) -> _Facts:
    """What cannot be used any more, such as a zone that was given up, gives way to the environment's."""
    facts = given
    if stored.zone in zones():
        facts = replace(facts, zone=ZoneInfo(stored.zone))
    if stored.language:
        facts = replace(facts, texts=texts(stored.language))
    if stored.currency and is_currency(stored.currency):
        facts = replace(facts, currency=stored.currency)
    return replace(facts, main_channel=stored.main_channel or facts.main_channel)
