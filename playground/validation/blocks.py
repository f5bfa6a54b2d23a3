"""The blocks that our views use. Any other type is refused until it has its entry here."""

from playground.validation.charts import CHART
from playground.validation.elements import ACCESSORY, ACTIONS, IMAGE, INPUT
from playground.validation.findings import Surface
from playground.validation.objects import ALT_TEXT, PICTURE, plain, text
from playground.validation.rich_text import RICH_TEXT
from playground.validation.rules import at_least_one_of, distinct_action_ids, exactly_one_of
from playground.validation.shapes import Family, Flag, Items, Shape, String, Whole
from playground.validation.tables import DATA_TABLE, NAMED, TABLE

BLOCKS = Family(
    "block",
    {
        "section": Shape(
            optional={
                **NAMED,
                "text": text(3000),
                "fields": Items(text(2000), 10),
                "accessory": ACCESSORY,
                "expand": Flag(),
            },
            rules=(at_least_one_of("text", "fields"),),
        ),
        "actions": Shape(
            required={"elements": Items(ACTIONS, 25)},
            optional=NAMED,
            rules=(distinct_action_ids,),
        ),
        "context": Shape(
            required={
                "elements": Items(
                    Family("context element", {**text(3000).members, "image": IMAGE}),
                    10,
                )
            },
            optional=NAMED,
        ),
        "header": Shape(required={"text": plain(150)}, optional={**NAMED, "level": Whole(1, 4)}),
        "divider": Shape(optional=NAMED),
        "image": Shape(
            required={"alt_text": ALT_TEXT},
            optional={**NAMED, **PICTURE, "title": plain(2000)},
            rules=(exactly_one_of("image_url", "slack_file"),),
        ),
        "input": Shape(
            required={"label": plain(2000), "element": INPUT},
            optional={**NAMED, "hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
        ),
        "rich_text": RICH_TEXT,
        "table": TABLE,
        "data_table": DATA_TABLE,
        "data_visualization": Shape(
            required={"title": String(50), "chart": CHART},
            optional=NAMED,
            surfaces=frozenset({Surface.MESSAGE}),
        ),
    },
)
