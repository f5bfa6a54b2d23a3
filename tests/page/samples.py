"""One of each: every block and every element that the page draws, by surface."""

from typing import Any, Final

Json = dict[str, Any]

PIXEL: Final = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
MOMENT: Final = 1795597200


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def number(value: float, text: str | None = None) -> Json:
    return {"type": "raw_number", "value": value, **({"text": text} if text else {})}


def section_of(*leaves: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(leaves)}


def leaf(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


CONFIRM: Final = {
    "title": plain("Are you sure?"),
    "text": marked("*Void* takes the deal out of every list."),
    "confirm": plain("Void it"),
    "deny": plain("Keep it"),
    "style": "danger",
}
OPTIONS: Final = [option("Lead", "lead"), option("Proposal", "proposal"), option("Won", "won")]
NOTED: Final = [
    option("Lead", "lead", description=plain("A first call")),
    {"text": marked("*Proposal*"), "value": "proposal"},
]
GROUPS: Final = [
    {"label": plain("Open"), "options": OPTIONS[:2]},
    {"label": plain("Closed"), "options": OPTIONS[2:]},
]

BUTTONS: Final = [
    {"type": "button", "action_id": "plain", "text": plain("Show"), "value": "v"},
    {"type": "button", "action_id": "primary", "text": plain("Won"), "style": "primary", "value": "v"},
    {
        "type": "button",
        "action_id": "danger",
        "text": plain("Void"),
        "style": "danger",
        "value": "v",
        "confirm": CONFIRM,
    },
    {"type": "button", "action_id": "url", "text": plain("Open"), "url": "https://example.com/d/42"},
]
MENU: Final = {
    "type": "overflow",
    "action_id": "menu",
    "options": [option("Edit", "edit"), option("Note", "note"), option("Park", "park")],
}
PICKERS: Final[dict[str, Json]] = {
    "static": {"type": "static_select", "options": OPTIONS, "placeholder": plain("Move to …")},
    "grouped": {"type": "static_select", "option_groups": GROUPS, "initial_option": OPTIONS[1]},
    "external": {"type": "external_select", "min_query_length": 1, "placeholder": plain("Find a deal")},
    "person": {"type": "users_select", "initial_user": "U0BEN"},
    "channel": {"type": "channels_select", "placeholder": plain("Channel")},
    "conversation": {"type": "conversations_select", "initial_conversation": "C0WINS"},
    "many": {"type": "multi_static_select", "options": OPTIONS, "initial_options": OPTIONS[:2]},
    "many_people": {"type": "multi_users_select", "initial_users": ["U0ANA"], "max_selected_items": 2},
    "many_external": {"type": "multi_external_select", "min_query_length": 0},
    "many_channels": {"type": "multi_channels_select"},
    "day": {"type": "datepicker", "initial_date": "2026-12-15"},
    "hour": {"type": "timepicker", "initial_time": "08:30"},
    "moment": {"type": "datetimepicker", "initial_date_time": MOMENT},
    "radio": {"type": "radio_buttons", "options": NOTED, "initial_option": NOTED[0]},
    "boxes": {"type": "checkboxes", "options": NOTED},
}
TYPED: Final[dict[str, Json]] = {
    "title": {"type": "plain_text_input", "placeholder": plain("Acme renewal"), "max_length": 80},
    "note": {"type": "plain_text_input", "multiline": True, "initial_value": "two\nlines"},
    "chance": {"type": "number_input", "is_decimal_allowed": False, "initial_value": "50"},
    "email": {"type": "email_text_input"},
    "site": {"type": "url_text_input"},
    "story": {"type": "rich_text_input"},
}


def fields(elements: dict[str, Json] | None = None) -> list[Json]:
    return [
        {
            "type": "input",
            "block_id": f"b_{name}",
            "label": plain(f"Field {name}"),
            "hint": plain("As it was agreed"),
            "optional": name in {"static", "day"},
            "element": {**element, "action_id": f"a_{name}"},
        }
        for name, element in ({**PICKERS, **TYPED} if elements is None else elements).items()
    ]


def accessories() -> list[Json]:
    return [
        {
            "type": "section",
            "block_id": f"s_{name}",
            "text": marked(f"*Choose* the {name}"),
            "accessory": {**element, "action_id": f"a_{name}"},
        }
        for name, element in {**PICKERS, "button": BUTTONS[0], "overflow": MENU}.items()
    ]


RICH: Final[Json] = {
    "type": "rich_text",
    "block_id": "rich",
    "elements": [
        section_of(
            leaf("bold", bold=True),
            leaf(" and "),
            leaf("all", italic=True, strike=True, code=True, underline=True),
            {"type": "link", "url": "https://example.com", "text": "a link"},
            {"type": "user", "user_id": "U0ANA"},
            {"type": "channel", "channel_id": "C0SALES"},
            {"type": "emoji", "name": "tada"},
            {
                "type": "date",
                "timestamp": MOMENT,
                "format": "{date_short_pretty} at {time}",
                "fallback": "soon",
            },
            {"type": "broadcast", "range": "here"},
            {"type": "usergroup", "usergroup_id": "S0TEAM"},
            {"type": "color", "value": "#aabbcc"},
        ),
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [section_of(leaf("one")), section_of(leaf("two"))],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "elements": [section_of(leaf("inside two"))],
        },
        {"type": "rich_text_list", "style": "bullet", "elements": [section_of(leaf("three"))]},
        {"type": "rich_text_quote", "elements": [leaf("quoted")]},
        {"type": "rich_text_preformatted", "elements": [leaf("pre  formatted")]},
    ],
}
MARKDOWN: Final = """## A report

**Bold**, *italic*, ~~gone~~, `code`, [a link](https://example.com) and https://example.org/a_b_c.

- one
- two
  1. inside two
- [x] done

> quoted **here**

| Deal | Value |
|:-----|------:|
| Acme | 42    |

```
**not bold**
```
---
Last line"""

