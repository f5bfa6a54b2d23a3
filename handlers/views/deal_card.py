"""A deal's card: what it is, where it stands, and a button for every stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial

from handlers import blocks
from handlers.actions import Action, value
from handlers.blocks import Block, Span, ago, button, rich, words
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.flags import flags
from handlers.views.naming import called, ownership
from pipeline.deal import Deal
from pipeline.health import Health, health_of
from pipeline.letters import JSONDict
from pipeline.odds import HORIZON
from pipeline.ownership import Owner
from pipeline.priority import chance_of
from pipeline.stages import Pipeline, Stage, StageKind

# With more stages than this the card shows the neighbours and a menu.
MOST_BUTTONS = 8


@dataclass(frozen=True)
class CardFacts:
    """What a card is drawn from; `merged_into` is the code of the deal that took it in.

    `pipeline_name` is given where there is more than one; `now` is in the workspace's zone.
    """

    deal: Deal
    pipeline: Pipeline
    owner: Owner | None
    money: bool
    now: datetime
    merged_into: str = ""
    pipeline_name: str = ""

    @property
    def stage(self) -> Stage:
        return self.pipeline.stage(self.deal.stage_id)

    @property
    def today(self) -> date:
        return self.now.date()

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.now.tzinfo).date()

    @property
    def unowned(self) -> bool:
        return self.owner is None or self.owner.absence is not None

    @cached_property
    def health(self) -> Health:
        return health_of(self.deal, self.pipeline, self.today, self.now)


def deal_card(facts: CardFacts, texts: English) -> list[Block]:
    lines = [_title(facts), _facts(facts, texts), _strip(facts), _stay(facts, texts)]
    return [
        rich(*lines),
        *(blocks.context(line) for line in _details(facts, texts)),
        *_buttons(facts, texts),
    ]


def card_text(facts: CardFacts, texts: English) -> str:
    """The card as one line, for notifications and screen readers."""
    deal = facts.deal
    place = _void(facts, texts) or texts.stage(facts.stage)
    parts = [
        " ".join(called(deal)),
        isolate(deal.company),
        _value(facts, texts),
        place,
        pipeline_of(facts, texts),
    ]
    return " · ".join(part for part in parts if part)


def moved_card(facts: CardFacts, texts: English, url: str) -> list[Block]:
    """What an old card becomes once a newer one stands in the channel."""
    text = texts.moved_card(*called(facts.deal))
    link = button(texts.open_card, Action.LINK, "card", url=url)
    return [blocks.section(text, accessory=link)]


def stage_strip(facts: CardFacts) -> str:
    """Passed, present and coming stages as one row of signs."""
    stages = facts.pipeline.open_stages
    if facts.stage.kind is StageKind.WON:
        return "━".join("●" * len(stages)) + "━✔"
    if facts.stage.kind is StageKind.LOST:
        return "━".join("○" * len(stages)) + "━✘"
    signs = [_sign(stage, facts.stage) for stage in stages]
    return "━".join(signs)


def _sign(stage: Stage, present: Stage) -> str:
    if stage.id == present.id:
        return "◉"
    return "●" if stage.position < present.position else "○"


def _title(facts: CardFacts) -> Sequence[Span]:
    void = facts.deal.voided_at is not None
    return [words("  ".join(called(facts.deal)), bold=True, strike=void)]


def _facts(facts: CardFacts, texts: English) -> Sequence[Span]:
    void, owned = _void(facts, texts), ownership(facts.owner, texts, open_=facts.stage.is_open)
    parts = [void, isolate(facts.deal.company), _value(facts, texts), owned, pipeline_of(facts, texts)]
    return [words(" · ".join(part for part in parts if part))]


def _void(facts: CardFacts, texts: English) -> str:
    if facts.merged_into:
        return texts.merged_into(facts.merged_into)
    return texts.void if facts.deal.voided_at else ""


def _value(facts: CardFacts, texts: English) -> str:
    if not facts.money:
        return ""
    return texts.money(facts.deal.value) if facts.deal.value else texts.no_value


def pipeline_of(facts: CardFacts, texts: English) -> str:
    return texts.pipeline_called(isolate(facts.pipeline_name)) if facts.pipeline_name else ""


def _strip(facts: CardFacts) -> Sequence[Span]:
    return [words(stage_strip(facts))]


def _stay(facts: CardFacts, texts: English) -> Sequence[Span]:
    deal, stage = facts.deal, texts.stage(facts.stage)
    say = texts.in_stage_since if facts.stage.is_open else texts.closed_since
    written = texts.day(facts.day_of(deal.entered_at))
    return [words(say(stage), bold=True), ago(deal.entered_at, written)]


def _details(facts: CardFacts, texts: English) -> list[str]:
    deal, health = facts.deal, facts.health
    ails = flags(health, texts)
    lines = [" · ".join(ails)] if ails else []
    if deal.next_step and facts.stage.is_open:
        due = texts.day(deal.next_step_on) if deal.next_step_on else ""
        lines.append(texts.next_step(isolate(deal.next_step), due))
    if deal.close_on and facts.stage.is_open:
        lines.append(texts.expected_close(texts.day(deal.close_on)))
    if deal.category and facts.stage.is_open:
        lines.append(texts.category_overridden(texts.category(deal.category)))
    if deal.reason:
        lines.append(texts.lost_because(isolate(deal.reason)))
    chance = None if health.parked_until else chance_of(deal, facts.pipeline, facts.now)
    if chance:
        lines.append(texts.card_chance(chance.share, HORIZON, chance.similar))
    if health.gaps:
        lines.append(texts.gaps([texts.field(field) for field in health.gaps]))
    return lines


def _buttons(facts: CardFacts, texts: English) -> list[Block]:
    deal = facts.deal
    if deal.voided_at:
        return []
    carried = value(d=deal.number, v=deal.version)
    if not facts.stage.is_open:
        reopen = button(texts.reopen, Action.REOPEN, carried, label=texts.reopen_label(deal.code))
        return [blocks.actions(reopen, _more(facts, texts))]
    tail = [*([claim_button(deal, texts)] if facts.unowned else []), _more(facts, texts)]
    targets = [stage for stage in facts.pipeline.living if stage.id != facts.stage.id]
    if len(targets) <= MOST_BUTTONS:
        return [blocks.actions(*(_move_button(facts, stage, texts) for stage in targets), *tail)]
    neighbours = _neighbours(facts)
    buttons = [_move_button(facts, stage, texts) for stage in neighbours]
    return [blocks.actions(*buttons, _menu(facts, targets, texts), *tail)]


def _more(facts: CardFacts, texts: English) -> JSONDict:
    """What must be typed, and what is rare."""
    words_of = {"edit": texts.edit_deal, "note": texts.note_on_deal}
    if facts.stage.is_open:
        words_of |= {"next": texts.next_step_of, "nurture": texts.park_deal}
    words_of["void"] = texts.void_deal
    return asking_menu(facts.deal, words_of)


def asking_menu(deal: Deal, words_of: Mapping[str, str]) -> JSONDict:
    """What may be asked for, by the face that it bears in the menu; five at most."""
    carry = partial(value, d=deal.number, v=deal.version)
    return blocks.overflow(
        Action.MENU, [blocks.option(face, carry(f=asked)) for asked, face in words_of.items()]
    )


def claim_button(deal: Deal, texts: English) -> JSONDict:
    carried = value(d=deal.number, v=deal.version)
    return button(texts.claim_deal, Action.CLAIM, carried, label=texts.claim_label(deal.code))


def _neighbours(facts: CardFacts) -> list[Stage]:
    opened = facts.pipeline.open_stages
    place = next((i for i, stage in enumerate(opened) if stage.id == facts.stage.id), 0)
    beside = [opened[i] for i in (place + 1, place - 1) if 0 <= i < len(opened) and i != place]
    return [*beside, facts.pipeline.won, facts.pipeline.lost]


_STYLES: Mapping[StageKind, str] = {StageKind.WON: "primary", StageKind.LOST: "danger"}


def _move_button(facts: CardFacts, stage: Stage, texts: English) -> JSONDict:
    return button(
        texts.stage(stage),
        f"{Action.MOVE}/{stage.id}",
        value(d=facts.deal.number, v=facts.deal.version, s=stage.id),
        style=_STYLES.get(stage.kind),
        label=texts.move_label(facts.deal.code, texts.stage(stage)),
    )


def _menu(facts: CardFacts, stages: Sequence[Stage], texts: English) -> JSONDict:
    options = [
        blocks.option(texts.stage(stage), value(d=facts.deal.number, v=facts.deal.version, s=stage.id))
        for stage in stages
    ]
    return blocks.static_select(texts.move_to, f"{Action.MOVE}/menu", options)
