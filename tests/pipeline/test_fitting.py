"""The table of chances says what the hazards say, and names how many visits it rests on."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from pipeline.chances import within
from pipeline.fitting import AGES, DUES, fitted, landmarks
from pipeline.hazards import count, fit, recorded_since
from pipeline.history import History, visits_of
from pipeline.odds import HORIZON, LEAST_SAMPLE, Odds

NOW = datetime(2026, 11, 17, tzinfo=UTC)
TODAY = NOW.timestamp() / 86_400
CHANCES = (0.2, 0.5)


def past(*lives: list[tuple[int, float]]) -> History:
    """Of each deal the stages that it entered, and how many days ago."""
    rows = [(deal, stage, TODAY - ago) for deal, life in enumerate(lives) for stage, ago in life]
    deal, stage, at = (np.array(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    created = np.array([TODAY - life[0][1] for life in lives])
    nothing = History.nothing(2)
    return History(
        2,
        np.array(deal, np.int64),
        np.array(stage, np.int16),
        np.array(at, np.float64),
        created,
        np.full(len(lives), np.nan),
        nothing.due_deal,
        nothing.due_at,
        nothing.due,
    )


def odds(history: History) -> Odds:
    found = fitted(history, TODAY, CHANCES)
    stages = dict(enumerate(found.odds))
    return Odds(NOW, found.deals, found.resolved, AGES, DUES, stages)


WON = [(0, 100.0), (1, 90.0), (2, 80.0)]
LOST = [(0, 100.0), (3, 60.0)]
OPEN = [(0, 20.0)]


def test_the_table_is_what_the_recursion_gives() -> None:
    history = past(*[WON] * 12, *[LOST] * 9, *[OPEN] * 4)
    known, visits = odds(history), visits_of(history)
    hazards = fit(count(visits, TODAY, recorded_since(visits, TODAY)), CHANCES)
    table = within(hazards, HORIZON).table
    for stage in (0, 1):
        for age in (0, 3, 9.9):
            said = known.reckon(stage, NOW - timedelta(days=age), None, NOW)
            assert said
            assert said.share == pytest.approx(table[stage, min(int(age), 399)], abs=6e-5)


def test_who_is_older_than_all_that_was_seen_is_no_likelier_than_the_oldest_of_them() -> None:
    """Not as likely as the stage as a whole, as a bin without any visit would have it."""
    known = odds(past(*[WON] * 12, *[LOST] * 9, *[OPEN] * 4))
    ages = [known.share(0, age, None) for age in (44, 45, 200, 5000)]
    assert ages[0] is not None
    assert all(each is not None and each <= ages[0] for each in ages)
    unseen = odds(past())
    assert unseen.share(0, 5000, None) == unseen.share(0, 0, None), "of nothing seen nothing follows"


def test_similar_visits_are_those_that_lasted_as_long_and_were_watched_for_as_long() -> None:
    seen = landmarks(past(*[WON] * 12, *[LOST] * 9, *[OPEN] * 4), TODAY)
    first = dict(zip(AGES, zip(seen.similar[0], seen.won[0], strict=True), strict=True))
    assert first[0] == (21, 12)
    assert first[7] == (21, 12)
    assert first[14] == (9, 0)
    assert first[45] == (0, 0)
    second = dict(zip(AGES, zip(seen.similar[1], seen.won[1], strict=True), strict=True))
    assert second[7] == (12, 12)


def test_a_reopened_deal_is_compared_by_its_next_win() -> None:
    twice = [(0, 200.0), (2, 190.0), (0, 180.0), (3, 170.0), (1, 160.0), (2, 100.0)]
    seen = landmarks(past(twice), TODAY)
    assert (seen.similar[0][0], seen.won[0][0]) == (2, 1)
    assert (seen.similar[1][0], seen.won[1][0]) == (1, 0)


def test_nothing_is_told_of_thin_data() -> None:
    few = odds(past(*[WON] * 4, OPEN))
    assert not few.are_known
    assert few.chance(0, NOW, None, NOW) is None
    assert few.reckon(0, NOW, None, NOW)
    enough = odds(past(*[WON] * LEAST_SAMPLE, OPEN))
    assert enough.chance(0, NOW, None, NOW)
    assert enough.chance(0, NOW - timedelta(days=300), None, NOW) is None, "nobody stayed that long"
    assert enough.chance(7, NOW, None, NOW) is None, "a stage of which nothing is known"


def test_a_pipeline_without_a_past_has_odds_all_the_same() -> None:
    empty = odds(past())
    found = empty.reckon(1, NOW, None, NOW)
    assert found
    assert 0 < found.share < 1
    assert found.similar == empty.resolved == 0
