"""Nonsense for a while: `FUZZ_SECONDS` for each test; always the same unless `FUZZ_SEED` is a number or `new`."""

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


# What is found by chance is looked for on purpose; a build that fails by chance helps nobody.
USUAL_SEED = "42"


@pytest.fixture
def chance() -> Random:
    given = os.environ.get("FUZZ_SEED", USUAL_SEED)
    seed = time.time_ns() % 2**32 if given == "new" else int(given)
    print(f"\nFUZZ_SEED={seed}")
    return Random(seed)


@pytest.fixture
def rounds() -> Iterator[int]:
    """Numbers until the time is over."""

    def counted() -> Iterator[int]:
        until = time.monotonic() + float(os.environ.get("FUZZ_SECONDS", "10"))
        number = 0
        while time.monotonic() < until:
            yield number
            number += 1
        print(f"{number} rounds")

    return counted()
