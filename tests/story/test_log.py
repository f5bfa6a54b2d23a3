"""The log at its most talkative: what became of each request, and nothing that a person typed or must not see."""

import io
import logging
import re
import sys
from collections.abc import Iterator

import httpx
import pytest

from bot.logs import set_up
from playground.server import LocalSlack
from tests.running import wait_until
from tests.story.scene import CROSSED, QUALIFICATION, Scene

TITLE, COMPANY, CONTACT, NOTE = "Zebrafinch rollout", "Quokka Ltd", "Wilhelmina Xu", "a whispered reason"
_PAIR = re.compile(r'(\w+)=("[^"]*"|\S*)')


class Log:
    def __init__(self) -> None:
        self._stream = io.StringIO()

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    def requests(self) -> list[dict[str, str]]:
        lines = [line for line in self.text.splitlines() if " bot.requests " in line]
        return [dict(_PAIR.findall(line.partition(" bot.requests ")[2])) for line in lines]

    def verdicts(self) -> list[tuple[str, str, str]]:
        return [(each["door"], each["act"], each["verdict"]) for each in self.requests()]


@pytest.fixture(autouse=True)
def log(monkeypatch: pytest.MonkeyPatch, slack: LocalSlack) -> Iterator[Log]:
    """Before the bot is built: SQLAlchemy asks only then whether it is to say everything."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    kept = Log()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", kept._stream)
        set_up("DEBUG", (slack.identity.signing_secret,))
    yield kept
    root.handlers[:], root.level = before, level


@CROSSED
def test_a_story_told_at_debug_shows_no_secret_and_no_word_of_a_deal(scene: Scene, log: Log) -> None:
    scene.deal("@ana", f"new {TITLE} 12k at {COMPANY}")
    card = scene.card()
    scene.touch("@ana", card, "Qualification")
    scene.fill("@ana", contact=CONTACT)
    scene.card(shows=QUALIFICATION)
    scene.told("@ben", f"lost D-1 {NOTE}")
    scene.told("@olga", f"frobnicate {TITLE}")
    scene.mention("@olga", f"show {TITLE}")
    scene.control.open_home("@ana")
    scene.home("@ana", shows=TITLE)
    wait_until(lambda: "UnknownWord" in log.text, what="the log")
    identity = scene.bot.slack.identity
    for word in (TITLE, COMPANY, CONTACT, NOTE, "/response/", "/hooks", "Authorization"):
        assert word.lower() not in log.text.lower()
    for secret in (identity.bot_token, identity.app_token, identity.signing_secret):
        assert secret not in log.text
    said = log.verdicts()
    assert ("command", "new", "ok") in said
    assert ("command", "lost", "NoRight") in said
    assert ("click", "deal.move", "GateUnmet") in said
    assert [each for each in said if each[0] == "form" and each[2] == "ok"]
    assert ("mention", "show", "ok") in said


@pytest.mark.parametrize("transport", ["http", "socket"], indirect=True)
def test_each_request_has_one_line_with_its_verdict(scene: Scene, log: Log) -> None:
    scene.at_stage("qualification")
    before = len(log.requests())
    scene.told("@ana", "show D-1")
    scene.told("@ana", "show D-99")
    scene.told("@ana", "value D-1 lots")
    wait_until(lambda: len(log.requests()) >= before + 3, what="three lines")
    lines = log.requests()[before:]
    assert [each["verdict"] for each in lines] == ["ok", "UnknownDeal", "Misread"]
    assert [each["act"] for each in lines] == ["show", "show", "value"]
    assert {each["person"] for each in lines} == {"U0ANA"}
    assert len({each["id"] for each in lines}) == 3
    assert all(0 < float(each["ms"]) < 3000 for each in lines)


def test_a_repeated_request_and_an_incident_are_told_apart(
    scene: Scene, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = scene.control.prepare(
        "command", user="@ana", channel="#sales", command="/deal", text="new Beta"
    )
    for _ in range(2):
        assert scene.send(prepared).status_code == httpx.codes.OK
    assert [each["verdict"] for each in log.requests()] == ["ok", "repeated"]
    scene.incidents = True
    monkeypatch.setattr("handlers.answering.carry_out", lambda *_: 1 / 0)
    scene.deal("@ana", "new Gamma")
    assert log.requests()[-1]["verdict"] == "incident"
