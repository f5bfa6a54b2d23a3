"""What happened to a deal, newest first, a page at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from handlers import blocks
from handlers.answer import Answer
from handlers.blocks import Block, moment, rich, words
from handlers.texts.english import English
from handlers.views.answers import Names, field_sentence, who
from handlers.views.naming import called
from handlers.views.turning import Page, turning
from pipeline.deal import Change, ChangeKind, Deal
from pipeline.finding import Order
from pipeline.stages import Pipeline

PAGE = 20


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of `changes`, `before` which stand newer ones; `undone` are the ids of those that were taken back.

    `zone` is the workspace's: the day is written so where Slack shows no reader's own.
    """

    deal: Deal
    pipeline: Pipeline
    changes: Sequence[Change]
    names: Names
    money: bool
    before: int
    undone: Collection[int]
    zone: tzinfo


def history(facts: HistoryPage, texts: English) -> Answer:
    deal = facts.deal
    title = texts.history_of(*called(deal))
    lines = [_line(change, facts, texts) for change in facts.changes]
    # The code names the deal where the thread of a card did.
    page = Page(facts.before, len(lines), deal.version, PAGE, f"history {deal.code}")
    turn = turning(page, texts)
    told = [] if page.is_all else [blocks.section(texts.list_page(*page.ends, texts.order(Order.NEWEST)))]
    shown = [blocks.header(title), *told, *lines]
    return Answer(blocks.read_out(shown), (*shown, *([blocks.actions(*turn)] if turn else [])))


def _line(change: Change, facts: HistoryPage, texts: English) -> Block:
    what = texts.change(change.kind)
    if change.move:
        stages = (change.move.from_stage_id, change.move.to_stage_id)
        what = " → ".join(texts.stage(facts.pipeline.stage(each)) for each in stages)
        if change.kind in (ChangeKind.UNDONE, ChangeKind.REOPENED):
            what = f"{what} ({texts.change(change.kind)})"
    head = texts.history_line(what, who(facts.names, change.by))
    written = texts.day(change.at.astimezone(facts.zone).date())
    first = [words(head, strike=change.id in facts.undone), moment(change.at, written)]
    said = [field_sentence(each, texts, facts.names, money=facts.money) for each in change.fields]
    lines = [first, *([words(line)] for line in (*said, change.note) if line)]
    return rich(*lines)
