"""The same work as one would do it with pandas: read what is needed into frames, and reckon there."""

import pandas as pd
from sqlalchemy import Engine, text

TOP = 20


def digest(engine: Engine) -> tuple[pd.DataFrame, pd.DataFrame]:
    wanted = (
        "SELECT d.id, d.stage_id, d.currency, d.value, s.chance FROM deals d JOIN stages s ON s.id = d.stage_id"
        " WHERE d.closed_at IS NULL AND d.voided_at IS NULL"
    )
    with engine.connect() as connection:
        deals = pd.read_sql(text(wanted), connection)
    deals["weighted"] = deals["value"] * deals["chance"] / 100
    heaps = deals.groupby(["stage_id", "currency"], dropna=False).agg(
        deals=("id", "count"), value=("value", "sum"), weighted=("weighted", "sum")
    )
    return heaps, deals.nlargest(TOP, "weighted")


def stages(engine: Engine, since: int) -> pd.DataFrame:
    """Stays that ended since then, by the stage that was left and the one that was entered."""
    with engine.connect() as connection:
        moves = pd.read_sql(text("SELECT deal_id, to_stage_id, at FROM moves"), connection)
    moves = moves.sort_values(["deal_id", "at"], kind="stable")
    following = moves.groupby("deal_id").shift(-1)
    moves["left_at"], moves["next_id"] = following["at"], following["to_stage_id"]
    ended = moves[moves["left_at"] >= since]
    lasted = (ended["left_at"] - ended["at"]).groupby([ended["to_stage_id"], ended["next_id"]])
    return lasted.agg(["count", "mean", "median"])
