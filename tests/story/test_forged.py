"""What no button of ours carries: refused or ignored, never an error, and nothing is written."""

import json
from typing import Any
from urllib.parse import parse_qs, urlencode

import httpx
import pytest

from handlers.actions import Form
from playground.receipts import Prepared
from tests.story.doors import Doors
from tests.story.scene import QUALIFICATION, Scene, carried

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
    '{"d":1,"v":2,"f":"void"}',
    '{"d":1,"v":99,"f":"void"}',
    '{"d":99,"v":1,"f":"void"}',
    '{"d":1,"v":2,"f":"forget"}',
    '{"d":1,"v":2,"f":["edit"]}',
    '{"d":1,"v":2,"f":"edit"}',
    '{"run":"forget Carla","again":true}',
    '{"run":"merge D-1 D-99"}',
]
ACTIONS = ("move/1", "undo", "form", "run/0", "menu", "ask", "claim", "reopen", "card", "new")


def reshaped(prepared: Prepared, **parts: object) -> str:
    """The same click with other parts of its action or its payload."""
    payload = json.loads(parse_qs(prepared.body)["payload"][0])
    payload["trigger_id"] = f"{payload['trigger_id']}.{json.dumps(parts, default=str)[:40]}"
    for name, part in parts.items():
        where = payload["actions"][0] if name in ("value", "action_id", "selected_option") else payload
        where[name] = part
    return urlencode({"payload": json.dumps(payload)})


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_forged_value_of_a_button_changes_nothing(scene: Scene) -> None:
    scene.at_stage("qualification", by="U0BEN")
    held = scene.held("@ana", scene.card(shows=QUALIFICATION), "Lost")
    before = scene.state()
    for value in VALUES:
        for action in ACTIONS:
            answer = scene.send(held, reshaped(held, value=value, action_id=f"deal.{action}"))
            assert (answer.status_code, answer.text) == (200, ""), (value, action)
    changes = scene.state()
    assert changes[:3] == before[:3]
    assert (scene.stage(), scene.row().version) == ("qualification", 2)


def test_an_unknown_action_is_ignored(scene: Scene) -> None:
    scene.at_stage("qualification", by="U0BEN")
    held = scene.held("@ana", scene.card(shows=QUALIFICATION), "Lost")
    before = scene.state()
    for action in ("deal.unknown", "deal.", "other", "deal.move", "deal.move/", "x" * 255):
        answer = scene.send(held, reshaped(held, action_id=action, value="{}"))
        assert answer.status_code == httpx.codes.OK, action
    assert scene.state() == before


MISSHAPEN: list[Json] = [
    {"user": None},
    {"user": "U0ANA"},
    {"user": {}},
    {"user": {"id": "U" * 33}},
    {"channel": {"id": "C\0"}},
    {"trigger_id": "1" * 3001},
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
]


def test_a_click_with_parts_missing_or_misshapen_is_never_a_server_error(scene: Scene) -> None:
    scene.incidents = True
    scene.at_stage("qualification", by="U0BEN")
    held = scene.held("@ana", scene.card(shows=QUALIFICATION), "Lost")
    before = scene.state()
    for parts in MISSHAPEN:
        answer = scene.send(held, reshaped(held, **parts))
        assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, parts
        assert scene.state()[:3] == before[:3], parts


@pytest.mark.parametrize("name", ["half \ud83d of a character", "a\0b", "U0ÄNA", "1" * 101])
def test_what_slack_calls_nothing_by_is_no_request_of_slacks(scene: Scene, name: str) -> None:
    scene.at_stage("qualification", by="U0BEN")
    held = scene.held("@ana", scene.card(shows=QUALIFICATION), "Lost")
    for parts in ({"trigger_id": name}, {"user": {"id": name}}, {"container": {"channel_id": name}}):
        payload = {**json.loads(parse_qs(held.body)["payload"][0]), **parts}
        answer = scene.send(held, urlencode({"payload": json.dumps(payload)}))
        assert answer.status_code == httpx.codes.BAD_REQUEST, parts


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
    '{"d":1,"v":1,"s":2,"c":"\\ud83d","t":"a\\u0000b"}',
    '{"d":"1"}',
]


