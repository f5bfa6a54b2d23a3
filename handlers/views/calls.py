"""Calls and targets: what was said, what stands, and what came of the last ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers import blocks
from handlers.answer import Answer, told
from handlers.blocks import Block, rich, words
from handlers.period_lines import spelled
from handlers.slack_text import escape_entities, isolate
from handlers.texts.english import English
from handlers.views import answers
from handlers.views.forecast_calls import (
    ToldPeriod,
    became_lines,
    expected_of,
    span_title,
    target_lines,
)
from handlers.views.rounding import about
from pipeline.call_record import Record
from pipeline.calls import Call, Called, Progress, Targeted
from pipeline.kept_forecasts import KeptForecast, Period, PeriodForecast
from pipeline.letters import JSONDict
from pipeline.money import Money


@dataclass(frozen=True, slots=True)
class Calls:
    """`past` are the last month and quarter; `name` is the pipeline's, where there are several."""

    periods: Sequence[ToldPeriod]
    past: Sequence[ToldPeriod]
    forecasts: Sequence[KeptForecast]
    name: str
    today: date
    money: bool
    records: Sequence[tuple[Period, Record]] = ()


def calls(facts: Calls, texts: English) -> Answer:
    if not facts.money:
        return told(texts.calls_hidden())
    shown: list[Block] = [
        _block(told_, progress, list(_standing(facts, told_, progress, texts)), facts, texts)
        for told_ in facts.periods
        for progress in told_.progress.values()
        if progress.calls
    ]
    past = [
        line
        for each in facts.past
        for currency in each.progress
        for line in became_lines(each, currency, texts)
    ]
    past += [_record(period, record, texts) for period, record in facts.records]
    title = blocks.header(texts.calls_title(isolate(facts.name) if facts.name else ""))
    shown = [title, *(shown or [blocks.section(texts.calls_none())]), *map(blocks.context, past)]
    return Answer(blocks.read_out(shown), tuple(shown))


def targets(facts: Calls, texts: English) -> Answer:
    if not facts.money:
        return told(texts.calls_hidden())
    shown: list[Block] = [
        _block(told_, progress, list(target_lines(progress, texts)), facts, texts)
        for told_ in facts.periods
        for progress in told_.progress.values()
        if progress.target is not None
    ]
    if not shown:
        return told(texts.targets_none())
    shown = [blocks.header(texts.targets_title(isolate(facts.name) if facts.name else "")), *shown]
    return Answer(blocks.read_out(shown), tuple(shown))


def _record(period: Period, record: Record, texts: English) -> str:
    calls, forecast, as_before = (
        None if share is None else round(share * 100)
        for share in (record.calls, record.forecast, record.as_before)
    )
    return texts.call_record(period, record.periods, calls or 0, forecast, as_before)


def _block(
    told_: ToldPeriod, progress: Progress, lines: Sequence[str], facts: Calls, texts: English
) -> Block:
    several = f" ({progress.currency})" if len(told_.progress) > 1 else ""
    title = f"{span_title(told_.span, facts.today, texts)}{several}"
    return rich([words(title, bold=True)], *([words(line)] for line in lines))


def _standing(facts: Calls, told_: ToldPeriod, progress: Progress, texts: English) -> Iterator[str]:
    """Each call beside what has come of it; the statistical forecast for comparison."""
    counting = told_.counting(progress.currency)
    for call in progress.calls:
        line = _call_line(told_, call, progress, texts)
        absence = told_.names[call.person_id].absence
        yield texts.call_void(line, texts.absence(absence)) if absence else line
    own = [call for call in counting if not call.team]
    if len(own) > 1:
        together = sum(call.amount.minor for call in own)
        yield texts.calls_together(len(own), texts.total(together, progress.currency))
    expected = expected_of(facts.forecasts, progress.currency, told_.span)
    if expected and not expected.is_over(facts.today):
        yield texts.forecast_beside(*_band(expected, progress.currency, texts))


def _band(expected: PeriodForecast, currency: str, texts: English) -> tuple[str, str, str]:
    amount, low, high = (
        about(minor, currency, texts) for minor in (expected.expected, expected.low, expected.high)
    )
    return amount, low, high


def _call_line(told_: ToldPeriod, call: Call, progress: Progress, texts: English) -> str:
    name, amount = told_.name(call), texts.money(call.amount)
    if call.team:
        return texts.call_team(name, amount)
    won = progress.became(call)
    return texts.call_own(name, amount, texts.total(won, progress.currency) if won else "")


def called(done: Called, today: date, name: str, texts: English, *, money: bool) -> Answer:
    """`name` is the pipeline's, where there are several."""
    order, before = done.order, done.before
    if not money:
        return told(texts.call_noted_hidden())
    was = texts.money(before.amount) if before else ""
    place = "" if not name else f" in {escape_entities(name)}"
    reach = "team" if order.team else "mine"
    if order.amount is None:
        said = texts.call_taken(was) if before else texts.call_none(order.currency)
    else:
        said = texts.call_is(texts.total(order.amount, order.currency), team=order.team)
        if before and before.amount.minor != order.amount:
            said = f"{said} {texts.call_was(was)}"
    former = before.amount if before else None
    buttons = _back(
        "call", former, order.amount, order.currency, f"{spelled(order.span)} {reach}{place}", texts
    )
    return told(_titled(span_title(order.span, today, texts), name, said), *buttons)


def targeted(
    done: Targeted, today: date, name: str, lines: Sequence[str], texts: English, *, money: bool
) -> Answer:
    """`lines` tell how far it is to the target."""
    order, before = done.order, done.before
    if not money:
        return told(texts.call_noted_hidden())
    was = texts.total(before, order.currency) if before is not None else ""
    place = "" if not name else f" in {escape_entities(name)}"
    if order.amount is None:
        said = texts.target_taken(was) if was else texts.target_none(order.currency)
    else:
        said = texts.target_is(texts.total(order.amount, order.currency))
        if before is not None and before != order.amount:
            said = f"{said}{texts.target_was(was)}"
        said = f"{said}: {' '.join(lines)}" if lines else f"{said}."
    former = None if before is None else Money(before, order.currency)
    buttons = _back("target", former, order.amount, order.currency, f"{spelled(order.span)}{place}", texts)
    return told(_titled(span_title(order.span, today, texts), name, said), *buttons)


def _titled(title: str, name: str, said: str) -> str:
    return f"{title}{f', {isolate(name)}' if name else ''}: {said}"


def _back(
    word: str, former: Money | None, now: int | None, currency: str, rest: str, texts: English
) -> Sequence[JSONDict]:
    """The way back to what was said before; nothing is lost by going it, since all that was said is kept."""
    if former is None:
        faces = [] if now is None else [(texts.take_away(), f"{word} off {currency} {rest}")]
    elif former.minor == now:
        faces = []
    else:
        faces = [(texts.back_to(texts.money(former)), f"{word} {texts.typed_money(former)} {rest}")]
    return answers.run_buttons(faces)
