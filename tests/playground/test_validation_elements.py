"""What a picture, a button, a menu or an input asks of its own fields."""

import pytest

from tests.playground.test_validation_samples import (
    GROUPS,
    IMAGE,
    Json,
    button,
    in_accessory,
    in_block,
    in_input,
    option,
)


def test_a_picture_has_one_source() -> None:
    both = {**IMAGE, "slack_file": {"id": "F0123456789"}}
    assert in_block(both) == [("/blocks/0", "failed_constraint")]
    neither: Json = {"type": "image", "alt_text": "x", "slack_file": {}}
    assert in_block(neither) == [("/blocks/0/slack_file", "missing_required_field")]


@pytest.mark.parametrize("address", ["example.com/a.png", "ftp://example.com/a.png", "https://a b"])
def test_a_picture_comes_over_http(address: str) -> None:
    assert in_block({**IMAGE, "image_url": address}) == [("/blocks/0/image_url", "failed_constraint")]


def test_a_button_address_needs_a_scheme() -> None:
    assert in_accessory(button(url="slack://app?team=T&id=A&tab=home")) == []
    assert in_accessory(button(url="example.com")) == [("/blocks/0/accessory/url", "failed_constraint")]


def test_a_button_style_is_primary_or_danger() -> None:
    assert in_accessory(button(style="default")) == [("/blocks/0/accessory/style", "failed_constraint")]
    assert in_accessory(button(style=1)) == [("/blocks/0/accessory/style", "invalid_type")]


def test_a_select_has_options_or_groups_but_not_both() -> None:
    both: Json = {"type": "static_select", "options": [option()], "option_groups": GROUPS}
    assert in_accessory(both) == [("/blocks/0/accessory", "failed_constraint")]
    assert in_accessory({"type": "static_select"}) == [("/blocks/0/accessory", "missing_required_field")]


@pytest.mark.parametrize("stranger", [option("lost"), option("won", "Lost")], ids=["value", "label"])
def test_an_initial_option_is_one_of_the_options(stranger: Json) -> None:
    offered: Json = {"options": [option()]}
    single = {"type": "static_select", **offered, "initial_option": stranger}
    assert in_accessory(single) == [("/blocks/0/accessory/initial_option", "failed_constraint")]
    several = {"type": "checkboxes", **offered, "initial_options": [option(), stranger]}
    assert in_accessory(several) == [("/blocks/0/accessory/initial_options/1", "failed_constraint")]


def test_only_an_overflow_option_carries_an_address() -> None:
    linked = {**option(), "url": "https://example.com"}
    assert in_accessory({"type": "overflow", "options": [linked]}) == []
    assert in_accessory({"type": "static_select", "options": [linked]}) == [
        ("/blocks/0/accessory/options/0/url", "unknown_field")
    ]


@pytest.mark.parametrize("date", ["2026-13-01", "24.12.2026", "2026-1-1", "2026-02-32"])
def test_a_date_is_written_year_month_day(date: str) -> None:
    element: Json = {"type": "datepicker", "initial_date": date}
    assert in_accessory(element) == [("/blocks/0/accessory/initial_date", "failed_constraint")]


def number(**fields: object) -> Json:
    return {"type": "number_input", "is_decimal_allowed": False, **fields}


def test_a_number_input_says_whether_decimals_are_allowed() -> None:
    assert in_input({"type": "number_input"}) == [("/blocks/0/element", "missing_required_field")]


@pytest.mark.parametrize(
    ("fields", "name", "code"),
    [
        ({"initial_value": 5}, "initial_value", "invalid_type"),
        ({"initial_value": "5,0"}, "initial_value", "failed_constraint"),
        ({"initial_value": "5.0"}, "initial_value", "failed_constraint"),
        ({"initial_value": "1", "min_value": "2"}, "initial_value", "failed_constraint"),
        ({"initial_value": "3", "max_value": "2"}, "initial_value", "failed_constraint"),
        ({"min_value": "3", "max_value": "2"}, "min_value", "failed_constraint"),
    ],
    ids=str,
)
def test_the_figures_of_a_number_input_are_strings_that_agree(fields: Json, name: str, code: str) -> None:
    assert in_input(number(**fields)) == [(f"/blocks/0/element/{name}", code)]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"max_length": 0}, "max_length"),
        ({"min_length": 5, "max_length": 4}, "min_length"),
        ({"initial_value": "Acme", "max_length": 3}, "initial_value"),
        ({"initial_value": ""}, "initial_value"),
    ],
    ids=str,
)
def test_the_lengths_of_a_text_input_agree(fields: Json, name: str) -> None:
    element = {"type": "plain_text_input", **fields}
    assert in_input(element) == [(f"/blocks/0/element/{name}", "failed_constraint")]
