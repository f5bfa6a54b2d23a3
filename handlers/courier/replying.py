"""Replies: the answer to one person's command, click or form, best effort and at once."""

import logging
from typing import cast

from slack_sdk.webhook import WebhookClient

from handlers.courier.calls import is_reply_address
from handlers.courier.outcomes import (
    SERVER_ERROR,
    TOO_MANY,
    TRANSPORT_ERRORS,
    CallFailed,
    Failure,
    Fate,
    retry_after,
    unanswered,
)
from handlers.courier.satchel import Satchel, method_lane, milliseconds
from pipeline.letters import JSONDict, Letter, LetterKind
from pipeline.people import Workspace
from pipeline.postbox import ClaimedReply

EPHEMERAL, RESPONSE_URL = "chat.postEphemeral", "response_url"
OK, REDIRECT = 200, 300
# The address is spent, expired, or was never given.
GONE = frozenset({"http_404", "http_410"})

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
            self._answer(workspace.id, reply)

    def stumbled(self, _workspace: Workspace, reply: ClaimedReply) -> None:
        self._satchel.postbox.cancel(reply.id, "defect")

    def _answer(self, workspace_id: str, reply: ClaimedReply) -> None:
        url = reply.payload.get("url")
        if not isinstance(url, str) or not is_reply_address(url, self._satchel.calls.base_url):
            log.warning("Reply %s is not sent: its address is none of Slack's", reply.id)
            self._satchel.postbox.cancel(reply.id, "no address of Slack's")
            return
        is_report = "person" in reply.payload
        if is_report and reply.unknown:
            failure = self._posted(url, reply.payload["lost"])
        else:
            failure = self._said(workspace_id, url, reply.payload)
        if failure is None:
            # A report is long, can be asked for again, and is of no use to anybody afterwards.
            self._satchel.postbox.sent(reply.id, None, kept=not is_report)
        elif is_report:
            self._report_unsaid(workspace_id, reply, failure)
        elif failure.fate is Fate.REFUSED:
            log.warning("Reply %s was refused: %s", reply.id, failure.error)
            self._satchel.postbox.cancel(reply.id, failure.error)
        else:
            self._again(reply, failure.error, failure.seconds)

    def _said(self, workspace_id: str, url: str, payload: JSONDict) -> Failure | None:
        """In the classic form, if there is one, where Slack does not take the newer blocks."""
        if "classic" not in payload:
            return self._posted(url, payload.get("body"))
        if not self._satchel.newer.are_taken(workspace_id):
            return self._posted(url, payload["classic"])
        failure = self._posted(url, payload["body"])
        if failure is None or failure.fate is not Fate.REFUSED or failure.error in GONE:
            return failure
        failure = self._posted(url, payload["classic"])
        if failure is None:
            self._satchel.newer.were_refused(workspace_id)
        return failure

    def _posted(self, url: str, body: object) -> Failure | None:
        client = WebhookClient(url, timeout=self._satchel.calls.timeout, retry_handlers=[])
        try:
            answer = client.send_dict(cast("JSONDict", body))
        except TRANSPORT_ERRORS as error:
            return unanswered(RESPONSE_URL, error)
        status = answer.status_code
        if OK <= status < REDIRECT:
            return None
        if status == TOO_MANY:
            wait = retry_after(answer.headers.get("Retry-After"))
            return Failure(RESPONSE_URL, Fate.LATER, f"http_{status}", wait)
        fate = Fate.UNKNOWN if status >= SERVER_ERROR else Fate.REFUSED
        return Failure(RESPONSE_URL, fate, f"http_{status}")

    def _report_unsaid(self, workspace_id: str, reply: ClaimedReply, failure: Failure) -> None:
        """Not said twice: what may have been said is asked about, what was not goes by letter."""
        if failure.fate in (Fate.LATER, Fate.UNSENT) and reply.attempts < len(self._satchel.pace.reply_waits):
            self._again(reply, failure.error, failure.seconds)
        elif reply.unknown:
            self._satchel.postbox.cancel(reply.id, failure.error)
        elif failure.fate is Fate.UNKNOWN:
            wait = milliseconds(self._satchel.pace.reply_waits[0])
            self._satchel.postbox.wait(reply.id, wait, failure.error, unknown=True)
        else:
            self._send_by_letter(workspace_id, reply)
            self._satchel.postbox.cancel(reply.id, failure.error)

    def _send_by_letter(self, workspace_id: str, reply: ClaimedReply) -> None:
        """To the person's direct messages, where it can be looked up."""
        person, classic = str(reply.payload["person"]), cast("JSONDict", reply.payload["classic"])
        said: JSONDict = {"by": person, "text": classic["text"], "blocks": classic["blocks"]}
        letter = Letter(LetterKind.MENTION, f"report:{reply.id}", person_id=person, payload=said)
        with self._satchel.archive.begin(workspace_id) as work:
            work.outbox.put(letter)

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
        """A report stays as unknown as it was; of any other reply the state is not looked at."""
        waits = self._satchel.pace.reply_waits
        if reply.attempts >= len(waits):
            self._satchel.postbox.cancel(reply.id, error)
            return
        wait = max(waits[reply.attempts], least)
        unknown = reply.unknown and "person" in reply.payload
        self._satchel.postbox.wait(reply.id, milliseconds(wait), error, unknown=unknown)
