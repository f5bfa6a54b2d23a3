"""The Home tab: my open deals."""

from collections.abc import Sequence
from typing import cast

from handlers import blocks
from handlers.actions import Action, value
from handlers.blocks import Block, button, rich
from handlers.texts.english import English
from handlers.views.deal_card import CardFacts
from handlers.views.rows import deal_lines
from pipeline.letters import JSONDict, JSONValue
from pipeline.stages import Stage

# Two blocks a deal; a Home holds 100.
MOST_DEALS = 40


def home(facts: Sequence[CardFacts], total: int, texts: English, notice: Sequence[Block] = ()) -> JSONDict:
    top: list[Block] = [*notice, blocks.header(texts.home_title())]
    count = texts.home_count(len(facts), total) if total else texts.home_empty()
    new = button(texts.new_deal, Action.NEW, "new", style="primary")
    rows = [block for each in facts for block in _row(each, texts)]
    shown = [*top, blocks.section(count), blocks.actions(new), *rows]
    return {"type": "home", "blocks": cast("list[JSONValue]", shown)}


def _row(facts: CardFacts, texts: English) -> list[Block]:
    targets = [stage for stage in facts.pipeline.living if stage.id != facts.stage.id]
    menu = blocks.static_select(
        texts.move_to, f"{Action.MOVE}/home", [_option(facts, each, texts) for each in targets]
    )
    return [
        rich(*deal_lines(facts, texts, owner=facts.unowned)),
        {**blocks.actions(menu), "block_id": f"home-{facts.deal.number}"},
    ]


def _option(facts: CardFacts, stage: Stage, texts: English) -> JSONDict:
    carried = value(d=facts.deal.number, v=facts.deal.version, s=stage.id)
    return blocks.option(texts.stage(stage), carried)
