"""What no button of ours carries: refused or ignored, never an error, and nothing is written."""

import json
from typing import Any
from urllib.parse import parse_qs, urlencode

import httpx
import pytest

from playground.receipts import Prepared
from tests.story.scene import CROSSED, Scene, carried

Json = dict[str, Any]

VALUES = [
    "",
    "null",
    "[]",
    "{",
    "[" * 1900,
    '{"d":1}',
    '{"d":"1","v":"1","s":"2"}',
    '{"d":true,"v":true,"s":true}',
    '{"d":-1,"v":1,"s":2}',
    '{"d":1e400,"v":1,"s":2}',
    '{"d":99999999999999999999,"v":1,"s":2}',
    '{"d":99,"v":1,"s":2}',
    '{"d":1,"v":2,"s":999}',
    '{"d":1,"v":1,"s":2}',
    '{"d":1,"v":99,"s":2}',
    '{"d":1,"v":2,"s":2,"n":"a\\u0000b"}',
    '{"run":5}',
    '{"run":"won D-2"}',
]


def reshaped(prepared: Prepared, **parts: object) -> str:
    """The same click with other parts of its action or its payload."""
    payload = json.loads(parse_qs(prepared.body)["payload"][0])
    payload["trigger_id"] = f"{payload['trigger_id']}.{json.dumps(parts, default=str)[:40]}"
    for name, part in parts.items():
        where = payload["actions"][0] if name in ("value", "action_id", "selected_option") else payload
        where[name] = part
    return urlencode({"payload": json.dumps(payload)})


@CROSSED
def test_a_forged_value_of_a_button_changes_nothing(scene: Scene) -> None:
    scene.at_stage("qualification", by="U0BEN")
    held = scene.held("@ana", scene.card(shows="●━◉"), "Lost")
    before = scene.state()
    for value in VALUES:
        for action in ("deal.move/1", "deal.undo", "deal.reopen", "deal.form", "deal.card", "deal.run/0"):
            answer = scene.send(held, reshaped(held, value=value, action_id=action))
            assert (answer.status_code, answer.text) == (200, ""), (value, action)
    changes = scene.state()
    assert changes[:3] == before[:3]
    assert (scene.stage(), scene.row().version) == ("qualification", 2)


@pytest.mark.parametrize("action", ["deal.unknown", "deal.", "other", "deal.move", "deal.move/", "x" * 255])
def test_an_unknown_action_is_ignored(scene: Scene, action: str) -> None:
    scene.at_stage("qualification", by="U0BEN")
    held = scene.held("@ana", scene.card(shows="●━◉"), "Lost")
    before = scene.state()
    assert scene.send(held, reshaped(held, action_id=action, value="{}")).status_code == httpx.codes.OK
    assert scene.state() == before


@pytest.mark.parametrize(
    "parts",
    [
        {"user": None},
        {"user": "U0ANA"},
        {"user": {}},
        {"team": None},
        {"team": "T0SALES"},
        {"team": {"id": "T0OTHER"}},
        {"channel": None},
        {"channel": "C0SALES"},
        {"container": None},
        {"container": []},
        {"message": None},
        {"message": []},
        {"actions": []},
        {"actions": None},
        {"actions": "deal.move"},
        {"actions": [None]},
        {"response_url": None},
        {"response_url": 5},
        {"response_url": "http://127.0.0.1:1/elsewhere"},
        {"trigger_id": None},
        {"type": "other"},
        {"type": None},
        {"view": []},
        {"selected_option": "x"},
        {"selected_option": {"value": None}},
        {"value": None},
        {"value": {"d": 1}},
    ],
    ids=json.dumps,
)
def test_a_click_with_parts_missing_or_misshapen_is_never_a_server_error(scene: Scene, parts: Json) -> None:
    scene.incidents = True
    scene.at_stage("qualification", by="U0BEN")
    held = scene.held("@ana", scene.card(shows="●━◉"), "Lost")
    before = scene.state()
    assert scene.send(held, reshaped(held, **parts)).status_code < httpx.codes.INTERNAL_SERVER_ERROR
    assert scene.state()[:3] == before[:3]


