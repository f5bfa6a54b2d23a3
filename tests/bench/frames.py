"""The same work as one would do it with pandas: read what is needed into frames, and reckon there.

What the bot remembers between answers, the chances that the night has kept, is handed over here too.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Engine, Executable, Select, func, select, text, type_coerce

from pipeline.calls import Span
from pipeline.odds import Odds
from pipeline.priority import SHOWN
from pipeline.snapshots import beginning_of
from storage.engine import day_number, take_time
from storage.schema import to_micros
from storage.tables import DealRow, StageRow
from tests.bench.databases import TEAM

TOP = 20
_DAY = 86_400_000_000
_SCALE = 10_000
_EPOCH = date(1970, 1, 1)
_OPEN = (DealRow.workspace_id == TEAM, DealRow.closed_at.is_(None), DealRow.voided_at.is_(None))
_SCORED: Select[*tuple[Any, ...]] = (
    select(
        DealRow.id,
        DealRow.stage_id,
        type_coerce(DealRow.entered_at, BigInteger).label("entered"),
        DealRow.value,
        DealRow.currency,
        day_number(DealRow.close_on).label("due"),
        day_number(DealRow.nurture_until).label("parked"),
    )
    .select_from(DealRow)
    .where(*_OPEN)
)
_WON: Select[*tuple[Any, ...]] = (
    select(
        DealRow.currency,
        DealRow.owner_id,
        DealRow.value,
        type_coerce(DealRow.closed_at, BigInteger).label("won"),
    )
    .join(StageRow, StageRow.id == DealRow.stage_id)
    .where(DealRow.workspace_id == TEAM, StageRow.kind == "won", DealRow.voided_at.is_(None))
)
KeptOdds = Mapping[str, Odds]
"""By currency; those of all deals under ""."""


def digest(engine: Engine) -> tuple[pd.DataFrame, pd.DataFrame]:
    wanted = (
        "SELECT d.id, d.stage_id, d.currency, d.value, s.chance FROM deals d JOIN stages s ON s.id = d.stage_id"
        " WHERE d.closed_at IS NULL AND d.voided_at IS NULL"
    )
    deals = _frame(engine, text(wanted))
    deals["weighted"] = deals["value"] * deals["chance"] / 100
    heaps = deals.groupby(["stage_id", "currency"], dropna=False).agg(
        deals=("id", "count"), value=("value", "sum"), weighted=("weighted", "sum")
    )
    return heaps, deals.nlargest(TOP, "weighted")


def top(engine: Engine, now: datetime, odds: KeptOdds, owner_id: str | None = None) -> pd.DataFrame:
    """The first few by value x chance, currencies by turns.

    Left out: equal scores by age, deals without a value, and what a stage without chances of its own is held to be.
    """
    wanted = _SCORED.add_columns(day_number(DealRow.snoozed_until).label("snoozed"))
    deals = _frame(engine, wanted if owner_id is None else wanted.where(DealRow.owner_id == owner_id))
    today = _today(now)
    awake = deals[~(deals["parked"] > today) & ~(deals["snoozed"] > today)].copy()
    awake["score"] = awake["value"] * _shares(awake, odds, now)
    heaps = [awake[awake["currency"] == each] for each in awake["currency"].value_counts().index]
    best = pd.concat([heap.nlargest(SHOWN, "score").reset_index(drop=True) for heap in heaps])
    first = best.sort_index(kind="stable")["id"].head(SHOWN).tolist()
    whole = _frame(engine, select(DealRow.__table__).where(DealRow.id.in_(first)))
    return whole.set_index("id").loc[first]


def forecast(
    engine: Engine, now: datetime, odds: KeptOdds, spans: Sequence[Span]
) -> tuple[pd.DataFrame, Sequence[pd.DataFrame]]:
    """What the open deals will bring within 30 days, by kept chances; what is won and what closes in each span.

    Left out is what else the night's figure rests on: the run-rate, deals that do not exist yet, the season, how far
    earlier forecasts were off, and with that the band.
    """
    category = func.coalesce(DealRow.category, StageRow.category).label("category")
    staged = _SCORED.join(StageRow, StageRow.id == DealRow.stage_id).add_columns(category)
    deals = _frame(engine, staged)
    parked = deals["parked"] > _today(now)
    deals["category"] = deals["category"].where(~parked, "omitted")
    deals["expected"] = (deals["value"] * _shares(deals, odds, now)).where(~parked, 0)
    since = beginning_of(min(span.first for span in spans), UTC)
    won = _frame(engine, _WON.where(DealRow.closed_at >= since))
    return _heaps(deals, "stage_id", "expected"), [*_in_spans(deals, won, spans)]


def _in_spans(deals: pd.DataFrame, won: pd.DataFrame, spans: Sequence[Span]) -> Iterator[pd.DataFrame]:
    for span in spans:
        first, last = ((day - _EPOCH).days for day in span[1:])
        yield _heaps(deals[deals["due"].between(first, last)], "category")
        since, until = (
            to_micros(beginning_of(day, UTC)) for day in (span.first, span.last + timedelta(days=1))
        )
        yield (
            won[(won["won"] >= since) & (won["won"] < until)].groupby(["currency", "owner_id"])["value"].sum()
        )


def bottlenecks(engine: Engine, now: datetime, since: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What stands in each stage, and the stays that ended since then; without gains, drifts and conversions."""
    deals = _frame(engine, _SCORED)
    awake = deals[~(deals["parked"] > _today(now))]
    return _heaps(awake, "stage_id"), stages(engine, since)


