"""What the rules ask of an archive, in one transaction."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from pipeline.bridge import Crossing, Scope
from pipeline.calls import Call, Closing, SayCall, SetTarget, Span, Won
from pipeline.deal import Change, Deal
from pipeline.finding import Called, Found, Heap, Wanted
from pipeline.kept_forecasts import KeptForecast
from pipeline.letters import JSONDict, Letter, Sent, Told
from pipeline.orders import Said
from pipeline.people import Channel, Person, Workspace
from pipeline.permissions import Role
from pipeline.priority import Candidates
from pipeline.shapes import Setting, StoredSettings
from pipeline.stage_reports import Looked
from pipeline.stages import Pipeline, Stage, StagePlan


class VersionLost(Exception):  # noqa: N818 - the other person's change is no defect
    """The deal's row no longer bears the version that was read."""


class Deals(Protocol):
    def by_number(self, number: int) -> Deal:
        """Voided deals too; raises UnknownDeal."""

    def by_id(self, deal_id: int) -> Deal: ...

    def add(self, said: Said, *, stage: Stage, pipeline_id: int, by: str, at: datetime) -> Deal:
        """Raises VersionLost where the stage was archived meanwhile."""

    def save(self, before: Deal, after: Deal, change: Change) -> int:
        """Write `after` with its change; the change's id.

        Raises VersionLost, also where the stage that it enters was archived meanwhile.
        """

    def made_lately(self, title: str, by: str, since: datetime) -> Deal | None: ...

    def change(self, deal: Deal, version: int) -> Change | None:
        """The change that made this version."""

    def history(self, deal: Deal, limit: int, before: int = 0) -> Sequence[Change]:
        """Newest first, undone ones and their undoing included; `before` are left out, the newest."""

    def closed_from(self, deal: Deal) -> int | None:
        """The open stage that a closed deal was closed from."""

    def won_values_since(self, deal: Deal, since: datetime) -> tuple[int, int | None]:
        """How many others were ever won; the highest value won since then, in the deal's minor units."""

    def matching(self, words: str, limit: int) -> Sequence[Deal]:
        """Deals whose title or company is, begins with or holds the words: the best kind only."""

    def called_lately(self, limit: int) -> Sequence[Called]:
        """What those deals are called that changed last; void ones are not among them."""

    def contacted(self, contact: str) -> Sequence[Deal]:
        """Every deal of a contact, void ones too."""

    def erase(self, deals: Sequence[Deal], names: Sequence[str]) -> Sequence[Told]:
        """Take names out of these deals' history, and out of every answer and message that is kept.

        What was said with a name in it, as far as that is known, stands in Slack still.
        """

    def standing_in(self, stage_id: int) -> Sequence[Deal]:
        """Deals of a stage that are not void, by number."""

    def counted(self, pipeline_id: int) -> Mapping[int, int]:
        """How many open deals stand in each stage that has any."""

    def open_of(self, person_id: str, limit: int) -> tuple[Sequence[Deal], int]:
        """A person's open deals, oldest stay first, and their true count."""

    def find(self, wanted: Wanted, page: int, size: int) -> Found:
        """A page of what is wanted, counted from 1; the last one where there are fewer."""

    def candidates(self, wanted: Wanted, most: int) -> Candidates:
        """For the top list; at most so many of them, the highest in value or, if so wanted, the neediest."""

    def those(self, deal_ids: Sequence[int]) -> Sequence[Deal]:
        """In the order in which they are named."""

    def board(self, pipeline_id: int, today: date, *, parked_too: bool = True) -> Sequence[Heap]:
        """Whether a deal is parked is judged by `today`."""


class Past(Protocol):
    def bridge(
        self, scope: Scope, since: datetime, today: date, until: datetime | None = None
    ) -> Crossing | None:
        """From a moment to another, or to now; none where so many deals changed that it would take too long.

        All its statements must see one moment (`Archive.read` with `still`). Parked is judged by `today`.
        """


class Stages(Protocol):
    def pipeline(self, pipeline_id: int | None = None) -> Pipeline:
        """The given pipeline, or the workspace's default."""

    def all(self) -> Sequence[Pipeline]:
        """Oldest first."""

    def save(self, before: Pipeline, stages: Sequence[Stage], at: datetime) -> Pipeline:
        """Stages as given and in that order; one without an id is added. Raises VersionLost."""

    def establish(self, key: str, name: str, plans: tuple[StagePlan, ...]) -> Pipeline: ...

    def rename(self, before: Pipeline, name: str) -> Pipeline:
        """Raises VersionLost."""

    def hold_names(self) -> None:
        """Wait for whoever is naming a pipeline, and have others wait."""

    def hold(self, stage_id: int) -> None:
        """Wait for the moves into a stage that are under way, and have further ones wait."""


class Forecasts(Protocol):
    def of(self, pipeline_id: int) -> Sequence[KeptForecast]:
        """By currency; nothing where none was reckoned yet."""