def test_a_button_of_one_deal_does_not_move_another(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.at_stage("lead", by="U0BEN", title="Beta rollout")
    held = scene.held("@ana", scene.card("D-1"), "Lost")
    value = json.dumps({**carried(scene.card("D-1"), "Lost"), "d": 2})
    before = scene.marked()
    scene.send(held, reshaped(held, value=value))
    assert "managers and admins" in scene.reply(before)["text"]
    assert (scene.stage(1), scene.stage(2)) == ("lead", "lead")


METADATA = [
    "",
    "null",
    "[]",
    "{",
    "[" * 2900,
    '{"d":99,"v":1,"s":2}',
    '{"d":1,"v":1,"s":999}',
    '{"d":2,"v":1,"s":2}',
    '{"d":1,"v":1,"s":2,"c":5,"t":[]}',
    '{"d":"1"}',
]


@pytest.mark.parametrize("metadata", METADATA, ids=lambda text: text[:30])
def test_a_forged_form_changes_nothing_or_just_what_its_sender_may(scene: Scene, metadata: str) -> None:
    scene.at_stage("lead", by="U0BEN")
    scene.at_stage("lead", by="U0BEN", title="Beta rollout")
    scene.deal("@ben", "move D-1 qualification")
    held = scene.control.prepare("submit", user="@ben", values={"contact": "Carla"})
    payload = json.loads(parse_qs(held.body)["payload"][0])
    payload["view"]["private_metadata"] = metadata
    payload["user"]["id"] = "U0ANA"
    before = scene.state()
    answer = scene.send(held, urlencode({"payload": json.dumps(payload)}))
    assert answer.status_code == httpx.codes.OK
    assert scene.state()[:3] == before[:3]


@pytest.mark.parametrize(
    "state",
    [
        None,
        [],
        {"values": None},
        {"values": {"contact": None}},
        {"values": {"contact": {"contact": {"value": {"x": 1}}}}},
        {"values": {"contact": {"contact": {"value": "a\x00b"}}}},
        {"values": {"contact": {"contact": {"value": "\ud800"}}}},
        {"values": {"close_on": {"close_on": {"selected_date": "tomorrow"}}}},
        {"values": {"value": {"value": {"value": "9" * 5000}}}},
        {"values": {"contact": {"contact": {"value": "C" * 100_000}}}},
        {"values": {"unknown": {"unknown": {"value": "x"}}}},
    ],
    ids=lambda state: json.dumps(state)[:60],
)
def test_a_form_of_misshapen_values_is_never_a_server_error(scene: Scene, state: Json | None) -> None:
    scene.incidents = True
    scene.at_stage("lead")
    scene.deal("@ana", "move D-1 qualification")
    held = scene.control.prepare("submit", user="@ana", values={"contact": "Carla"})
    payload = json.loads(parse_qs(held.body)["payload"][0])
    payload["view"]["state"] = state
    answer = scene.send(held, urlencode({"payload": json.dumps(payload)}))
    assert answer.status_code == httpx.codes.OK
    if scene.row().version != 1:
        assert scene.row().contact == "{'x': 1}"


@pytest.mark.parametrize("view", [None, [], "V1", {}, {"callback_id": "deal.gate"}, {"callback_id": "other"}])
def test_a_form_without_a_view_is_never_a_server_error(scene: Scene, view: object) -> None:
    scene.incidents = True
    scene.deal("@ana", "")
    held = scene.control.prepare("submit", user="@ana", values={"title": "Acme"})
    payload = json.loads(parse_qs(held.body)["payload"][0])
    payload["view"] = view
    answer = scene.send(held, urlencode({"payload": json.dumps(payload)}))
    assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR
    assert scene.count("deals") == 0
