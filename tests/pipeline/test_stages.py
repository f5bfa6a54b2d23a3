"""The default pipeline, and pipelines known by their stages' names alone."""

from itertools import pairwise

import pytest

from pipeline.stages import DEFAULT_STAGES, Category, StageKind, evenly_planned
from tests.pipeline.desk import Desk


def test_a_new_workspace_has_the_default_pipeline(desk: Desk) -> None:
    stages = desk.pipeline.stages
    assert [(stage.key, stage.chance, stage.patience) for stage in stages] == [
        ("lead", 10, 7),
        ("qualification", 25, 14),
        ("proposal", 50, 14),
        ("negotiation", 70, 21),
        ("closing", 90, 10),
        ("won", 100, None),
        ("lost", 0, None),
    ]
    assert [stage.german for stage in stages][:3] == [
        "Lead-Generierung",
        "Qualifizierung",
        "Angebotserstellung",
    ]
    assert [stage.gate for stage in stages] == [plan.gate for plan in DEFAULT_STAGES]
    assert desk.pipeline.won.category is Category.CLOSED
    assert desk.pipeline.lost.category is Category.OMITTED


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_stages_known_by_name_rise_evenly_and_end_in_won_and_lost(count: int) -> None:
    plans = evenly_planned(f"Stage {place}" for place in range(count))
    opened = [plan for plan in plans if plan.kind is StageKind.OPEN]
    assert len(opened) == count
    assert opened[0].chance == 10
    assert all(one.chance < two.chance <= 90 for one, two in pairwise(opened))
    assert [plan.kind for plan in plans[-2:]] == [StageKind.WON, StageKind.LOST]
    assert len({plan.key for plan in plans}) == len(plans)
