"""A sales team's last 18 months, played through the same acts that people use."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import cast

from bot.samples_lives import ANA, BEN, MIA, Step, lives
from pipeline.acts import carry_out
from pipeline.calling import say_call, set_target
from pipeline.calls import SayCall, SetTarget, preceding, span_at
from pipeline.deal import Deal
from pipeline.errors import AlreadySaid
from pipeline.kept_forecasts import Period
from pipeline.letters import JSONDict, Letter, Sent, card_letter
from pipeline.occasion import Occasion, Outcome
from pipeline.orders import New
from pipeline.permissions import Role
from pipeline.ports import (
    Bottlenecks,
    Calls,
    Cards,
    Channels,
    Deals,
    Forecasts,
    Homes,
    Past,
    People,
    Receipts,
    Settings,
    Stages,
    Work,
)
from storage.store import Store

SHOWN = 3


def write_samples(store: Store, workspace_id: str, at: datetime, channel_id: str) -> int:
    """In one transaction; how many deals. The newest get a card in the channel, nothing else is said of them."""
    with store.begin(workspace_id) as work:
        work.people.appoint(MIA, Role.MANAGER)
        deals = _play(_Silent.of(work), at)
        _foretell(work, at)
        newest = sorted(deals, key=lambda deal: deal.created_at)[-SHOWN:]
        for deal in newest:
            work.outbox.put(card_letter(deal.id, channel_id, deal.created_by, None))
    return len(deals)


def _play(work: Work, at: datetime) -> Sequence[Deal]:
    """Everybody's steps in the order in which they were taken."""
    told = lives(work.stages.pipeline(), at.astimezone(UTC).date())
    steps = [(step.at, place, step) for place, life in enumerate(told) for step in life.steps]
    deals: dict[int, Deal] = {}
    for _, place, step in sorted(steps, key=lambda each: each[:2]):
        deals[place] = _take(work, step, deals.get(place))
    return tuple(deals.values())


def _foretell(work: Work, at: datetime) -> None:
    """What was said of this quarter and of the last one, a few days into each."""
    present = span_at(Period.QUARTER, at.date())
    pipeline_id = work.stages.pipeline().id
    for span in (preceding(present), present):
        said = min(at, datetime.combine(span.first, at.timetz()) + timedelta(days=3))
        set_target(work, Occasion(MIA, said), SetTarget(pipeline_id, span, "EUR", 500_000_00))
        for who, euros in ((ANA, 160_000), (BEN, 130_000), (MIA, 480_000)):
            call = SayCall(pipeline_id, span, "EUR", euros * 100, team=who == MIA)
            say_call(work, Occasion(who, said), call)


def _take(work: Work, step: Step, deal: Deal | None) -> Deal:
    order = step.order
    if deal is not None and not isinstance(order, New):
        order = replace(order, number=deal.number)
    try:
        return cast("Outcome", carry_out(work, Occasion(step.by, step.at), order)).deal
    except AlreadySaid as said:
        return said.deal


class _NoPost:
    """What happened long ago is told to nobody."""

    def put(self, _letter: Letter) -> None:
        return

    def is_waiting(self, _key: str) -> bool:
        return False

    def take_back(self, _key: str) -> None:
        return

    def sent_as(self, _letter_id: int) -> Sent | None:
        return None

    def reply(self, _request_id: str, _payload: JSONDict) -> None:
        return


@dataclass(frozen=True)
class _Silent:
    """A transaction whose letters go nowhere."""

    workspace_id: str
    deals: Deals
    past: Past
    stages: Stages
    people: People
    channels: Channels
    receipts: Receipts
    homes: Homes
    cards: Cards
    outbox: _NoPost
    settings: Settings
    bottlenecks: Bottlenecks
    forecasts: Forecasts
    calls: Calls

    @classmethod
    def of(cls, work: Work) -> "_Silent":
        return cls(
            work.workspace_id,
            work.deals,
            work.past,
            work.stages,
            work.people,
            work.channels,
            work.receipts,
            work.homes,
            work.cards,
            _NoPost(),
            work.settings,
            work.bottlenecks,
            work.forecasts,
            work.calls,
        )
