"""Reports: left to the courier, or told at once where that cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from handlers.answer import Answer
from handlers.blocks import section
from handlers.reporting import acknowledged
from handlers.services import Services
from handlers.texts.languages import texts
from pipeline.errors import ArchiveDown, CommitUnknown
from pipeline.letters import JSONDict
from pipeline.ports import Archive, Work
from tests.views.gallery.sitter import DEAL, TEAM, Sitter

PICTURE: JSONDict = {"type": "data_visualization"}
REPORT = Answer("Pipeline", [section("in words")], [PICTURE])
SITTER = Sitter(DEAL, texts("en"))
REQUEST = SITTER.request(response_url="https://hooks.slack.com/1", escaped="board")


@dataclass
class Desk:
    """An archive that takes replies, or fails as it is told; `woken` counts the courier's calls."""

    fails: Exception | None = None
    replies: list[JSONDict] = field(default_factory=list)
    woken: int = 0

    @contextmanager
    def begin(self, _workspace_id: str, _until: float | None = None) -> Iterator[Work]:
        outbox = SimpleNamespace(reply=lambda _id, payload: self.replies.append(payload))
        yield cast("Work", SimpleNamespace(outbox=outbox))
        if self.fails:
            raise self.fails

    def _wake(self) -> None:
        self.woken += 1

    def services(self) -> Services:
        return replace(SITTER.services(), archive=cast("Archive", self), wake=self._wake)


def blocks(body: JSONDict) -> Any:
    return body["blocks"]


def test_a_picture_is_left_to_the_courier_with_its_classic_form() -> None:
    desk = Desk()
    assert acknowledged(desk.services(), REQUEST, REPORT) == {}
    (payload,) = desk.replies
    assert blocks(cast("JSONDict", payload["body"])) == [PICTURE]
    assert blocks(cast("JSONDict", payload["classic"])) == [section("in words")]
    assert desk.woken == 1


def test_what_has_no_picture_is_told_at_once() -> None:
    desk = Desk()
    said = acknowledged(desk.services(), REQUEST, replace(REPORT, newer=()))
    assert blocks(said) == [section("in words")]
    assert (desk.replies, desk.woken) == ([], 0)


def test_a_report_that_has_no_address_to_follow_to_is_told_at_once() -> None:
    desk = Desk()
    said = acknowledged(desk.services(), replace(REQUEST, response_url=None), REPORT)
    assert blocks(said) == [section("in words")]


def test_where_slack_has_refused_pictures_the_report_is_told_at_once() -> None:
    desk = Desk()
    services = desk.services()
    services.newer.were_refused(TEAM)
    assert blocks(acknowledged(services, REQUEST, REPORT)) == [section("in words")]
    assert desk.replies == []


@pytest.mark.parametrize(
    ("failure", "told"),
    [(ArchiveDown("busy"), "in words"), (CommitUnknown("cut"), "Your report may have been lost on its way.")],
)
def test_what_may_be_in_the_outbox_is_not_told_beside_it(failure: Exception, told: str) -> None:
    desk = Desk(failure)
    first, *_ = blocks(acknowledged(desk.services(), REQUEST, REPORT))
    assert first["text"]["text"].startswith(told)
    assert desk.woken == 0
