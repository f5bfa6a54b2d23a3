"""What a chance may be, whatever the past."""

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.chances import AGES, Within, ever, within
from pipeline.hazards import Hazards, count, fit
from pipeline.history import History, visits_of
from tests.pipeline.lives import Life, past_of, pasts
from tests.pipeline.made_up import AGEING, lived

WON = 1
days = st.integers(0, 60)
quick = settings(max_examples=50)


def fitted(stages: int, lives: Sequence[Life], chances: Sequence[float] | None = None) -> Hazards:
    return fit(count(visits_of(past_of(stages, lives)), 600), chances)


def everywhere(stages: int) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
    """Each stage at many ages, among them those of deals that come in the future and of the very old."""
    ages = np.concatenate([np.linspace(-5, 420, 171), [0.5, 1e4]])
    return np.repeat(np.arange(stages, dtype=np.int16), len(ages)), np.tile(ages, stages)


@quick
@given(pasts(), days)
def test_a_chance_lies_between_none_and_certainty(past: tuple[int, list[Life]], horizon: int) -> None:
    stages, lives = past
    hazards = fitted(stages, lives)
    soon = within(hazards, horizon)
    assert len(soon.new) == horizon
    for chance in (ever(hazards).at(*everywhere(stages)), soon.at(*everywhere(stages)), soon.new):
        assert np.isfinite(chance).all()
        assert (chance >= 0).all()
        assert (chance <= 1).all()


@quick
@given(pasts(), days, days)
def test_more_days_never_lower_a_chance(past: tuple[int, list[Life]], few: int, more: int) -> None:
    stages, lives = past
    hazards = fitted(stages, lives)
    sooner = within(hazards, few).at(*everywhere(stages))
    later = within(hazards, few + more).at(*everywhere(stages))
    assert (later >= sooner).all()


@quick
@given(pasts(), days)
def test_who_comes_later_has_less_time(past: tuple[int, list[Life]], horizon: int) -> None:
    assert (np.diff(within(fitted(*past), horizon).new) <= 0).all()


@quick
@given(pasts(), days)
def test_nobody_wins_sooner_more_often_than_ever(past: tuple[int, list[Life]], horizon: int) -> None:
    stages, lives = past
    hazards = fitted(stages, lives)
    stage, age = everywhere(stages)
    whole = np.floor(np.clip(age, 0, AGES - 1))
    assert (within(hazards, horizon).at(stage, whole) <= ever(hazards).at(stage, whole) + 1e-12).all()


def test_in_the_long_run_within_is_ever() -> None:
    hazards = Hazards(AGEING, np.zeros(3, np.int64))
    stage, age = everywhere(3)
    whole = np.floor(np.clip(age, 0, AGES - 1))
    np.testing.assert_allclose(
        within(hazards, 5000).at(stage, whole), ever(hazards).at(stage, whole), atol=1e-9
    )


@quick
@given(pasts(), st.randoms(use_true_random=False))
def test_the_order_of_deals_changes_no_chance(past: tuple[int, list[Life]], chance: Random) -> None:
    stages, lives = past
    shuffled = list(lives)
    chance.shuffle(shuffled)
    once, again = fitted(stages, lives), fitted(stages, shuffled)
    where = everywhere(stages)
    np.testing.assert_allclose(ever(once).at(*where), ever(again).at(*where), atol=1e-12)
    np.testing.assert_allclose(within(once, 30).at(*where), within(again, 30).at(*where), atol=1e-12)


@given(st.lists(st.floats(0.05, 0.99), min_size=1, max_size=8))
def test_without_a_past_the_chance_is_the_stages_own_at_any_age(onward: list[float]) -> None:
    """Each stage sends on so many; where it is more than 99 of 100, one is assumed to be lost all the same."""
    chances = np.cumprod(onward[::-1])[::-1]
    hazards = fit(count(visits_of(History.nothing(len(chances))), 100), chances.tolist())
    stage, age = everywhere(len(chances))
    np.testing.assert_allclose(ever(hazards).at(stage, age), chances[stage], atol=1e-12)


def test_without_a_past_or_chances_there_is_an_answer() -> None:
    for stages in (1, 2, 5):
        hazards = fit(count(visits_of(History.nothing(stages)), 0))
        expected = [0.3] if stages == 1 else np.linspace(0.1, 0.8, stages)
        np.testing.assert_allclose(ever(hazards).entering, expected)
        assert within(hazards, 0).at(*everywhere(stages)).max() == 0
        assert len(ever(hazards).at(np.empty(0, np.int16), np.empty(0))) == 0


def test_between_whole_days_a_chance_lies_on_a_straight_line() -> None:
    soon = Within(5, np.array([np.arange(AGES, dtype=np.float64) ** 2]), np.zeros(5))
    ages = np.array([0.25, 2.5, 398.75, 399, 1000])
    assert soon.at(np.zeros(5, np.int16), ages).tolist() == [0.25, 6.5, 398**2 + 0.75 * 797, 399**2, 399**2]


def test_one_won_deal_raises_the_chance_and_is_not_certainty() -> None:
    hazards = fitted(1, [Life([(0, 0), (WON, 20)])], [0.3])
    assert 0.3 < ever(hazards).entering[0] < 0.5


def test_one_stage_is_enough() -> None:
    hazards = fitted(1, [Life([(0, d), (WON + d % 2, d + 10)]) for d in range(200)])
    assert ever(hazards).entering[0] == pytest.approx(0.5, abs=0.02)
    assert within(hazards, 40).at(np.array([0], np.int16), np.array([0.0]))[0] == pytest.approx(0.5, abs=0.03)


def test_a_deal_in_the_future_is_as_one_that_begins() -> None:
    hazards = fitted(1, [Life([(0, 0), (WON, 20)])] * 9)
    stage, ages = np.zeros(2, np.int16), np.array([-4.0, 0.0])
    for chance in (ever(hazards).at(stage, ages), within(hazards, 9).at(stage, ages)):
        assert chance[0] == chance[1]


def test_chances_are_those_of_the_deals_that_were_made_from_the_rates() -> None:
    """Of 4000 deals the share that was won lies within its own error of the planted chance, at 0 and at 30 days."""
    past = lived(AGEING, deals=4000, days=400, seed=3)
    planted, found = (
        ever(hazards)
        for hazards in (Hazards(AGEING, np.zeros(3, np.int64)), fit(count(visits_of(past), 800)))
    )
    visits = visits_of(past)
    won = np.zeros(len(past.created), np.bool_)
    won[past.deal[past.stage == past.won]] = True
    for stage in range(3):
        for age in (0.0, 30.0):
            there = (visits.stage == stage) & (visits.exit - visits.entry >= age)
            seen, deals = won[visits.deal[there]].mean(), there.sum()
            where = np.array([stage], np.int16), np.array([age])
            chance, refound = planted.at(*where)[0], found.at(*where)[0]
            error = np.sqrt(chance * (1 - chance) / deals)
            print(
                f"stage {stage}, {age:2.0f} days: planted {chance:.3f}, {seen:.3f} of {deals}, found {refound:.3f}"
            )
            assert abs(seen - chance) < 3.5 * error
            assert abs(refound - chance) < 3.5 * error
