"""Planted truths: pipelines that are made from known rates, and what is found in them."""

from dataclasses import astuple, dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.backtesting import Backtest, judge_chances, judge_forecasts, judge_lists
from pipeline.bottlenecks import Business, better, look, quicker
from pipeline.chances import ever, within
from pipeline.forecasting import Hindsight, wins_of
from pipeline.hazards import Hazards, count, fit
from pipeline.history import History, visits_of
from pipeline.outlook import outlook
from pipeline.planting import drawn
from pipeline.stage_reports import AHEAD
from tests.pipeline.lives import Life, past_of
from tests.pipeline.made_up import AGEING

STAYS, ONWARD = (10.0, 15.0, 15.0, 10.0), (0.8, 0.75, 0.75, 0.7)
SURE = 3.5
"""Standard errors: one estimate in two thousand lies further off."""
Floats = NDArray[np.float64]


def test_conversions_and_stays_are_found_within_their_own_error() -> None:
    deals = 3000
    report = look(drawn(11, deals=deals, days=900).before(1100), 1100)
    for stage, found in enumerate(report.stages):
        planted = float(np.prod(ONWARD[stage:]))
        assert found.conversion is not None
        error = np.sqrt(planted * (1 - planted) / found.resolved)
        assert abs(found.conversion - planted) < SURE * error
        for quantile, seen in ((0.5, found.median), (0.9, found.p90)):
            assert seen is not None
            # That of an exponential stay, and how far the quantile of a sample lies off.
            true = -STAYS[stage] * np.log(1 - quantile)
            off = STAYS[stage] * np.sqrt(quantile / (1 - quantile) / found.exits)
            assert abs(seen - true) < SURE * off


def test_open_stays_are_no_reason_to_think_a_stage_quick() -> None:
    """Looked at in full flow, a tenth of the visits still open: the median is the planted one all the same."""
    report = look(drawn(12, deals=4000, days=400).before(380), 380)
    for stage, found in enumerate(report.stages):
        assert found.median is not None
        off = STAYS[stage] / np.sqrt(found.exits)
        assert abs(found.median - STAYS[stage] * np.log(2)) < SURE * off


def test_rates_of_arrival_and_of_wins_are_found_within_their_own_error() -> None:
    """Each deal is worth 1000, and 10 of them come a day."""
    history = drawn(13, deals=6000, days=600)
    found = Hindsight(history, since=0.0).candidates(500, 30)
    a_day, share = 10, float(np.prod(ONWARD))
    wins = a_day * 30 * share
    assert abs(found.run_rate / 1000 - wins) < SURE * np.sqrt(wins / 3)
    chances = within(_planted(), 30).new
    brought = a_day * float(chances.sum())
    # Arrivals of a month, and chances from thousands of visits.
    assert found.new_deals / 1000 == pytest.approx(brought, rel=SURE / np.sqrt(300))
    assert abs(found.open_deals / 1000 - (wins - brought)) < SURE * np.sqrt(wins)


def test_forecasts_are_unbiased_and_their_bands_hold() -> None:
    seeds = 40
    said, came, held = [], [], 0
    for seed in range(seeds):
        history = drawn(seed, deals=600, days=400)
        found = outlook(Hindsight(history, since=0.0), 300, 300, 330)
        actual = wins_of(history).between(300, 330)
        said.append(found.expected)
        came.append(actual)
        held += found.low <= actual <= found.high
    wins = sum(came) / 1000
    print(f"said {sum(said) / 1000:.0f}, came {wins:.0f}, {held} of {seeds} bands held")
    # What came scatters by chance, and what was said by as much of what it rests on.
    assert abs(sum(said) / 1000 - wins) < SURE * np.sqrt(2 * wins)
    assert held / seeds >= 0.68


def test_expected_closes_that_are_kept_tell_who_will_be_won_soon() -> None:
    """Three of five deals are won within days of the day that was named, the others are lost on some day before."""
    history = _punctual(deals=1800, days=600)
    test = Backtest(Hindsight(history, [0.6], since=0.0))
    moments = [200.0 + 30 * step for step in range(10)]
    forecasts, lists = judge_forecasts(test, moments, 30, 15), judge_lists(test, moments, 30)
    print(forecasts, lists)
    assert forecasts.blend is not None
    assert forecasts.run_rate is not None
    assert forecasts.coverage is not None
    assert forecasts.blend <= min(0.2, forecasts.run_rate)
    assert 0.68 <= forecasts.coverage <= 1
    assert lists.by_chance is not None
    assert lists.by_amount is not None
    assert lists.by_chance >= 0.6
    assert lists.by_chance >= 1.5 * lists.by_amount
    chances = judge_chances(test, moments, 30)
    assert chances.calibration_error is not None
    assert chances.calibration_error <= 0.05
    unnamed = Backtest(
        Hindsight(past_of(1, [replace(each, named=()) for each in _lives(1800, 600)]), [0.6], 0.0)
    )
    blind = judge_chances(unnamed, moments, 30).brier
    assert chances.brier is not None
    assert blind is not None
    assert chances.brier < 0.6 * blind


