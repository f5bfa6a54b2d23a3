"""How good the chances are on deals that nobody fitted them to: figures beside their bounds, with `pytest -s`."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from pipeline.chances import within
from pipeline.hazards import count, fit
from pipeline.history import History, visits_of
from tests.pipeline.judging import Chances, Snapshot, by_stage_alone, by_stage_and_age, judged, snapshots
from tests.pipeline.made_up import AGEING, lived
from tests.pipeline.samples import LOAN_CHANCES, loans

ASSUMED = (0.3, 0.5, 0.7)
DRAWS = 40


@pytest.fixture(scope="module")
def bank() -> History:
    return loans()


@pytest.fixture(scope="module")
def made() -> History:
    """Three hundred days of two deals a day, with ages that matter."""
    return lived(AGEING, deals=600, days=300, seed=11)


def weekly(begin: float, days: int, end: float) -> Iterator[float]:
    while begin + days <= end:
        yield begin
        begin += 7


def test_made_up_deals_of_many_ages_are_told_apart(made: History) -> None:
    taken = snapshots(made, weekly(100, 30, 300), 30)
    found = judged(taken, by_stage_and_age(made, 30, ASSUMED))
    plain = judged(taken, by_stage_alone(made, 30, ASSUMED))
    print(f"\nmade up, 30 days: {found}; bounds: ECE .05, stage alone {plain.brier:.4f} less .006")
    assert found.ece <= 0.05
    assert plain.brier - found.brier >= 0.006


def test_loans_won_in_thirty_days(bank: History) -> None:
    taken = snapshots(bank, weekly(52.5, 30, 106), 30)
    found = judged(taken, by_stage_and_age(bank, 30, LOAN_CHANCES))
    plain = judged(taken, by_stage_alone(bank, 30, LOAN_CHANCES))
    print(f"\nloans, 30 days: {found}; bounds .178, .76, .05")
    print(f"stage alone: {plain}; better by {plain.brier - found.brier:.4f}; bound .006")
    assert found.brier <= 0.178
    assert found.auc >= 0.76
    assert found.ece <= 0.05
    assert plain.brier - found.brier >= 0.006


def test_loans_won_in_fourteen_days(bank: History) -> None:
    taken = snapshots(bank, weekly(52.5, 14, 106), 14)
    found = judged(taken, by_stage_and_age(bank, 14, LOAN_CHANCES))
    print(f"\nloans, 14 days: {found}; bounds .146, .77")
    assert found.brier <= 0.146
    assert found.auc >= 0.77


def test_five_deals_are_enough_not_to_be_foolish(bank: History) -> None:
    """A past of five deals only, drawn anew 40 times from those that had ended before each snapshot."""
    taken = snapshots(bank, weekly(52.5, 30, 106), 30)
    found = [judged(taken, _from_five(bank, np.random.default_rng(draw))).brier for draw in range(DRAWS)]
    print(f"\nfive deals, {DRAWS} draws: mean {np.mean(found):.4f}, worst {max(found):.4f}; bounds .205, .24")
    assert np.mean(found) <= 0.205
    assert max(found) <= 0.24


def _from_five(bank: History, chance: np.random.Generator) -> Callable[[Snapshot], Chances]:
    def chances(snapshot: Snapshot) -> Chances:
        known = bank.before(snapshot.t)
        ended = np.unique(known.deal[known.stage >= known.stages])
        few = np.isin(known.deal, chance.choice(ended, 5, replace=False))
        past = replace(known, deal=known.deal[few], stage=known.stage[few], at=known.at[few])
        soon = within(fit(count(visits_of(past), snapshot.t), LOAN_CHANCES), 30)
        return soon.at(snapshot.standing.stage, snapshot.standing.age)

    return chances
