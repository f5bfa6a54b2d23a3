"""From one moment of a pipeline to another, as the archive tells it."""

from datetime import date, datetime, timedelta

from pipeline.bridge import Bridge, Crossing, Reason, Scope
from tests.pipeline.desk import Desk

PERIOD = (date(2026, 12, 1), date(2026, 12, 31))
JANUARY = date(2027, 1, 20)


def crossing(desk: Desk, scope: Scope, since: datetime, until: datetime | None = None) -> Crossing:
    with desk.store.read(desk.team, still=True) as work:
        found = work.past.bridge(scope, since, desk.at.date(), until)
    assert found is not None
    assert found.bridge.closes
    return found


def bridge(desk: Desk, since: datetime, scope: Scope | None = None, until: datetime | None = None) -> Bridge:
    return crossing(desk, scope or whole(desk), since, until).bridge


def whole(desk: Desk, **part: object) -> Scope:
    return Scope(desk.pipeline.id, **part)  # type: ignore[arg-type] # one of its parts


def told(found: Bridge) -> dict[Reason, list[tuple[int, dict[str, int]]]]:
    return {
        reason: [(each.course.number, dict(each.worth)) for each in passages]
        for reason, passages in found.by_reason().items()
    }


def later(desk: Desk, **time: float) -> datetime:
    """The moment from which on something else happens."""
    desk.at += timedelta(**time)
    return desk.at
