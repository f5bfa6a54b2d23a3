"""The shapes of JSON that Slack speaks."""

from typing import Any

Json = dict[str, Any]
