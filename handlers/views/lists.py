"""A page of a list: what was asked for, how many there are, a page of them, and what they are worth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers import blocks
from handlers.actions import Action, value
from handlers.answer import Answer, told
from handlers.blocks import Block, button, rich
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.deal_card import CardFacts
from handlers.views.naming import ownership
from handlers.views.rows import deal_lines
from handlers.views.turning import Page, turning
from pipeline.finding import Found, Wanted
from pipeline.ownership import Owner
from pipeline.stages import Pipeline

PAGE = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """Of all `pipelines`; `owners` are those of the page's deals and the wanted ones.

    `command` is what turning the page repeats.
    """

    found: Found
    wanted: Wanted
    pipelines: Sequence[Pipeline]
    owners: Mapping[str, Owner]
    command: str
    money: bool
    may_create: bool

    @property
    def page(self) -> Page:
        found = self.found
        return Page(found.before, len(found.deals), found.total, PAGE, self.command)

    def rows(self) -> Iterator[CardFacts]:
        """Each names its pipeline, unless the list is of one."""
        told = len(self.pipelines) > 1 and not self.wanted.pipeline_id
        for deal in self.found.deals:
            pipeline = self.pipeline(deal.pipeline_id)
            name = pipeline.name if told else ""
            owner = self.owners[deal.owner_id] if deal.owner_id else None
            yield CardFacts(deal, pipeline, owner, self.money, self.wanted.now, pipeline_name=name)

    def pipeline(self, pipeline_id: int) -> Pipeline:
        return next(each for each in self.pipelines if each.id == pipeline_id)


def listed(facts: Listed, texts: English) -> Answer:
    asked = " · ".join(asked_for(facts.wanted, facts.pipelines, facts.owners, texts))
    if not facts.found.total:
        nothing = texts.list_empty(asked) if asked else texts.nothing_open(may_create=facts.may_create)
        return told(nothing)
    title = texts.list_title(closed_too=facts.wanted.closed_too)
    shown: list[Block] = [
        blocks.header(f"{title}: {asked}" if asked else title),
        blocks.section(_count(facts, texts)),
        *(block for each in facts.rows() for block in _row(each, texts)),
    ]
    turn, worth = turning(facts.page, texts), _worth(facts, texts)
    tail = [*([blocks.context(worth)] if worth else []), *([blocks.actions(*turn)] if turn else [])]
    return Answer(blocks.read_out(shown), (*shown, *tail))


def _row(facts: CardFacts, texts: English) -> tuple[Block, Block]:
    deal = facts.deal
    run = value(run=f"show {deal.code}", keep=True)
    show = button(texts.show_deal, f"{Action.RUN}/show", run, label=texts.show_label(deal.code))
    claim = button(
        texts.claim_deal,
        Action.CLAIM,
        value(d=deal.number, v=deal.version, keep=True),
        label=texts.claim_label(deal.code),
    )
    free = facts.unowned and facts.stage.is_open
    return rich(*deal_lines(facts, texts)), blocks.actions(show, *([claim] if free else []))


def asked_for(
    wanted: Wanted, pipelines: Sequence[Pipeline], owners: Mapping[str, Owner], texts: English
) -> Iterator[str]:
    """The filters, said back."""
    if wanted.words:
        yield texts.list_words(isolate(wanted.words))
    if wanted.pipeline_id:
        name = next(each.name for each in pipelines if each.id == wanted.pipeline_id)
        yield texts.pipeline_called(isolate(name))
    known = {stage.id: stage for each in pipelines for stage in each.stages}
    yield from dict.fromkeys(texts.stage(known[stage_id]) for stage_id in wanted.stage_ids)
    for owner_id in dict.fromkeys(wanted.owner_ids):
        yield ownership(owners[owner_id], texts, open_=False)
    if wanted.unowned:
        yield texts.unowned
    if wanted.stale:
        yield texts.stale
    if wanted.overdue:
        yield texts.overdue
    if wanted.parked:
        yield texts.at_rest
    if wanted.over:
        yield texts.list_over(texts.money(wanted.over))
    if wanted.closing:
        yield texts.list_closing(*map(texts.day, wanted.closing))


def _count(facts: Listed, texts: English) -> str:
    page, order = facts.page, texts.order(facts.wanted.order)
    return texts.list_count(page.total, order) if page.is_all else texts.list_page(*page.ends, order)


def _worth(facts: Listed, texts: English) -> str:
    """Nothing for a list of open, won and lost deals together: such a sum would mean nothing."""
    found = facts.found
    if not facts.money or facts.wanted.words:
        return ""
    sums = [texts.total(minor, currency) for currency, minor in found.sums.items()]
    said = (texts.list_worth(sums) if sums else "", texts.unvalued(found.unvalued) if found.unvalued else "")
    return " ".join(part for part in said if part)
