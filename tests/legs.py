"""What is told on both engines or through both transports: one leg in the quick suite, the others in the slow one."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import pytest

_STORIES = Path(__file__).parent / "story"
# What everything else stands on is told in full each time.
_HEART = frozenset({"test_creating", "test_moving", "test_closing", "test_undoing", "test_two_at_once"})
# No stories, but as long.
_LONG = frozenset({"test_importing", "test_past_lived"})
_LEG = re.compile(r"\b(sqlite|postgresql|http|socket)\b")


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Which leg is quick goes by turns."""
    legs: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if _goes_by_turns(item.path) and item.get_closest_marker("process") is None:
            legs[_LEG.sub("", item.nodeid)].append(item)
    for story, told in legs.items():
        quick = crc32(story.encode()) % len(told)
        for item in [*told[:quick], *told[quick + 1 :]]:
            item.add_marker(pytest.mark.retold)


def _goes_by_turns(file: Path) -> bool:
    return file.stem in _LONG or (_STORIES in file.parents and file.stem not in _HEART)
