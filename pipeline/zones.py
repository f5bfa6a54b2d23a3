"""The time zones that this machine knows."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zones() -> frozenset[str]:
    """Their full names. Walking through the files of them all takes long enough to be done once."""
    return frozenset(available_timezones())
