"""A contact is forgotten: the name goes from rows, history, answers and messages, the figures stay."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.deal import Change, ChangeKind, Deal
from pipeline.errors import Overtaken, UnknownContact
from pipeline.letters import reword_letter
from pipeline.occasion import Occasion, require
from pipeline.orders import Forget, Said
from pipeline.permissions import Act
from pipeline.ports import VersionLost, Work
from pipeline.stages import LIMITS, Field

GONE = "…"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many deals no longer know their contact."""

    deals: int


class Uncertain(Exception):  # noqa: N818 - a question, not a defect
    """Nothing is forgotten before somebody was told of how many deals: it cannot be taken back."""

    def __init__(self, deals: int) -> None:
        super().__init__(deals)
        self.deals = deals


def forget(work: Work, occasion: Occasion, order: Forget) -> Forgotten:
    """Raises Uncertain."""
    require(work, occasion, Act.FORGET)
    deals = work.deals.contacted(order.contact)
    if not deals:
        raise UnknownContact
    if not order.certain:
        raise Uncertain(len(deals))
    names = sorted({deal.contact for deal in deals}, key=len, reverse=True)
    for deal in deals:
        _blank(work, occasion, deal, names)
    for told in work.deals.erase(deals, names):
        work.outbox.put(reword_letter(told, occasion.at))
    return Forgotten(len(deals))


def without(text: str, names: Sequence[str]) -> str:
    """Whatever its case, each name is three dots."""
    return re.sub("|".join(re.escape(name) for name in names), GONE, text, flags=re.IGNORECASE)


def _blank(work: Work, occasion: Occasion, deal: Deal, names: Sequence[str]) -> None:
    said: Said = {field: without(str(deal.said(field)), names) for field in LIMITS}
    blank = deal.saying({**said, Field.CONTACT: ""})
    after = replace(blank, version=deal.version + 1, changed_at=occasion.at)
    change = Change(ChangeKind.FORGOTTEN, after.version, occasion.by, occasion.at)
    try:
        work.deals.save(deal, after, change)
    except VersionLost:
        fresh = work.deals.by_id(deal.id)
        stage = work.stages.pipeline(fresh.pipeline_id).stage(fresh.stage_id)
        raise Overtaken(fresh, stage, work.deals.change(fresh, fresh.version)) from None