def test_a_forged_form_changes_nothing_that_its_sender_may_not(scene: Scene) -> None:
    scene.at_stage("lead", by="U0BEN")
    scene.at_stage("lead", by="U0BEN", title="Beta rollout")
    scene.deal("@ben", "move D-1 qualification")
    held = scene.control.prepare("submit", user="@ben", values={"contact": "Carla"})
    before = scene.state()
    for place, metadata in enumerate(METADATA):
        payload = json.loads(parse_qs(held.body)["payload"][0])
        payload["view"] |= {"private_metadata": metadata, "hash": str(place)}
        payload["user"]["id"] = "U0ANA"
        answer = scene.send(held, urlencode({"payload": json.dumps(payload)}))
        assert answer.status_code == httpx.codes.OK, metadata
        assert scene.state()[:3] == before[:3], metadata


FORGED = [
    *METADATA,
    '{"d":1,"v":2,"f":"edit"}',
    '{"d":1,"v":99,"f":"edit"}',
    '{"d":99,"v":1,"f":"edit"}',
    '{"d":1,"v":2,"f":"nowhere"}',
    '{"d":1,"v":2,"s":999,"f":"edit"}',
    '{"d":1,"v":true,"f":"edit"}',
]
TYPED = {"title": "Mine now", "owner": "U0ANA", "note": "Psst", "contact": "Carla", "value": "1"}


def test_forms_for_other_deals_and_from_elsewhere_change_nothing(scene: Scene) -> None:
    """Ana may change neither deal, but write notes on both: those forms come from another workspace."""
    scene.at_stage("qualification", by="U0BEN")
    scene.at_stage("lead", by="U0BEN", title="Beta rollout")
    doors, before = Doors(scene), scene.state()[:3]
    for metadata in FORGED:
        for name in ("deal.say", "deal.gate"):
            doors.form("U0ANA", name, metadata, TYPED)
            assert scene.state()[:3] == before, (name, metadata)
        for name in Form:
            doors.form("U0OLGA", name, metadata, TYPED, team="T0OTHER")
            assert scene.state()[:3] == before, (name, metadata)


def test_a_note_names_a_deal_of_this_workspace_or_is_refused(scene: Scene) -> None:
    scene.at_stage("lead", by="U0BEN")
    doors, before = Doors(scene), scene.state()[:3]
    for metadata in ("", "[]", '{"d":99}', '{"d":"1"}', '{"d":-1}', '{"d":true}', '{"d":1e400}'):
        doors.form("U0ANA", "deal.note", metadata, {"note": "Psst", "deal": "D-7"})
        assert scene.state()[:3] == before, metadata


def test_no_button_of_another_workspace_is_heard(scene: Scene) -> None:
    scene.at_stage("lead", by="U0BEN")
    doors, before = Doors(scene), scene.state()[:3]
    stage = scene.stage_id("won")
    for action in (*ACTIONS, "move/home"):
        for value in ({"d": 1, "v": 1, "s": stage, "f": "void"}, {"run": "void D-1", "again": True}):
            for home in (True, False):
                doors.click("U0OLGA", f"deal.{action}", value, home=home, team="T0OTHER")
                assert scene.state()[:3] == before, (action, value)
    doors.post("U0OLGA", {"type": "shortcut", "callback_id": "deal.new"}, team="T0OTHER")
    message = {"type": "message_action", "callback_id": "deal.note", "message": {"ts": "1.1", "text": "D-1"}}
    doors.post("U0OLGA", {**message, "channel": {"id": "C0SALES"}}, team="T0OTHER")
    assert not scene.control.modal("@olga")
    assert scene.state()[:3] == before


STATES: list[object] = [
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
]


def test_a_form_of_misshapen_values_is_never_a_server_error(scene: Scene) -> None:
    scene.incidents = True
    scene.at_stage("lead")
    scene.deal("@ana", "move D-1 qualification")
    held = scene.control.prepare("submit", user="@ana", values={"contact": "Carla"})
    for place, state in enumerate(STATES):
        payload = json.loads(parse_qs(held.body)["payload"][0])
        payload["view"] |= {"state": state, "hash": str(place)}
        answer = scene.send(held, urlencode({"payload": json.dumps(payload)}))
        assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, state
    assert scene.row().contact in ("", "{'x': 1}")


def test_a_form_without_a_view_is_never_a_server_error(scene: Scene) -> None:
    scene.incidents = True
    scene.deal("@ana", "")
    held = scene.control.prepare("submit", user="@ana", values={"title": "Acme"})
    views: tuple[object, ...] = (None, [], "V1", {}, {"callback_id": "deal.gate"}, {"callback_id": "other"})
    for view in views:
        payload = json.loads(parse_qs(held.body)["payload"][0])
        payload["view"] = view
        answer = scene.send(held, urlencode({"payload": json.dumps(payload)}))
        assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, view
    assert scene.count("deals") == 0
