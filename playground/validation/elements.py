"""What a person can press, pick or fill in."""

from playground.validation.objects import (
    ADDRESS,
    ALT_TEXT,
    CHOICE_OPTION,
    CONFIRM,
    ID,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PICTURE,
    plain,
)
from playground.validation.rules import (
    exactly_one_of,
    initial_option_is_offered,
    initial_options_are_offered,
    numbers_agree,
    text_lengths_agree,
    whole_unless_decimal,
)
from playground.validation.shapes import Choice, Family, Flag, Form, Items, Kind, Shape, String, Whole

ACTION: dict[str, Kind] = {"action_id": ID}
PRESSED: dict[str, Kind] = {**ACTION, "confirm": CONFIRM}
PICKED: dict[str, Kind] = {**PRESSED, "focus_on_load": Flag()}
MENU: dict[str, Kind] = {**PICKED, "placeholder": plain(150)}
TYPED: dict[str, Kind] = {
    **ACTION,
    "placeholder": plain(150),
    "focus_on_load": Flag(),
    "dispatch_action_config": Shape(
        required={
            "trigger_actions_on": Items(Choice(("on_enter_pressed", "on_character_entered")), 2),
        }
    ),
}
LISTED: dict[str, Kind] = {"options": Items(OPTION, 100), "option_groups": Items(OPTION_GROUP, 100)}
SEVERAL: dict[str, Kind] = {"max_selected_items": Whole(1)}
PERSON = String()
DATE = String(form=Form(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "a date as YYYY-MM-DD"))
FIGURE = String(form=Form(r"-?[0-9]+(\.[0-9]+)?", "a number written as a string"))

ELEMENTS = Family(
    "element",
    {
        "button": Shape(
            required={"text": plain(75)},
            optional={
                **PRESSED,
                "value": String(2000),
                "url": ADDRESS,
                "style": Choice(("primary", "danger")),
                "accessibility_label": String(75),
            },
        ),
        "static_select": Shape(
            optional={**MENU, **LISTED, "initial_option": OPTION},
            rules=(exactly_one_of("options", "option_groups"), initial_option_is_offered),
        ),
        "external_select": Shape(
            optional={**MENU, "initial_option": OPTION, "min_query_length": Whole(0)},
        ),
        "users_select": Shape(optional={**MENU, "initial_user": PERSON}),
        "multi_static_select": Shape(
            optional={**MENU, **SEVERAL, **LISTED, "initial_options": Items(OPTION, 100)},
            rules=(exactly_one_of("options", "option_groups"), initial_options_are_offered),
        ),
        "multi_users_select": Shape(optional={**MENU, **SEVERAL, "initial_users": Items(PERSON)}),
        "overflow": Shape(required={"options": Items(OVERFLOW_OPTION, 5)}, optional=PRESSED),
        "datepicker": Shape(optional={**MENU, "initial_date": DATE}),
        "radio_buttons": Shape(
            required={"options": Items(CHOICE_OPTION, 10)},
            optional={**PICKED, "initial_option": CHOICE_OPTION},
            rules=(initial_option_is_offered,),
        ),
        "checkboxes": Shape(
            required={"options": Items(CHOICE_OPTION, 10)},
            optional={**PICKED, "initial_options": Items(CHOICE_OPTION, 10)},
            rules=(initial_options_are_offered,),
        ),
        "plain_text_input": Shape(
            optional={
                **TYPED,
                # Slack does not say what it makes of an empty start; leaving the field out says the same.
                "initial_value": String(),
                "multiline": Flag(),
                "min_length": Whole(0, 3000),
                "max_length": Whole(1, 3000),
            },
            rules=(text_lengths_agree,),
        ),
        "number_input": Shape(
            required={"is_decimal_allowed": Flag()},
            optional={**TYPED, "initial_value": FIGURE, "min_value": FIGURE, "max_value": FIGURE},
            rules=(whole_unless_decimal, numbers_agree),
        ),
        "image": Shape(
            required={"alt_text": ALT_TEXT},
            optional=PICTURE,
            rules=(exactly_one_of("image_url", "slack_file"),),
        ),
    },
)

MENUS = ("static_select", "external_select", "users_select", "multi_static_select", "multi_users_select")
PICKERS = (*MENUS, "datepicker", "radio_buttons", "checkboxes")

ACCESSORY = ELEMENTS.only("button", "image", "overflow", *PICKERS)
ACTIONS = ELEMENTS.only("button", "overflow", *PICKERS)
INPUT = ELEMENTS.only("plain_text_input", "number_input", *PICKERS)
IMAGE = ELEMENTS.members["image"]
