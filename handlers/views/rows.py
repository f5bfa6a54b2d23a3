"""A deal as two lines of a list."""

from collections.abc import Sequence

from handlers.blocks import Span, ago, words
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.deal_card import CardFacts, pipeline_of
from handlers.views.flags import flags
from handlers.views.naming import called, ownership


def deal_lines(
    facts: CardFacts, texts: English, *, owner: bool = True
) -> tuple[Sequence[Span], Sequence[Span]]:
    """What it is, is worth and whose it is; where it stands, since when, and what ails it."""
    deal, open_ = facts.deal, facts.stage.is_open
    worth = texts.money(deal.value) if deal.value and facts.money else ""
    whose = ownership(facts.owner, texts, open_=open_) if owner else ""
    parts = (isolate(deal.company), worth, whose, pipeline_of(facts, texts))
    tail = " · ".join(part for part in parts if part)
    since = ago(deal.entered_at, texts.day(facts.day_of(deal.entered_at)))
    ails = "".join(f" · {flag}" for flag in flags(facts.health, texts))
    say = texts.in_stage_since if open_ else texts.closed_since
    return (
        [words("  ".join(called(deal)), bold=True), words(f"  {tail}" if tail else "")],
        [words(say(texts.stage(facts.stage))), since, words(ails)],
    )
