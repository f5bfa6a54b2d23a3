"""How good figures were, against the same sums done by hand."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.accuracy import auc, bias, brier, calibration_error, coverage, wape, width

Said = Sequence[tuple[float, bool]]

chances = st.lists(
    st.tuples(st.sampled_from([0.0, 0.05, 0.1, 0.33, 0.5, 0.999, 1.0]), st.booleans()), max_size=40
)


def columns(said: Said) -> tuple[np.ndarray, np.ndarray]:
    return np.array([chance for chance, _ in said]), np.array([won for _, won in said], np.bool_)


@given(chances)
def test_auc_is_how_often_the_winner_of_two_had_the_better_chance(said: Said) -> None:
    won, lost = [c for c, w in said if w], [c for c, w in said if not w]
    pairs = [1.0 if one > other else 0.5 if one == other else 0.0 for one in won for other in lost]
    expected = sum(pairs) / len(pairs) if pairs else None
    assert auc(*columns(said)) == (pytest.approx(expected) if pairs else None)


@given(chances)
def test_calibration_is_the_mean_gap_of_ten_bins(said: Said) -> None:
    gap = 0.0
    for bin_ in range(10):
        inside = [(c, w) for c, w in said if min(int(c * 10), 9) == bin_]
        gap += abs(sum(c for c, _ in inside) - sum(w for _, w in inside))
    expected = pytest.approx(gap / len(said)) if said else None
    assert calibration_error(*columns(said)) == expected


def test_certainty_that_comes_true_is_without_error() -> None:
    said = columns([(1.0, True), (0.0, False)])
    assert (brier(*said), auc(*said), calibration_error(*said)) == (0, 1, 0)
    assert brier(*columns([(0.5, True), (0.25, False)])) == pytest.approx((0.25 + 0.0625) / 2)


def test_errors_are_shares_of_what_came() -> None:
    said, came = np.array([120.0, 60.0]), np.array([100.0, 100.0])
    assert wape(said, came) == pytest.approx(0.3)
    assert bias(said, came) == pytest.approx(-0.1)


def test_a_band_covers_what_lies_on_its_edge() -> None:
    low, high, came = np.array([80.0, 90.0]), np.array([120.0, 99.0]), np.array([120.0, 100.0])
    assert coverage(low, high, came) == 0.5
    assert width(low, high, came) == pytest.approx(49 / 220)


def test_nothing_is_said_of_nothing() -> None:
    none, no_flags = np.empty(0), np.empty(0, np.bool_)
    assert {brier(none, no_flags), auc(none, no_flags), calibration_error(none, no_flags)} == {None}
    assert {wape(none, none), bias(none, none), coverage(none, none, none), width(none, none, none)} == {None}
    assert wape(np.array([5.0]), np.array([0.0])) is None
