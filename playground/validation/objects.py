"""The small parts that blocks and elements are made of: texts, options, confirmations, pictures."""

from playground.validation.rules import exactly_one_of
from playground.validation.shapes import Choice, Family, Flag, Form, Items, Kind, Shape, String

ID = String(255)
ADDRESS = String(3000, form=Form(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", "an address with its scheme"))
WEB_ADDRESS = String(3000, form=Form(r"https?://\S+", "an http or https address"))


def plain(most: int) -> Family:
    shape = Shape(required={"text": String(most)}, optional={"emoji": Flag()})
    return Family("text object", {"plain_text": shape})


def text(most: int) -> Family:
    """Plain or mrkdwn; `emoji` belongs to the one, `verbatim` to the other."""
    mrkdwn = Shape(required={"text": String(most)}, optional={"verbatim": Flag()})
    return Family("text object", {**plain(most).members, "mrkdwn": mrkdwn})


CONFIRM = Shape(
    required={"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    optional={"style": Choice(("primary", "danger"))},
)

SLACK_FILE = Shape(
    optional={"id": String(form=Form(r"F[A-Z0-9]{8,}", "a file's id")), "url": WEB_ADDRESS},
    rules=(exactly_one_of("id", "url"),),
)

PICTURE: dict[str, Kind] = {"image_url": WEB_ADDRESS, "slack_file": SLACK_FILE}
ALT_TEXT = String(2000)


def _option(label: Family, **more: Kind) -> Shape:
    description = plain(75) if "mrkdwn" not in label.members else text(75)
    return Shape(
        required={"text": label, "value": String(150)}, optional={"description": description, **more}
    )


OPTION = _option(plain(75))
OVERFLOW_OPTION = _option(plain(75), url=ADDRESS)
CHOICE_OPTION = _option(text(75))  # radio buttons and checkboxes show formatted text

OPTION_GROUP = Shape(required={"label": plain(75), "options": Items(OPTION, 100)})
