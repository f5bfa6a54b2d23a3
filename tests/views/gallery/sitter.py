"""Who sits for a portrait: one deal, in one language, before eyes that may see money or not."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from handlers.answer import Answer
from handlers.directory import Directory
from handlers.house import House
from handlers.newer_blocks import NewerBlocks
from handlers.request import Door, Request
from handlers.services import Services
from handlers.texts.english import English
from handlers.views.deal_card import CardFacts
from pipeline.deal import Change, ChangeKind, Deal, FieldChange, Move
from pipeline.finding import Called, Found
from pipeline.letters import JSONDict, LetterKind, Sent
from pipeline.money import Money
from pipeline.names import fold
from pipeline.occasion import Outcome
from pipeline.ownership import Owner
from pipeline.people import Channel, Person
from pipeline.permissions import Role
from pipeline.ports import Archive, Work
from pipeline.shapes import StoredSettings
from pipeline.stages import DEFAULT_STAGES, Field, Pipeline, Stage, StagePlan

Wall = dict[str, JSONDict]
"""Payloads by name: a message has `text` and `blocks`, a view has a `type`."""

TEAM, ANA, BEN = "T0SALES", "U0ANA", "U0BEN"
SALES, LEADS, STRANGE = "C0SALES", "C0LEADS", "C0STRANGE"
NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
VALUE = Money(765_432_100, "EUR")
FORMER_VALUE = Money(765_432_000, "EUR")
PEOPLE = {
    ANA: Person(TEAM, ANA, "Ana", Role.REP),
    BEN: Person(TEAM, BEN, "Ben", Role.MANAGER),
}
CHANNELS = {
    SALES: Channel(TEAM, SALES, "sales", member=True, known=True),
    LEADS: Channel(TEAM, LEADS, "leads", member=True, known=True),
}


def pictured(answers: Mapping[str, Answer]) -> Wall:
    """Each as every Slack takes it, and as the newer ones do."""
    wall: Wall = {}
    for called, answer in answers.items():
        wall[called] = answer.message()
        newest = answer.newest()
        if newest:
            wall[f"{called}_pictured"] = newest
    return wall


def pipeline_of(plans: Sequence[StagePlan]) -> Pipeline:
    stages = tuple(
        Stage(
            place,
            plan.key,
            plan.english,
            plan.german,
            plan.kind,
            place,
            plan.chance,
            plan.patience,
            plan.gate,
            plan.category,
        )
        for place, plan in enumerate(plans, start=1)
    )
    return Pipeline(1, "default", "Default", 1, stages)


PIPELINE = pipeline_of(DEFAULT_STAGES)
DEAL = Deal(
    id=42,
    workspace_id=TEAM,
    number=42,
    pipeline_id=1,
    stage_id=3,
    title="Acme renewal",
    version=7,
    created_at=NOW - timedelta(days=20),
    created_by=ANA,
    entered_at=NOW - timedelta(days=3),
    changed_at=NOW - timedelta(days=1),
    company="Acme Corp",
    contact="Jo Fields",
    value=VALUE,
    owner_id=ANA,
    need="A new pump",
    budget="Approved",
    source="Website",
    close_on=date(2026, 12, 15),
    next_step="Send the offer",
    next_step_on=date(2026, 11, 20),
)


@dataclass(frozen=True)
class Sitter:
    deal: Deal
    texts: English
    money: bool = True
    pipeline: Pipeline = PIPELINE
    merged_into: str = ""
    owner: Owner | None = None
    others: tuple[Pipeline, ...] = ()

    @property
    def pipelines(self) -> tuple[Pipeline, ...]:
        return self.pipeline, *self.others

    def with_deal(self, **changes: Any) -> "Sitter":
        return replace(self, deal=replace(self.deal, **changes))

    def at(self, key: str) -> "Sitter":
        """The deal in another stage, closed where the stage is."""
        stage = self.stage(key)
        reason = "Too expensive" if key == "lost" else ""
        return self.with_deal(
            stage_id=stage.id, closed_at=None if stage.is_open else NOW, reason=self.deal.reason or reason
        )

    def stage(self, key: str) -> Stage:
        stage = self.pipeline.keyed(key)
        assert stage, key
        return stage

    @property
    def facts(self) -> CardFacts:
        owner = self.owner or (Owner(PEOPLE[self.deal.owner_id].name) if self.deal.owner_id else None)
        named = self.pipeline.name if self.others else ""
        return CardFacts(self.deal, self.pipeline, owner, self.money, NOW, self.merged_into, named)

    def request(self, door: Door = Door.COMMAND, **given: Any) -> Request:
        asked = Request(
            door,
            "request",
            TEAM,
            PEOPLE[ANA],
            NOW,
            0.0,
            self.texts,
            self.money,
            channel_id=SALES,
            subject="move",
        )
        return replace(asked, **given)

    def outcome(self, change: Change, **given: Any) -> Outcome:
        return Outcome(self.deal, change, self.pipeline, **given)

    def change(self, kind: ChangeKind, version: int = 7, **given: Any) -> Change:
        return Change(kind, version, given.pop("by", BEN), given.pop("at", NOW), id=version, **given)

    def move(self, start: str, end: str, kind: ChangeKind = ChangeKind.MOVED, **given: Any) -> Change:
        moved = Move(self.stage(start).id, self.stage(end).id, NOW - timedelta(days=3))
        return self.change(kind, move=moved, **given)

    def edit(self, kind: ChangeKind = ChangeKind.EDITED, **given: Any) -> Change:
        """The value, the owner, a date and a text are said; the source is taken away."""
        deal = self.deal
        fields = (
            FieldChange(Field.VALUE, FORMER_VALUE, deal.value),
            FieldChange(Field.OWNER, None, deal.owner_id),
            FieldChange(Field.CLOSE_ON, None, deal.close_on),
            FieldChange(Field.COMPANY, "", deal.company),
            FieldChange(Field.SOURCE, deal.source, ""),
        )
        return self.change(kind, fields=fields, **given)

    def work(
        self,
        *,
        changes: Sequence[Change] = (),
        living: tuple[str, str] | None = None,
        mine: Sequence[Deal] = (),
        total: int = 0,
        unowned: Sequence[Deal] = (),
        sent: LetterKind = LetterKind.WIN,
    ) -> Work:
        """One deal's archive, as far as a view asks."""
        shown = (
            dict(CHANNELS)
            if self.money
            else {key: replace(each, money_off=True) for key, each in CHANNELS.items()}
        )
        deals = SimpleNamespace(
            by_id=lambda _id: self.deal,
            by_number=lambda _number: self.deal,
            called_lately=lambda _limit: [Called(42, fold(self.deal.title), fold(self.deal.company))],
            history=lambda _deal, limit: changes[:limit],
            change=lambda _deal, _version: changes[0] if changes else None,
            find=lambda wanted, _page, limit: (
                Found(unowned[:limit], len(unowned)) if wanted.newest else Found(mine, total)
            ),
        )
        return cast(
            "Work",
            SimpleNamespace(
                workspace_id=TEAM,
                deals=deals,
                stages=SimpleNamespace(pipeline=lambda _id=None: self.pipeline, all=lambda: self.pipelines),
                people=SimpleNamespace(get=PEOPLE.get, roles=lambda: list(PEOPLE.values())),
                channels=SimpleNamespace(get=shown.get),
                cards=SimpleNamespace(living=lambda _id: living),
                settings=SimpleNamespace(stored=StoredSettings),
                outbox=SimpleNamespace(
                    sent_as=lambda _id: Sent(sent, "win:7", SALES, "1.2", {"reason": "first"})
                ),
            ),
        )

    def services(self, work: Work | None = None) -> Services:
        archive = cast("Archive", _Archive(work or self.work()))
        return Services(
            archive=archive,
            house=House(ZoneInfo("Europe/Berlin"), self.texts, "EUR", LEADS),
            directory=Directory(archive, cast("Any", None), lambda: NOW),
            slack=cast("Any", None),
            workspace=lambda: None,
            clock=lambda: NOW,
            wake=lambda: None,
            channel_is_back=lambda _workspace, _channel: None,
            permalink=lambda channel, ts: (
                f"https://sales.slack.com/archives/{channel}/p{ts.replace('.', '')}"
            ),
            newer=NewerBlocks(),
            speak=lambda _url, _text: None,
        )


@dataclass(frozen=True)
class _Archive:
    work: Work

    @contextmanager
    def read(self, _workspace_id: str, _until: float | None = None, **_still: bool) -> Iterator[Work]:
        yield self.work


def name(person_id: str | None) -> str | None:
    return PEOPLE[person_id].name if person_id else None
