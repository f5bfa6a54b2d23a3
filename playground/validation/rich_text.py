"""Formatted text as a tree: sections, lists, quotes and code, with runs and mentions as leaves."""

from playground.validation.objects import ADDRESS, ID
from playground.validation.shapes import Choice, Family, Flag, Form, Items, Kind, Shape, String, Whole

STYLE = Shape(optional={name: Flag() for name in ("bold", "italic", "strike", "code", "underline")})
STYLED: dict[str, Kind] = {"style": STYLE}
MENTION = String()

LEAVES = Family(
    "rich text leaf",
    {
        "text": Shape(required={"text": String()}, optional=STYLED),
        "link": Shape(required={"url": ADDRESS}, optional={**STYLED, "text": String(), "unsafe": Flag()}),
        "user": Shape(required={"user_id": MENTION}, optional=STYLED),
        "usergroup": Shape(required={"usergroup_id": MENTION}, optional=STYLED),
        "channel": Shape(required={"channel_id": MENTION}, optional=STYLED),
        "team": Shape(required={"team_id": MENTION}, optional=STYLED),
        "broadcast": Shape(required={"range": Choice(("here", "channel", "everyone"))}, optional=STYLED),
        "emoji": Shape(
            required={"name": String()},
            optional={**STYLED, "unicode": String(), "skin_tone": Whole(1, 6)},
        ),
        "date": Shape(
            required={"timestamp": Whole(), "format": String()},
            optional={**STYLED, "url": ADDRESS, "fallback": String()},
        ),
        "color": Shape(
            required={"value": String(form=Form(r"#[0-9A-Fa-f]{6}", "a colour as #RRGGBB"))},
            optional=STYLED,
        ),
    },
)

BORDER: dict[str, Kind] = {"border": Whole(0, 1)}
SECTION = Shape(required={"elements": Items(LEAVES, least=0)})

PARTS = Family(
    "rich text part",
    {
        "rich_text_section": SECTION,
        "rich_text_list": Shape(
            required={
                "style": Choice(("bullet", "ordered")),
                "elements": Items(Family("list entry", {"rich_text_section": SECTION})),
            },
            optional={**BORDER, "indent": Whole(0, 8), "offset": Whole(0)},
        ),
        "rich_text_preformatted": Shape(
            required={"elements": Items(LEAVES.only("text", "link"), least=0)},
            optional=BORDER,
        ),
        "rich_text_quote": Shape(required={"elements": Items(LEAVES, least=0)}, optional=BORDER),
    },
)

RICH_TEXT = Shape(required={"elements": Items(PARTS)}, optional={"block_id": ID})