class Calls(Protocol):
    def say(self, order: SayCall, by: str, at: datetime, foreseen: int | None) -> None: ...

    def said(self, pipeline_id: int, span: Span) -> Sequence[Call]:
        """The newest of each person, currency and reach, as far as it was not taken back."""

    def set_target(self, order: SetTarget, by: str, at: datetime) -> None: ...

    def targets(self, pipeline_id: int, span: Span) -> Mapping[str, int]:
        """By currency."""

    def closing(self, pipeline_id: int, span: Span, today: date) -> Sequence[Closing]:
        """Open deals by currency and category; parked ones, judged by `today`, are omitted."""

    def unvalued_in(self, pipeline_id: int) -> str | None:
        """The currency to which deals without a value belong: most deals are in it."""

    def won(self, pipeline_id: int, since: datetime, until: datetime) -> Sequence[Won]: ...


class People(Protocol):
    def get(self, person_id: str) -> Person | None: ...

    def keep(self, person: Person, at: datetime) -> None: ...

    def roles(self) -> Sequence[Person]:
        """Active people by name."""

    def absent_owners(self) -> Sequence[Person]:
        """Who is written down as the owner of a deal and does not count as one."""

    def appoint(self, person_id: str, role: Role | None) -> None: ...

    def admins(self) -> Sequence[str]:
        """Active admins, their workspace locked against another appointment."""


class Channels(Protocol):
    def get(self, channel_id: str) -> Channel | None: ...

    def keep(self, channel: Channel, at: datetime) -> None: ...

    def carded(self, deal_id: int) -> str | None:
        """The channel in which the deal's card lives."""

    def show_money(self, channel_id: str, *, shown: bool) -> None: ...


class Outbox(Protocol):
    def put(self, letter: Letter) -> None:
        """Nothing happens where the key is there already."""

    def is_waiting(self, key: str) -> bool:
        """Whether a letter of this key is still to be sent."""

    def take_back(self, key: str) -> None:
        """Cancel an unsent letter, have a sent one edited to say that it no longer holds."""

    def sent_as(self, letter_id: int) -> Sent | None:
        """A letter that stands in a channel."""

    def reply(self, request_id: str, payload: JSONDict) -> None: ...


class Receipts(Protocol):
    def keep(self, kind: str, request_id: str, answer: JSONDict, at: datetime) -> None:
        """Raises AlreadyAnswered where another delivery came first."""

    def find(self, kind: str, request_id: str) -> JSONDict | None: ...


class Homes(Protocol):
    def opened(self, person_id: str, at: datetime) -> None: ...

    def touch(self, person_id: str | None) -> None:
        """Have a person's Home repainted, if they ever opened it."""

    def touch_all(self) -> None:
        """Have every Home that was ever opened repainted."""

    def notice(self, person_id: str, notice: JSONDict, at: datetime) -> None:
        """Say something on top of a person's Home for a while."""


class Cards(Protocol):
    def looked_at(self, deal_id: int) -> None:
        """Its repaint goes first."""

    def repaint_in(self, channel_id: str) -> None:
        """Paint a channel's cards anew, though no deal has changed."""

    def repaint_all(self, pipeline_id: int | None = None) -> None:
        """Paint the cards of a pipeline's deals anew, or of all."""

    def repaint_owned(self, person_id: str) -> None:
        """Paint the cards of a person's open deals anew."""

    def living(self, deal_id: int) -> tuple[str, str] | None:
        """Channel and `ts` of the newest living card."""

    def deal_shown(self, channel_id: str, ts: str) -> int | None:
        """The deal whose card is this message."""

    def living_in(self, deal_id: int, channel_id: str) -> tuple[str, int] | None:
        """`ts` and age in milliseconds of the living card in a channel."""


class Settings(Protocol):
    def stored(self) -> StoredSettings: ...

    def keep(self, setting: Setting, value: str | None) -> None: ...


class Bottlenecks(Protocol):
    def found(self, pipeline_id: int) -> Sequence[Looked]:
        """The latest reports on a pipeline: the one on all deals, then one for each currency."""


class Work(Protocol):
    """One transaction, one workspace."""

    @property
    def workspace_id(self) -> str: ...

    @property
    def deals(self) -> Deals: ...

    @property
    def past(self) -> Past: ...

    @property
    def stages(self) -> Stages: ...

    @property
    def forecasts(self) -> Forecasts: ...

    @property
    def calls(self) -> Calls: ...

    @property
    def people(self) -> People: ...

    @property
    def channels(self) -> Channels: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def receipts(self) -> Receipts: ...

    @property
    def homes(self) -> Homes: ...

    @property
    def cards(self) -> Cards: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def bottlenecks(self) -> Bottlenecks: ...


class Archive(Protocol):
    """Leaving `begin` without an exception commits; raises ArchiveDown; Superseded where a newer version writes."""

    def begin(self, workspace_id: str, until: float | None = None) -> AbstractContextManager[Work]:
        """A writing transaction; every wait ends by `until` (monotonic seconds)."""

    def read(
        self, workspace_id: str, until: float | None = None, *, still: bool = False
    ) -> AbstractContextManager[Work]:
        """All statements of a `still` one see the archive at one moment."""

    def workspace(self) -> Workspace | None: ...
