"""What is told of thin data: no percentage, its sample, a rough band; and of every report, as of when it is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.texts.english import English
from handlers.views.forecast import Foreseen, forecast
from handlers.views.forecast_chart import forecast_chart
from handlers.views.rounding import about
from pipeline.kept_forecasts import LEAST_CHECKS, LEAST_WINS, MANY_WINS, Period
from pipeline.odds import LEAST_SAMPLE, Odds
from pipeline.priority import chance_of
from pipeline.stage_reports import LEAST_SEEN, LEAST_SURE, StageReport
from tests.views.gallery.cards import card
from tests.views.gallery.catalogue import catalogue
from tests.views.gallery.forecasts import ALL, DECEMBER, KEPT
from tests.views.gallery.sitter import DEAL, NOW, Sitter
from tests.views.gallery.standstills import PACE, YOUNG
from tests.views.gallery.tops import with_odds
from tests.views.reading import strings

PERCENT = re.compile(r"\d+\s?%")
# What says that nothing is known, or may be shown, yet; or lists what is there at this very moment.
NO_REPORT = (
    *("top_of_none", "top_of_none_but_resting", "top_before_chances", "top_before_any_fit"),
    *("forecast_unknown", "forecast_unknown_with_calls", "forecast_hidden", "bottlenecks_not_looked_for"),
)
AS_OF: Mapping[str, str] = {"en": "as of ", "de": "stand"}
Drawn = Mapping[str, Any]


def read(payload: Any) -> str:
    return " ".join(strings(payload["blocks"]))


@pytest.fixture
def drawn(spoken: English) -> Drawn:
    return _drawn(spoken)


@cache
def _drawn(spoken: English) -> Drawn:
    return catalogue(Sitter(DEAL, spoken, money=True))


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    return str(request.node.callspec.params["spoken"])


def named(drawn: Drawn, *beginnings: str) -> dict[str, str]:
    return {name: read(each) for name, each in drawn.items() if name.startswith(beginnings)}


def test_every_report_says_as_of_when_it_is(drawn: Drawn, language: str) -> None:
    reports = named(drawn, "top_", "forecast", "bottlenecks_", "changes_")
    assert len(reports) > 20
    undated = [name for name, said in reports.items() if AS_OF[language] not in said.lower()]
    assert set(undated) <= set(NO_REPORT)


@pytest.mark.parametrize("resolved", [0, LEAST_SAMPLE - 1, LEAST_SAMPLE])
def test_a_card_gives_no_percentage_under_five_closed_deals(spoken: English, resolved: int) -> None:
    sitter = Sitter(DEAL, spoken, money=True)
    said = read(card(replace(sitter, pipeline=with_odds(sitter.pipeline, resolved))))
    assert bool(PERCENT.search(said)) == (resolved >= LEAST_SAMPLE)


@pytest.mark.parametrize("similar", [LEAST_SAMPLE - 1, LEAST_SAMPLE, MANY_WINS - 1, 212])
def test_a_cards_chance_carries_its_sample(spoken: English, similar: int) -> None:
    """Whatever its size; under five visits to compare with there is none."""
    sitter = Sitter(DEAL, spoken, money=True)
    pipeline = with_odds(sitter.pipeline)
    known = pipeline.odds[""]
    stages = {each: replace(stage, similar=(similar,) * 3) for each, stage in known.stages.items()}
    few = replace(pipeline, odds={"": replace(known, stages=stages)})
    said = [text for text in strings(card(replace(sitter, pipeline=few))) if PERCENT.search(text)]
    assert all(str(similar) in text for text in said)
    assert bool(said) == (similar >= LEAST_SAMPLE)


def test_the_top_list_gives_no_percentage_before_chances_are_known(drawn: Drawn, spoken: English) -> None:
    for name in ("top_before_chances", "top_before_any_fit"):
        assert not PERCENT.search(read(drawn[name])), name
    assert spoken.chances_unknown(3, LEAST_SAMPLE) in read(drawn["top_before_chances"])


def test_each_chance_in_the_top_list_carries_its_sample(drawn: Drawn, spoken: English) -> None:
    lines = [text for text in strings(drawn["top_of_five"]["blocks"]) if PERCENT.search(text)]
    assert len(lines) >= 3
    tail = spoken.chance_told(0.5, 30, 0).partition("50 %")[2]
    sample = re.compile(re.escape(tail).replace("0", r"\d+").replace(r"3\d+", "30"))
    assert [line for line in lines if not sample.search(line)] == []
    assert spoken.chance_too_thin() in read(drawn["top_of_five"]), "three visits are too few"


def test_each_chance_that_fell_carries_its_sample(drawn: Drawn, spoken: English) -> None:
    said = read(drawn["top_with_three_at_risk"]).partition(spoken.at_risk)[2]
    told = spoken.risk_told("", 7, 0.36, 0.22, 40)
    assert said.count(told.partition(":")[0].lstrip()) == 3
    assert said.count(told.rpartition(",")[2]) == 3


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "< 1 %"), (0.0049, "< 1 %"), (0.38, "38 %"), (0.994, "99 %"), (0.9951, "> 99 %")],
)
def test_a_chance_that_is_open_is_never_told_as_none_nor_as_certain(
    share: float, said: str, spoken: English
) -> None:
    told = {"< 1 %": spoken.least_chance, "> 99 %": spoken.greatest_chance}.get(said, said)
    assert spoken.chance(share) == told
    assert told in spoken.card_chance(share, 30, 74)


def test_a_forecast_gives_no_figure_under_five_wins(drawn: Drawn, spoken: English) -> None:
    said = read(drawn["forecast_too_thin"])
    assert not PERCENT.search(said)
    assert spoken.forecast_too_thin(1, LEAST_WINS) in said


def month_seen(at: datetime, texts: English) -> str:
    """What is said of November as it is seen at a moment of it."""
    kept = replace(KEPT, as_of=at.astimezone(UTC))
    facts = Foreseen([kept], [Period.MONTH], "", money=True, currency="EUR", now=at)
    return read(forecast(facts, texts).message())


def test_how_far_off_checks_were_is_not_said_of_the_last_days(spoken: English) -> None:
    off = spoken.forecast_checks(12, 14)
    assert off in month_seen(datetime(2026, 11, 24, 5, tzinfo=UTC), spoken)
    assert off not in month_seen(datetime(2026, 11, 25, 5, tzinfo=UTC), spoken)


def test_the_last_days_begin_at_the_workspaces_midnight(spoken: English) -> None:
    off, berlin = spoken.forecast_checks(12, 14), ZoneInfo("Europe/Berlin")
    assert off in month_seen(datetime(2026, 11, 24, 23, 50, tzinfo=berlin), spoken)
    night = month_seen(datetime(2026, 11, 25, 0, 10, tzinfo=berlin), spoken)
    assert off not in night
    assert spoken.day(date(2026, 11, 25)) in night


def test_a_month_that_is_over_is_not_told_as_this_one(spoken: English) -> None:
    """Its quarter goes on, and so do the next days: only what was kept of the month is not shown."""
    said = forecast(Foreseen([KEPT], ALL, "", money=True, currency="EUR", now=DECEMBER), spoken)
    december, november = (
        spoken.forecast_period(Period.MONTH, spoken.day(day.replace(day=1)), spoken.day(day), day.day)
        for day in (date(2026, 12, 31), date(2026, 11, 30))
    )
    assert f"{december}: {spoken.forecast_follows()}" in said.text
    assert november not in said.text
    assert said.text.count(spoken.forecast_follows()) == 1


def test_a_period_that_is_over_is_not_drawn_as_this_one(spoken: English) -> None:
    drawn = [
        forecast_chart([KEPT], periods, day, "EUR", spoken)
        for periods in (ALL, [Period.MONTH])
        for day in (date(2026, 11, 30), DECEMBER.date())
    ]
    month = spoken.forecast_category(Period.MONTH)
    assert [each is not None and month in str(each) for each in drawn] == [True, False, True, False]
    assert [each is not None for each in drawn] == [True, True, True, False]


def test_a_part_of_a_forecast_is_told_no_finer_than_the_whole(spoken: English) -> None:
    assert about(19_49, "EUR", spoken) == spoken.total(19_00, "EUR")
    assert about(19_49, "EUR", spoken, of=770_000_00) == spoken.total(0, "EUR")
    assert about(3_340_00, "EUR", spoken, of=301_000_00) == spoken.total(3_000_00, "EUR")


@pytest.mark.parametrize("wins", [LEAST_WINS, MANY_WINS - 1, MANY_WINS])
def test_a_forecast_of_under_twenty_wins_names_them(wins: int) -> None:
    assert replace(KEPT, wins=wins).rests_on_few == (wins < MANY_WINS)


def test_a_forecast_of_few_wins_says_so_and_one_of_many_does_not(drawn: Drawn, spoken: English) -> None:
    assert spoken.forecast_sample(7) in read(drawn["forecast_of_few_wins"])
    assert spoken.forecast_sample(KEPT.wins) not in read(drawn["forecast"])


def test_a_band_of_under_six_checks_is_called_rough(drawn: Drawn, spoken: English) -> None:
    told = [text for text in strings(drawn["forecast"]["blocks"]) if "(80 %" in text]
    assert sorted(each.checks for each in KEPT.periods) == [0, 2, 12]
    for said, period in zip(told, KEPT.periods, strict=True):
        assert (spoken.forecast_rough(period.checks) in said) == (period.checks < LEAST_CHECKS)
    assert spoken.forecast_checks(2, 31) in told[1], "how far off, and by how many checks"


@pytest.mark.parametrize("resolved", [LEAST_SEEN - 1, LEAST_SEEN, LEAST_SURE - 1, LEAST_SURE])
def test_a_stages_conversion_is_silent_under_five_closed_deals(resolved: int) -> None:
    known = StageReport(40, 40, 3.0, 9.0, resolved, resolved, 1.0, 1.0)
    assert (known.conversion is None) == (resolved < LEAST_SEEN)
    assert StageReport(40, resolved, 3.0, 9.0, 9, 9, 1.0, 1.0).is_sure == (resolved >= LEAST_SURE)


def test_bottlenecks_tell_of_each_share_how_many_it_is_of(drawn: Drawn, spoken: English) -> None:
    """And of a stage that too few have left no share, no gain and no bottleneck."""
    said = read(drawn["bottlenecks_of_weeks"])
    assert spoken.bottleneck_too_few(LEAST_SURE, max(stage.exits for stage in YOUNG)) in said
    won, thin = YOUNG[0], YOUNG[1]
    assert won.conversion is not None
    assert thin.conversion is None
    shares = PERCENT.findall(said)
    assert f"{round(won.conversion * 100)} %" in shares
    # Else only the rate of the velocity, and what a stage is thought to be better by.
    told = {f"{round(share * 100)} %" for share in (won.conversion, PACE.win_rate)}
    assert set(shares) - told <= {"20 %", "10 %"}
    sizes = [*(stage.resolved for stage in YOUNG), PACE.resolved]
    assert all(str(size) in said for size in sizes)


def test_changes_give_amounts_and_no_percentages(drawn: Drawn) -> None:
    for name, said in named(drawn, "changes_").items():
        assert not PERCENT.search(said), name


@pytest.mark.parametrize(
    "thin", [lambda odds: replace(odds, resolved=LEAST_SAMPLE - 1), lambda odds: replace(odds, stages={})]
)
def test_a_chance_that_is_not_told_is_told_nowhere(spoken: English, thin: Callable[[Odds], Odds]) -> None:
    sitter = Sitter(DEAL, spoken, money=True)
    known = with_odds(sitter.pipeline)
    pipeline = replace(known, odds={"": thin(known.odds[""])})
    assert chance_of(DEAL, pipeline, NOW) is None
    assert not PERCENT.search(read(card(replace(sitter, pipeline=pipeline))))
