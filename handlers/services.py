"""What listeners are given: built once in bot.app, handed to each request by the one middleware."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from handlers.directory import Directory
from handlers.texts.english import English
from pipeline.people import Workspace
from pipeline.ports import Archive


@dataclass(frozen=True, slots=True)
class House:
    """A workspace's settings: zone, language, currency and main channel."""

    zone: ZoneInfo
    texts: English
    currency: str
    main_channel: str | None

    def today(self, at: datetime) -> date:
        """The one today: overdue, stale and close dates are judged by it in every view."""
        return at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Services:
    archive: Archive
    house: House
    directory: Directory
    slack: WebClient
    workspace: Callable[[], Workspace | None]
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    channel_is_back: Callable[[str, str], None]
    permalink: Callable[[str, str], str]
    speak: Callable[[str, str], None]
    """Best effort, from memory: post a text to a response URL while the archive is down."""
