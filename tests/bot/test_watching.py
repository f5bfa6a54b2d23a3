"""What is told of each request, and of those that nobody had time for."""

import pytest
from slack_bolt import BoltResponse

from bot.watching import both, counting
from handlers.trace import Trace


@pytest.mark.parametrize(("begun", "counted"), [(True, 0), (False, 1)])
def test_a_late_request_is_counted_once(begun: bool, counted: int) -> None:  # noqa: FBT001 - as it is asked
    not_begun: list[None] = []
    late = counting(lambda _body, _begun: BoltResponse(status=503), lambda: not_begun.append(None))
    assert late({}, begun).status == 503
    assert len(not_begun) == counted


def test_whoever_wants_to_know_is_told() -> None:
    heard: list[tuple[str, float]] = []
    told = both(*(lambda trace, seconds: heard.append((trace.act, seconds)),) * 2)
    told(Trace(act="move"), 0.5)
    assert heard == [("move", 0.5)] * 2
