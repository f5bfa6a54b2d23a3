"""Where deals get stuck: the bottleneck in a sentence, then every stage with its figures and what they rest on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers import blocks
from handlers.answer import Answer, told
from handlers.blocks import Block, shorten
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.views.charts import bar_chart
from handlers.views.sortable import UNKNOWN, fit
from handlers.views.stage_table import Gains, StageRow, percent, stage_tables
from handlers.views.tables import aligned
from pipeline.finding import Heap
from pipeline.money import exponent
from pipeline.stage_reports import (
    AHEAD,
    LEAST_SURE,
    MORE_CONVERSION,
    MORE_SPEED,
    Drift,
    Looked,
    Report,
    StageReport,
    Velocity,
)
from pipeline.stages import Pipeline, Stage

STAGE_WIDTH = 20
# A report has two tables of as many lines.
MOST_STAGES = 20
FASTER, BETTER = f"{round(MORE_SPEED * 100)} %", f"{round(MORE_CONVERSION * 100)} %"
# Who reads of a forecast to the cent believes it to the cent.
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Standstill:
    """A pipeline, what stands in its stages at this moment, and what was found out about it lately.

    `named`: whether people need to be told which pipeline it is.
    """

    pipeline: Pipeline
    heaps: Sequence[Heap]
    found: Sequence[Looked]
    named: bool
    money: bool

    @property
    def shown(self) -> Sequence[Looked]:
        """In money for each currency; in deals where there is none, or where nobody may see it."""
        in_money = [each for each in self.found if each.currency and self.money]
        return in_money or [each for each in self.found if not each.currency]

    @property
    def leading(self) -> Looked | None:
        """The one that holds the deals without a value: storage.currencies gives them to the currency of the most deals."""
        return max(self.shown, key=lambda each: each.report.deals, default=None)


def bottlenecks(facts: Standstill, texts: English) -> Answer:
    shown = facts.shown
    if not shown:
        return told(texts.bottlenecks_not_looked())
    name = isolate(facts.pipeline.name)
    title = texts.bottlenecks_in(name) if facts.named else texts.bottlenecks_title()
    head = blocks.header(title)
    reports = [_OneReport(facts, looked, texts, alone=len(shown) == 1) for looked in shown]
    classic = [block for report in reports for block in report.drawn()]
    notes = [*_left_out(facts, texts), texts.bottlenecks_legend(FASTER, BETTER, AHEAD)]
    below = list(map(blocks.context, notes))
    chart = _chart(facts, texts)
    tables = [[table for table in report.to_sort() if table] for report in reports]
    drawn = all(len(each) > 1 for each in tables) and fit([table for each in tables for table in each])
    pictured = [block for report, each in zip(reports, tables, strict=True) for block in report.drawn(each)]
    newer = [head, *([chart] if chart else []), *(pictured if drawn else classic), *below]
    return Answer(
        blocks.read_out([head, *classic]), (head, *classic, *below), newer if chart or drawn else ()
    )


def _chart(facts: Standstill, texts: English) -> Block | None:
    """The medians of all deals, whatever their currency."""
    found = next((each for each in facts.found if not each.currency), None)
    if found is None:
        return None
    medians = dict(zip(found.stage_ids, (stage.median for stage in found.report.stages), strict=True))
    known = [stage for stage in facts.pipeline.open_stages if medians.get(stage.id) is not None]
    days = [round(medians[stage.id] or 0.0, 1) for stage in known]
    series = {texts.stay_columns()[3]: days}
    return bar_chart(texts.stay_chart(), [texts.stage(stage) for stage in known], series, texts.in_days)


def _left_out(facts: Standstill, texts: English) -> Iterator[str]:
    """Deals in a currency that is too rare here, or new since the last look; deals that no sum can hold."""
    if not facts.money:
        return
    known = {each.currency for each in facts.found}
    held = {heap.currency for heap in facts.heaps if heap.currency}
    if held - known:
        yield texts.bottlenecks_without(sorted(held - known))
    unvalued = sum(heap.count for heap in facts.heaps if heap.currency is None)
    leading = facts.leading
    if unvalued and leading and leading.currency:
        said = texts.unvalued(unvalued)
        alone = len(facts.shown) == 1
        yield said if alone else f"{said} {texts.bottlenecks_unvalued(leading.currency)}"


@dataclass(frozen=True, slots=True)
class _OneReport:
    """`alone`: there is no other one."""

    facts: Standstill
    looked: Looked
    texts: English
    alone: bool

    def drawn(self, to_sort: Sequence[Block] = ()) -> Iterator[Block]:
        """With the tables to sort, or with two that stand as they are."""
        texts, report = self.texts, self.looked.report
        if not self.alone:
            yield blocks.header(str(self.looked.currency))
        yield blocks.section(self._sentence(report))
        if report.velocity:
            yield blocks.section(self._velocity(report.velocity))
        stages = self._stages()
        if to_sort:
            yield from to_sort
        else:
            stays = [texts.stay_columns(), *map(self._stay, stages)]
            yield aligned(stays if self.looked.currency else [_without(line, 2) for line in stays])
            yield aligned([texts.gain_columns(FASTER, BETTER), *map(self._gain, stages)])
        slower = list(self._slower(stages))
        if slower:
            yield blocks.section("\n".join(slower))
        yield blocks.context(texts.bottlenecks_as_of(texts.day(self.looked.on), report.deals))

    def to_sort(self) -> Sequence[Block | None]:
        texts, currency, rows = self.texts, self.looked.currency, []
        for stage in self._stages():
            here = [heap for heap in self.facts.heaps if self._is_at(stage, heap)]
            count, worth = sum(heap.count for heap in here), sum(heap.minor for heap in here)
            rows.append(StageRow(texts.stage(stage), count, worth, self._of(stage)))
        captions = [each if self.alone else f"{each}, {currency}" for each in texts.stage_captions()]
        unit = 10 ** exponent(currency) if currency else 1
        gains = Gains((FASTER, BETTER), self._rounded, self._signed, unit)
        return stage_tables(rows, currency, captions, gains, texts)

    def _stages(self) -> Sequence[Stage]:
        """Open ones, and archived ones that still hold a deal."""
        held = {heap.stage_id for heap in self.facts.heaps}
        stages = [stage for stage in self.facts.pipeline.stages if stage.is_open]
        return [stage for stage in stages if stage.id in held or not stage.archived][:MOST_STAGES]

    def _of(self, stage: Stage) -> StageReport | None:
        """None for a stage that was not there at the last look."""
        found = dict(zip(self.looked.stage_ids, self.looked.report.stages, strict=True))
        return found.get(stage.id)

    def _sentence(self, report: Report) -> str:
        texts = self.texts
        place = report.bottleneck
        if place is None:
            most = max((stage.exits for stage in report.stages), default=0)
            thin = most < LEAST_SURE
            return texts.bottleneck_too_few(LEAST_SURE, most) if thin else texts.bottleneck_nowhere(AHEAD)
        stage, found = self._named(self.looked.stage_ids[place]), report.stages[place]
        adds, usual = self._amount(found.adds), self._amount(report.expected)
        if found.speed_adds >= found.conversion_adds:
            said = texts.bottleneck_of_speed(stage, FASTER, adds, usual, AHEAD)
        else:
            said = texts.bottleneck_of_conversion(stage, BETTER, adds, usual, AHEAD)
        return f"{said} {texts.bottleneck_seen(found.exits)}"

    def _velocity(self, found: Velocity) -> str:
        texts = self.texts
        a_day = found.a_day
        if a_day is None:
            pace = UNKNOWN
        elif self.looked.currency:
            pace = self._amount(a_day)
        else:
            pace = texts.deals_counted(texts.fine_number(a_day))
        mean = self._amount(found.mean) if self.looked.currency else ""
        rate = texts.win_rate(percent(found.win_rate), found.won, found.resolved, found.days)
        return texts.velocity(pace, texts.number(found.open_deals), rate, mean, texts.lasting(found.cycle))

    def _named(self, stage_id: int) -> str:
        return isolate(self.texts.stage(self.facts.pipeline.stage(stage_id)))

    def _stay(self, stage: Stage) -> Sequence[str]:
        texts, found = self.texts, self._of(stage)
        here = [heap for heap in self.facts.heaps if self._is_at(stage, heap)]
        worth = sum(heap.minor for heap in here)
        currency = self.looked.currency
        lasting = [texts.lasting(days) if days is not None else UNKNOWN for days in _days(found)]
        return (
            shorten(texts.stage(stage), STAGE_WIDTH),
            str(sum(heap.count for heap in here)),
            texts.total(worth, currency) if currency and worth else "",
            *lasting,
            str(found.visits) if found else UNKNOWN,
        )

    def _is_at(self, stage: Stage, heap: Heap) -> bool:
        currency = self.looked.currency
        if heap.stage_id != stage.id:
            return False
        leads = self.looked is self.facts.leading
        return not currency or heap.currency == currency or (leads and heap.currency is None)

    def _gain(self, stage: Stage) -> Sequence[str]:
        name, found = shorten(self.texts.stage(stage), STAGE_WIDTH), self._of(stage)
        if found is None:
            return (name, *[UNKNOWN] * 5)
        won = found.conversion
        gains = [self._signed(each) for each in (found.speed_adds, found.conversion_adds)]
        return (
            name,
            UNKNOWN if won is None else percent(won),
            str(found.resolved),
            *(gains if found.is_sure else [UNKNOWN] * 2),
            str(found.exits),
        )

    def _slower(self, stages: Sequence[Stage]) -> Iterator[str]:
        texts = self.texts
        for onward, say in ((False, texts.slower_leaving), (True, texts.slower_onward)):
            found = [
                (stage, drift) for stage in stages if (drift := self._drift(stage)) and drift.onward is onward
            ]
            told = [
                texts.slower_stage(isolate(texts.stage(stage)), drift.observed, round(drift.expected))
                for stage, drift in found
            ]
            if found:
                yield say(found[0][1].days, ", ".join(told))

    def _drift(self, stage: Stage) -> Drift | None:
        """None where it is no slower than it was."""
        found = self._of(stage)
        return found.drift if found and found.drift and found.drift.slower else None

    def _amount(self, value: float) -> str:
        return self._said(self._rounded(value))

    def _signed(self, value: float) -> str:
        rounded = self._rounded(value)
        return f"+{self._said(rounded)}" if rounded > 0 else self._said(rounded)

    def _rounded(self, value: float) -> float:
        """Without a sign where nothing is left, and without cents."""
        if not self.looked.currency:
            return round(value, 1) + 0.0
        unit = 10.0 ** exponent(self.looked.currency)
        return round(float(f"{value:.{_DIGITS}g}") / unit) * unit

    def _said(self, rounded: float) -> str:
        if self.looked.currency:
            return self.texts.total(round(rounded), self.looked.currency)
        return self.texts.deals_counted(self.texts.number(rounded))


def _days(found: StageReport | None) -> tuple[float | None, float | None]:
    return (found.median, found.p90) if found else (None, None)


def _without(line: Sequence[str], place: int) -> tuple[str, ...]:
    return (*line[:place], *line[place + 1 :])
