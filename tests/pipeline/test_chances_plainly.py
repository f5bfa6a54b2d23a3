"""The arrays reckon what a person with a pencil would."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.chances import ever, within
from pipeline.due_dates import due_offset
from pipeline.hazards import count, fit
from pipeline.history import Record, standing_at, visits_of
from tests.pipeline import plainly
from tests.pipeline.lives import Life, past_of, pasts

moments = st.floats(0, 700)
horizons = st.integers(1, 20)
ages = st.one_of(st.floats(0, 600), st.sampled_from([0.0, 1.0, 7.0, 365.0, 398.0, 399.0, 400.0]))
seldom = settings(max_examples=20)


def assert_close(reckoned: NDArray[np.float64], plain: object) -> None:
    np.testing.assert_allclose(reckoned, np.array(plain, np.float64), rtol=0, atol=1e-9)


@given(pasts())
def test_visits_are_those_of_a_walk_through_each_life(past: tuple[int, list[Life]]) -> None:
    stages, lives = past
    seen = visits_of(past_of(stages, lives))
    assert [
        plainly.Visit(int(stage), float(entry), float(left), None if to < 0 else int(to))
        for stage, entry, left, to in zip(seen.stage, seen.entry, seen.exit, seen.to, strict=True)
    ] == plainly.visits(stages, lives)


@given(pasts(), moments, st.one_of(st.just(-math.inf), moments))
def test_counts_are_those_of_a_walk_through_each_visit(
    past: tuple[int, list[Life]], until: float, since: float
) -> None:
    stages, lives = past
    seen = count(visits_of(past_of(stages, lives)), until, since)
    exposure, exits = plainly.counts(stages, plainly.visits(stages, lives), until, since)
    assert_close(seen.exposure, exposure)
    assert seen.exits.tolist() == exits


@given(pasts(), moments, st.data())
def test_rates_and_the_chance_ever_are_the_plain_ones(
    past: tuple[int, list[Life]], until: float, drawn: st.DataObject
) -> None:
    stages, lives = past
    chances = drawn.draw(st.none() | st.lists(st.floats(0, 1), min_size=stages, max_size=stages))
    mean_stay = drawn.draw(st.floats(1, 200))
    hazards = fit(count(visits_of(past_of(stages, lives)), until), chances, mean_stay)
    plain = plainly.rates(*plainly.counts(stages, plainly.visits(stages, lives), until), chances, mean_stay)
    assert_close(hazards.rates, plain)
    stage, age = _anywhere(drawn, stages)
    assert math.isclose(
        ever(hazards).at(np.array([stage], np.int16), np.array([age]))[0],
        plainly.ever(plain)(stage, age),
        abs_tol=1e-9,
    )


@seldom
@given(pasts(), moments, horizons, st.data())
def test_the_chance_within_is_the_plain_one(
    past: tuple[int, list[Life]], until: float, days: int, drawn: st.DataObject
) -> None:
    stages, lives = past
    soon = within(fit(count(visits_of(past_of(stages, lives)), until)), days)
    plain, new = plainly.within(
        plainly.rates(*plainly.counts(stages, plainly.visits(stages, lives), until)), days
    )
    assert_close(soon.new, new)
    stage, age = _anywhere(drawn, stages)
    at = soon.at(np.array([stage], np.int16), np.array([age]))[0]
    assert math.isclose(at, plain(stage, age), abs_tol=1e-9)


@given(pasts(dated=True), moments)
def test_who_stands_where_is_found_by_walking_too(past: tuple[int, list[Life]], t: float) -> None:
    stages, lives = past
    seen = standing_at(past_of(stages, lives), t)
    found = list(zip(seen.deal, seen.stage, seen.age, seen.due, strict=True))
    np.testing.assert_array_equal(
        np.array(found, np.float64), np.array(list(plainly.standing(stages, lives, t)), np.float64)
    )


@seldom
@given(pasts(dated=True), moments, horizons)
def test_the_offset_of_expected_closes_is_the_plain_one(
    past: tuple[int, list[Life]], t: float, days: int
) -> None:
    stages, lives = past
    history = past_of(stages, lives)

    soon = within(fit(count(visits_of(history), t)), days)

    def chance(stage: int, age: float) -> float:
        return float(soon.at(np.array([stage], np.int16), np.array([age]))[0])

    assert_close(
        due_offset(Record(history), t, days, soon).shift, plainly.shifts(stages, lives, t, days, chance)
    )


def _anywhere(drawn: st.DataObject, stages: int) -> tuple[int, float]:
    return drawn.draw(st.integers(0, stages - 1)), drawn.draw(ages)
