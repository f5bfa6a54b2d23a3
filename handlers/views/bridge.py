"""What has changed, as a sum from the beginning to now, and below it the deals behind each step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers import blocks
from handlers.answer import Answer, told
from handlers.blocks import Block, Span, moment, rich, shorten, words
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.bridge_picture import bridge_chart, bridge_table, signed
from handlers.views.tables import Line, aligned
from pipeline.bridge import Bridge, Course, Crossing, Passage, Reason, Sums
from pipeline.deal import code
from pipeline.stages import StageKind

# Deals named in each step; the others are counted.
NAMED = 3
TITLE = 60
# What is left out is told.
MOST_LINES = 50
_SIGNED = (Reason.INCREASED, Reason.DECREASED, Reason.CURRENCY)


@dataclass(frozen=True, slots=True)
class Compared:
    """`part` is what of the pipeline was asked for, in words; `currency` is the workspace's, and `as_of` is in its zone."""

    crossing: Crossing
    since: date
    as_of: datetime
    part: str
    money: bool
    currency: str

    @property
    def bridge(self) -> Bridge:
        return self.crossing.bridge


def compared(facts: Compared, texts: English) -> Answer:
    bridge = facts.bridge
    if not bridge.passages and not bridge.passing:
        return _unchanged(facts, texts)
    title = texts.bridge_title(texts.day(facts.since))
    table, left_out = _table(facts, texts)
    head = blocks.header(f"{title} · {facts.part}" if facts.part else title)
    steps = [*_steps(facts, texts), rich(_as_of(facts, texts))]
    more = [blocks.context(texts.board_more(left_out))] if left_out else []
    notes = [blocks.context(note) for note in _notes(facts, texts)]
    chart = bridge_chart(bridge, facts.currency, texts) if facts.money else None
    opening = texts.opening(texts.day(facts.since))
    to_sort = bridge_table(bridge, opening, texts, money=facts.money)
    numbers = [to_sort] if to_sort else [table, *more]
    newer = [head, *([chart] if chart else []), *numbers, *steps, *notes] if chart or to_sort else []
    return Answer(blocks.read_out([head, table, *steps]), (head, table, *steps, *more, *notes), newer)


def _notes(facts: Compared, texts: English) -> Iterator[str]:
    if not facts.bridge.opening.count:
        yield texts.nothing_before()
    if facts.money and facts.bridge.closing.unvalued:
        yield texts.unvalued(facts.bridge.closing.unvalued)
    yield from _weights(facts, texts)


def _unchanged(facts: Compared, texts: English) -> Answer:
    """One sentence, but for changed chances, which nobody would think of."""
    day, held = texts.day(facts.since), facts.bridge.closing
    sums = [texts.total(minor, currency) for currency, minor in held.worth.items()] if facts.money else []
    said = texts.nothing_changed(day, held.count, sums) if held.count else texts.nothing_there(day)
    sentence = f"{facts.part}: {said}" if facts.part else said
    notes = [blocks.context(note) for note in _weights(facts, texts)]
    now = moment(facts.as_of, texts.day(facts.as_of.date()))
    return told(sentence, more=[*notes, rich([words(texts.as_of), now])])


def _table(facts: Compared, texts: English) -> tuple[Block, int]:
    bridge, day = facts.bridge, texts.day(facts.since)
    columns: Line = texts.bridge_columns()
    opening = _summed(texts.opening(day), bridge.opening, texts)
    closing = _summed(texts.bridge_closing, bridge.closing, texts)
    steps = [
        line
        for reason, passages in bridge.by_reason().items()
        for line in _stepped(texts.reason(reason), passages, texts)
    ]
    if not facts.money:
        columns, steps = columns[:2], [line for line in steps if line[0]]
        opening, closing = opening[:1], closing[:1]
    kept = steps[:MOST_LINES]
    lines = [line[: len(columns)] for line in (columns, *opening, *kept, *closing)]
    return aligned(lines), len(steps) - len(kept)


