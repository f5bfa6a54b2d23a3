"""One request, whichever door it came through."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from handlers.services import Services
from handlers.texts.english import English
from handlers.texts.languages import texts
from handlers.trace import Trace
from pipeline.letters import JSONDict
from pipeline.money import Money
from pipeline.occasion import Occasion
from pipeline.people import Person
from pipeline.permissions import Act

# Slack waits for three seconds; every wait ends before.
ANSWER_SECONDS = 2.5


class Door(StrEnum):
    COMMAND = "command"
    CLICK = "click"
    HOME = "home"
    FORM = "form"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Request:
    """`id` is the same for every delivery of one request; `until` ends every wait (monotonic seconds).

    `escaped` is the command as Slack sent it, so that a button can repeat it.
    """

    door: Door
    id: str
    workspace_id: str
    person: Person
    at: datetime
    until: float
    texts: English
    money: bool
    channel_id: str | None = None
    thread_ts: str | None = None
    trigger_id: str | None = None
    response_url: str | None = None
    on_ephemeral: bool = False
    currency: str = "EUR"
    subject: str = ""
    escaped: str = ""
    note: str = ""
    again: bool = False
    page: int = 1
    offered: Money | None = None
    origin: JSONDict = field(default_factory=dict)
    values: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    trace: Trace = field(default_factory=Trace)

    def occasion(self, services: Services) -> Occasion:
        return Occasion(self.person.id, self.at, services.house.main_channel)

    def may(self, act: Act) -> bool:
        """Whether who reads the answer may; what is said below a mention is read by everybody."""
        return self.door is Door.MENTION or self.person.may(act)


def deadline(received: float | None) -> float:
    return (received if received is not None else time.monotonic()) + ANSWER_SECONDS


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a request and when it came in."""

    workspace_id: str
    person_id: str
    until: float


def by_person(services: Services, sender: Sender) -> tuple[Person, English]:
    """The person and their language; the workspace's own where theirs is not known. Raises ArchiveDown."""
    services.house.freshen(services.archive, sender.workspace_id, sender.until)
    person = services.directory.person(sender.workspace_id, sender.person_id, sender.until)
    return person, texts(person.language) if person.language else services.house.texts