def stages(engine: Engine, since: int) -> pd.DataFrame:
    """Stays that ended since then, by the stage that was left and the one that was entered."""
    moves = _frame(engine, text("SELECT deal_id, to_stage_id, at FROM moves"))
    moves = moves.sort_values(["deal_id", "at"], kind="stable")
    following = moves.groupby("deal_id").shift(-1)
    moves["left_at"], moves["next_id"] = following["at"], following["to_stage_id"]
    ended = moves[moves["left_at"] >= since]
    lasted = (ended["left_at"] - ended["at"]).groupby([ended["to_stage_id"], ended["next_id"]])
    return lasted.agg(["count", "mean", "median"])


def _heaps(deals: pd.DataFrame, by: str, *summed: str) -> pd.DataFrame:
    heaps = deals.groupby(["currency", by], dropna=False)
    return heaps.agg(deals=("id", "count"), **{each: (each, "sum") for each in ("value", *summed)})


def _shares(deals: pd.DataFrame, odds: KeptOdds, now: datetime) -> NDArray[np.float64]:
    """As pipeline.odds.Odds.share and pipeline.priority.odds_of say it."""
    shares = np.full(len(deals), np.nan)
    currencies = deals["currency"].fillna("")
    for currency in currencies.unique():
        here = (currencies == currency).to_numpy()
        shares[here] = _shares_by(odds.get(currency) or odds[""], deals[here], now)
    return shares


def _shares_by(odds: Odds, deals: pd.DataFrame, now: datetime) -> NDArray[np.float64]:
    stage_ids = sorted(odds.stages)
    chances = np.array([odds.stages[each].chances for each in stage_ids]) / _SCALE
    shifts = np.array([odds.stages[each].shift for each in stage_ids])
    stage = np.searchsorted(stage_ids, deals["stage_id"])
    age = (to_micros(now) - deals["entered"].to_numpy()) // _DAY
    bare = chances[stage, age.clip(0, chances.shape[1] - 1)]
    ahead = deals["due"].to_numpy(dtype=float, na_value=np.nan) - now.timestamp() / 86_400
    shift = shifts[stage, np.searchsorted(odds.dues, np.nan_to_num(ahead), side="right")]
    kept = bare.clip(1e-9, 1 - 1e-9)
    shifted = 1 / (1 + np.exp(-(np.log(kept / (1 - kept)) + shift)))
    shares: NDArray[np.float64] = np.where(np.isnan(ahead) | (shift == 0), bare, shifted)
    return shares


def _frame(engine: Engine, wanted: Executable) -> pd.DataFrame:
    with engine.begin() as connection:
        take_time(connection)
        return pd.read_sql(wanted, connection)


def _today(now: datetime) -> int:
    return (now.date() - _EPOCH).days
