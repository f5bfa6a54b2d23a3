"""What can be pressed is listened to, and what is listened to can be pressed."""

from typing import Any

from handlers.actions import Action, Form, read_value
from handlers.deals import _FORMS, _PRESSES
from handlers.texts.english import English
from tests.views.gallery.catalogue import golden
from tests.views.reading import objects


def pressable(texts: English) -> list[dict[str, Any]]:
    """Buttons and menus; an input's `action_id` names a field."""
    inputs = [part["element"] for part in objects(golden(texts)) if part.get("type") == "input"]
    return [each for each in objects(golden(texts)) if "action_id" in each and each not in inputs]


def test_every_action_has_a_listener_and_every_listener_an_action(spoken: English) -> None:
    shown = {each["action_id"].partition("/")[0] for each in pressable(spoken)}
    assert shown == set(_PRESSES) == set(Action)


def test_every_form_is_read_but_the_one_that_only_tells(spoken: English) -> None:
    views = [each for each in golden(spoken).values() if each.get("type") == "modal"]
    assert {view["callback_id"] for view in views} == set(Form)
    assert {view["callback_id"] for view in views if "submit" in view} == set(_FORMS)


def test_what_a_button_carries_can_be_read_when_it_comes_back(spoken: English) -> None:
    plain = {Action.NEW: "new", Action.LINK: "card"}
    for each in pressable(spoken):
        action = each["action_id"].partition("/")[0]
        for carried in _carried(each):
            assert carried == plain.get(action, carried)
            assert action in plain or read_value(carried), each


def test_forms_ask_for_fields_by_their_names(spoken: English) -> None:
    for each in objects(golden(spoken)):
        if each.get("type") == "input":
            # What follows a slash tells a renewed form from the one before.
            assert each["block_id"].partition("/")[0] == each["element"]["action_id"]


def _carried(element: dict[str, Any]) -> list[str]:
    if element["type"] == "button":
        return [element["value"]]
    return [option["value"] for option in element["options"]]