def _summed(name: str, sums: Sums, texts: English) -> list[Line]:
    worth = [texts.total(minor, currency) for currency, minor in sorted(sums.worth.items())]
    return _named(name, sums.count, worth)


def _stepped(name: str, passages: Sequence[Passage], texts: English) -> list[Line]:
    worth: dict[str, int] = {}
    for passage in passages:
        for currency, minor in passage.worth.items():
            worth[currency] = worth.get(currency, 0) + minor
    return _named(name, len(passages), [signed(minor, each, texts) for each, minor in sorted(worth.items())])


def _named(name: str, count: int, worth: Sequence[str]) -> list[Line]:
    """A line for each currency; name and count stand on the first."""
    first, *others = worth or [""]
    return [(name, str(count), first), *(("", "", other) for other in others)]


def _steps(facts: Compared, texts: English) -> Iterator[Block]:
    for reason, passages in facts.bridge.by_reason().items():
        by_code = sorted(passages, key=lambda each: each.course.number)
        # In which order values lie is a part of what is hidden.
        ordered = passages if facts.money else by_code
        named = [_passage(each, facts, texts) for each in ordered[:NAMED]]
        yield rich(_line(f"{texts.reason(reason)} ({len(passages)})", named, len(passages), texts))
    for kind, say in ((StageKind.WON, texts.came_and_won), (StageKind.LOST, texts.came_and_lost)):
        courses = [each for each in facts.bridge.passing if each.after and each.after.kind is kind]
        if courses:
            named = [_passing(each, facts, texts) for each in courses[:NAMED]]
            yield rich(_line(say(len(courses)), named, len(courses), texts))


def _line(head: str, named: Sequence[str], count: int, texts: English) -> list[Span]:
    more = [texts.and_more(count - len(named))] if count > len(named) else []
    return [words(f"{head}: ", bold=True), words(" · ".join([*named, *more]))]


def _passage(passage: Passage, facts: Compared, texts: English) -> str:
    name = _called(passage.course)
    if not facts.money or not passage.worth:
        return name
    if passage.reason in _SIGNED:
        return " ".join([name, *(signed(minor, each, texts) for each, minor in passage.worth.items())])
    amount = " ".join(texts.total(abs(minor), each) for each, minor in passage.worth.items())
    won = _won_for(passage, texts)
    return f"{name} {amount}, {won}" if won else f"{name} {amount}"


def _won_for(passage: Passage, texts: English) -> str:
    """What it brought, where that is not what it stood at."""
    after = passage.course.after
    if passage.reason is not Reason.WON or after is None or after.value is None:
        return ""
    same = dict(passage.worth) == {after.value.currency: -after.value.minor}
    return "" if same else texts.won_for(texts.money(after.value))


def _passing(course: Course, facts: Compared, texts: English) -> str:
    value = course.after.value if course.after else None
    return f"{_called(course)} {texts.money(value)}" if value and facts.money else _called(course)


def _called(course: Course) -> str:
    return f"{code(course.number)} {isolate(shorten(course.title, TITLE))}"


def _as_of(facts: Compared, texts: English) -> list[Span]:
    now = moment(facts.as_of, texts.day(facts.as_of.date()))
    if not facts.crossing.frozen:
        return [words(texts.as_of), now, words(texts.opening_is_worked_out())]
    taken = moment(facts.crossing.since, texts.day(facts.since))
    return [words(texts.as_of), now, words(texts.opening_is_frozen()), taken, words(".")]


def _weights(facts: Compared, texts: English) -> Iterator[str]:
    """What changed chances did is a line of its own."""
    for currency, weight in sorted(facts.bridge.weights.items()) if facts.money else ():
        opening, closing = (texts.total(minor, currency) for minor in (weight.opening, weight.closing))
        if weight.by_deals:
            yield texts.weighted_change(opening, closing, signed(weight.by_deals, currency, texts))
        if weight.by_chances:
            yield texts.weighted_by_chances(signed(weight.by_chances, currency, texts))
