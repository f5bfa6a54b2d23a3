"""Whatever became of deals: each has one reason at most, and all of them explain the end."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.bridge import Bridge, Course, Scope, Standing, passages, passing, summed
from pipeline.money import Money
from pipeline.snapshots import beginning_of, week_of
from pipeline.stages import StageKind

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
standings = st.builds(
    Standing,
    st.sampled_from([1, 2]),
    st.sampled_from(StageKind),
    st.none() | st.builds(Money, st.integers(0, 10**14), st.sampled_from(["EUR", "JPY", "KWD"])),
    st.sampled_from([None, "U0ANA", "U0BEN"]),
    st.sampled_from([None, date(2026, 11, 30), FIRST, LAST, date(2027, 1, 1)]),
    st.booleans(),
)
courses = st.lists(st.tuples(st.none() | standings, st.none() | standings), max_size=30).map(
    lambda pairs: [Course(number, "Deal", *pair) for number, pair in enumerate(pairs, start=1)]
)
scopes = st.builds(
    Scope,
    st.sampled_from([1, 2]),
    st.frozensets(st.sampled_from(["U0ANA", "U0BEN"])),
    st.none() | st.just((FIRST, LAST)),
)


@given(found=courses, scope=scopes)
def test_a_bridge_closes_to_the_minor_unit_with_one_reason_for_each_deal(
    found: Sequence[Course], scope: Scope
) -> None:
    opening = summed(each.before for each in found if each.before and scope.holds(each.before))
    closing = summed(each.after for each in found if each.after and scope.holds(each.after))
    bridge = Bridge(opening, closing, passages(found, scope), passing(found, scope))
    assert bridge.closes
    told = Counter(passage.course.number for passage in bridge.passages)
    assert set(told.values()) <= {1}
    assert sum(map(len, bridge.by_reason().values())) == len(bridge.passages)
    differing = {each.number for each in found if _worth(each.before, scope) != _worth(each.after, scope)}
    assert set(told) == differing
    assert not {course.number for course in bridge.passing} & set(told)


def _worth(standing: Standing | None, scope: Scope) -> tuple[bool, Money | None]:
    held = standing is not None and scope.holds(standing)
    return held, standing.value if standing and held else None


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 23), "2026-W48"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_week_is_the_calendars(day: date, week: str) -> None:
    assert week_of(day) == week


def test_a_day_begins_at_its_first_moment_in_the_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert beginning_of(date(2026, 10, 26), berlin) == datetime.fromisoformat("2026-10-25T23:00+00:00")
    # Clocks in Cairo went from midnight to one.
    assert beginning_of(date(2026, 4, 24), ZoneInfo("Africa/Cairo")) == datetime.fromisoformat(
        "2026-04-23T22:00+00:00"
    )
