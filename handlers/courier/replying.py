"""Replies: the answer to one person's click or form, best effort and at once."""

import logging
from http.client import HTTPException
from typing import cast

from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from handlers.courier.calls import is_reply_address
from handlers.courier.outcomes import SERVER_ERROR, TOO_MANY, CallFailed, Failure, Fate, retry_after
from handlers.courier.satchel import Satchel, method_lane, milliseconds
from pipeline.letters import JSONDict
from pipeline.people import Workspace
from pipeline.postbox import ClaimedReply

EPHEMERAL = "chat.postEphemeral"
OK, REDIRECT = 200, 300

log = logging.getLogger(__name__)


class Replying:
    def __init__(self, satchel: Satchel) -> None:
        self._satchel = satchel

    def send(self, workspace: Workspace, reply: ClaimedReply) -> None:
        if not self._satchel.postbox.holds(reply.id):
            return
        if "ephemeral" in reply.payload:
            self._whisper(workspace.id, reply)
        else:
            self._answer(reply)

    def stumbled(self, _workspace: Workspace, reply: ClaimedReply) -> None:
        self._satchel.postbox.cancel(reply.id, "defect")

    def _answer(self, reply: ClaimedReply) -> None:
        url, body = reply.payload.get("url"), reply.payload.get("body")
        if not isinstance(url, str) or not is_reply_address(url, self._satchel.calls.base_url):
            log.warning("Reply %s is not sent: its address is none of Slack's", reply.id)
            self._satchel.postbox.cancel(reply.id, "no address of Slack's")
            return
        client = WebhookClient(url, timeout=self._satchel.calls.timeout, retry_handlers=[])
        try:
            answer = client.send_dict(cast("JSONDict", body))
        except (SlackClientError, OSError, HTTPException, ValueError) as error:
            self._again(reply, type(error).__name__)
            return
        wait = retry_after(answer.headers.get("Retry-After")) if answer.status_code == TOO_MANY else 0.0
        self._file(reply, answer.status_code, wait)

    def _file(self, reply: ClaimedReply, status: int, wait: float) -> None:
        if OK <= status < REDIRECT:
            self._satchel.postbox.sent(reply.id, None)
        elif status == TOO_MANY or status >= SERVER_ERROR:
            self._again(reply, f"http_{status}", wait)
        else:
            log.warning("Reply %s was refused with status %s", reply.id, status)
            self._satchel.postbox.cancel(reply.id, f"http_{status}")

    def _whisper(self, workspace_id: str, reply: ClaimedReply) -> None:
        try:
            self._satchel.check_free(workspace_id, EPHEMERAL)
            self._satchel.say(EPHEMERAL, cast("JSONDict", reply.payload["ephemeral"]))
        except CallFailed as failed:
            self._unsaid(workspace_id, reply, failed.failure)
        else:
            self._satchel.postbox.sent(reply.id, None)

    def _unsaid(self, workspace_id: str, reply: ClaimedReply, failure: Failure) -> None:
        """What may have been said cannot be looked up, and is not said again."""
        satchel = self._satchel
        match failure.fate:
            case Fate.LATER:
                satchel.postbox.hold(workspace_id, method_lane(EPHEMERAL), milliseconds(failure.seconds))
                self._again(reply, failure.error, failure.seconds)
            case Fate.UNSENT:
                self._again(reply, failure.error)
            case Fate.TOKEN:
                satchel.silence.fall(failure)
                self._again(reply, failure.error, satchel.pace.silence)
            case Fate.UNKNOWN | Fate.REFUSED:
                if failure.error == "missing_scope":
                    satchel.silence.lacks(failure)
                satchel.postbox.cancel(reply.id, failure.error)

    def _again(self, reply: ClaimedReply, error: str, least: float = 0.0) -> None:
        waits = self._satchel.pace.reply_waits
        if reply.attempts >= len(waits):
            self._satchel.postbox.cancel(reply.id, error)
            return
        wait = max(waits[reply.attempts], least)
        self._satchel.postbox.wait(reply.id, milliseconds(wait), error, unknown=False)
