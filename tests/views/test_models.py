"""slack_sdk's own models accept what is drawn, and say the same of it."""

from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.texts.english import English
from tests.views.gallery.catalogue import golden

# Newer than the models, which would make nothing of them: such blocks go to Slack as they are.
UNMODELLED = {"data_table", "data_visualization"}


def test_the_models_of_slack_accept_every_block(spoken: English) -> None:
    for name, payload in golden(spoken).items():
        blocks: Any = payload.get("blocks", [])
        for block in blocks:
            if block["type"] in UNMODELLED:
                continue
            model = Block.parse(block)
            assert model is not None, name
            model.validate_json()
            assert model.to_dict()["type"] == block["type"]


def test_the_models_of_slack_accept_every_view(spoken: English) -> None:
    for name, payload in golden(spoken).items():
        given: dict[str, Any] = {**payload}
        if "type" in given:
            view = View(**given)
            view.validate_json()
            assert view.to_dict()["type"] == payload["type"], name
