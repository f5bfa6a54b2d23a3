"""The address of response_url: what a bot says through it, within five uses and thirty minutes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from playground import saying
from playground.log import Log
from playground.messages import Message
from playground.painting import finished
from playground.refusals import SlackError
from playground.tickets import ResponseUrl
from playground.verdicts import check_message
from playground.web_api.door import Door
from playground.words import Json
from playground.workspace import Workspace

STATUS = {"invalid_url": 404, "expired_url": 404, "used_url": 404}
FLAGS = ("replace_original", "delete_original")


@dataclass(frozen=True)
class Responses:
    workspace: Workspace
    log: Log
    door: Door

    async def call(self, request: Request) -> Response:
        entry = self.log.begin(self.workspace.clock.now(), "in", "response_url", "response_url", {})
        raw = await request.body()
        kind = request.headers.get("content-type", "").partition(";")[0]
        name = request.path_params["ticket"]

        def work() -> Response:
            try:
                ticket = self.workspace.tickets.answering(name)
                entry.channel = ticket.channel
                entry.request = _content(kind, raw)
                self._answer(ticket, entry.request)
            except SlackError as refusal:
                entry.problems = list(refusal.extra.get("errors", ()))  # type: ignore[call-overload]
                return JSONResponse(refusal.answer(), STATUS.get(refusal.code, 400))
            return PlainTextResponse("ok")

        return await self.door.guarded(entry, work)

    def _answer(self, ticket: ResponseUrl, content: Json) -> None:
        _check(content, self.workspace.identity.refused_blocks)
        original = self.workspace.messages.find(ticket.channel, ticket.source_ts)
        if content.get("delete_original"):
            self._delete(original)
        elif content.get("replace_original") and original is not None:
            self._replace(original, content)
        else:
            self._say(ticket, content)
        ticket.uses += 1

    def _delete(self, original: Message | None) -> None:
        if original is None or not original.by_bot:
            raise SlackError("message_not_found")
        self.workspace.messages.remove(original)

    def _replace(self, original: Message, content: Json) -> None:
        """An ephemeral message stays ephemeral whatever the answer says."""
        if not original.by_bot:
            raise SlackError("cant_update_message")
        original.text = str(content.get("text") or "")
        original.blocks = finished(content.get("blocks") or ())
        original.updates += 1
        original.sent = content
        self.workspace.messages.changed(original)

    def _say(self, ticket: ResponseUrl, content: Json) -> None:
        aloud = content.get("response_type") == "in_channel"
        reader = "" if aloud else ticket.user
        saying.post(self.workspace, ticket.channel, content, reader=reader, sent=content)


def _content(kind: str, raw: bytes) -> Json:
    if kind != "application/json":
        raise SlackError("invalid_payload")
    try:
        content = json.loads(raw)
    except ValueError:
        raise SlackError("invalid_payload") from None
    if not isinstance(content, dict):
        raise SlackError("invalid_payload")
    return content


def _check(content: Json, unknown: Sequence[str]) -> None:
    for name in FLAGS:
        if name in content and not isinstance(content[name], bool):
            raise SlackError("invalid_payload", detail=f"{name} must be true or false")
    if content.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
        raise SlackError("invalid_response_type")
    if content.get("delete_original"):
        return
    if not (content.get("text") or content.get("blocks") or content.get("attachments")):
        raise SlackError("no_text")
    check_message(content, unknown)
