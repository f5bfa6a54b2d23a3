"""The two things an app hands to Slack: a message and a view."""

from collections.abc import Mapping

from playground.validation.blocks import BLOCKS
from playground.validation.findings import Place, Problem, Surface
from playground.validation.judge import judge
from playground.validation.objects import ID, plain
from playground.validation.shapes import Choice, Family, Flag, Form, Items, Kind, Shape, String, Unjudged
from playground.validation.totals import (
    charts_within_limit,
    distinct_block_ids,
    flat_metadata,
    focus_at_most_once,
    submit_beside_inputs,
    table_text_within_limit,
    view_size_within_limit,
)

PAYLOAD_RULES = (distinct_block_ids, table_text_within_limit, charts_within_limit)

ATTACHMENT = Shape(
    required={"blocks": Items(BLOCKS, 50)},
    optional={
        "color": String(form=Form(r"#[0-9A-Fa-f]{6}|good|warning|danger", "a colour as #RRGGBB")),
        "fallback": String(),
    },
)

METADATA = Shape(optional={"event_type": ID, "event_payload": Unjudged()}, rules=(flat_metadata,))

# Where a message goes and how it is delivered: the method or the response_url judges that.
DELIVERY = (
    "as_user channel client_msg_id icon_emoji icon_url link_names mrkdwn parse post_at reply_broadcast token"
    " thread_ts ts unfurl_links unfurl_media user username delete_original replace_original"
)

MESSAGE = Shape(
    optional={
        "text": String(40_000, least=0),
        "blocks": Items(BLOCKS, 50, least=0),
        "attachments": Items(ATTACHMENT, 100, least=0),
        "metadata": METADATA,
        "response_type": Choice(("ephemeral", "in_channel")),
        **dict.fromkeys(DELIVERY.split(), Unjudged()),
    },
    rules=PAYLOAD_RULES,
)

VIEW_FIELDS: dict[str, Kind] = {
    "private_metadata": String(3000, least=0),
    "callback_id": ID,
    "external_id": ID,
}
VIEW_RULES = (*PAYLOAD_RULES, focus_at_most_once, view_size_within_limit)

VIEWS = Family(
    "view",
    {
        "modal": Shape(
            required={"title": plain(24), "blocks": Items(BLOCKS, 100, least=0)},
            optional={
                **VIEW_FIELDS,
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": Flag(),
                "notify_on_close": Flag(),
            },
            rules=(*VIEW_RULES, submit_beside_inputs),
        ),
        "home": Shape(
            required={"blocks": Items(BLOCKS, 100, least=0)},
            optional=VIEW_FIELDS,
            rules=VIEW_RULES,
        ),
    },
)


def message_problems(message: Mapping[str, object]) -> list[Problem]:
    return list(judge(MESSAGE, message, Place(Surface.MESSAGE)))


def view_problems(view: Mapping[str, object]) -> list[Problem]:
    return list(judge(VIEWS, view, Place(_surface(view))))


def _surface(view: object) -> Surface:
    home = isinstance(view, Mapping) and view.get("type") == "home"
    return Surface.HOME if home else Surface.MODAL
