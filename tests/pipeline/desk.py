"""A desk at which a test does what people do: one committed transaction for each act."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from pipeline.acts import Appointed, appoint
from pipeline.creating import create
from pipeline.deal import Change, Deal
from pipeline.editing import claim, edit
from pipeline.forgetting import Forgotten, forget
from pipeline.letters import LetterKind
from pipeline.merging import merge
from pipeline.money import Money
from pipeline.moving import move, reopen
from pipeline.noting import note, void
from pipeline.occasion import Occasion, Outcome
from pipeline.orders import Appoint, Claim, Edit, Forget, Merge, Move, New, Note, Reopen, Said, Undo, Void
from pipeline.people import Channel
from pipeline.permissions import Role
from pipeline.stages import Field, Pipeline, Stage
from pipeline.undoing import undo
from storage.post_tables import OutboxRow
from storage.store import Store

# Enough for every gate of the default pipeline.
FILLED: Said = {
    Field.CONTACT: "Jo",
    Field.NEED: "Order",
    Field.BUDGET: "50k",
    Field.VALUE: Money(5_000_000, "EUR"),
    Field.CLOSE_ON: date(2026, 12, 15),
    Field.NEXT_STEP: "Call",
    Field.NEXT_STEP_ON: date(2026, 11, 20),
    Field.REASON: "Price",
}


class Desk:
    """`at` is the moment of every act, until a test moves it on; `channel` is the main channel."""

    def __init__(self, store: Store, team: str, at: datetime, by: str) -> None:
        self.store = store
        self.team = team
        self.at = at
        self.by = by
        self.channel: str | None = None

    def occasion(self, by: str | None = None) -> Occasion:
        return Occasion(by or self.by, self.at, self.channel)

    def new(
        self,
        title: str = "Acme",
        by: str | None = None,
        fields: Said | None = None,
        *,
        channel: str | None = None,
        again: bool = False,
    ) -> Deal:
        asked = New({Field.TITLE: title, **(fields or {})}, channel, again=again)
        with self.store.begin(self.team) as work:
            return create(work, self.occasion(by), asked).deal

    def filled(self, title: str = "Acme", by: str | None = None) -> Deal:
        """A deal that passes every gate but the one of reasons."""
        said: Said = {field: value for field, value in FILLED.items() if field is not Field.REASON}
        return self.new(title, by, said)

    def move(
        self,
        deal: Deal | int,
        stage: str,
        by: str | None = None,
        *,
        expected: int | None = None,
        fields: Said | None = None,
        note: str = "",
    ) -> Outcome:
        number = deal if isinstance(deal, int) else deal.number
        asked = Move(number, self.stage(stage).id, expected, note, fields or {})
        with self.store.begin(self.team) as work:
            return move(work, self.occasion(by), asked)

    def lose(self, deal: Deal | int, by: str | None = None) -> Outcome:
        return self.move(deal, "lost", by, fields={Field.REASON: "Price"})

    def reopen(
        self,
        deal: Deal,
        by: str | None = None,
        *,
        stage: str | None = None,
        expected: int | None = None,
        fields: Said | None = None,
    ) -> Outcome:
        stage_id = self.stage(stage).id if stage else None
        with self.store.begin(self.team) as work:
            return reopen(work, self.occasion(by), Reopen(deal.number, stage_id, expected, fields or {}))

    def edit(
        self, deal: Deal, fields: Said, by: str | None = None, *, expected: int | None = None
    ) -> Outcome:
        with self.store.begin(self.team) as work:
            return edit(work, self.occasion(by), Edit(deal.number, fields, expected))

    def claim(self, deal: Deal, by: str | None = None, *, expected: int | None = None) -> Outcome:
        with self.store.begin(self.team) as work:
            return claim(work, self.occasion(by), Claim(deal.number, expected))

    def note(self, deal: Deal, text: str = "They called", by: str | None = None) -> Outcome:
        with self.store.begin(self.team) as work:
            return note(work, self.occasion(by), Note(deal.number, text))

    def void(self, deal: Deal, by: str | None = None, *, expected: int | None = None) -> Outcome:
        with self.store.begin(self.team) as work:
            return void(work, self.occasion(by), Void(deal.number, expected))

    def merge(self, kept: Deal, gone: Deal, by: str | None = None) -> Outcome:
        with self.store.begin(self.team) as work:
            return merge(work, self.occasion(by), Merge(kept.number, gone.number))

    def forget(self, contact: str, by: str | None = None, *, certain: bool = True) -> Forgotten:
        with self.store.begin(self.team) as work:
            return forget(work, self.occasion(by), Forget(contact, certain=certain))

    def undo(self, deal: Deal, by: str | None = None, *, expected: int | None = None) -> Outcome:
        with self.store.begin(self.team) as work:
            return undo(work, self.occasion(by), Undo(deal.number, expected))

    def appoint(self, person: str, role: Role | None, by: str | None = None) -> Appointed:
        with self.store.begin(self.team) as work:
            return appoint(work, self.occasion(by), Appoint(person, role))

    def deal(self, deal: Deal | int) -> Deal:
        with self.store.read(self.team) as work:
            return work.deals.by_number(deal if isinstance(deal, int) else deal.number)

    def history(self, deal: Deal) -> Sequence[Change]:
        """Oldest first."""
        with self.store.read(self.team) as work:
            return tuple(reversed(work.deals.history(deal, 1000)))

    @property
    def pipeline(self) -> Pipeline:
        with self.store.read(self.team) as work:
            return work.stages.pipeline()

    def stage(self, key: str) -> Stage:
        stage = self.pipeline.keyed(key)
        assert stage, key
        return stage

    def letters(self, kind: LetterKind) -> Sequence[Row[Any]]:
        mine = select(OutboxRow.__table__).where(OutboxRow.workspace_id == self.team, OutboxRow.kind == kind)
        with self.store.read(self.team) as work:
            return work.tx.execute(mine.order_by(OutboxRow.id)).all()

    def keep_channel(self, channel: Channel) -> None:
        with self.store.begin(self.team) as work:
            work.channels.keep(channel, self.at)
