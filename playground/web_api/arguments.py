"""A call's arguments: from the query, a form or JSON, always strictly read."""

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from playground.refusals import SlackError
from playground.words import Json

STRUCTURED: Final = ("blocks", "view", "metadata", "attachments", "message")


@dataclass(frozen=True)
class Arguments:
    token: str
    given: Json

    def text(self, name: str) -> str:
        value = self.given.get(name)
        return "" if value is None else str(value)

    def required(self, *names: str) -> list[str]:
        missing = [name for name in names if self.given.get(name) in (None, "")]
        if missing:
            messages = [f"[ERROR] missing required field: {name}" for name in missing]
            raise SlackError("invalid_arguments", response_metadata={"messages": messages})
        return [self.text(name) for name in names]

    def flag(self, name: str) -> bool:
        return self.given.get(name) in (True, "true", "True", "1", 1)

    def number(self, name: str, default: int) -> int:
        text = self.text(name) or str(default)
        if not text.isdecimal():
            raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {name}: {text}"]})
        return int(text)

    def has(self, name: str) -> bool:
        return self.given.get(name) is not None

    def structure(self, name: str) -> Any:  # noqa: ANN401 -- JSON of any shape; the validator judges it
        """Forms carry blocks, views and metadata as JSON text; JSON bodies may carry them plain."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            code = {"view": "invalid_arguments", "metadata": "invalid_metadata_format"}.get(name)
            raise SlackError(code or f"invalid_{name}_format") from None


async def read(request: Request) -> Arguments:
    given: Json = dict(request.query_params)
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        given |= _json_object(body)
    elif kind == "application/x-www-form-urlencoded":
        given |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    elif body:
        raise SlackError("invalid_form_data")
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    token = bearer.strip() if scheme.lower() == "bearer" else ""
    in_arguments = given.pop("token", None)
    return Arguments(token or str(in_arguments or ""), given)


def _json_object(body: bytes) -> Json:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(given, dict):
        raise SlackError("json_not_object")
    return given


def plain(arguments: Arguments) -> Json:
    """The arguments for the log, with their JSON texts read."""
    told = dict(arguments.given)
    for name in STRUCTURED:
        if isinstance(told.get(name), str):
            try:
                told[name] = json.loads(told[name])
            except ValueError:
                continue
    return told
