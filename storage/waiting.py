"""How long a deal may wait, in SQL; what it means is said in pipeline.health."""

from datetime import datetime

from sqlalchemy import BigInteger, func, literal, or_, type_coerce
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import ColumnElement

from storage.schema import to_micros
from storage.tables import DealRow, StageRow

_DAY = 24 * 60 * 60 * 1_000_000
# As pipeline.stages.Stage.limit.
LIMIT: ColumnElement[int] = func.coalesce(StageRow.stay_limit, StageRow.patience)


def until(limit: ColumnElement[int], since: InstrumentedAttribute[datetime]) -> ColumnElement[int]:
    """The last microsecond at which that has not lasted too long."""
    return type_coerce(since, BigInteger) + limit * literal(_DAY, BigInteger)


def has_waited(limit: ColumnElement[int], now: datetime) -> ColumnElement[bool]:
    return or_(*(until(limit, since) < to_micros(now) for since in (DealRow.entered_at, DealRow.changed_at)))
