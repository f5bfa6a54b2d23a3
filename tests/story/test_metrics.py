"""`/metrics`: what Prometheus is told of a bot at work."""

import re
import time
from functools import partial

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage import fitting
from tests.running import wait_until
from tests.story.scene import BOTH_ENGINES, TEAM, Scene


class Page:
    def __init__(self, scene: Scene) -> None:
        answer = httpx.get(f"{scene.bot.address}/metrics")
        assert answer.status_code == httpx.codes.OK
        self.text = answer.text
        self._samples = [
            sample for family in text_string_to_metric_families(self.text) for sample in family.samples
        ]

    def value(self, name: str, **labels: str) -> float | None:
        found = [each.value for each in self._samples if each.name == name and each.labels == labels]
        return found[0] if found else None


def succeeded_at(scene: Scene, chore: str) -> float | None:
    return Page(scene).value("pipeline_chore_success_timestamp_seconds", chore=chore)


@BOTH_ENGINES
def test_requests_post_and_chores_are_counted(scene: Scene) -> None:
    scene.deal("@ana", "new Zebrafinch 12k")
    scene.told("@ana", "show D-1")
    scene.told("@ana", "show D-99")
    scene.told("@ana", "show D-98")
    scene.card()
    wait_until(lambda: Page(scene).value("pipeline_outbox_unsent", state="waiting") == 0, what="the post")
    page = Page(scene)
    assert page.value("pipeline_requests_total", act="new", verdict="ok") == 1
    assert page.value("pipeline_requests_total", act="show", verdict="ok") == 1
    assert page.value("pipeline_requests_total", act="show", verdict="UnknownDeal") == 2
    assert page.value("pipeline_answer_seconds_count", door="command") == 4
    assert page.value("pipeline_outbox_lag_seconds") == 0
    assert page.value("pipeline_database_up") == 1
    assert page.value("pipeline_database_errors_total") == 0
    # The first beat comes at once, and takes its time over several chores.
    for chore in ("wake", "sweep", "snapshot", "refresh"):
        last = wait_until(partial(succeeded_at, scene, chore), what=f"the first {chore}")
        assert abs(time.time() - last) < 60
    assert "Zebrafinch" not in page.text


@BOTH_ENGINES
def test_when_the_night_and_the_week_were_dealt_with_is_told_at_every_door(scene: Scene) -> None:
    at = scene.bot.running.bot.services.clock()
    fitting.refit(scene.store, TEAM, at, at.date())

    def told() -> tuple[float | None, float | None]:
        page = Page(scene)
        names = ("pipeline_chances_fitted_timestamp_seconds", "pipeline_weekly_copy_timestamp_seconds")
        night, week = map(page.value, names)
        return night, week

    night, week = wait_until(lambda: told() if all(told()) else None, what="the first week")
    assert night == pytest.approx(at.timestamp(), abs=1)
    assert week == pytest.approx(at.timestamp(), abs=120)
    ready = httpx.get(f"{scene.bot.address}/readyz").json()
    assert re.fullmatch(r"fitted \d{4}-\d\d-\d\dT\d\d:\d\dZ from 0 closed deals", ready["chances"])
    assert re.fullmatch(r"taken \d{4}-\d\d-\d\dT\d\d:\d\dZ for \d{4}-W\d\d", ready["weekly copy"])


def test_a_database_that_is_away_is_told_of(scene: Scene) -> None:
    scene.told("@ana", "help")
    pool = scene.store.engine.pool
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "connect", away)
        assert "Not saved" in scene.told("@ana", "new Beta")
        page = Page(scene)
    assert page.value("pipeline_database_up") == 0
    assert page.value("pipeline_database_errors_total")
    assert page.value("pipeline_requests_total", act="new", verdict="ArchiveDown") == 1
    assert page.value("pipeline_outbox_lag_seconds") is None
    assert Page(scene).value("pipeline_database_up") == 1


def away() -> None:
    raise PoolTimeout("all connections are taken")


def test_figures_are_read_and_nothing_else(scene: Scene) -> None:
    assert httpx.head(f"{scene.bot.address}/metrics").status_code == httpx.codes.OK
    assert httpx.post(f"{scene.bot.address}/metrics").status_code == httpx.codes.NOT_FOUND