def _punctual(deals: int, days: float) -> History:
    return past_of(1, _lives(deals, days))


def _lives(deals: int, days: float) -> list[Life]:
    chance = np.random.default_rng(16)
    lives = []
    for begin in np.sort(chance.uniform(0, days, deals)).tolist():
        due = begin + float(chance.uniform(5, 120))
        won = chance.random() < 0.6
        end = due + float(chance.uniform(0, 3)) if won else float(chance.uniform(begin, due))
        value = float(chance.lognormal(8, 0.5))
        lives.append(Life([(0, begin), (1 if won else 2, end)], named=[(begin, due)], value=value))
    return lives


def _planted() -> Hazards:
    stages = len(STAYS)
    rates = np.zeros((stages, 15, stages + 2))
    for stage, (stay, share) in enumerate(zip(STAYS, ONWARD, strict=True)):
        rates[stage, :, stage + 1] = share / stay
        rates[stage, :, -1] = (1 - share) / stay
    return Hazards(rates, np.full(stages, 1000))


@dataclass(frozen=True)
class Simulated:
    """Wins of many deals that were let run, in continuous time, from where they stand or from a day of the window."""

    hazards: Hazards
    seed: int
    runs: int = 40_000

    def wins(self, stage: int, age: float, days: float) -> tuple[float, float]:
        """The share that is won within the days, and its error."""
        return self._won(np.full(self.runs, stage), np.full(self.runs, age), np.full(self.runs, float(days)))

    def new(self, days: float) -> tuple[float, float]:
        """Of deals that come evenly over the days."""
        left = np.random.default_rng(self.seed + 1).uniform(0, days, self.runs)
        return self._won(np.zeros(self.runs, np.int64), np.zeros(self.runs), left)

    def _won(self, stage: NDArray[np.int64], age: Floats, left: Floats) -> tuple[float, float]:
        chance = np.random.default_rng(self.seed)
        speed = self.hazards.rates.sum(axis=2)
        edges = np.array([0, 1, 2, 4, 7, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365, np.inf])
        stages, won = self.hazards.stages, np.zeros(len(stage), np.bool_)
        alive, age, left = np.ones(len(stage), np.bool_), age.copy(), left.copy()
        while alive.any():
            here = np.flatnonzero(alive)
            bins = np.searchsorted(edges, age[here] + 1e-9, side="right") - 1
            pace = speed[stage[here], bins]
            wait = chance.exponential(size=len(here)) / pace
            until = np.minimum(edges[bins + 1] - age[here], left[here])
            leaves = wait < until
            passed = np.where(leaves, wait, until)
            age[here] += passed
            left[here] -= passed
            gone = here[leaves]
            ends = self.hazards.rates[stage[gone], bins[leaves]]
            drawn_at = chance.uniform(size=len(gone)) * ends.sum(axis=1)
            stage[gone] = (ends.cumsum(axis=1) < drawn_at[:, None]).sum(axis=1)
            age[gone] = 0
            won[gone[stage[gone] == stages]] = True
            alive[gone[stage[gone] >= stages]] = False
            alive &= left > 1e-9
        share = float(won.mean())
        return share, float(np.sqrt(share * (1 - share) / len(won)))


@pytest.mark.parametrize("rates", [AGEING, _planted().rates], ids=["ageing", "steady"])
@pytest.mark.parametrize("days", [30, AHEAD])
def test_the_chance_within_is_what_simulated_deals_reach(rates: Floats, days: int) -> None:
    """The recursion goes by whole days: who leaves is taken to have done so at the end of the day."""
    hazards = Hazards(rates, np.full(len(rates), 1000))
    soon, lived = within(hazards, days), Simulated(hazards, seed=21)
    for stage, age in ((0, 0.0), (0, 40.0), (len(rates) - 1, 3.0)):
        share, error = lived.wins(stage, age, days)
        told = float(soon.at(np.array([stage], np.int16), np.array([age]))[0])
        late = float(soon.table[stage, int(age)] - within(hazards, days - 1).table[stage, int(age)])
        passes = len(rates) - stage
        assert abs(told - share) < SURE * error + late * passes


