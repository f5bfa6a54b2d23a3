"""Nonsense for a while: `FUZZ_SECONDS` for each test, `FUZZ_SEED` to repeat one."""

import os
import time
from collections.abc import Iterator
from random import Random

import pytest

from tests.story.conftest import (
    acquainted,
    dialect,
    local_slack,
    main_channel,
    scene,
    slack,
    transport,
)

__all__ = ["acquainted", "dialect", "local_slack", "main_channel", "scene", "slack", "transport"]


@pytest.fixture
def chance() -> Random:
    seed = int(os.environ.get("FUZZ_SEED") or time.time_ns() % 2**32)
    print(f"\nFUZZ_SEED={seed}")
    return Random(seed)


@pytest.fixture
def rounds() -> Iterator[int]:
    """Numbers until the time is over."""

    def counted() -> Iterator[int]:
        until = time.monotonic() + float(os.environ.get("FUZZ_SECONDS", "20"))
        number = 0
        while time.monotonic() < until:
            yield number
            number += 1
        print(f"{number} rounds")

    return counted()
