"""What is sent to the bot, and when."""

from typing import Any

import pytest

from tests.page.conftest import Easel
from tests.page.samples import BUTTONS, DATA_TABLE, MENU, MOMENT, PICKERS, TYPED, accessories, option


def row(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "block_id": "b", "elements": list(elements)}]


def field(element: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    label = {"type": "plain_text", "text": "Field"}
    return [
        {"type": "input", "block_id": "b", "label": label, "element": {**element, "action_id": "a"}, **more}
    ]


def test_a_button_is_busy_until_the_bot_has_answered(easel: Easel) -> None:
    easel.show(row(BUTTONS[0]))
    easel.page.evaluate("() => easel.pause()")
    button = easel.page.get_by_role("button", name="Show")
    button.click()
    assert button.get_attribute("aria-busy") == "true"
    button.click()
    easel.page.evaluate("() => easel.release()")
    easel.page.wait_for_selector("button:not([aria-busy])")
    assert easel.acts == [{"action_id": "plain", "block_id": "b", "value": "v"}]


def test_a_failing_act_ends_the_busy_button_and_is_left_to_the_page(easel: Easel) -> None:
    easel.show(row(BUTTONS[0]))
    easel.page.evaluate(
        "() => { easel.hold = Promise.reject(new Error('no bot')); easel.hold.catch(() => {}); }"
    )
    with easel.page.expect_event("pageerror") as failing:
        easel.page.get_by_role("button", name="Show").click()
    assert str(failing.value) == "no bot"
    easel.page.wait_for_selector("button:not([aria-busy])")


def test_a_confirmation_is_asked_first_and_the_safe_answer_stands_ready(easel: Easel) -> None:
    easel.show(row(BUTTONS[2]))
    press = easel.page.get_by_role("button", name="Void", exact=True)
    press.click()
    dialog = easel.page.get_by_role("dialog", name="Are you sure?")
    assert dialog.locator("strong").text_content() == "Void"
    easel.page.keyboard.press("Enter")
    assert easel.acts == []
    press.click()
    easel.page.keyboard.press("Escape")
    easel.page.wait_for_function("() => !document.querySelector('dialog')")
    assert press.evaluate("(node) => node === document.activeElement")
    press.click()
    easel.page.get_by_role("button", name="Void it").click()
    easel.page.wait_for_function("() => easel.acts.length")
    assert easel.acts == [{"action_id": "danger", "block_id": "b", "value": "v"}]


def test_a_link_button_leads_to_the_web_only_and_tells_the_bot(easel: Easel) -> None:
    easel.show(row(BUTTONS[3], {**BUTTONS[3], "action_id": "bad", "url": "javascript:alert(1)"}))
    link = easel.page.get_by_role("link", name="Open")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (
        "https://example.com/d/42",
        "noopener noreferrer",
    )
    link.evaluate("(node) => node.addEventListener('click', (event) => event.preventDefault())")
    link.click()
    assert [act["action_id"] for act in easel.acts] == ["url"]
    assert easel.page.get_by_role("button", name="Open").count() == 1


def test_a_menu_works_by_keys_alone(easel: Easel) -> None:
    easel.show(row(MENU))
    button, keys = easel.page.get_by_role("button", name="More actions"), easel.page.keyboard
    button.focus()
    keys.press("Enter")
    assert easel.page.locator(":focus").text_content() == "Edit"
    keys.press("ArrowUp")
    assert easel.page.locator(":focus").text_content() == "Park"
    keys.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert easel.page.locator(":focus").get_attribute("aria-haspopup") == "menu"
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert easel.acts == [{"action_id": "menu", "block_id": "b", "select": "note"}]
    assert easel.page.get_by_role("menu").count() == 0


def test_the_menus_button_closes_it_too(easel: Easel) -> None:
    easel.show(row(MENU))
    button = easel.page.get_by_role("button", name="More actions")
    button.click()
    button.click()
    assert easel.page.get_by_role("menu").count() == 0
    assert easel.acts == []


@pytest.mark.parametrize("surface", ["message", "home", "modal"])
def test_outside_of_fields_a_pick_is_sent_at_once(easel: Easel, surface: str) -> None:
    page = easel.page
    easel.show(accessories(), surface=surface)
    page.get_by_role("combobox", name="Choose the static").click()
    page.get_by_role("option", name="Won").click()
    page.get_by_label("Choose the day").fill("2027-01-31")
    page.get_by_role("checkbox", name="Proposal").check()
    page.get_by_role("combobox", name="Choose the many", exact=True).click()
    page.get_by_role("option", name="Won").click()
    page.get_by_role("option", name="Lead").click()
    page.keyboard.press("Escape")
    assert easel.acts == [
        {"action_id": "a_static", "block_id": "s_static", "select": "won"},
        {"action_id": "a_day", "block_id": "s_day", "select": "2027-01-31"},
        {"action_id": "a_boxes", "block_id": "s_boxes", "select": ["proposal"]},
        {"action_id": "a_many", "block_id": "s_many", "select": ["proposal", "won"]},
    ]


@pytest.mark.parametrize(("more", "sent"), [({}, []), ({"dispatch_action": True}, ["won"])])
def test_a_field_of_a_form_is_sent_at_once_only_where_it_says_so(
    easel: Easel, more: Any, sent: list[str]
) -> None:
    easel.show(field(PICKERS["static"], **more), surface="modal")
    easel.page.get_by_role("combobox").click()
    easel.page.get_by_role("option", name="Won").click()
    assert [act["select"] for act in easel.acts] == sent


def test_typed_text_is_sent_by_enter_or_letter_by_letter_as_the_field_says(easel: Easel) -> None:
    easel.show(field(TYPED["title"], dispatch_action=True), surface="modal")
    easel.page.get_by_role("textbox").press_sequentially("ab")
    assert easel.acts == []
    easel.page.keyboard.press("Enter")
    assert easel.acts == [{"action_id": "a", "block_id": "b", "select": "ab"}]
    easel.reset()
    by_letter = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    easel.show(field({**TYPED["title"], **by_letter}, dispatch_action=True), surface="modal")
    easel.page.get_by_role("textbox").press_sequentially("ab")
    assert [act["select"] for act in easel.acts] == ["a", "ab"]


def test_a_date_that_is_being_typed_is_sent_when_it_is_done(easel: Easel) -> None:
    easel.show(row({**PICKERS["day"], "action_id": "a"}))
    easel.page.locator("input").focus()
    easel.page.keyboard.type("01312027")
    assert easel.acts == []
    easel.page.keyboard.press("Tab")
    easel.page.keyboard.press("Tab")
    assert [act["select"] for act in easel.acts] == ["2027-01-31"]


def test_a_pick_that_is_not_confirmed_is_taken_back(easel: Easel) -> None:
    confirm = BUTTONS[2]["confirm"]
    easel.show(
        row(
            {**PICKERS["grouped"], "action_id": "s", "confirm": confirm},
            {**PICKERS["radio"], "action_id": "r", "confirm": confirm},
        )
    )
    easel.page.get_by_role("combobox").click()
    easel.page.get_by_role("option", name="Won").click()
    easel.page.get_by_role("button", name="Keep it").click()
    easel.page.get_by_role("radio", name="Proposal").click()
    easel.page.get_by_role("button", name="Keep it").click()
    easel.page.wait_for_function("() => !document.querySelector('dialog')")
    assert easel.page.get_by_role("combobox").input_value() == "Proposal"
    assert easel.values() == {"b": {"s": "proposal", "r": "lead"}}
    assert easel.acts == []


def test_a_list_in_a_form_closes_without_the_form(easel: Easel) -> None:
    easel.show(field(PICKERS["static"]), surface="modal")
    easel.page.evaluate(
        """() => {
            const dialog = document.createElement("dialog");
            dialog.append(...document.getElementById("easel").childNodes);
            document.body.append(dialog);
            dialog.showModal();
        }"""
    )
    easel.page.get_by_role("combobox").click()
    easel.page.keyboard.press("Escape")
    assert easel.page.get_by_role("option").count() == 0
    assert easel.page.get_by_role("dialog").count() == 1
    easel.page.get_by_role("combobox").click()
    easel.page.get_by_role("option", name="Won").click()
    assert easel.page.get_by_role("combobox").input_value() == "Won"


def test_an_untouched_suggestion_is_not_told_again(easel: Easel) -> None:
    """The local Slack keeps it by itself, and knows as suggestions only its last ones."""
    initial = {**PICKERS["external"], "initial_option": option("D-1 Old", "1")}
    easel.show(field(initial), surface="modal")
    assert easel.page.get_by_role("combobox").input_value() == "D-1 Old"
    assert easel.values() == {}


def test_the_moment_of_an_untouched_field_keeps_its_seconds(easel: Easel) -> None:
    easel.show(field({"type": "datetimepicker", "initial_date_time": MOMENT + 42}), surface="modal")
    assert easel.values() == {"b": {"a": MOMENT + 42}}


def test_a_data_table_is_sorted_and_leafed_through(easel: Easel) -> None:
    page = easel.page
    easel.show([DATA_TABLE])

    def first() -> list[str]:
        return page.locator("tbody tr th").all_text_contents()

    assert first() == ["Acme", "Globex", "Initech"]
    page.get_by_role("button", name="Next page").click()
    assert first() == ["Umbrella"]
    assert page.get_by_role("status").text_content() == "4 to 4 of 4"
    page.get_by_role("button", name="Amount").click()
    assert first() == ["Initech", "Acme", "Globex"]
    page.get_by_role("button", name="Amount").click()
    assert first() == ["Umbrella", "Globex", "Acme"]
    assert page.get_by_role("columnheader", name="Amount").get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Stage").click()
    assert first() == ["Initech", "Globex", "Umbrella"]
    assert page.locator("[aria-sort=ascending], [aria-sort=descending]").count() == 1
