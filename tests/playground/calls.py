"""Calling the local Slack and expecting to be refused."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


def refusal(call: Callable[..., Any], **arguments: object) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return dict(caught.value.response.data)


def refused(call: Callable[..., Any], **arguments: object) -> str:
    return str(refusal(call, **arguments)["error"])
