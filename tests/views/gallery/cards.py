"""Cards, and what an old card becomes."""

from dataclasses import replace
from datetime import date, timedelta

from handlers.answer import Answer
from handlers.views.deal_card import card_text, deal_card, moved_card
from handlers.views.naming import called
from pipeline.letters import JSONDict
from pipeline.ownership import Owner
from pipeline.people import Absence
from pipeline.stages import Category, evenly_planned
from tests.views.gallery.sitter import NOW, Sitter, Wall, pipeline_of

TWELVE = pipeline_of(
    evenly_planned(
        [
            "First contact",
            "Call",
            "Discovery",
            "Demo",
            "Technical check with everybody who ever had an opinion on pumps and valves",
            "Workshop",
            "Offer",
            "Second offer",
            "Legal",
            "Purchasing",
            "Board",
            "Signature",
        ]
    )
)


def cards(sitter: Sitter) -> Wall:
    places = {f"card_{stage.key}": card(sitter.at(stage.key)) for stage in sitter.pipeline.living}
    bare = sitter.with_deal(company="", value=None, owner_id=None, next_step="", close_on=None)
    moved = moved_card(sitter.facts, sitter.texts, "https://sales.slack.com/archives/C0SALES/p12")
    return {
        **places,
        "card_with_gaps": card(sitter.at("negotiation").with_deal(value=None, contact="", budget="")),
        "card_bare": card(bare),
        **{f"card_of_{why}": card(_left_by(sitter, why)) for why in Absence},
        "card_closed_of_left": card(_left_by(sitter.at("won"), Absence.LEFT)),
        "card_merged": card(replace(sitter.with_deal(voided_at=NOW, merged_into=41), merged_into="D-41")),
        "card_unwell": card(_unwell(sitter)),
        "card_parked": card(sitter.with_deal(nurture_until=date(2027, 2, 1), pushes=1)),
        "card_categorised": card(sitter.with_deal(category=Category.COMMIT)),
        "card_of_several_pipelines": card(replace(sitter, others=(TWELVE,))),
        "card_void": card(sitter.with_deal(voided_at=NOW)),
        "card_money_hidden": card(replace(sitter, money=False)),
        "card_first_of_twelve": card(_among_twelve(sitter, 1)),
        "card_fifth_of_twelve": card(_among_twelve(sitter, 5)),
        "card_last_of_twelve": card(_among_twelve(sitter, 12)),
        "card_moved": Answer(sitter.texts.moved_card(*called(sitter.deal)), moved).message(),
    }


def card(sitter: Sitter) -> JSONDict:
    return Answer(card_text(sitter.facts, sitter.texts), deal_card(sitter.facts, sitter.texts)).message()


def _left_by(sitter: Sitter, why: Absence) -> Sitter:
    return replace(sitter, owner=Owner("Ben", why))


def _unwell(sitter: Sitter) -> Sitter:
    """Everything that can ail a deal ails this one."""
    long_ago = NOW - timedelta(days=60)
    past = {"close_on": long_ago.date(), "next_step_on": long_ago.date(), "contact": ""}
    return sitter.at("negotiation").with_deal(**past, entered_at=long_ago, pushes=3, value=None)


def _among_twelve(sitter: Sitter, stage_id: int) -> Sitter:
    return replace(sitter, pipeline=TWELVE).with_deal(stage_id=stage_id, closed_at=None)