@pytest.mark.parametrize("stage", [0, 2])
def test_what_if_gains_are_those_of_simulated_deals(stage: int) -> None:
    """A fifth more speed, and a tenth more conversion, of one stage; open deals and those that usually begin."""
    usual = _planted()
    standing = [(0, 5.0), (1, 0.0), (2, 20.0), (3, 2.0)]
    business = Business(
        np.array([each for each, _ in standing], np.int16),
        np.array([age for _, age in standing]),
        np.full(len(standing), 1000.0),
        new_a_day=50.0,
    )
    for changed in (quicker(usual, stage), better(usual, stage)):
        told = business.expected(changed) - business.expected(usual)
        gained, error = 0.0, 0.0
        for sign, hazards in ((1, changed), (-1, usual)):
            lived = Simulated(hazards, seed=31)
            parts = [(1000.0, lived.wins(place, age, AHEAD)) for place, age in standing]
            parts += [(50.0 * AHEAD, lived.new(AHEAD))]
            gained += sign * sum(worth * share for worth, (share, _) in parts)
            error += sum((worth * off) ** 2 for worth, (_, off) in parts)
        print(f"stage {stage}: told {told:.0f}, simulated {gained:.0f} +- {np.sqrt(error):.0f}")
        assert told > 0
        assert abs(told - gained) < SURE * np.sqrt(error) + 0.05 * told


@pytest.mark.parametrize("stage", range(len(STAYS)))
def test_what_if_gains_are_those_of_the_chain_in_continuous_time(stage: int) -> None:
    """Where rates do not change with age a pipeline is a Markov chain, which has a solution of its own."""
    usual, standing = _planted(), [(0, 5.0), (1, 0.0), (2, 20.0), (3, 2.0)]
    places, ages = (np.array(column) for column in zip(*standing, strict=True))
    business = Business(places.astype(np.int16), ages, np.full(len(standing), 1000.0), new_a_day=50.0)

    def true(hazards: Hazards) -> float:
        open_deals = float(_won_by(hazards, AHEAD)[places].sum()) * 1000
        days = np.arange(0.5, AHEAD)
        return open_deals + 50 * sum(float(_won_by(hazards, day)[0]) for day in days)

    for changed in (quicker(usual, stage), better(usual, stage)):
        told = business.expected(changed) - business.expected(usual)
        gained = true(changed) - true(usual)
        print(f"stage {stage}: told {told:.1f}, true {gained:.1f}")
        assert told == pytest.approx(gained, rel=0.03)


def _won_by(hazards: Hazards, day: float) -> Floats:
    """By stage, from the exponential of the chain's generator: many short steps, squared again and again."""
    stages, squared = hazards.stages, 20
    generator = np.zeros((stages + 2, stages + 2))
    generator[:stages] = hazards.rates[:, 0]
    generator -= np.diag(generator.sum(axis=1))
    step = np.eye(stages + 2) + generator * day / 2**squared
    return np.asarray(np.linalg.matrix_power(step, 2**squared)[:stages, stages])


def test_better_conversion_of_a_stage_is_what_the_planted_one_is() -> None:
    """As if the pipeline had been planted with a tenth more from the beginning."""
    changed = better(_planted(), 1)
    planted = np.prod([*ONWARD[:1], ONWARD[1] * 1.1, *ONWARD[2:]])
    assert ever(changed).entering[0] == pytest.approx(planted)
    assert ever(quicker(_planted(), 1)).entering[0] == pytest.approx(np.prod(ONWARD))


def test_fitted_chances_are_close_to_the_planted_ones() -> None:
    fitted = fit(count(visits_of(drawn(14, deals=5000, days=900)), 1200))
    told, true = ever(fitted).entering, ever(_planted()).entering
    deals = np.array([5000 * float(np.prod(ONWARD[:stage])) for stage in range(4)])
    assert (np.abs(told - true) < SURE * np.sqrt(true * (1 - true) / deals)).all()


def test_the_order_of_deals_changes_no_report() -> None:
    history = drawn(15, deals=200, days=200)
    order = np.random.default_rng(1).permutation(200)
    rank = np.argsort(order)
    turned = np.lexsort((np.arange(len(history.deal)), rank[history.deal]))
    shuffled = replace(
        history,
        deal=rank[history.deal][turned],
        stage=history.stage[turned],
        at=history.at[turned],
        created=history.created[order],
        value=history.value[order],
    )
    for one, other in ((look(history, 180), look(shuffled, 180)),):
        assert one.deals == other.deals
        assert one.expected == pytest.approx(other.expected)
        for here, there in zip(one.stages, other.stages, strict=True):
            assert astuple(here)[:-1] == pytest.approx(astuple(there)[:-1])
            assert (here.drift is None) == (there.drift is None)
            if here.drift and there.drift:
                assert astuple(here.drift) == pytest.approx(astuple(there.drift))
    forecasts = [outlook(Hindsight(each, since=0.0), 180, 180, 210) for each in (history, shuffled)]
    assert astuple(forecasts[0].forecast) == pytest.approx(astuple(forecasts[1].forecast))
