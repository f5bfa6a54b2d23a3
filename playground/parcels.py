"""What Slack sends to a bot, packed for either way: as a signed HTTP body or a socket envelope."""

import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from playground.words import Json

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"


@dataclass(frozen=True)
class Parcel:
    kind: str
    envelope: str
    payload: Json
    content_type: str
    body: bytes

    @property
    def retried(self) -> bool:
        """Only events are delivered again; a lost command or click is retyped by the person."""
        return self.envelope == "events_api"


def command(fields: Json) -> Parcel:
    return Parcel("command", "slash_commands", fields, FORM, urlencode(fields).encode())


def interaction(kind: str, payload: Json) -> Parcel:
    return Parcel(kind, "interactive", payload, FORM, urlencode({"payload": json.dumps(payload)}).encode())


def event(payload: Json) -> Parcel:
    kind = str(payload.get("event", {}).get("type", "event"))
    return Parcel(kind, "events_api", payload, JSON, json.dumps(payload).encode())
