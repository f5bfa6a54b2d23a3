"""How long deals usually stay; test_reports_plainly.py has the reckoning with fractions."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages import Stay
from pipeline.stays import (
    LEAST_EXITS,
    STILL_THERE,
    Stretches,
    Visits,
    curve,
    fitted,
    limit_after,
    visits_of,
)

DAY = 86_400
TODAY = date(2026, 11, 17)
Visit = tuple[int, bool]

visits = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=60)


def columns(given: Sequence[Visit], stage: int = 1) -> Visits:
    return Visits(
        np.full(len(given), stage, np.int32),
        np.array([seconds for seconds, _ in given], np.int32),
        np.array([exited for _, exited in given], np.bool_),
    )


def test_half_is_half_whatever_a_million_factors_come_to() -> None:
    count = 1_000_000
    seconds = np.arange(count, dtype=np.int32)
    assert curve(seconds, np.ones(count, np.bool_)).until_left(0.5) == count // 2 - 1


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_where_all_have_left_it_is_the_plain_median(seconds: list[int]) -> None:
    middle = sorted(seconds)[(len(seconds) - 1) // 2]
    assert curve(np.array(seconds, np.int32), np.ones(len(seconds), np.bool_)).until_left(0.5) == middle


@given(visits.filter(lambda told: sum(exited for _, exited in told) > 0))
def test_dropping_the_open_visits_never_makes_a_stage_slower(told: Sequence[Visit]) -> None:
    seen, left = columns(told), columns([each for each in told if each[1]])
    dropped = curve(left.seconds, left.exited).until_left(0.5)
    kept = curve(seen.seconds, seen.exited).until_left(0.5)
    assert dropped is not None
    assert kept is None or kept >= dropped


def test_thin_data_say_nothing() -> None:
    enough = [(3 * DAY, True)] * LEAST_EXITS + [(DAY, False)] * 4
    seen = Visits.joined([columns(enough), columns(enough[1:], 2), columns([(DAY, False)] * 99, 3)])
    stay = Stay(limit=5, median=timedelta(days=3), visits=24, on=TODAY)
    assert fitted(seen, [1, 2, 3, 4], TODAY) == {1: stay, 2: None, 3: None, 4: None}


def test_nothing_is_said_while_most_are_still_there() -> None:
    told = [(DAY, True)] * LEAST_EXITS + [(9 * DAY, False)] * (LEAST_EXITS + 1)
    assert fitted(columns(told), [1], TODAY) == {1: None}


@pytest.mark.parametrize(
    ("median", "days"), [(0, 1), (1, 1), (16 * 3600, 1), (16 * 3600 + 1, 2), (2 * DAY, 3), (12 * DAY, 18)]
)
def test_the_limit_is_one_and_a_half_medians_in_whole_days(median: int, days: int) -> None:
    assert limit_after(median) == days


def stretches(rows: Sequence[tuple[int, int, int, int, int]]) -> Stretches:
    """Rows of deal, stage, next stage, and seconds of beginning and end."""
    told = np.array(rows, np.int64).reshape(-1, 5).T
    return Stretches(told[0], told[1], told[2], told[3] * 1_000_000, told[4] * 1_000_000)


def test_a_stage_entered_twice_in_a_row_is_one_visit() -> None:
    seen = visits_of(
        stretches(
            [
                (1, 1, 2, 0, 5),
                (1, 2, 2, 5, 9),
                (1, 2, 2, 9, 11),
                (1, 2, 3, 11, 20),
                (1, 3, STILL_THERE, 20, 21),
            ]
        )
    )
    assert seen.stages.tolist() == [1, 2, 3]
    assert seen.seconds.tolist() == [5, 15, 1]
    assert seen.exited.tolist() == [True, True, False]


lives = st.lists(
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 5)), min_size=1, max_size=6), max_size=6
)


@given(lives, st.booleans())
def test_visits_are_what_a_walk_through_each_life_finds(
    told: Sequence[Sequence[tuple[int, int]]],
    still: bool,  # noqa: FBT001 - drawn
) -> None:
    """A life is stages with the seconds spent there; the last goes on, or was left for an end elsewhere."""
    rows: list[tuple[int, int, int, int, int]] = []
    expected: list[tuple[int, int, bool]] = []
    last = STILL_THERE if still else 9
    for deal, life in enumerate(told):
        since = 0
        walked: list[tuple[int, int]] = []
        nexts = [stage for stage, _ in life[1:]] + [last]
        for (stage, lasted), following in zip(life, nexts, strict=True):
            rows.append((deal, stage, following, since, since + lasted))
            since += lasted
            if walked and walked[-1][0] == stage:
                walked[-1] = (stage, walked[-1][1] + lasted)
            else:
                walked.append((stage, lasted))
        expected += [
            (*visit, still is False or place < len(walked) - 1) for place, visit in enumerate(walked)
        ]
    seen = visits_of(stretches(rows))
    assert (
        list(zip(seen.stages.tolist(), seen.seconds.tolist(), seen.exited.tolist(), strict=True)) == expected
    )
