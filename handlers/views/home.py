"""The Home tab: my open deals, what is to be done with them, and deals that nobody has taken yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from handlers import blocks
from handlers.actions import Action, value
from handlers.blocks import Block, button, rich
from handlers.texts.english import English
from handlers.views.deal_card import CardFacts, asking_menu, claim_button
from handlers.views.rows import deal_lines
from pipeline.letters import JSONDict, JSONValue
from pipeline.stages import Field, Stage

# Two blocks a deal; a Home holds 100, and what was just answered stands above.
MOST_DEALS = 30
MOST_UNOWNED = 3


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """`mine` are in the order in which they are shown."""

    mine: Sequence[CardFacts]
    total: int
    unowned: Sequence[CardFacts] = ()
    unowned_total: int = 0
    may_change: bool = True


def home(facts: HomeFacts, texts: English, notice: Sequence[Block] = ()) -> JSONDict:
    """What needs attention first, then new deals to be taken: a phone shows no more at once."""
    empty = texts.home_empty() if facts.may_change else texts.home_without_deals()
    count = texts.home_count(len(facts.mine), facts.total) if facts.total else empty
    new = button(texts.new_deal, Action.NEW, "new", style="primary")
    shown = [
        *notice,
        blocks.header(texts.home_title()),
        blocks.section(count),
        blocks.actions(new),
        *_rows(facts, texts),
    ]
    return {"type": "home", "blocks": cast("list[JSONValue]", shown)}


def _rows(facts: HomeFacts, texts: English) -> Iterator[Block]:
    in_need = [each for each in facts.mine if each.health.needs_attention]
    at_rest = [each for each in facts.mine if each.health.parked_until]
    on_track = [each for each in facts.mine if not (each.health.needs_attention or each.health.parked_until)]
    yield from _group(texts.home_attention, in_need, texts)
    if facts.unowned:
        yield blocks.section(texts.home_unowned(len(facts.unowned), facts.unowned_total))
        for each in facts.unowned:
            yield rich(*deal_lines(each, texts))
            yield blocks.actions(claim_button(each.deal, texts))
    alone = len(on_track) == len(facts.mine) and not facts.unowned
    yield from _group("" if alone else texts.home_on_track, on_track, texts)
    yield from _group(texts.home_parked, at_rest, texts)


def _group(title: str, rows: Sequence[CardFacts], texts: English) -> Iterator[Block]:
    if rows and title:
        yield blocks.section(title)
    for each in rows:
        yield rich(*deal_lines(each, texts, owner=each.unowned))
        yield _acts(each, texts)


def _acts(facts: CardFacts, texts: English) -> Block:
    targets = [stage for stage in facts.pipeline.living if stage.id != facts.deal.stage_id]
    move = blocks.static_select(
        texts.move_to, f"{Action.MOVE}/home", [_option(facts, each, texts) for each in targets]
    )
    more = asking_menu(
        facts.deal,
        {
            "next": texts.next_step_of,
            "close": texts.field(Field.CLOSE_ON),
            "note": texts.note_on_deal,
            "nurture": texts.park_deal,
            "edit": texts.edit_deal,
        },
    )
    return {**blocks.actions(move, more), "block_id": f"home-{facts.deal.number}"}


def _option(facts: CardFacts, stage: Stage, texts: English) -> JSONDict:
    carried = value(d=facts.deal.number, v=facts.deal.version, s=stage.id)
    return blocks.option(texts.stage(stage), carried)