TABLE: Final[Json] = {
    "type": "table",
    "column_settings": [{"is_wrapped": True}, {"align": "right"}],
    "rows": [
        [raw("Deal"), raw("Value")],
        [
            {"type": "rich_text", "elements": [section_of(leaf("Acme", bold=True))]},
            number(42000, "EUR 42,000"),
        ],
        [raw("Globex"), number(1234.5)],
    ],
}
DATA_TABLE: Final[Json] = {
    "type": "data_table",
    "caption": "Deals closing this month",
    "page_size": 3,
    "rows": [
        [raw("Deal"), raw("Stage"), raw("Amount")],
        [raw("Acme"), raw("Proposal"), number(9000, "EUR 9,000")],
        [raw("Globex"), raw("Lead"), number(42000, "EUR 42,000")],
        [raw("Initech"), raw("Closing"), number(500, "EUR 500")],
        [raw("Umbrella"), raw("Lead"), number(100000, "EUR 100,000")],
    ],
}


def chart(kind: str) -> Json:
    names = ["Qualified", "Proposal", "Negotiation"]
    values = {"This week": [120, 310, -20], "Last week": [140, 260, 60]}
    return {
        "type": "data_visualization",
        "title": f"Weighted pipeline as {kind}",
        "chart": {
            "type": kind,
            "series": [
                {
                    "name": name,
                    "data": [{"label": each, "value": value} for each, value in zip(names, row, strict=True)],
                }
                for name, row in values.items()
            ],
            "axis_config": {"categories": names, "x_label": "Stage", "y_label": "EUR (thousands)"},
        },
    }


PIE: Final[Json] = {
    "type": "data_visualization",
    "title": "Open deals",
    "chart": {
        "type": "pie",
        "segments": [
            {"label": "Lead", "value": 6},
            {"label": "Proposal", "value": 3},
            {"label": "Closing", "value": 1},
        ],
    },
}
CARD: Final[Json] = {
    "type": "card",
    "block_id": "card",
    "hero_image": {"type": "image", "image_url": PIXEL, "alt_text": "A handshake"},
    "slack_icon": {"type": "icon", "name": "flag"},
    "title": marked("*Acme renewal*"),
    "subtitle": marked("Proposal, EUR 42k"),
    "body": marked("No reply for 9 days."),
    "subtext": marked("Owner <@U0ANA>"),
    "actions": [{"type": "button", "action_id": "advance", "text": plain("Advance"), "style": "primary"}],
}
CAROUSEL: Final[Json] = {
    "type": "carousel",
    "block_id": "carousel",
    "elements": [
        {"type": "card", "block_id": f"c{index}", "title": marked(f"Deal {index}"), "body": marked("EUR 42k")}
        for index in range(4)
    ],
}


def container(**how: Any) -> Json:
    return {
        "type": "container",
        "title": plain("Stalled deals (2)"),
        "subtitle": plain("No activity for 7 days"),
        "child_blocks": [
            {"type": "section", "text": marked("*Acme renewal*")},
            {"type": "divider"},
            {"type": "actions", "elements": [{**BUTTONS[0], "action_id": f"child{len(how)}"}]},
        ],
        **how,
    }


def alert(level: str) -> Json:
    return {"type": "alert", "level": level, "text": marked(f"This is *{level}*.")}


PICTURE: Final[Json] = {
    "type": "image",
    "image_url": PIXEL,
    "alt_text": "A chart",
    "title": plain("Forecast"),
}

MESSAGE: Final[list[Json]] = [
    {"type": "header", "text": plain("Deals :tada:")},
    {"type": "section", "text": marked("A *bold* <https://example.com|link> for <@U0BEN>"), "fields": [
        marked("*Owner*\nAna"), plain("Value 42"), marked("`code`")]},
    {"type": "section", "text": plain("With a picture"), "accessory": {"type": "image", "image_url": PIXEL, "alt_text": "Logo"}},
    {"type": "context", "elements": [{"type": "image", "image_url": PIXEL, "alt_text": "Logo"}, marked("_small_ print")]},
    {"type": "actions", "block_id": "buttons", "elements": [*BUTTONS, MENU]},
    {"type": "divider"},
    PICTURE,
    {"type": "image", "slack_file": {"id": "F012345678"}, "alt_text": "A file of Slack"},
    RICH,
    {"type": "markdown", "text": MARKDOWN},
    TABLE,
    DATA_TABLE,
    *(chart(kind) for kind in ("bar", "line", "area")),
    PIE,
    CARD,
    CAROUSEL,
    container(),
    container(is_collapsible=True, default_collapsed=False),
    container(is_collapsible=True, default_collapsed=True, width="narrow"),
]  # fmt: skip
MODAL: Final[list[Json]] = [
    *(alert(level) for level in ("default", "info", "warning", "error", "success")),
    *fields(),
]
HOME: Final[list[Json]] = accessories()
SURFACES: Final = {"message": MESSAGE, "modal": MODAL, "home": HOME}
