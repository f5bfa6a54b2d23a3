"""What a person enters, per kind of element, as Slack puts it into `state.values` and `actions`."""

from collections.abc import Callable
from typing import Final

from playground.painting import Element
from playground.refusals import ImpossibleError
from playground.words import Json

PLAIN: Final = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", ""),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}
OPTION: Final = {
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
}
MANY: Final = frozenset(
    {
        "multi_users_select",
        "multi_conversations_select",
        "multi_channels_select",
        "multi_static_select",
        "multi_external_select",
        "checkboxes",
        "file_input",
    }
)
PAINTED_PARTS: Final[tuple[str, ...]] = (
    "text",
    "value",
    "style",
    "placeholder",
    "confirm",
    "initial_option",
    "initial_date",
)


def untouched(element: Element) -> Json:
    """The state of an element before anybody touched it: its initial value, or nothing."""
    field, initial = {**PLAIN, **OPTION}[element.kind]
    empty: object = [] if element.kind in MANY else None
    return {"type": element.kind, field: element.content.get(initial, empty)}


def entered(element: Element, value: object, suggested: list[Json]) -> Json:
    """The state after a person typed or chose `value`; an option may be named by value or text."""
    if element.kind in OPTION:
        return {"type": element.kind, OPTION[element.kind][0]: _chosen(element, value, suggested)}
    if element.kind not in PLAIN:
        raise ImpossibleError(f"nothing can be entered into a {element.kind}")
    _check_plain(element, value)
    field = PLAIN[element.kind][0]
    return {"type": element.kind, field: _plain(element.kind, value)}


def _plain(kind: str, value: object) -> object:
    if value is None or kind in {"rich_text_input", "file_input", "datetimepicker"}:
        return value
    if kind in MANY:
        return list(value) if isinstance(value, list) else [value]
    return str(value) or None


def _check_plain(element: Element, value: object) -> None:
    check = _CHECKS.get(element.kind)
    if value is not None and check and not check(value):
        raise ImpossibleError(f"a {element.kind} cannot hold {value!r}", 400)


_CHECKS: Final[dict[str, Callable[[object], bool]]] = {
    "datetimepicker": lambda value: isinstance(value, int),
    "datepicker": lambda value: isinstance(value, str) and value.count("-") == 2,  # noqa: PLR2004 -- a date
    "timepicker": lambda value: isinstance(value, str) and ":" in value,
    "plain_text_input": lambda value: isinstance(value, str),
}


def _chosen(element: Element, value: object, suggested: list[Json]) -> Json | list[Json] | None:
    offered = [*offered_options(element.content), *suggested, *_initial(element.content)]
    if element.kind in MANY:
        names = value if isinstance(value, list) else [] if value is None else [value]
        return [_option(element, name, offered) for name in names]
    return None if value is None else _option(element, value, offered)


def _initial(content: Json) -> list[Json]:
    """An external select begins with an option that no suggestion has named."""
    return [*(content.get("initial_options") or ()), *filter(None, [content.get("initial_option")])]


def offered_options(content: Json) -> list[Json]:
    groups = content.get("option_groups") or ()
    return [*(content.get("options") or ()), *(option for group in groups for option in group["options"])]


def _option(element: Element, name: object, offered: list[Json]) -> Json:
    for option in offered:
        if name in (option, option.get("value"), option["text"]["text"]):
            return option
    there = [option.get("value") for option in offered]
    raise ImpossibleError(f"{element.action_id!r} offers no {name!r}; it offers {there}", 404)


def action(element: Element, state: Json, moment: str) -> Json:
    """One member of `actions`: what was painted, what was chosen, and when."""
    painted: Json = {part: element.content[part] for part in PAINTED_PARTS if part in element.content}
    return {
        **painted,
        **state,
        "type": element.kind,
        "action_id": element.action_id,
        "block_id": element.block_id,
        "action_ts": moment,
    }


def is_empty(state: Json) -> bool:
    return all(value in (None, "", []) for name, value in state.items() if name != "type")


def complaint(element: Element, state: Json) -> str:
    """What Slack's own form says before it sends anything; empty when it is content."""
    content = element.content
    if is_empty(state):
        return "" if element.block.get("optional") else "Please complete this required field."
    if element.kind == "plain_text_input":
        return _length(content, str(state["value"]))
    if element.kind == "number_input":
        return _number(content, str(state["value"]))
    most = content.get("max_selected_items")
    chosen = next((value for value in state.values() if isinstance(value, list)), [])
    return f"Choose at most {most}." if most and len(chosen) > most else ""


def _length(content: Json, text: str) -> str:
    if len(text) < content.get("min_length", 0):
        return f"Please enter at least {content['min_length']} characters."
    if len(text) > content.get("max_length", 3000):
        return f"Please enter at most {content.get('max_length', 3000)} characters."
    return ""


def _number(content: Json, text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return "Must be a valid number."
    if not content.get("is_decimal_allowed") and not number.is_integer():
        return "Must be a whole number."
    if number < float(content.get("min_value", "-inf")) or number > float(content.get("max_value", "inf")):
        return "Number is out of range."
    return ""
