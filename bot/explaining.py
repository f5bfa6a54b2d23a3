"""`pipeline-bot explain D-42`: every number that went into a deal's place in the top list."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from bot.settings import Books
from handlers.house import House
from handlers.texts.english import English
from pipeline.deal import Deal, read_code
from pipeline.errors import UnknownDeal
from pipeline.odds import HORIZON, LEAST_SAMPLE, Chance, Odds, days_until
from pipeline.priority import Priority, odds_of, priority_of
from pipeline.stages import Pipeline
from storage.engine import connect
from storage.fits import kept_grounds
from storage.migrate import revision, sqlite_file
from storage.schema import HEAD
from storage.store import Store, Work

Line = tuple[str, str]
_DAY = timedelta(days=1)
_WORTH_NAMING = 0.00005


class Inexplicable(Exception):  # noqa: N818 - said as one sentence
    """There is no such deal."""


def show(books: Books, code: str) -> None:
    """Looks only: nothing is created and nothing migrated. Raises Inexplicable."""
    engine = connect(books.database_url, pool_size=1)
    file = sqlite_file(engine)
    try:
        if (file and not file.exists()) or revision(engine) != HEAD:
            raise Inexplicable(
                "the database is missing or of another version: `pipeline-bot check` says more"
            )
        house = House(books.zone, English(), books.currency, None)
        for name, said in explain(Store(engine), code, house, datetime.now(UTC)):
            click.echo(f"{name:<18} {said}")
    finally:
        engine.dispose()


def explain(store: Store, code: str, house: House, now: datetime) -> Sequence[Line]:
    """Names and numbers, in the order in which one follows from the other. Raises Inexplicable."""
    number, workspace = read_code(code), store.workspace()
    if number is None:
        raise Inexplicable(f"{code!r} is no deal's code: write one like D-42")
    if workspace is None:
        raise Inexplicable("the database knows no workspace yet: start the bot once")
    with store.read(workspace.id) as work:
        house.heed(work)
        try:
            deal = work.deals.by_number(number)
        except UnknownDeal:
            raise Inexplicable(f"there is no deal {code}") from None
        return [*_lines(work, deal, house, now)]


def _lines(work: Work, deal: Deal, house: House, now: datetime) -> Iterator[Line]:
    pipeline, texts = work.stages.pipeline(deal.pipeline_id), English()
    stage = pipeline.stage(deal.stage_id)
    yield deal.code, f"{deal.title}, {pipeline.name}"
    yield "value", texts.money(deal.value) if deal.value else "none: it comes after all that have one"
    yield "stage", f"{stage.english}, entered {deal.entered_at:%Y-%m-%d %H:%M} UTC"
    if deal.closed_at or deal.voided_at or not stage.is_open:
        yield "place", "none: only open deals have one"
        return
    today = house.today(now)
    for name, day in (("parked until", deal.nurture_until), ("snoozed until", deal.snoozed_until)):
        if day and day > today:
            yield name, f"{day}: left out of the top list"
    currency = deal.value.currency if deal.value else None
    odds = odds_of(pipeline, currency)
    if odds is None:
        yield "chances", "not found out yet: the bot does it at its start, every night and after an import"
        return
    kept = currency if currency in pipeline.odds else ""
    yield "chances", _found(odds, kept or "")
    yield from _of_stage(work, deal, pipeline, odds, kept or "", now)
    yield from _of_deal(deal, odds, now)
    yield "at risk", _at_risk(deal, odds, now)
    yield from _reasons(priority_of(deal, pipeline, today, now))


def _found(odds: Odds, currency: str) -> str:
    of = f"deals in {currency}" if currency else "deals"
    thin = "" if odds.are_known else f"; under {LEAST_SAMPLE} closed ones no percentage is shown"
    when = f"{odds.fitted_at:%Y-%m-%d %H:%M} UTC"
    return f"found out {when} from {odds.deals} {of}, {odds.resolved} of them closed{thin}"


def _of_stage(
    work: Work, deal: Deal, pipeline: Pipeline, odds: Odds, currency: str, now: datetime
) -> Iterator[Line]:
    """What was seen in the stage, and at this age."""
    kept = kept_grounds(work.tx, pipeline.id, currency)
    grounds: Mapping[str, Any] | None = kept.get("stages", {}).get(str(deal.stage_id))
    if not grounds:
        return
    age = max((now - deal.entered_at) / _DAY, 0.0)
    place = max(sum(edge <= age for edge in odds.ages) - 1, 0)
    names = [_named(pipeline, each) for each in kept["ends"]]
    exits = [sum(column) for column in zip(*grounds["exits"], strict=True)]
    yield "age", f"{age:.1f} days in the stage; {_bin(odds, place)}"
    yield "seen in the stage", f"{sum(grounds['exposure']):.0f} deal-days, exits to {_listed(names, exits)}"
    yield (
        "seen at this age",
        f"{grounds['exposure'][place]:.0f} deal-days, exits to {_listed(names, grounds['exits'][place])}",
    )
    rates = [
        f"{name} {rate:.2%}"
        for name, rate in zip(names, grounds["rates"][place], strict=True)
        if rate >= _WORTH_NAMING
    ]
    yield (
        "leaves per day",
        f"{', '.join(rates)} (shrunk towards the stage, and that towards {_assumed(pipeline)})",
    )


def _of_deal(deal: Deal, odds: Odds, now: datetime) -> Iterator[Line]:
    chance = odds.reckon(deal.stage_id, deal.entered_at, deal.close_on, now)
    if chance is None:
        yield "chance", "the stage is newer than the last look; until the next one its own chance counts"
        return
    yield f"won in {HORIZON} days", f"{chance.bare:.2%} by stage and age, from all ways that lead to a win"
    if deal.close_on:
        ahead = days_until(deal.close_on, now)
        same = chance.share == chance.bare
        makes = "changes nothing" if same else f"makes it {chance.share:.2%}"
        yield "expected close", f"{deal.close_on}, {ahead:.1f} days ahead: {makes}"
    yield "comparable visits", _compared(chance)
    if deal.value:
        minor = deal.value.minor * chance.share
        worth = English().total(round(minor), deal.value.currency)
        yield "score", f"{English().money(deal.value)} x {chance.share:.2%} = {worth}"


def _at_risk(deal: Deal, odds: Odds, now: datetime) -> str:
    stage, days = odds.stages.get(deal.stage_id), (now - deal.entered_at) // _DAY
    risk = odds.risk(deal.stage_id, days)
    if risk:
        fell = f"won at all {risk.entering:.2%} on entering, {risk.now:.2%} after {days} days; 8 of 10 stay up to {risk.usual}"
        if not deal.value:
            return fell
        worth = English().total(round(deal.value.minor * risk.drop), deal.value.currency)
        return f"{fell}; {English().money(deal.value)} x {risk.drop:.2%} = {worth}"
    if stage is None or stage.risk is None:
        return "no: it is not known after how many days 8 of 10 have left the stage"
    if days <= stage.risk.usual:
        return f"no: {days} days are not more than the {stage.risk.usual} up to which 8 of 10 stay"
    return "no: the chance to be won at all has not fallen, or too few stayed as long"


def _compared(chance: Chance) -> str:
    few = f"; under {LEAST_SAMPLE} no percentage is shown, and older deals count as no likelier than the last that had enough"
    thin = "" if chance.similar >= LEAST_SAMPLE else few
    share = f" ({chance.won / chance.similar:.2%})" if chance.similar else ""
    return (
        f"{chance.similar} lasted {chance.at_least} days or longer and were watched for {HORIZON} more; "
        f"{chance.won} of them were won in those{share}{thin}"
    )


def _reasons(priority: Priority) -> Iterator[Line]:
    reasons = priority.reasons
    said = (
        (reasons.step_due, f"next step due since {reasons.step_due}"),
        (reasons.close_due, f"expected close passed on {reasons.close_due}"),
        (reasons.closes, f"closes this week, on {reasons.closes}"),
        (reasons.pushes, f"expected close put off {reasons.pushes} times"),
        (reasons.stale, "stale"),
    )
    yield "reasons", "; ".join(words for is_so, words in said if is_so) or "none but value and chance"


def _bin(odds: Odds, place: int) -> str:
    begin = int(odds.ages[place])
    if place + 1 == len(odds.ages):
        return f"compared with visits of {begin} days and more"
    return f"compared with visits of {begin} to {int(odds.ages[place + 1])} days"


def _named(pipeline: Pipeline, stage_id: int) -> str:
    return next((each.english for each in pipeline.stages if each.id == stage_id), "another stage")


def _listed(names: Sequence[str], exits: Sequence[int]) -> str:
    some = [f"{name} {count}" for name, count in zip(names, exits, strict=True) if count]
    return ", ".join(some) or "nowhere yet"


def _assumed(pipeline: Pipeline) -> str:
    chances = ", ".join(f"{each.chance} %" for each in pipeline.open_stages)
    return f"the assumed chances {chances}"
