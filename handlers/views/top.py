"""The top list: a few deals with their value, their chance and the reason in words, and what can be done at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo

from handlers import blocks
from handlers.actions import Action, value
from handlers.answer import Answer, told
from handlers.blocks import Block, Span, button, rich, words
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.deal_card import CardFacts, pipeline_of
from handlers.views.lists import asked_for
from handlers.views.naming import called, ownership
from pipeline.finding import Order, Wanted
from pipeline.letters import JSONDict
from pipeline.odds import HORIZON, LEAST_SAMPLE, Odds
from pipeline.ownership import Owner
from pipeline.priority import Candidates, Priority, Reasons, are_known, priority_of, risk_of
from pipeline.stages import Pipeline

# Within so many days a weekday's name is enough.
_LATELY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Top:
    """`rows` and those `at_risk` beside them in their order; whoever may change none has none of their own."""

    rows: Sequence[CardFacts]
    found: Candidates
    wanted: Wanted
    pipelines: Sequence[Pipeline]
    owners: Mapping[str, Owner]
    person_id: str
    may_change: bool
    at_risk: Sequence[CardFacts] = ()
    money: bool = field(kw_only=True)


def top(facts: Top, texts: English) -> Answer:
    asked = " · ".join(_asked(facts, texts))
    other = _other(facts, texts)
    if not facts.rows:
        resting = f" {texts.top_resting(facts.found.resting)}" if facts.found.resting else ""
        return told(texts.top_empty(asked) + resting, *([other] if other else []))
    known = are_known(facts.pipelines)
    shown: list[Block] = [
        blocks.header(texts.top_title(asked)),
        blocks.section(_count(facts, texts, known=known)),
        *(block for row in facts.rows for block in _row(row, texts, known=known)),
        *_at_risk(facts, texts),
    ]
    tail = [blocks.context(_ground(facts, texts, known=known)), *([blocks.actions(other)] if other else [])]
    return Answer(blocks.read_out(shown), (*shown, *tail))


def _asked(facts: Top, texts: English) -> Iterator[str]:
    found = list(asked_for(facts.wanted, facts.pipelines, facts.owners, texts))
    yield from found or [texts.top_team()]


def _count(facts: Top, texts: English, *, known: bool) -> str:
    count = texts.top_count(len(facts.rows), facts.found.total)
    if not facts.money:
        return f"{count}, {texts.order(Order.NEEDIEST)}"
    order = texts.by_chance(HORIZON) if known else texts.by_value()
    currencies = {row.deal.value.currency for row in facts.rows if row.deal.value}
    turns = f", {texts.currencies_in_turns}" if len(currencies) > 1 else ""
    return f"{count}, {order}{turns}"


def _ground(facts: Top, texts: English, *, known: bool) -> str:
    """What the chances rest on, and who is not in the list."""
    odds = [each.odds[""] for each in facts.pipelines if "" in each.odds]
    resolved = sum(each.resolved for each in odds)
    unknown = texts.chances_unknown(resolved, LEAST_SAMPLE) if odds else texts.chances_not_sought()
    said = [
        texts.chances_from(resolved, texts.day(_newest(odds, facts.wanted.now.tzinfo))) if known else unknown,
        texts.top_resting(facts.found.resting) if facts.found.resting else "",
    ]
    return " ".join(each for each in said if each)


def _newest(odds: Sequence[Odds], zone: tzinfo | None) -> date:
    return max(each.fitted_at for each in odds).astimezone(zone).date()


def _row(row: CardFacts, texts: English, *, known: bool) -> Iterator[Block]:
    priority = priority_of(row.deal, row.pipeline, row.today, row.now)
    reasons = [*_reasons(priority.reasons, row.today, texts)]
    lines = [_title(row, texts), _why(row, priority, texts, known=known)]
    yield rich(*lines, *([[words("→ " + " · ".join(reasons))]] if reasons else []))
    yield _acts(row, texts)


def _at_risk(facts: Top, texts: English) -> Iterator[Block]:
    if facts.at_risk:
        yield blocks.header(texts.at_risk)
    for row in facts.at_risk:
        yield rich(_title(row, texts), [words(_lost(row, texts))])
        yield _acts(row, texts)


def _lost(row: CardFacts, texts: English) -> str:
    """How long it has stayed, and what that has cost."""
    days = (row.now - row.deal.entered_at) // timedelta(days=1)
    stay = texts.stage_for_days(texts.stage(row.stage), days)
    risk = risk_of(row.deal, row.pipeline, row.now)
    return texts.risk_told(stay, risk.usual, risk.entering, risk.now, risk.similar) if risk else stay


def _title(row: CardFacts, texts: English) -> Sequence[Span]:
    deal = row.deal
    worth = (texts.money(deal.value) if deal.value else texts.no_value) if row.money else ""
    parts = (isolate(deal.company), worth, ownership(row.owner, texts, open_=True), pipeline_of(row, texts))
    tail = " · ".join(part for part in parts if part)
    return [words("  ".join(called(deal)), bold=True), words(f"  {tail}" if tail else "")]


def _why(row: CardFacts, priority: Priority, texts: English, *, known: bool) -> Sequence[Span]:
    stay = texts.stage_for_days(texts.stage(row.stage), priority.days)
    chance = priority.chance
    if chance:
        return [words(f"{stay}: {texts.chance_told(chance.share, HORIZON, chance.similar)}")]
    return [words(f"{stay}: {texts.chance_too_thin()}" if known else stay)]


def _reasons(reasons: Reasons, today: date, texts: English) -> Iterator[str]:
    if reasons.step_due:
        yield texts.step_overdue(_day(reasons.step_due, today, texts))
    if reasons.close_due:
        yield texts.close_overdue(texts.day(reasons.close_due))
    if reasons.closes:
        yield texts.closes_this_week(texts.weekday(reasons.closes))
    if reasons.pushes:
        yield texts.pushed(reasons.pushes)
    if reasons.stale:
        yield texts.stale


def _day(day: date, today: date, texts: English) -> str:
    return texts.weekday(day) if today - day <= _LATELY else texts.day(day)


def _acts(row: CardFacts, texts: English) -> Block:
    """Each with the version that is shown; the list stays, so that the next deal can be dealt with."""
    deal = row.deal
    seen = {"d": deal.number, "v": deal.version, "keep": True}
    done = button(
        texts.step_done,
        f"{Action.MENU}/done",
        value(**seen, f="done"),
        style="primary",
        label=texts.step_done_label(deal.code),
    )
    plan = button(
        texts.new_next_step,
        f"{Action.MENU}/next",
        value(**seen, f="next"),
        label=texts.next_step_label(deal.code),
    )
    snooze = button(
        texts.snooze_days,
        f"{Action.MENU}/snooze",
        value(**seen, f="snooze"),
        label=texts.snooze_label(deal.code),
    )
    targets = [stage for stage in row.pipeline.living if stage.id != row.stage.id]
    options = [blocks.option(texts.stage(each), value(**seen, s=each.id)) for each in targets]
    move = blocks.static_select(texts.move_to, f"{Action.MOVE}/top", options)
    has_step = bool(deal.next_step or deal.next_step_on)
    shown = blocks.actions(*([done] if has_step else []), plan, move, snooze)
    return {**shown, "block_id": f"top-{deal.number}"}


def _other(facts: Top, texts: English) -> JSONDict | None:
    """From one's own list to the team's, and back."""
    if facts.wanted.owner_ids == (facts.person_id,):
        return button(texts.top_of_team, f"{Action.RUN}/team", value(run="top team"))
    if facts.wanted.owner_ids or not facts.may_change:
        return None
    return button(texts.top_of_mine, f"{Action.RUN}/mine", value(run="top mine"))
