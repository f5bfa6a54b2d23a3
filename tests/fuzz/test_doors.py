"""Whatever is typed or sent, there is an answer and no incident; Slack finds no fault with what is said."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlencode

import httpx
import pytest

from playground.receipts import Prepared
from tests.fuzz.nonsense import bent, line
from tests.story.scene import BOTH_ENGINES, Scene

# Half of a character cannot be sent as UTF-8 at all; a payload may still hold it escaped.
HALF = "\ud83d"
PEOPLE = ("@ana", "@ben", "@mia", "@gus", "@jonas", "@olga")

pytestmark = [pytest.mark.slow, pytest.mark.fuzz]


@BOTH_ENGINES
def test_any_line_gets_an_answer(scene: Scene, chance: Random, rounds: Iterator[int]) -> None:
    scene.at_stage("lead")
    for _ in rounds:
        who, typed = chance.choice(PEOPLE), line(chance).replace(HALF, "")
        said = scene.control.command(who, "/deal", typed)
        assert said.status == httpx.codes.OK, (who, typed, said)
        assert said.ok, (who, typed, said)


@BOTH_ENGINES
def test_any_payload_gets_an_answer(scene: Scene, chance: Random, rounds: Iterator[int]) -> None:
    scene.at_stage("lead")
    kept = [(each, _payload(each)) for each in _payloads(scene)]
    for number in rounds:
        prepared, payload = chance.choice(kept)
        sent = bent({**payload, "trigger_id": f"t{number}"}, chance)
        answer = scene.send(prepared, urlencode({"payload": json.dumps(sent)}))
        assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, (sent, answer.text)


def _payloads(scene: Scene) -> list[Prepared]:
    card = scene.card()
    scene.deal("@ana", "edit D-1")
    submitted = scene.control.prepare("submit", user="@ana", values={"title": "Acme"})
    clicks = [scene.held("@ana", card, label) for label in ("Lost", "Qualification")]
    menu = scene.control.prepare(
        "click", user="@ana", channel="#sales", ts=card["ts"], action_id="deal.menu", select="Note"
    )
    shortcut = scene.control.prepare("shortcut", user="@ana", callback_id="deal.new")
    noted = scene.control.prepare(
        "message_action", user="@ana", callback_id="deal.note", channel="#sales", ts=card["ts"]
    )
    return [submitted, menu, shortcut, noted, *clicks]


def _payload(prepared: Prepared) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(parse_qs(prepared.body)["payload"][0])
    return read
